"""The pin: the digest of the first trust file, in a file beside the database and not in it.

Whoever can write into the database, and into nothing else, cannot set up another board.
"""

import re
from pathlib import Path

from content.errors import TrustBroken

DIGEST = re.compile(r"[0-9a-f]{64}\n?\Z")
#: A file that is longer is no pin.
FILE_BYTES_MAX = 1_000


def read(path: Path) -> str:
    """The digest; empty where there is no such file. Raises TrustBroken."""
    try:
        with path.open("rb") as file:
            told = file.read(FILE_BYTES_MAX).decode("ascii")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise TrustBroken(f"The pin of the trust file cannot be read: {error}.") from None
    if not DIGEST.match(told):
        raise TrustBroken(
            f"{path} is to hold the SHA-256 of the first trust file, 64 lowercase hex digits."
        )
    return told.strip()


def write(path: Path, digest: str) -> None:
    """Pin it. A pin that is there is left as it is: it may be older than the database."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(f"{digest}\n")
    except FileExistsError:
        if read(path) != digest:
            raise TrustBroken(
                f"{path} pins another trust file; remove it only if that one was never given to "
                "members."
            ) from None
