"""The checkpoint: origin, size and root, signed (https://c2sp.org/tlog-checkpoint)."""

from base64 import b64encode

from sqlmodel import Session

from content.log import hashes
from content.log.note import SigningKey

MEDIA_TYPE = "text/plain; charset=utf-8"


def sign(session: Session, key: SigningKey) -> str:
    """The checkpoint of the whole tree. The same tree and key give the same bytes."""
    size = hashes.size(session)
    return key.sign(text(key.name, size, hashes.root(session, size)))


def text(origin: str, size: int, root: bytes) -> str:
    """What is signed: three lines."""
    return f"{origin}\n{size}\n{b64encode(root).decode()}\n"
