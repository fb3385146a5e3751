"""Base64url without padding (RFC 7515, 2): how bytes are written where text is wanted."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from content.errors import BadInput


def b64u(body: bytes) -> str:
    return urlsafe_b64encode(body).decode().rstrip("=")


def read_b64u(text: str) -> bytes:
    """Raises BadInput."""
    try:
        body = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        body = b""
    if not body or b64u(body) != text:
        raise BadInput("Bytes are written as base64url without padding.")
    return body
