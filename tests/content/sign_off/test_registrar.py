"""The registrar's key: made once, for its owner alone, and told from everything that is none."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from clients import verify
from content.errors import AlreadyThere, RegistrarKeyUnusable
from content.sign_off import registrar


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "registrar.key"


def write(path: Path, body: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(body)
    return path


def pem(key: PrivateKeyTypes, encryption: KeySerializationEncryption | None = None) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def public(key: PrivateKeyTypes) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_it_is_made_once_for_its_owner_alone(path: Path) -> None:
    made = registrar.make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert registrar.load(path).kid == made.kid
    before = path.read_bytes()
    with pytest.raises(AlreadyThere, match="already"):
        registrar.make(path)
    assert path.read_bytes() == before


def test_a_trust_file_names_it_so_that_members_verify(tmp_path: Path) -> None:
    one, other = registrar.make(tmp_path / "one"), registrar.make(tmp_path / "other")
    named = registrar.named(one, other)
    assert list(named) == [one.kid, other.kid]
    verify.require_signed(named[one.kid], one.key.sign(b"register"), b"register")
    with pytest.raises(Exception, match=r"^$"):
        verify.require_signed(named[other.kid], one.key.sign(b"register"), b"register")


def test_the_public_half_is_enough_to_name_it(tmp_path: Path, path: Path) -> None:
    made = registrar.make(path)
    assert registrar.read_named(path) == registrar.named(made)
    half = write(tmp_path / "half.pem", public(made.key))
    half.chmod(0o644)
    assert registrar.read_named(half) == registrar.named(made)


def test_there_has_to_be_one(path: Path) -> None:
    with pytest.raises(RegistrarKeyUnusable, match="msif trust key"):
        registrar.load(path)
    with pytest.raises(RegistrarKeyUnusable, match=str(path)):
        registrar.read_named(path)


def test_others_must_not_read_it(path: Path) -> None:
    registrar.make(path)
    path.chmod(0o640)
    for reading in (registrar.load, registrar.read_named):
        with pytest.raises(RegistrarKeyUnusable, match="chmod 600"):
            reading(path)


CURVE = ec.generate_private_key(ec.SECP256R1())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no key",
        b"\xff\xfe",
        pem(CURVE),
        pem(Ed25519PrivateKey.generate(), BestAvailableEncryption(b"secret")),
        pem(Ed25519PrivateKey.generate())[:60],
    ],
    ids=["empty", "words", "bytes", "curve", "encrypted", "half"],
)
def test_what_is_no_key_of_its_kind_is_refused(path: Path, body: bytes) -> None:
    write(path, body)
    for reading in (registrar.load, registrar.read_named):
        with pytest.raises(RegistrarKeyUnusable) as raised:
            reading(path)
        assert "secret" not in raised.value.message


def test_a_public_half_of_another_kind_is_refused(path: Path) -> None:
    with pytest.raises(RegistrarKeyUnusable, match="no Ed25519 key"):
        registrar.read_named(write(path, public(CURVE)))


def test_a_public_half_does_not_sign(path: Path) -> None:
    with pytest.raises(RegistrarKeyUnusable):
        registrar.load(write(path, public(Ed25519PrivateKey.generate())))
