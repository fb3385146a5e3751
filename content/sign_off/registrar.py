"""The registrar: the hub's own key, which says what is in force now. It can approve nothing."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from content import secret_file
from content.errors import AlreadyThere, RegistrarKeyUnusable
from content.secret_file import SecretUnusable

#: Hexadecimal digits of its public key's digest that name it.
NAME_DIGITS = 12


@dataclass(frozen=True)
class Registrar:
    """The key and its name, which is made from it: no two keys have one name. Frozen."""

    key: Ed25519PrivateKey

    @cached_property
    def spki(self) -> bytes:
        """SubjectPublicKeyInfo, DER."""
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @property
    def kid(self) -> str:
        return f"r-{sha256(self.spki).hexdigest()[:NAME_DIGITS]}"


def make(path: Path) -> Registrar:
    """Make a new key in a file of its own. Raises AlreadyThere."""
    made = Registrar(Ed25519PrivateKey.generate())
    pem = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    try:
        secret_file.make(path, pem.strip())
    except FileExistsError:
        raise AlreadyThere(
            "There is a registrar's key in this file already.", file=str(path)
        ) from None
    return made


def load(path: Path) -> Registrar:
    """The key in the file. Raises RegistrarKeyUnusable."""
    try:
        key = load_pem_private_key(secret_file.read(path).encode(), password=None)
    except FileNotFoundError:
        raise RegistrarKeyUnusable(
            "There is no registrar's key on this machine; `msif trust key` makes one."
        ) from None
    except SecretUnusable as error:
        raise RegistrarKeyUnusable(f"The file with the registrar's key {error}.") from None
    except (ValueError, TypeError, UnsupportedAlgorithm):  # without its text: it holds a secret
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise RegistrarKeyUnusable("The file with the registrar's key holds no Ed25519 key.")
    return Registrar(key)


def named(*registrars: Registrar) -> dict[str, dict[str, str]]:
    """How a trust file names these keys."""
    return {one.kid: {"alg": "Ed25519", "spki": b64encode(one.spki).decode()} for one in registrars}
