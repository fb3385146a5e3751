"""Links for passkeys that one person makes for another: they lead to nothing that decides.

Whoever makes a link could open it, register a key of their own and act as somebody else. So:

1. a link is made for who holds no role that judges or decides;
2. whoever was given one gets no such role by another person either.

Who does is given link and role at the machine, by whoever can open the database anyway.
"""

from sqlmodel import Session, col, select

from content.errors import FourEyes, ScopeMissing
from content.people import invitation, person
from content.people.invitation import Invitation
from content.people.person import Person
from content.people.role import ALLOWED, DECIDING, Grant, Role, read_grant


def decides(role: Role) -> bool:
    """Whether somebody with this role judges texts or decides about them."""
    return bool(ALLOWED[role] & DECIDING)


def invite(session: Session, person_id: str, *, by: str, days: int) -> str:
    """The secret of a new link, made by another person. Raises ScopeMissing, and what
    `invitation.make` raises.
    """
    held = sorted(grant.role for grant in person.grants(session, person_id) if decides(grant.role))
    if held:  # guarantee 1
        raise ScopeMissing(
            f"A link for a {held[0]} is made with `msif people invite`.",
            permission=min(ALLOWED[held[0]] & DECIDING).value,
        )
    return invitation.make(session, person_id, by=by, days=days)


def grant(session: Session, person_id: str, role: str, *, by: str) -> Grant:
    """Give a role, as a person does it. Raises what `person.grant` raises."""
    if decides(read_grant(role).role) and _was_invited(session, person_id):  # guarantee 2
        raise FourEyes(
            "This person was given a link for passkeys by another person; a role that decides is "
            "given with `msif people grant`."
        )
    return person.grant(session, person_id, role, by=by)


def _was_invited(session: Session, person_id: str) -> bool:
    """Whether another person made a link for this one, used or not."""
    found = session.exec(
        select(Invitation.digest)
        .where(
            col(Invitation.person) == person_id,
            col(Invitation.made_by) != person_id,
            col(Invitation.made_by).in_(select(Person.id)),
        )
        .limit(1)
    ).first()
    return found is not None
