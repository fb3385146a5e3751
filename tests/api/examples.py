"""What becomes an example of the description: one request and its answer, made presentable.

What differs from run to run is replaced by what looks like it, and secrets are; long lists and
texts are cut.
"""

import json
import re
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, unquote

from httpx2 import Response
from starlette.routing import compile_path

#: Characters of a text that are shown, and entries of a list.
TEXT_MAX = 200
LIST_MAX = 1
#: Digests, and the ids of webhooks.
DIGEST = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-f])")
#: Tokens, keys, and signatures in DER: pattern to what stands instead.
REPLACED = {
    re.compile(r"msif_[A-Za-z0-9_-]{30,}"): "msif_SECRET",
    re.compile(r"whsec_[A-Za-z0-9+/=]+"): "whsec_SECRET",
    re.compile(r"ME[QUY]CI[A-Za-z0-9_-]{80,}"): "MEUCIQ…",
    re.compile(r"whpk_[A-Za-z0-9+/=]+"): "whpk_KEY",
}


def recorded(route: str, answer: Response) -> dict[str, Any]:
    """The example that a request and its answer are."""
    request = answer.request
    values = matched(route, unquote(request.url.path))
    values |= dict(parse_qsl(request.url.query.decode()))
    told: dict[str, Any] = {"parameters": values, "answer": content_of(answer)}
    if "If-Match" in request.headers:
        values["if-match"] = request.headers["If-Match"]
    if request.content:
        told["body"] = read(request.headers["Content-Type"], request.content)
    return presentable(told)


def matched(route: str, path: str) -> dict[str, str]:
    """What stands in an address for each name; an index of the log has slashes."""
    found = compile_path(route.replace("{index}", "{index:path}"))[0].match(path)
    assert found, (route, path)
    return found.groupdict()


def content_of(answer: Response) -> dict[str, Any]:
    """Media type to body; empty where there is none."""
    if not answer.content:
        return {}
    kind = answer.headers["Content-Type"]
    return {kind.partition(";")[0]: read(kind, answer.content)}


def read(kind: str, body: bytes) -> Any:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return "(bytes)"
    # Tests call every body JSON that they send.
    is_json = kind.partition(";")[0].endswith("json") and text[0] not in "<m"
    return json.loads(text) if is_json else text


def presentable(told: dict[str, Any]) -> dict[str, Any]:
    """The same without secrets, cut, and the same each time. Digests are told apart."""
    text = json.dumps(told, ensure_ascii=False)
    for pattern, instead in REPLACED.items():
        text = pattern.sub(instead, text)
    seen: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return seen.setdefault(found[0], sha256(b"%d" % len(seen)).hexdigest()[: len(found[0])])

    presented: dict[str, Any] = cut(json.loads(DIGEST.sub(numbered, text)))
    return presented


def cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: cut(one) for key, one in value.items()}
    if isinstance(value, list):
        return [cut(one) for one in value[:LIST_MAX]]
    if isinstance(value, str) and len(value) > TEXT_MAX:
        return value[: TEXT_MAX - 1] + "…"
    return value
