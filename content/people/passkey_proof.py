"""Showing who one is by a passkey that was registered: WebAuthn Level 3, 7.2, by py_webauthn.

1. The challenge is one of this browser's, unused and not old (content/people/ceremony.py).
2. The key is kept here, was not taken away, and is of the person that it says it is of.
3. A page of ours asked for it: origin and name of DNS are those with which keys are registered.
4. Its owner was there and was asked for a PIN, a finger or a face.
5. The key counts upwards; one that does not may have been copied.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import webauthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import BigInteger
from sqlmodel import Field, Session, SQLModel, col, select
from webauthn.helpers import encode_cbor
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

from content import clock
from content.b64u import read_b64u
from content.errors import BadInput, SignInFailed
from content.people import ceremony, person
from content.people.passkey import Passkey
from content.people.registration import CREDENTIAL_BYTES_MAX, RelyingParty

#: RFC 9053, 7.1: two coordinates of a point on P-256.
KTY_EC2, ES256, P256 = 2, -7, 1
COORDINATE_BYTES = 32


class PasskeyUse(SQLModel, table=True):
    """When a passkey last showed who its owner is, and how far it had counted. Changes."""

    __tablename__ = "passkey_use"

    credential: str = Field(primary_key=True, foreign_key="passkey.credential")
    #: Nought for ever, of a key that does not count.
    sign_count: int = Field(sa_type=BigInteger)
    used_at: datetime


def ask(secret: str, party: RelyingParty, keys: Sequence[Passkey] = ()) -> dict[str, Any]:
    """What to give `navigator.credentials.get`, for the ceremony with this secret.

    Keys are named where it is known whose they are. Otherwise the device offers those that it has,
    so that nobody learns from the hub who has one.
    """
    options = webauthn.generate_authentication_options(
        rp_id=party.rp_id,
        challenge=ceremony.challenge(secret),
        timeout=ceremony.MINUTES * 60_000,
        allow_credentials=[
            PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential))
            for one in keys
        ],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    told: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return told


def recognise(
    session: Session,
    secret: str,
    answered: str,
    party: RelyingParty,
    person_id: str | None = None,
) -> str:
    """Whose passkey answered; the person's id. `answered` is JSON as
    `PublicKeyCredential.toJSON()` writes it. Raises SignInFailed.

    Take the ceremony first, in a transaction of its own.
    """
    credential = _read(answered)
    key = _key(session, credential, person_id)
    used = session.get(PasskeyUse, key.credential)
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge(secret),  # 1
            expected_rp_id=party.rp_id,  # 3
            expected_origin=list(party.origins),
            credential_public_key=_cose(key.spki),
            credential_current_sign_count=used.sign_count if used else 0,  # 5
            require_user_verification=True,  # 4
        )
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError):
        raise SignInFailed from None
    used = used or PasskeyUse(credential=key.credential, sign_count=0, used_at=clock.now())
    used.sign_count, used.used_at = verified.new_sign_count, clock.now()
    session.add(used)
    session.flush()
    return key.person


def last_uses(session: Session, credentials: list[str]) -> dict[str, datetime]:
    """When these passkeys last showed who their owner is."""
    rows = session.exec(select(PasskeyUse).where(col(PasskeyUse.credential).in_(credentials)))
    return {row.credential: row.used_at for row in rows}


def _read(answered: str) -> dict[str, Any]:
    if len(answered) > CREDENTIAL_BYTES_MAX:
        raise SignInFailed
    try:
        read = json.loads(answered)
    except (ValueError, RecursionError):
        raise SignInFailed from None
    if not isinstance(read, dict) or not isinstance(read.get("response"), dict):
        raise SignInFailed
    return read


def _key(session: Session, credential: dict[str, Any], person_id: str | None) -> Passkey:
    """The key that answered. Step 2, and step 6 of the standard: whose it is, is either known
    before or said by the device itself."""
    told = credential.get("id")
    # No database is asked for what is no text, as JSON may have it.
    key = session.get(Passkey, told) if isinstance(told, str) and _bytes(told) else None
    if key is None or key.removed_at is not None or key.person != (person_id or key.person):
        raise SignInFailed
    if person.find(session, key.person).erased_at is not None:
        raise SignInFailed
    said = credential["response"].get("userHandle")
    if said is None and person_id is not None:
        return key
    if not isinstance(said, str) or _bytes(said) != key.person.encode():
        raise SignInFailed
    return key


def _bytes(said: str) -> bytes:
    try:
        return read_b64u(said)
    except BadInput:
        return b""


def _cose(spki: bytes) -> bytes:
    """The key as py_webauthn takes it."""
    key = load_der_public_key(spki)
    assert isinstance(key, ec.EllipticCurvePublicKey)  # noqa: S101 (registration took no other)
    point = key.public_numbers()
    x, y = (number.to_bytes(COORDINATE_BYTES, "big") for number in (point.x, point.y))
    return encode_cbor({1: KTY_EC2, 3: ES256, -1: P256, -2: x, -3: y})
