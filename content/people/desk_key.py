"""The desk's own key, in a file: what the database holds of codes cannot be read without it."""

import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from content import secret_file
from content.errors import DeskKeyUnusable
from content.secret_file import SecretUnusable

PREFIX = "msif-desk-"
KEY_BYTES = 32
#: NIST SP 800-38D, 8.2.2: random, for far less than 2^32 messages.
NONCE_BYTES = 12


class DeskKey:
    """Seals a secret for one person. Nothing of it is ever shown."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, secret: bytes, person: str) -> bytes:
        """Bytes that only `unseal` for the same person turns back."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, person.encode())

    def unseal(self, sealed: bytes, person: str) -> bytes:
        """Raises DeskKeyUnusable where another key sealed it, or for somebody else."""
        nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, person.encode())
        except (InvalidTag, ValueError):
            raise DeskKeyUnusable("Another key of the desk sealed this.") from None


def load(path: Path) -> DeskKey:
    """The key in the file, which is made where it is not there. Raises DeskKeyUnusable."""
    try:
        text = secret_file.read(path)
    except FileNotFoundError:
        return _made(path)
    except SecretUnusable as error:
        raise DeskKeyUnusable(f"The file with the key of the desk {error}.") from None
    return DeskKey(_read(text))


def _made(path: Path) -> DeskKey:
    key = secrets.token_bytes(KEY_BYTES)
    try:
        secret_file.make(path, PREFIX + b64encode(key).decode())
    except FileExistsError:  # another process was quicker
        return load(path)
    except OSError as error:
        raise DeskKeyUnusable(
            f"The file with the key of the desk cannot be made: {error.strerror}."
        ) from None
    return DeskKey(key)


def _read(text: str) -> bytes:
    try:
        key = b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:  # without its text: it holds a secret
        key = b""
    if not text.startswith(PREFIX) or len(key) != KEY_BYTES:
        raise DeskKeyUnusable("The file with the key of the desk holds none.")
    return key
