"""Taking an upload back, and with it the drafts that there are only because of it."""

from sqlmodel import Session

from content.people.actor import Actor
from content.people.role import Permission
from content.records.version import Version
from content.review import submission
from content.translation import undoing
from content.translation.upload import Upload

#: Why such a draft was given up, for the record.
REASON = "The upload that began this draft was taken back: {upload}"


def take_back(session: Session, actor: Actor, upload: Upload) -> list[Version]:
    """Undo an upload; returns the drafts that were given up with it.

    Somebody whose token may not give drafts up leaves them: they say what stood before. Raises what
    `undoing.undo` does.
    """
    left = undoing.undo(session, actor, upload)
    if not actor.may(Permission.ABANDON_TRANSLATION, upload.locale):
        return []
    for version in left:
        submission.abandon(session, actor, version, REASON.format(upload=upload.sha256))
    return left
