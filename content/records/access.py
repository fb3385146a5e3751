"""Who may read a version that is being worked on, and talk about it."""

from sqlalchemy import ColumnElement, true
from sqlmodel import col, or_

from content.people.actor import Actor
from content.people.role import Permission
from content.records.version import Version


def may_read(actor: Actor, version: Version) -> bool:
    """A translation is read by those who work in its language; a source by everybody at work,
    because translators and reviewers of every language work from it."""
    return _may(actor, Permission.READ_DRAFTS, version)


def must_read(actor: Actor, version: Version) -> None:
    """Raises RoleMissing or ScopeMissing."""
    if not may_read(actor, version):
        actor.must(Permission.READ_DRAFTS, version.locale)


def readable(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a condition. Raises RoleMissing or ScopeMissing for who reads none at all."""
    if not actor.may_somewhere(Permission.READ_DRAFTS):
        actor.must(Permission.READ_DRAFTS)
    if actor.may(Permission.READ_DRAFTS):
        return true()
    mine = {one.locale for one in actor.grants if actor.may(Permission.READ_DRAFTS, one.locale)}
    return or_(col(Version.source).is_(None), col(Version.locale).in_(sorted(mine)))


def may_discuss(actor: Actor, version: Version) -> bool:
    """Whoever may read it; a token may have been made for reading alone."""
    return may_read(actor, version) and _may(actor, Permission.DISCUSS, version)


def must_discuss(actor: Actor, version: Version) -> None:
    """Raises RoleMissing or ScopeMissing."""
    must_read(actor, version)
    if not may_discuss(actor, version):
        actor.must(Permission.DISCUSS, version.locale)


def _may(actor: Actor, permission: Permission, version: Version) -> bool:
    if version.is_translation:
        return actor.may(permission, version.locale)
    return actor.may_somewhere(permission)
