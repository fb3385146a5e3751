"""Codes of six digits that change every half minute, as an app on a phone shows them (RFC 6238)."""

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from content import clock

#: RFC 4226, 4, R6: 160 bits.
SECRET_BYTES = 20
DIGITS = 6
STEP_SECONDS = 30
#: Steps before and after the present one that count too: clocks differ, and people type slowly.
DRIFT = 1
#: What apps show above the code.
ISSUER = "MSIF hub"


def make_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def typed(code: str) -> str:
    """A code without the spaces with which apps show it, and people type it."""
    return "".join(code.split())


def step_of(secret: bytes, code: str) -> int | None:
    """The half minute that the code is of; None where it is of none at present."""
    now = int(clock.seconds()) // STEP_SECONDS
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        # Each is compared, whether one was found or not, and each in the same time.
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            found = step
    return found


def code_of(secret: bytes, step: int) -> str:
    """The code of one half minute."""
    return _totp(secret).generate(step * STEP_SECONDS).decode()


def address(secret: bytes, name: str) -> str:
    """What an app reads from the square: `otpauth://totp/…`."""
    return _totp(secret).get_provisioning_uri(name, ISSUER)


def _totp(secret: bytes) -> TOTP:
    # Apps know no other hash; as a MAC, SHA-1 has not been broken.
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
