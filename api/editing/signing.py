"""What a signer's page sends, and what it needs to ask the signer's key."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from api.models import RequestModel
from content import clock
from content.errors import ContentError
from content.people.actor import Actor
from content.review.declaration import WORDS_MAX
from content.sign_off import short_code
from content.sign_off.block import BLOCK_BYTES_MAX
from content.sign_off.trust_file import Trust


class SignatureRequest(RequestModel):
    """What the signer's page made: the bytes that were signed, and the key's answer.

    A rejection says why in `comment`, which is not signed.
    """

    block: str = Field(
        max_length=2 * BLOCK_BYTES_MAX,
        pattern="^[A-Za-z0-9_-]+$",
        description="The bytes that were signed, in base64url: `msif.signature/1`",
    )
    credential: dict[str, Any] = Field(description="What `navigator.credentials.get` gave")
    comment: str = Field(default="", max_length=WORDS_MAX, description="For a rejection: why")


def how(
    actor: Actor, digest: str, trusts: Sequence[Trust], obstacle: ContentError | None
) -> dict[str, Any]:
    """How this person signs under these trust files: who they are, for whom their keys are made,
    which keys, the words of the digest, the time that their block has to say, and what stands in
    the way."""
    keys = {key for trust in trusts for key in trust.credentials(actor.id)}
    return {
        "person": actor.id,
        "name": actor.name,
        "rp_id": trusts[0].told["rp_id"] if trusts else None,
        "credentials": sorted(keys),
        "words": short_code.of(digest),
        "now": clock.stamp(clock.now()),
        "obstacle": {"code": obstacle.code, "detail": str(obstacle)} if obstacle else None,
    }
