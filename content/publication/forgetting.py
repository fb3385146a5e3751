"""Forgetting a person: the name goes from the records and, at once, from what is served."""

from sqlmodel import Session, col, select

from content.people import passkey, person, token, ways
from content.publication import representation
from content.records.participation import Participation
from content.records.version import Version
from content.review.policy import Policy


def forget(session: Session, person_id: str, policy: Policy, *, by: str) -> None:
    """Erase who this was, end all by which they act, and make every answer anew that named them.

    What they signed keeps the name they signed under: those bytes cannot change. Raises
    PersonNotFound, FourEyes.
    """
    person.erase(session, person_id, by=by)
    for row in token.of_person(session, person_id):
        token.revoke(session, row.key, by=by)
    for key in passkey.of_person(session, person_id):
        passkey.remove(session, key.credential, by=by)
    ways.reset(session, person_id, by=by)
    sections = session.exec(
        select(Version.section)
        .join(Participation, col(Participation.version) == col(Version.id))
        .where(col(Participation.person) == person_id)
        .distinct()
    ).all()
    representation.refresh(session, sections, policy)
