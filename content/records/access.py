"""Who may read a version that is being worked on."""

from content.people.actor import Actor
from content.people.role import Permission
from content.records.version import Version


def may_read(actor: Actor, version: Version) -> bool:
    """A translation is read by those who work in its language; a source by everybody at work,
    because translators and reviewers of every language work from it."""
    if version.is_translation:
        return actor.may(Permission.READ_DRAFTS, version.locale)
    return actor.may_somewhere(Permission.READ_DRAFTS)


def must_read(actor: Actor, version: Version) -> None:
    """Raises RoleMissing or ScopeMissing."""
    if not may_read(actor, version):
        actor.must(Permission.READ_DRAFTS, version.locale)
