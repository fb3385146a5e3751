"""People who sign with authenticators in software: the demonstration's, and those of tests.

They take the way that everybody takes: an invitation, a passkey, a block, a key's answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from content.people import invitation, registration
from content.people.actor import Actor
from content.people.passkey import Passkey
from content.people.registration import RelyingParty
from content.review.policy import Policy
from content.samples.authenticator import Authenticator
from content.sign_off import block, rotation, signing, trust_file
from content.sign_off.block import Meaning
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement
from content.sign_off.trust_file import TrustFile

NO_INTERESTS = "none declared"


@dataclass(frozen=True)
class Signers:
    """Authenticators by person, and for whom they were made. Frozen."""

    party: RelyingParty
    authenticators: Mapping[str, Authenticator]

    def register(self, session: Session, person: str, *, by: str) -> Passkey:
        """Register this person's authenticator by an invitation."""
        secret = invitation.make(session, person, by=by, days=1)
        options = registration.begin(session, secret, self.party)["publicKey"]
        made = self.authenticators[person].create(options, self.party.origins[0])
        return registration.finish(session, secret, made, "authenticator in software", self.party)

    def answer(self, person: str, signed: bytes) -> dict[str, Any]:
        """What a browser gives back after this person touched their key over a block."""
        challenge = sha256(signed).digest()
        return self.authenticators[person].get(challenge, self.party.rp_id, self.party.origins[0])

    def sign(
        self,
        session: Session,
        actor: Actor,
        statement: Statement,
        policy: Policy,
        *,
        meaning: Meaning = Meaning.APPROVAL,
        interests: str = NO_INTERESTS,
        comment: str = "",
    ) -> Signature:
        """Sign a statement. Raises what `signing.sign` raises."""
        signed = block.write(statement.sha256, actor, meaning, interests).body
        return signing.sign(
            session,
            actor,
            statement,
            policy,
            signed=signed,
            credential=self.answer(actor.id, signed),
            comment=comment,
        )

    def sign_trust(self, session: Session, actor: Actor, row: TrustFile, policy: Policy) -> bool:
        """Sign a trust file; whether it holds now. Raises what `rotation.sign` raises."""
        signed = block.write(row.sha256, actor, Meaning.APPROVAL, NO_INTERESTS).body
        before = trust_file.current(session, policy.pinned)
        assert before is not None  # noqa: S101 (only one that has a file before it is signed)
        answer = self.answer(actor.id, signed)
        return rotation.sign(session, actor, row, before, policy, signed=signed, credential=answer)
