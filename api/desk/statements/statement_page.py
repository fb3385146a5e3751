"""What the page of one statement shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path, Query
from sqlmodel import Session

from api.desk.roles import NAMES
from api.desk.statements.statement_words import CHANGES, ENDED, MEANINGS, STATES, why_not
from api.desk.texts import comparisons
from api.desk.texts.states import STATES as TEXT_STATES
from content.people.actor import Actor
from content.people.role import Permission, read_grant
from content.records import access
from content.records.version import Version
from content.review.policy import Policy
from content.sign_off import quorum, short_code, shown, signatories, signatory, trust_file
from content.sign_off.block import Meaning
from content.sign_off.signatories import Signatory
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementState
from content.sign_off.trust_file import Trust

#: Rows of a list that are shown at a time, and the last page that can be asked for.
ROWS = 50
PAGES_MAX = 10_000

Page = Annotated[int, Query(ge=1, le=PAGES_MAX)]
#: A digest, or the name that people call it by.
Name = Annotated[str, Path(pattern=r"^([0-9a-f]{64}|[0-9]{4}-[0-9]{4,9})$")]


@dataclass(frozen=True)
class Progress:
    """How many have signed of how many. Frozen."""

    have: int
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.have)

    @property
    def dots(self) -> list[tuple[int, bool]]:
        """For the picture: where each dot is, and whether it is full."""
        return [(10 + 24 * place, place < self.have) for place in range(self.needed)]


@dataclass(frozen=True)
class Around:
    """One person around the statement, as they are shown. Frozen."""

    person: Signatory
    #: What they signed; None while they have not.
    meaning: Meaning | None
    #: Why they cannot sign; empty where they can, or did.
    why_not: str


def progress(
    statement: Statement, signatures: Sequence[Signature], trust: Trust | None
) -> Progress:
    """Of an open one what counts under the trust file that holds; else who approved it."""
    if statement.state == StatementState.OPEN and trust is not None:
        return Progress(
            len(quorum.counting(statement, signatures, trust)), _needed(statement, trust)
        )
    approved = [one for one in signatures if one.meaning == Meaning.APPROVAL]
    return Progress(len(approved), statement.threshold)


def _needed(statement: Statement, trust: Trust) -> int:
    listed = statement.role in trust.told["roles"]
    return max(statement.threshold, trust.threshold(statement.role) if listed else 0)


def values(session: Session, actor: Actor, name: str, policy: Policy, page: int) -> dict[str, Any]:
    """Everything that its template asks for. Raises StatementNotFound."""
    statement, opener = shown.named(session, actor, name)
    is_open = statement.state == StatementState.OPEN
    start = (page - 1) * ROWS
    texts, count, is_waiting = shown.texts(session, statement, start=start, limit=ROWS)
    trust = trust_file.current(session, policy.pinned) if is_open else None
    people = signatories.around(session, statement, trust, is_waiting=is_waiting)
    me = next((one for one in people if one.id == actor.id), None)
    return {
        "statement": statement,
        "opener": opener,
        "role": read_grant(statement.role),
        "texts": [
            (one, title, access.may_read(actor, one), _comparison(one)) for one, title in texts
        ],
        "count": count,
        "page": page,
        "more": start + ROWS < count,
        "progress": progress(statement, [one.signature for one in people if one.signature], trust),
        "signed": [_around(one) for one in people if one.signature],
        "others": [_around(one) for one in people if not one.signature] if is_open else [],
        "ended_at": None if is_open else shown.ended_at(session, statement),
        "ended": ENDED.get(StatementState(statement.state), ""),
        "words": short_code.of(statement.sha256),
        "can_sign": me is not None and me.can_sign and _may(actor, statement),
        "why_not": why_not(me.obstacle) if me and me.obstacle and is_open else "",
        "may_invite": is_open and actor.may(Permission.OPEN_STATEMENT),
        "states": STATES,
        "meanings": MEANINGS,
        "text_states": TEXT_STATES,
        "changes": CHANGES,
        "role_names": NAMES,
        "link": "",
        "invited": None,
        "refused": "",
    }


def _around(one: Signatory) -> Around:
    if one.signature is None:
        return Around(one, None, why_not(one.obstacle) if one.obstacle else "")
    return Around(one, Meaning(one.signature.meaning), "")


def _comparison(version: Version) -> str:
    """Where it stands beside its source, or beside the version before; empty for a first one."""
    if version.is_translation:
        return comparisons.address(version, comparisons.SOURCE)
    return comparisons.address(version, str(version.number - 1)) if version.number > 1 else ""


def _may(actor: Actor, statement: Statement) -> bool:
    """Whether this session may do what signing takes; it may be let do less than its person."""
    locale = read_grant(statement.role).locale
    needed = (Permission.READ_DRAFTS, signatory.permission(statement))
    return all(actor.may(one, locale) for one in needed)
