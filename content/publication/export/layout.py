"""Which file an address is written to. Pure.

In a folder, what has addresses below it is the file `index.json` in the folder of its name:
`/v1/sections/risks/fr` is `v1/sections/risks/fr/index.json`, since `fr/versions` is there too. In a
store of objects each address is a name.

What is answered with another status than 200 never stands under the name of its address, where a
server that knows nothing of it would send it as if all were well: it is
`v1/sections/risks/fr.410.json`.
"""

import re

SLUG, DIGEST = r"[a-z0-9-]{1,80}", r"[0-9a-f]{64}"
#: A language has two or three letters, so `index.html` is none (RFC 5646, 2.1).
TAG = r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"
INDEX = "/index.json"
#: Addresses that others stand below.
FOLDERS = re.compile(
    rf"/v1|/v1/trust|/v1/sections(/{SLUG}(/{TAG}(/versions)?)?)?",
)
#: A picture gets an ending: by it a web server knows its type.
PICTURES = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
}
#: Every file that this layout can have made. What is none of these is somebody else's.
OURS = re.compile(
    rf"v1({INDEX})?"
    r"|v1/(locales|register|changes\.json)"
    rf"|v1/sections({INDEX})?"
    rf"|v1/trust({INDEX}|/[0-9]+)?"
    rf"|v1/(content|sign-offs)/{DIGEST}"
    rf"|v1/figures/{DIGEST}(\.svg|\.png|\.jpg|\.webp)?"
    rf"|v1/sections/{SLUG}({INDEX})?"
    rf"|v1/(sections|pages)/{SLUG}/{TAG}(\.html|\.md|\.jsonld|\.txt)?(\.[0-9]{{3}}\.json)?"
    rf"|v1/sections/{SLUG}/{TAG}(/versions|/versions/[0-9]+)?({INDEX})?"
    r"|log/checkpoint"
    r"|log/tile/(entries|[0-9]{1,2})/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?"
)


def in_folder(url: str, status: int, media_type: str) -> str:
    """The file of an address, relative to the folder of the export."""
    name = in_store(url, status, media_type)
    if status == 200 and FOLDERS.fullmatch(url):
        return name + INDEX
    if url.startswith("/v1/figures/"):
        return name + PICTURES[media_type]
    return name


def in_store(url: str, status: int, media_type: str) -> str:
    """The name of an address, relative to the prefix of the export."""
    return url[1:] if status == 200 else f"{url[1:]}.{status}.json"


def is_ours(name: str) -> bool:
    """Whether an export can have made this file."""
    return OURS.fullmatch(name) is not None
