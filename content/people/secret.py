"""Secrets that are shown once: only their digest is kept."""

from hashlib import sha256


def digest(secret: str) -> str:
    """Lowercase hex SHA-256. A secret is found by it, so that no comparison runs along the secret:
    how long a look-up takes tells of a digest, from which no secret can be made."""
    return sha256(secret.encode()).hexdigest()
