"""One trust file after the other: the first is set up, each later one is signed by both boards.

What the hub accepts is what `verify.trust_file` accepts, and so what every member accepts.
"""

import json
from contextlib import suppress
from hashlib import sha256
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from clients import verify
from content import clock, ledger
from content.errors import (
    AlreadyThere,
    ContentError,
    RoleMissing,
    SignatureRefused,
    StateHasMoved,
)
from content.people import passkey
from content.people.actor import Actor
from content.people.role import Permission, Role
from content.review.policy import Policy
from content.sign_off import assertion, block, trust_draft, trust_file
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.trust_draft import Draft
from content.sign_off.trust_file import Trust, TrustFile, TrustSignature, TrustState

SUBJECT = "trust"


def set_up(session: Session, draft: Draft, *, by: str) -> TrustFile:
    """Make version 1, which nobody signs: members pin it, and get it by another way than this hub.

    Raises AlreadyThere, TrustRefused.
    """
    require_none(session)
    row = _keep(session, trust_draft.write(session, draft, None), 1, by)
    _accept(session, row, by=by)
    return row


def require_none(session: Session) -> None:
    """Raises AlreadyThere."""
    if trust_file.accepted(session):
        raise AlreadyThere(
            "There is a trust file already: `msif trust replace` prepares the next one, and "
            "`msif trust pin` pins the first one on this machine."
        )


def propose(
    session: Session, draft: Draft, before: Trust, honours: frozenset[str], *, by: str
) -> TrustFile:
    """Prepare the next one and put it to the signature of both boards.

    A proposal that waits already is given up for it. Raises TrustRefused.
    """
    body = trust_draft.write(session, draft, before, honours)
    waiting = proposal(session)
    if waiting is not None:
        give_up(session, waiting, by=by)
    return _keep(session, body, before.version + 1, by)


def proposal(session: Session) -> TrustFile | None:
    """The one that waits for signatures."""
    return session.exec(
        select(TrustFile).where(col(TrustFile.state) == TrustState.PROPOSED)
    ).first()


def give_up(session: Session, row: TrustFile, *, by: str) -> None:
    """End a proposal. Raises StateHasMoved."""
    _move(session, row, TrustState.GIVEN_UP)
    _record(session, row, by, "trust.given_up")


def sign(
    session: Session,
    actor: Actor,
    row: TrustFile,
    before: Trust,
    policy: Policy,
    *,
    signed: bytes,
    credential: dict[str, Any],
) -> bool:
    """Take a board member's signature; whether it was the last one, and the file holds now.

    Members of either board sign; whoever is in both signs once, with a key that is in both, or
    their signature counts in one of them alone. With the last one, what waits for signature under
    the file before is put to signature again. Raises RoleMissing, AlreadyThere, StateHasMoved,
    BlockMalformed, SignatureRefused.
    """
    boards = require_turn(session, actor, row, before)
    said = block.read(signed, row.sha256, actor)
    passkey.require_kept(session, credential.get("id"))
    _require_signed_for_either(row, boards, signed, credential)
    if said.meaning is not Meaning.APPROVAL:
        raise StateHasMoved("A trust file is approved or left; tell the operator what is wrong.")
    session.add(
        TrustSignature(
            trust_file=row.sha256,
            person=actor.id,
            block=signed,
            credential=json.dumps(credential, separators=(",", ":")),
            at=said.at,
        )
    )
    session.flush()
    _record(session, row, actor.id, "trust.signed", block=sha256(signed).hexdigest())
    if _is_enough(session, row, before):
        _accept(session, row, by=actor.id)
        statements.put_again(session, policy)
        return True
    return False


def obstacle(
    session: Session, actor: Actor, row: TrustFile, before: Trust | None
) -> ContentError | None:
    """What would refuse this person's signature now; None if nothing does."""
    try:
        actor.must(Permission.SIGN_BOARD)
        if before is None:
            raise StateHasMoved(f"Trust file {row.version} ({row.sha256[:12]}) is {row.state}.")
        require_turn(session, actor, row, before)
    except ContentError as error:
        return error
    return None


def require_turn(session: Session, actor: Actor, row: TrustFile, before: Trust) -> list[Trust]:
    """The files, of the two, whose board this person is in, if their signature is waited for.

    Raises StateHasMoved, AlreadyThere, RoleMissing.
    """
    if row.state != TrustState.PROPOSED or row.version != before.version + 1:
        raise StateHasMoved(f"Trust file {row.version} ({row.sha256[:12]}) is {row.state}.")
    if session.get(TrustSignature, (row.sha256, actor.id)):
        raise AlreadyThere("You have signed this trust file already.")
    boards = [one for one in (before, proposed(row)) if actor.id in one.people(Role.BOARD)]
    if not boards:
        raise RoleMissing("A trust file is signed by the board before it and by its own.")
    return boards


def proposed(row: TrustFile) -> Trust:
    """A trust file as it would hold."""
    return Trust(row.sha256, {**json.loads(row.body), "sha256": row.sha256})


def _require_signed_for_either(
    row: TrustFile, boards: list[Trust], signed: bytes, credential: dict[str, Any]
) -> None:
    """A key of one of these boards did it. Raises SignatureRefused, which the last of them says."""
    *others, last = boards
    for board in others:
        with suppress(SignatureRefused):
            assertion.require_signed(row.body, signed, credential, board, board.people(Role.BOARD))
            return
    assertion.require_signed(row.body, signed, credential, last, last.people(Role.BOARD))


def _is_enough(session: Session, row: TrustFile, before: Trust) -> bool:
    """Whether members would take it: by the very function that they run."""
    later = json.loads(trust_file.envelope(session, row))
    after = json.loads(row.body)
    try:
        for board in (before.told, after):
            verify.require_quorum(row.body, later["signatures"], board, "board")
    except verify.Refused:
        return False
    return True


def _keep(session: Session, body: bytes, version: int, by: str) -> TrustFile:
    row = TrustFile(
        sha256=sha256(body).hexdigest(),
        version=version,
        body=body,
        proposed_by=by,
        proposed_at=clock.now(),
        state=TrustState.PROPOSED,
    )
    session.add(row)
    session.flush()
    _record(session, row, by, "trust.proposed")
    return row


def _accept(session: Session, row: TrustFile, *, by: str) -> None:
    _move(session, row, TrustState.ACCEPTED)
    _record(session, row, by, "trust.accepted")


def _move(session: Session, row: TrustFile, to: TrustState) -> None:
    accepted_at = clock.now() if to is TrustState.ACCEPTED else None
    moved = session.connection().execute(
        update(TrustFile)
        .where(col(TrustFile.sha256) == row.sha256, col(TrustFile.state) == TrustState.PROPOSED)
        .values(state=to.value, accepted_at=accepted_at)
    )
    if moved.rowcount != 1:
        raise StateHasMoved(f"Trust file {row.version} is {row.state}.")
    session.refresh(row)


def _record(session: Session, row: TrustFile, by: str, event: str, **more: str) -> None:
    ledger.append(
        session,
        actor=by,
        event=event,
        subject=SUBJECT,
        detail={"version": row.version, "sha256": row.sha256, **more},
    )
