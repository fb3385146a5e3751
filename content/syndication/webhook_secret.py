"""What a member verifies messages with: signatures as Standard Webhooks 1.0.0 has them.

`v1` is HMAC-SHA256 with a secret that the member has too; `v1a` is Ed25519 with the hub's own key,
whose public half anybody may have. Both are over `id.timestamp.body`.
"""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PREFIX = "whsec_"
SECRET_BYTES = 32
#: How long a secret goes on beside the one that has taken its place.
OLD_SECRET_LASTS = timedelta(days=1)


def drawn() -> str:
    """A new secret, as it is shown and kept: whoever signs with it has to be able to read it."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(
    message: str, at: datetime, body: bytes, held: Sequence[str], key: Ed25519PrivateKey | None
) -> dict[str, str]:
    """The three headers of an attempt made at `at`. `held` are the secrets that work now."""
    timestamp = str(int(at.timestamp()))
    signed = f"{message}.{timestamp}.".encode() + body
    signatures = [f"v1,{b64encode(_hmac(secret, signed)).decode()}" for secret in held]
    if key is not None:
        signatures.append(f"v1a,{b64encode(key.sign(signed)).decode()}")
    return {
        "webhook-id": message,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signatures),
    }


def _hmac(secret: str, signed: bytes) -> bytes:
    return hmac.new(b64decode(secret.removeprefix(PREFIX)), signed, sha256).digest()
