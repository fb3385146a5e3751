"""Accounts of another service that are a person's: joined by the person, while signed in."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import AlreadyThere, SignInFailed
from content.people import person

#: OpenID Connect Core, 2: a subject has at most 255 characters.
SUBJECT_MAX = 255


class OidcLink(SQLModel, table=True):
    """One account of one service. Deleted when its person parts with it; the ledger remembers."""

    __tablename__ = "oidc_link"

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    linked_at: datetime


def join(session: Session, person_id: str, issuer: str, subject: str) -> None:
    """This account signs this person in from now on. Raises AlreadyThere where it is another's."""
    row = session.get(OidcLink, (issuer, subject))
    if row is not None and row.person != person_id:
        raise AlreadyThere("This account signs in somebody else; part with it there first.")
    if row is None:
        session.add(
            OidcLink(issuer=issuer, subject=subject, person=person_id, linked_at=clock.now())
        )
        session.flush()
        _note(session, person_id, "person.joined", issuer, by=person_id)


def recognise(session: Session, issuer: str, subject: str) -> str:
    """Whose account this is; the person's id. Raises SignInFailed."""
    row = session.get(OidcLink, (issuer, subject))
    if row is None or person.find(session, row.person).erased_at is not None:
        raise SignInFailed
    return row.person


def of_person(session: Session, person_id: str) -> Sequence[OidcLink]:
    return session.exec(
        select(OidcLink)
        .where(col(OidcLink.person) == person_id)
        .order_by(col(OidcLink.linked_at), col(OidcLink.subject))
    ).all()


def part(session: Session, person_id: str, *, by: str) -> None:
    """None of a person's accounts signs them in any more."""
    for row in of_person(session, person_id):
        session.delete(row)
        session.flush()
        _note(session, person_id, "person.parted", row.issuer, by=by)


def _note(session: Session, person_id: str, event: str, issuer: str, *, by: str) -> None:
    """Without the subject, which the records would keep for ever."""
    ledger.append(session, actor=by, event=event, subject=person_id, detail={"issuer": issuer})
