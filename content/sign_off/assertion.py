"""Whether a key's answer is a person's signature over a block, as members' verifiers see it."""

import json
from collections.abc import Collection
from typing import Any

from clients import verify
from content.b64u import b64u
from content.errors import SignatureRefused
from content.people.registration import CREDENTIAL_BYTES_MAX
from content.sign_off.trust_file import Trust


def require_signed(
    body: bytes, block: bytes, credential: dict[str, Any], trust: Trust, people: Collection[str]
) -> None:
    """One of these people signed `block`, which is over `body`. Raises SignatureRefused."""
    if len(json.dumps(credential)) > CREDENTIAL_BYTES_MAX:
        raise SignatureRefused(f"A key's answer has at most {CREDENTIAL_BYTES_MAX:,} bytes.")
    one = {"block": b64u(block), "credential": credential}
    try:
        verify.said_by(one, body, trust.told, list(people))
    except Exception as error:  # whatever cannot be read is no signature
        told = str(error) if isinstance(error, verify.Refused) else "unreadable"
        raise SignatureRefused(f"This is no valid signature ({told}).", refused=told) from None
