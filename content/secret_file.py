"""Files with a secret: their owner alone can read them, and they are whole or not there."""

import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

#: A file that is longer holds no key.
FILE_BYTES_MAX = 1_000


class SecretUnusable(Exception):
    """The file cannot be read, or others may read it. Its words never hold the secret."""


def make(path: Path, secret: str) -> None:
    """Write a new file. Raises FileExistsError where there is one, and leaves it as it is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written whole under another name first: whoever is killed here leaves no half of a key.
    with NamedTemporaryFile("w", dir=path.parent, prefix=".new-key-") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
        os.link(file.name, path)  # refuses to replace, unlike a rename


def read(path: Path) -> str:
    """The secret. Raises FileNotFoundError, SecretUnusable."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(FILE_BYTES_MAX)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SecretUnusable(f"cannot be read: {error.strerror}") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretUnusable(f"may be read by others (mode {mode:04o}); chmod 600 the file")
    try:
        return content.decode().removesuffix("\n")
    except UnicodeDecodeError:  # without its text: the file holds a secret
        raise SecretUnusable("holds no key; restore it from its copy") from None
