"""Everybody around a statement: who signed, who still can, and what stands in the way of others."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from content.errors import ContentError
from content.people.actor import Actor
from content.people.person import Person, RoleGrant
from content.people.role import Grant, Role, read_grant
from content.records.participation import Part, Participation, refuse_other
from content.sign_off import signatory, trust_file
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry
from content.sign_off.trust_file import Trust


@dataclass(frozen=True)
class Signatory:
    """One person who signed, or whose role it would be. Frozen."""

    id: str
    name: str
    organisation: str
    #: None while they have not signed.
    signature: Signature | None
    #: What would refuse their signature now; None if nothing does.
    obstacle: ContentError | None

    @property
    def can_sign(self) -> bool:
        return self.obstacle is None


def around(
    session: Session, statement: Statement, trust: Trust | None, *, is_waiting: bool
) -> list[Signatory]:
    """Who signed, in the order of it; then everybody of the role, by name. One query.

    `trust` is the file that holds, where there is one; `is_waiting` says whether some version of
    the statement still waits for signature.
    """
    named = trust.people(statement.role) if trust else []
    found: dict[str, Signatory] = {}
    for one, signed, part, grants in _people(session, statement, named):
        actor = Actor(one.id, one.name, one.organisation, grants)
        refused = _obstacle(actor, statement, trust, signed, part, is_waiting)
        organisation = signed.organisation if signed else one.organisation
        found[one.id] = Signatory(one.id, one.name, organisation, signed, refused)
    return sorted(found.values(), key=_order)


def _order(one: Signatory) -> tuple[bool, str, str]:
    at = one.signature.at.isoformat() if one.signature else ""
    return (one.signature is None, at, one.name)


def _people(
    session: Session, statement: Statement, named: Collection[str]
) -> Iterable[tuple[Person, Signature | None, str | None, frozenset[Grant]]]:
    rows = session.exec(
        select(Person, Signature, _other_part(statement), RoleGrant)
        .outerjoin(
            Signature,
            and_(
                col(Signature.person) == col(Person.id),
                col(Signature.statement) == statement.sha256,
            ),
        )
        .outerjoin(RoleGrant, col(RoleGrant.person) == col(Person.id))
        .where(or_(col(Person.id).in_(named), col(Signature.at).is_not(None), _of_role(statement)))
    ).all()
    grants: dict[str, set[Grant]] = {}
    for one, _, _, held in rows:
        if held is not None:
            grants.setdefault(one.id, set()).add(Grant(Role(held.role), held.locale))
    for one, signed, part, _ in rows:
        yield one, signed, part, frozenset(grants.get(one.id, ()))


def _of_role(statement: Statement) -> ColumnElement[bool]:
    role = read_grant(statement.role)
    return and_(col(RoleGrant.role) == role.role, col(RoleGrant.locale) == role.locale)


def _other_part(statement: Statement) -> ColumnElement[str | None]:
    """A part of theirs in one of its versions that keeps them from signing."""
    listed = select(StatementEntry.version).where(col(StatementEntry.statement) == statement.sha256)
    return (
        select(func.min(Participation.part))
        .where(
            col(Participation.person) == col(Person.id),
            col(Participation.version).in_(listed),
            col(Participation.part) != Part.SIGNER,
        )
        .correlate(Person)
        .scalar_subquery()
    )


def _obstacle(
    actor: Actor,
    statement: Statement,
    trust: Trust | None,
    signed: Signature | None,
    part: str | None,
    is_waiting: bool,
) -> ContentError | None:
    """As `signatory.obstacle` finds it, in its order and by its rules."""
    try:
        signatory.require_role(actor, statement)
        signatory.require_open(statement)
        signatory.require_first(signed)
        signatory.require_waiting(statement, is_waiting)
        refuse_other(part, Part.SIGNER)
        signatory.require_listed(actor, statement, trust_file.usable(trust))
    except ContentError as error:
        return error
    return None
