"""The keys of the people in tests: authenticators in software, made when somebody needs one."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from content.people.registration import RelyingParty
from content.publication.signers import Signers
from content.samples import authenticator
from content.samples.authenticator import Authenticator
from content.sign_off import registrar
from content.sign_off.registrar import Registrar

PARTY = RelyingParty("localhost", ("http://localhost:8000",))


class _Keyring(dict[str, Authenticator]):
    """Everybody's key, for as long as the tests run."""

    def __missing__(self, person: str) -> Authenticator:
        # Made from the name: another process of the same test has the same keys.
        number = int.from_bytes(sha256(person.encode()).digest())
        key = ec.derive_private_key(number, ec.SECP256R1())
        self[person] = replace(authenticator.made_for(person), key=key)
        return self[person]


SIGNERS = Signers(PARTY, _Keyring())
REGISTRAR = Registrar(Ed25519PrivateKey.from_private_bytes(sha256(b"registrar").digest()))
REGISTRARS = registrar.named(REGISTRAR)


def registrar_file(folder: Path) -> Path:
    """The registrar's key as the hub reads it."""
    path = folder / "registrar.key"
    pem = REGISTRAR.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem)
    path.chmod(0o600)
    return path
