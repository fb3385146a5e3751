"""The log's key: a file that its owner alone can read, made once and never written again."""

import secrets
from pathlib import Path

from content import secret_file
from content.errors import AlreadyThere, BadInput, LogKeyMissing, LogKeyUnusable
from content.log import note
from content.log.note import SigningKey
from content.secret_file import SecretUnusable


def make(path: Path, origin: str) -> SigningKey:
    """Make a new key for the log that calls itself `origin`. Raises AlreadyThere, BadInput."""
    if not note.is_name(origin):
        raise BadInput(
            "An origin is the log's address without the scheme, like hub.example.org/log: "
            f"at most {note.NAME_CHARACTERS_MAX} characters, no spaces, no plus sign.",
            origin=origin,
        )
    key = SigningKey(origin, secrets.token_bytes(32))
    try:
        secret_file.make(path, note.private_text(key))
    except FileExistsError:
        raise AlreadyThere(
            "The log has its key already; another one would be another log.", file=str(path)
        ) from None
    return key


def load(path: Path) -> SigningKey:
    """The key in the file. Raises LogKeyMissing, LogKeyUnusable."""
    try:
        return note.read_private(secret_file.read(path))
    except FileNotFoundError:
        raise LogKeyMissing from None
    except SecretUnusable as error:
        raise LogKeyUnusable(f"The file with the log's key {error}.") from None
    except ValueError:  # without its text: the file holds a secret
        raise LogKeyUnusable(
            "The file with the log's key holds no key; restore it from its copy."
        ) from None
