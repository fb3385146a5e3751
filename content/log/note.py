"""Signed notes with Ed25519 (https://c2sp.org/signed-note), and their keys as text.

A key's name is part of it. Its two texts are those of golang.org/x/mod/sumdb/note: whoever checks
has `NAME+ID+base64`, whoever signs `PRIVATE+KEY+NAME+ID+base64`.
"""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: The signature type of Ed25519, one byte before the key.
ED25519 = b"\x01"
NAME_CHARACTERS_MAX = 200

_PRIVATE = re.compile(r"PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
#: Neither control characters nor spaces nor plus signs.
_NAME = re.compile(r"[^+\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class SigningKey:
    """A named key that signs notes. Frozen."""

    name: str
    #: 32 bytes: the secret.
    seed: bytes

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    @property
    def identifier(self) -> bytes:
        """Four bytes that say which of several keys of a name has signed."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a newline, and below it its signature."""
        signature = b64encode(self.identifier + self._key.sign(text.encode()))
        return f"{text}\n— {self.name} {signature.decode()}\n"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_name(text: str) -> bool:
    return len(text) <= NAME_CHARACTERS_MAX and _NAME.fullmatch(text) is not None


def public_text(key: SigningKey) -> str:
    """What is given to everybody."""
    return f"{key.name}+{key.identifier.hex()}+{b64encode(ED25519 + key.public).decode()}"


def private_text(key: SigningKey) -> str:
    """What is given to nobody."""
    encoded = b64encode(ED25519 + key.seed).decode()
    return f"PRIVATE+KEY+{key.name}+{key.identifier.hex()}+{encoded}"


def read_private(text: str) -> SigningKey:
    """The key of `private_text`. Raises ValueError."""
    found = _PRIVATE.fullmatch(text)
    if found is None:
        raise ValueError("it is no private key of a signed note")
    kind_and_seed = b64decode(found[3], validate=True)
    if kind_and_seed[:1] != ED25519 or len(kind_and_seed) != 33:
        raise ValueError("it is no key for Ed25519")
    key = SigningKey(found[1], kind_and_seed[1:])
    if private_text(key) != text:
        raise ValueError("its parts do not belong together")
    return key
