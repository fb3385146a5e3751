"""What ends in sign-off begins again: the version is abandoned, its text is the next draft."""

from sqlmodel import Session

from content.people.actor import HUB
from content.records import draft
from content.records.participation import inherit_writers
from content.records.version import State, Version
from content.review import workflow
from content.translation import translation


def abandon_and_begin(
    session: Session, version: Version, *, actor: str, event: str, reason: str
) -> Version:
    """Abandon `version` and return the draft that has its text."""
    workflow.move(
        session, version, State.ABANDONED, actor=actor, event=event, detail={"reason": reason}
    )
    if version.is_translation:
        begun = translation.begin_from(session, HUB.id, version)
        inherit_writers(session, version.key, begun.key)
        return begun
    return draft.begin_from(session, HUB, version)
