"""The hub's own key for webhooks, in a file: with its public half anybody can verify a message."""

from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from content import secret_file
from content.errors import AlreadyThere, WebhookKeyMissing, WebhookKeyUnusable
from content.secret_file import SecretUnusable

#: Standard Webhooks 1.0.0, signature scheme.
PREFIX = "whsk_"
PUBLIC_PREFIX = "whpk_"
SEED_BYTES = 32


def make(path: Path) -> Ed25519PrivateKey:
    """Make a new key in a file of its own. Raises AlreadyThere."""
    key = Ed25519PrivateKey.generate()
    try:
        secret_file.make(path, PREFIX + b64encode(key.private_bytes_raw()).decode())
    except FileExistsError:
        raise AlreadyThere(
            "There is a key for webhooks in this file already.", file=str(path)
        ) from None
    return key


def load(path: Path) -> Ed25519PrivateKey:
    """The key in the file. Raises WebhookKeyMissing, WebhookKeyUnusable."""
    try:
        text = secret_file.read(path)
    except FileNotFoundError:
        raise WebhookKeyMissing from None
    except SecretUnusable as error:
        raise WebhookKeyUnusable(f"The file with the key for webhooks {error}.") from None
    try:
        seed = b64decode(text.removeprefix(PREFIX), validate=True)
    except ValueError:  # without its text: it holds a secret
        seed = b""
    if not text.startswith(PREFIX) or len(seed) != SEED_BYTES:
        raise WebhookKeyUnusable("The file with the key for webhooks holds none.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def load_if_there(path: Path) -> Ed25519PrivateKey | None:
    """The key; None where none was made. Raises WebhookKeyUnusable."""
    try:
        return load(path)
    except WebhookKeyMissing:
        return None


def public(key: Ed25519PrivateKey) -> str:
    """Its public half, `whpk_…`."""
    return PUBLIC_PREFIX + b64encode(key.public_key().public_bytes_raw()).decode()
