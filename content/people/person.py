"""People: who they are and which roles they hold."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import AlreadyThere, BadInput, FourEyes, PersonNotFound
from content.people.actor import HUB, Actor
from content.people.role import Grant, Permission, Role, read_grant

#: Characters in a name or an organisation.
NAME_MAX = 200
#: What stands for the name of somebody who was erased.
ERASED_NAME = "Erased person"
PERSON_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
#: C0, delete and C1; PostgreSQL does not take the first of them.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: Who else the ledger names as the actor: the hub itself, and whoever runs it; and what stands in
#: addresses where a person's id does.
RESERVED_IDS = frozenset({HUB.id, "operator", "me", "new", "roles"})


class Person(SQLModel, table=True):
    """A human being. The id stays in the records for ever; the name can be erased."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    organisation: str
    created_at: datetime
    erased_at: datetime | None = None


class RoleGrant(SQLModel, table=True):
    """One role of one person. Deleted when it is taken back; the ledger remembers."""

    __tablename__ = "role_grant"

    person: str = Field(primary_key=True, foreign_key="person.id")
    role: str = Field(primary_key=True)
    #: Empty where the role is not one of a language.
    locale: str = Field(default="", primary_key=True)


def add(
    session: Session, *, name: str, organisation: str, by: str, person_id: str | None = None
) -> Person:
    """Enter a person. Raises AlreadyThere for a taken id."""
    chosen = person_id or _next_id(session)
    if not PERSON_ID.match(chosen) or len(chosen) > NAME_MAX:
        raise BadInput("A person's id is lowercase letters, digits and single hyphens.")
    if chosen in RESERVED_IDS:
        raise BadInput(f"`{chosen}` is no person's id; the hub uses it for something else.")
    require_line("Name and organisation have", name, NAME_MAX)
    require_line("Name and organisation have", organisation, NAME_MAX)
    if session.get(Person, chosen):
        raise AlreadyThere(f"There is a person {chosen} already.")
    person = Person(
        id=chosen, name=name.strip(), organisation=organisation.strip(), created_at=clock.now()
    )
    session.add(person)
    session.flush()
    ledger.append(session, actor=by, event="person.added", subject=chosen, detail={})
    return person


def require_line(what: str, text: str, longest: int, **context: str) -> None:
    """Raises BadInput, with the context, unless `text` is 1 to `longest` characters on one line."""
    if not text.strip() or len(text) > longest or CONTROL.search(text):
        raise BadInput(f"{what} 1 to {longest} characters, on one line.", **context)


def _next_id(session: Session) -> str:
    taken = set(session.exec(select(Person.id)).all())
    number = len(taken) + 1
    while f"p-{number:02d}" in taken:
        number += 1
    return f"p-{number:02d}"


def find(session: Session, person_id: str) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise PersonNotFound(person=person_id)
    return person


def grant(session: Session, person_id: str, role: str, *, by: str) -> Grant:
    """Give a role, written as in `Grant`. Giving it twice changes nothing.

    Nobody grants to themselves, and an administrator holds no other role: who hands out powers
    has none. Raises RoleMalformed, PersonNotFound, FourEyes.
    """
    granted = read_grant(role)
    if by == person_id:
        raise FourEyes("Nobody grants a role to themselves; ask another administrator.")
    if find(session, person_id).erased_at is not None:
        raise PersonNotFound("This person was erased and holds no role again.", person=person_id)
    key = (person_id, granted.role.value, granted.locale)
    if any(_apart(granted, held) for held in grants(session, person_id)):
        raise FourEyes("An administrator holds no other role; enter a second person for that.")
    if session.get(RoleGrant, key) is None:
        session.add(RoleGrant(person=key[0], role=key[1], locale=key[2]))
        session.flush()
        ledger.append(
            session,
            actor=by,
            event="person.granted",
            subject=person_id,
            detail={"role": str(granted)},
        )
    return granted


def _apart(one: Grant, other: Grant) -> bool:
    return (one.role is Role.ADMINISTRATOR) != (other.role is Role.ADMINISTRATOR)


def revoke(session: Session, person_id: str, role: str, *, by: str) -> None:
    """Take a role back. Taking back one that was not held changes nothing."""
    taken = read_grant(role)
    row = session.get(RoleGrant, (person_id, taken.role.value, taken.locale))
    if row is not None:
        session.delete(row)
        session.flush()
        ledger.append(
            session,
            actor=by,
            event="person.revoked",
            subject=person_id,
            detail={"role": str(taken)},
        )


def grants(session: Session, person_id: str) -> frozenset[Grant]:
    return _read(_held(session, person_id))


def _held(session: Session, person_id: str) -> Sequence[RoleGrant]:
    return session.exec(select(RoleGrant).where(col(RoleGrant.person) == person_id)).all()


def _read(held: Iterable[RoleGrant]) -> frozenset[Grant]:
    return frozenset(Grant(Role(row.role), row.locale) for row in held)


def actor(session: Session, person_id: str, scope: frozenset[Permission] = frozenset()) -> Actor:
    """The person, ready to act."""
    return acting(*_with_roles(session, person_id), scope)


def find_with_grants(session: Session, person_id: str) -> tuple[Person, frozenset[Grant]]:
    """A person and their roles, in one question. Raises PersonNotFound."""
    found, held = _with_roles(session, person_id)
    return found, _read(held)


def _with_roles(session: Session, person_id: str) -> tuple[Person, list[RoleGrant]]:
    rows = session.exec(
        select(Person, RoleGrant)
        .outerjoin(RoleGrant, col(RoleGrant.person) == col(Person.id))
        .where(col(Person.id) == person_id)
    ).all()
    if not rows:
        raise PersonNotFound(person=person_id)
    return rows[0][0], [held for _, held in rows if held is not None]


def acting(person: Person, held: Iterable[RoleGrant], scope: frozenset[Permission]) -> Actor:
    """The same, of rows that were read already."""
    return Actor(
        id=person.id,
        name=person.name,
        organisation=person.organisation,
        grants=_read(held),
        scope=scope,
    )


def erase(session: Session, person_id: str, *, by: str) -> None:
    """Forget who this was (GDPR, art. 17): the id stays in the records, the name goes.

    Roles are taken back and tokens let nobody in. Signed bytes keep the name that signed them.
    Erasing twice changes nothing. Raises PersonNotFound, and FourEyes for oneself.
    """
    person = find(session, person_id)
    if by == person_id:
        raise FourEyes("Nobody erases themselves; ask another administrator.")
    if person.erased_at is not None:
        return
    person.name, person.organisation = ERASED_NAME, "-"
    person.erased_at = clock.now()
    for granted in grants(session, person_id):
        revoke(session, person_id, str(granted), by=by)
    session.flush()
    ledger.append(session, actor=by, event="person.erased", subject=person_id, detail={})
