"""Authenticators in software: for the demonstration and the tests, never for real signatures.

They answer as WebAuthn Level 3 says that a platform's authenticator does, always with the user
present and verified. Whoever can read their file can sign in everybody's name.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from webauthn.helpers import encode_cbor

from content.b64u import b64u, read_b64u

#: User present, user verified; and where a key is made, that its data follow.
PRESENT_AND_VERIFIED, WITH_KEY = 0x05, 0x40
NO_ATTESTATION = {"fmt": "none", "attStmt": {}}
CREDENTIAL_BYTES = 16


@dataclass(frozen=True)
class Authenticator:
    """One key of one person. Frozen."""

    person: str
    #: Base64url without padding.
    credential: str
    key: ec.EllipticCurvePrivateKey

    def create(self, options: dict[str, Any], origin: str) -> dict[str, Any]:
        """What a browser sends back of `navigator.credentials.create`."""
        client = _client_data("webauthn.create", options["challenge"], origin)
        raw = read_b64u(self.credential)
        attested = bytes(16) + len(raw).to_bytes(2, "big") + raw + self._cose()
        data = _data(options["rp"]["id"], PRESENT_AND_VERIFIED | WITH_KEY) + attested
        attestation = encode_cbor(NO_ATTESTATION | {"authData": data})
        return self._credential(
            {"clientDataJSON": b64u(client), "attestationObject": b64u(attestation)}
        )

    def get(
        self, challenge: bytes, rp_id: str, origin: str, flags: int = PRESENT_AND_VERIFIED
    ) -> dict[str, Any]:
        """What it sends back of `navigator.credentials.get`: the challenge, signed."""
        client = _client_data("webauthn.get", b64u(challenge), origin)
        data = _data(rp_id, flags)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._credential(
            {
                "clientDataJSON": b64u(client),
                "authenticatorData": b64u(data),
                "signature": b64u(signature),
            }
        )

    def told(self) -> dict[str, str]:
        """As `authenticators.json` of the demonstration has it."""
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return {
            "person": self.person,
            "credential_id": self.credential,
            "private_key_pem": pem.decode(),
        }

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": self.credential,
            "rawId": self.credential,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }

    def _cose(self) -> bytes:
        """The public key as RFC 9053, 7.1 writes it."""
        point = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        return encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})


def made_for(person: str, number: int = 1) -> Authenticator:
    """A new authenticator. Its id tells whose it is, so that a test can be read."""
    name = sha256(f"{person}/{number}".encode()).digest()[:CREDENTIAL_BYTES]
    return Authenticator(person, b64u(name), ec.generate_private_key(ec.SECP256R1()))


def read(told: dict[str, str]) -> Authenticator:
    """One entry of `authenticators.json`."""
    key = load_pem_private_key(told["private_key_pem"].encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 (we wrote it)
    return Authenticator(told["person"], told["credential_id"], key)


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    told = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return json.dumps(told, separators=(",", ":")).encode()


def _data(rp_id: str, flags: int) -> bytes:
    """Authenticator data: for whom, how sure, and a counter that stays at nought."""
    return sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)
