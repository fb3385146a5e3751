"""The trust file that waits for signatures: what it changes, and signing it."""

import json
from typing import Any

from fastapi import Response
from sqlmodel import Session

from api.answers.trust import TrustProposal, TrustProposalInFull
from api.delivery.proof import Digest
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import routes, signing
from api.editing.answers import private
from api.editing.signing import SignatureRequest
from content import clock
from content.b64u import b64u, read_b64u
from content.errors import TrustFileNotFound
from content.people.role import Permission
from content.publication import audit
from content.review.policy import Policy
from content.sign_off import rotation, short_code, trust_draft, trust_file
from content.sign_off.trust_file import Trust, TrustFile

router = routes.below("/trust")


@router.get("/{sha256}", response_model=TrustProposalInFull)
def read_trust_proposal(
    actor: CurrentActor, hub: CurrentHub, session: Reading, sha256: Digest
) -> Response:
    """Read a proposed trust file, and how you would sign it.

    Or one that was accepted: its bytes, what it changes, who signed.
    """
    actor.must(Permission.SIGN_BOARD)
    row = trust_file.find(session, sha256)
    before = _before(session, row, hub.policy(session))
    told = json.loads(row.body)
    answer = _told(session, row) | {
        "body": b64u(row.body),
        "changes": trust_draft.differences(told, before.told if before else None),
        "signing": signing.how(
            actor,
            row.sha256,
            [one for one in (before, rotation.proposed(row)) if one],
            rotation.obstacle(session, actor, row, before),
        ),
    }
    return private(answer)


@router.post("/{sha256}/signatures", status_code=201, response_model=TrustProposal)
def sign_trust_proposal(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    sha256: Digest,
    body: SignatureRequest,
) -> Response:
    """Sign a proposed trust file.

    It holds once both boards have reached their number.
    """
    actor.must(Permission.SIGN_BOARD)
    row = trust_file.find(session, sha256)
    policy = hub.policy(session)
    before = trust_file.current(session, policy.pinned)
    if before is None:
        raise TrustFileNotFound("The first trust file is signed by nobody.")
    if rotation.sign(
        session,
        actor,
        row,
        before,
        policy,
        signed=read_b64u(body.block),
        credential=body.credential,
    ):
        audit.under(session, row, policy)
    return private(_told(session, row), status=201)


def _before(session: Session, row: TrustFile, policy: Policy) -> Trust | None:
    """The file that this one follows, as far as it is the one that holds."""
    current = trust_file.current(session, policy.pinned)
    return current if current is not None and current.version == row.version - 1 else None


def _told(session: Session, row: TrustFile) -> dict[str, Any]:
    return {
        "sha256": row.sha256,
        "version": row.version,
        "state": row.state,
        "words": short_code.of(row.sha256),
        "proposed_at": clock.stamp(row.proposed_at),
        "signatures": [
            {"person": one.person, "at": clock.stamp(one.at)}
            for one in trust_file.signatures(session, row.sha256)
        ],
    }
