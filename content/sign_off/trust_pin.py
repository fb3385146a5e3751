"""The pin: the digest of the first trust file, in a file beside the database and not in it.

Whoever can write into the database, and into nothing else, cannot set up another board.
"""

import re
from pathlib import Path

from content import secret_file
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
    try:
        secret_file.make(path, digest)  # no secret, but whole or not there
    except FileExistsError:
        require_free(path, digest)


def require_free(path: Path, digest: str = "") -> None:
    """Nothing is pinned there but this digest. Raises TrustBroken."""
    pinned = read(path)
    if pinned not in ("", digest):
        raise TrustBroken(
            f"{path} pins another trust file, {pinned}: this may be the wrong database. Remove the "
            "pin only if that trust file was never given to members."
        )
