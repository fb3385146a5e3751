"""Registering a passkey by the secret of an invitation link."""

from typing import Any

from fastapi import Response
from pydantic import Field

from api.answers.people import PasskeyKept, PasskeyOptions
from api.dependencies import CurrentHub, Hub, Writing
from api.editing.answers import private
from api.models import RequestModel
from api.signing import routes
from content.people import invitation, registration
from content.people.passkey import LABEL_MAX, Passkey
from content.people.registration import RelyingParty

router = routes.at("/v1/passkeys")


class InvitedRequest(RequestModel):
    """Who asks: the secret behind the `#` of the link."""

    invitation: str = Field(min_length=1, max_length=100, description="The secret")


class PasskeyRequest(InvitedRequest):
    """What `navigator.credentials.create` gave, as `PublicKeyCredential.toJSON()` writes it."""

    label: str = Field(
        min_length=1, max_length=LABEL_MAX, examples=["phone"], description="What to call the key"
    )
    credential: dict[str, Any] = Field(description="The new key")


@router.post("/options", response_model=PasskeyOptions)
def begin_passkey(hub: CurrentHub, session: Writing, body: InvitedRequest) -> Response:
    """Begin to register a passkey.

    For whom the link is, how many keys it still registers, and what to ask the browser for.
    """
    return private(registration.begin(session, body.invitation, _party(hub)))


@router.post("", status_code=201, response_model=PasskeyKept)
def register_passkey(hub: CurrentHub, session: Writing, body: PasskeyRequest) -> Response:
    """Register a passkey.

    Its fingerprint is what its owner tells whoever makes the trust file.
    """
    added = registration.finish(session, body.invitation, body.credential, body.label, _party(hub))
    left = invitation.keys_left(session, added.invitation)
    return private(told(added) | {"keys_left": left}, status=201)


def told(row: Passkey) -> dict[str, Any]:
    """A key in an answer."""
    return {
        "credential": row.credential,
        "person": row.person,
        "label": row.label,
        "fingerprint": row.fingerprint,
    }


def _party(hub: Hub) -> RelyingParty:
    return RelyingParty(*hub.settings.relying_party)
