"""The log's key: a file that its owner alone can read, made once and never written again."""

import os
import secrets
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

from content.errors import AlreadyThere, BadInput, LogKeyMissing, LogKeyUnusable
from content.log import note
from content.log.note import SigningKey

#: A file that is longer is no key.
FILE_BYTES_MAX = 1_000


def make(path: Path, origin: str) -> SigningKey:
    """Make a new key for the log that calls itself `origin`. Raises AlreadyThere, BadInput."""
    if not note.is_name(origin):
        raise BadInput(
            "An origin is the log's address without the scheme, like hub.example.org/log: "
            f"at most {note.NAME_CHARACTERS_MAX} characters, no spaces, no plus sign.",
            origin=origin,
        )
    key = SigningKey(origin, secrets.token_bytes(32))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: whoever is killed here leaves no half of a key.
    with NamedTemporaryFile("w", dir=path.parent, prefix=".new-key-") as file:
        file.write(note.private_text(key) + "\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)  # refuses to replace, unlike a rename
        except FileExistsError:
            raise AlreadyThere(
                "The log has its key already; another one would be another log.", file=str(path)
            ) from None
    return key


def load(path: Path) -> SigningKey:
    """The key in the file. Raises LogKeyMissing, LogKeyUnusable."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(FILE_BYTES_MAX)
    except FileNotFoundError:
        raise LogKeyMissing from None
    except OSError as error:
        raise LogKeyUnusable(f"The log's key cannot be read: {error.strerror}.") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise LogKeyUnusable(
            f"Others may read the log's key (mode {mode:04o}); chmod 600 the file."
        )
    try:
        return note.read_private(content.decode().removesuffix("\n"))
    except ValueError:  # without its text: the file holds a secret
        raise LogKeyUnusable("The log's key file holds no key; restore it from its copy.") from None
