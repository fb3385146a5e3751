"""The registrar: the hub's own key, which says what is in force now. It can approve nothing."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
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
    def kid(self) -> str:
        return _kid(_spki(self.key.public_key()))


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
    return dict(_entry(one.key.public_key()) for one in registrars)


def read_named(path: Path) -> dict[str, dict[str, str]]:
    """How a trust file names the key in the file, which may hold its public half alone: another
    machine's secret stays there. Raises RegistrarKeyUnusable.
    """
    try:
        key = load_pem_public_key(path.read_bytes()[: secret_file.FILE_BYTES_MAX])
    except FileNotFoundError:
        raise RegistrarKeyUnusable(f"There is no {path}.") from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return named(load(path))
    if not isinstance(key, Ed25519PublicKey):
        raise RegistrarKeyUnusable(f"{path} holds no Ed25519 key.")
    return dict([_entry(key)])


def _entry(key: Ed25519PublicKey) -> tuple[str, dict[str, str]]:
    spki = _spki(key)
    return _kid(spki), {"alg": "Ed25519", "spki": b64encode(spki).decode()}


def _spki(key: Ed25519PublicKey) -> bytes:
    """SubjectPublicKeyInfo, DER."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _kid(spki: bytes) -> str:
    return f"r-{sha256(spki).hexdigest()[:NAME_DIGITS]}"
