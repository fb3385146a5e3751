"""Versions as paths name them, and the tag that guards a write."""

from typing import Annotated, Any

from fastapi import Depends, Header, Path
from sqlmodel import Session, col, func, select

from api.conditional import require_match
from api.dependencies import CurrentActor, Reading, Writing
from content import clock
from content.ledger import LedgerRow
from content.people.actor import Actor
from content.people.role import Permission
from content.records import version as versions
from content.records.access import must_read
from content.records.version import Version
from content.translation import locale as locales

#: No section has as many versions.
NUMBER_MAX = 1_000_000
Slug = Annotated[str, Path(max_length=80, examples=["ahsct-evidence"], description="The section")]
Tag = Annotated[
    str, Path(max_length=35, examples=["fr"], description="The language, as a tag of BCP 47")
]
Number = Annotated[int, Path(ge=1, le=NUMBER_MAX, description="The number of the version")]
IfMatch = Annotated[str | None, Header(description="The ETag you read; 412 if it has changed")]


def seen(session: Session, actor: Actor, slug: str, locale: str, number: int) -> Version:
    """A version that this person may read. Raises LocaleMalformed, RoleMissing, VersionNotFound."""
    tag = locales.read_tag(locale)
    if not actor.may_somewhere(Permission.READ_DRAFTS):
        actor.must(Permission.READ_DRAFTS, tag)
    version = versions.find(session, slug, tag, number)
    must_read(actor, version)
    return version


def _to_read(
    actor: CurrentActor, session: Reading, slug: Slug, locale: Tag, number: Number
) -> Version:
    return seen(session, actor, slug, locale, number)


def _to_change(
    actor: CurrentActor,
    session: Writing,
    slug: Slug,
    locale: Tag,
    number: Number,
    if_match: IfMatch = None,
) -> Version:
    version = seen(session, actor, slug, locale, number)
    require_match(if_match, etag(session, version))
    return version


#: The version that the path names, as `seen` finds it.
VersionToRead = Annotated[Version, Depends(_to_read, scope="function")]
#: The same for a write, as it is in If-Match. Raises PreconditionMissing, PreconditionStale too.
VersionToChange = Annotated[Version, Depends(_to_change, scope="function")]


def etag(session: Session, version: Version) -> str:
    """The number of the last ledger row about this version: each change and review moves it."""
    last = session.exec(
        select(func.max(LedgerRow.seq)).where(col(LedgerRow.subject) == version.reference)
    ).one()
    return f'"{last or 0}"'


def summary(version: Version) -> dict[str, Any]:
    """A version in a list."""
    return {
        "section": version.section,
        "locale": version.locale,
        "version": version.number,
        "state": version.state,
        "sha256": version.document,
        "source": version.source,
        "change": {"kind": version.change_kind, "summary": version.change_summary},
        "review_by": version.review_by.isoformat(),
        "effective_at": clock.stamp(version.effective_at) if version.effective_at else None,
        "url": path(version),
    }


def path(version: Version) -> str:
    return f"/v1/editing/sections/{version.section}/{version.locale}/{version.number}"
