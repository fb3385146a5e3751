"""Registering a passkey: what the browser is asked to make, and whether what came back is that.

The ceremony of WebAuthn Level 3, 7.1, by py_webauthn. No attestation is asked for: which make of
key somebody uses is no business of the hub.
"""

import json
from dataclasses import dataclass
from typing import Any

import webauthn
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import Session
from webauthn.helpers import decode_credential_public_key
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decoded_public_key_to_cryptography import decoded_public_key_to_cryptography
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from content import clock
from content.b64u import b64u
from content.errors import PasskeyRefused
from content.people import invitation, passkey, person
from content.people.passkey import ALGORITHM, Passkey

#: What an authenticator may make.
SUPPORTED = [COSEAlgorithmIdentifier.ECDSA_SHA_256]
#: Bytes of what a browser sends back.
CREDENTIAL_BYTES_MAX = 16_384


@dataclass(frozen=True)
class RelyingParty:
    """For whom keys are made: a name of DNS, and the origins whose pages may ask for them."""

    rp_id: str
    origins: tuple[str, ...]


def begin(session: Session, secret: str, party: RelyingParty) -> dict[str, Any]:
    """What to give `navigator.credentials.create`. Raises InvitationUnknown."""
    invited = invitation.find(session, secret)
    who = person.find(session, invited.person)
    options = webauthn.generate_registration_options(
        rp_id=party.rp_id,
        rp_name="MSIF",
        user_id=who.id.encode(),
        user_name=who.id,
        user_display_name=who.name,
        challenge=invitation.challenge(session, invited),
        timeout=invitation.CHALLENGE_MINUTES * 60_000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # So that the device offers it at the desk's door, before anybody said a name.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        # The same device registers once: the second key is to be another one.
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential))
            for one in passkey.of_person(session, who.id)
        ],
        supported_pub_key_algs=SUPPORTED,
    )
    return {
        "name": who.name,
        "keys_left": invitation.keys_left(session, invited.digest),
        "publicKey": json.loads(webauthn.options_to_json(options)),
    }


def finish(
    session: Session, secret: str, credential: dict[str, Any], label: str, party: RelyingParty
) -> Passkey:
    """Keep the key that the browser made.

    Raises InvitationUnknown, PasskeyRefused, AlreadyThere.
    """
    invited = invitation.find(session, secret)
    challenge = invitation.take_challenge(session, invited)  # comes back where this is refused
    try:
        verified = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=list(party.origins),
            require_user_verification=True,
            supported_pub_key_algs=SUPPORTED,
        )
        key = decoded_public_key_to_cryptography(
            decode_credential_public_key(verified.credential_public_key)
        )
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (WebAuthnException, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PasskeyRefused(f"The key cannot be taken: {error}") from None
    return passkey.add(
        session,
        Passkey(
            credential=b64u(verified.credential_id),
            person=invited.person,
            alg=ALGORITHM,
            spki=spki,
            label=label.strip(),
            invitation=invited.digest,
            created_at=clock.now(),
        ),
    )
