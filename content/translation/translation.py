"""Translations as versions: which source they follow, what they have, and writing into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from content import clock, ledger
from content.errors import (
    BadInput,
    PreconditionStale,
    SectionIsBusy,
    VersionNotFound,
)
from content.people.actor import Actor
from content.people.role import Permission
from content.records import document as documents
from content.records import message as messages
from content.records import section as sections
from content.records import version as versions
from content.records.participation import Part, take_part
from content.records.version import State, Version
from content.translation import phrases, unit
from content.translation.assembly import accept, assemble
from content.translation.merge import Rendering, complete, merge

#: A source in one of these can be translated: its text does not change any more.
TRANSLATABLE = frozenset({State.IN_REVIEW, State.SIGN_OFF, State.APPROVED, State.IN_FORCE})


@dataclass(frozen=True)
class Standing:
    """Where the translation of one section into one locale stands now."""

    section: str
    locale: str
    #: The source version to translate.
    source: Version
    #: The newest version in this locale, if there is one.
    version: Version | None
    #: What there is for each message of `source`.
    renderings: tuple[Rendering, ...]

    @property
    def source_document(self) -> str:
        assert self.source.document is not None  # noqa: S101 (a source version always has one)
        return self.source.document


def newest_source(session: Session, section: str) -> Version:
    """The source version that translators should work from. Raises VersionNotFound."""
    found = versions.newest(
        session, section, sections.find(session, section).source_locale, TRANSLATABLE
    )
    if found is None:
        raise VersionNotFound(
            f"`{section}` has no text yet that can be translated; submit it first.",
            section=section,
        )
    return found


def standing(
    session: Session, section: str, locale: str, source: Version | None = None
) -> Standing:
    """What there is in `locale`, put to `source` (the newest one where none is named)."""
    source = source or newest_source(session, section)
    newest = versions.newest(session, section, locale)
    before = unit.load(session, newest.key) if newest else ()
    return _put_to(session, source, locale, newest, before)


def standings(session: Session, slugs: Sequence[str], locale: str) -> list[Standing]:
    """The same for many sections, in a fixed number of queries.

    Sections without a text that can be translated yet are left out.
    """
    known = sections.find_all(session, slugs)
    sources = versions.newest_of_all(
        session, [(slug, known[slug].source_locale) for slug in slugs], TRANSLATABLE
    )
    newest = versions.newest_of_all(
        session, [(slug, locale) for slug in slugs], versions.STANDING_STATES
    )
    before = unit.load_all(session, [version.key for version in newest.values()])
    found = []
    for slug in slugs:
        source = sources.get((slug, known[slug].source_locale))
        version = newest.get((slug, locale))
        if source is not None:
            had = before[version.key] if version else ()
            found.append(_put_to(session, source, locale, version, had))
    return found


def _put_to(
    session: Session,
    source: Version,
    locale: str,
    newest: Version | None,
    before: Sequence[Rendering],
) -> Standing:
    assert source.document is not None  # noqa: S101 (a source version always has one)
    renderings = merge(messages.of_document(session, source.document), before)
    return Standing(source.section, locale, source, newest, renderings)


def write(
    session: Session,
    actor: Actor,
    now: Standing,
    changes: Mapping[str, Rendering],
    *,
    summary: str = "",
) -> Version:
    """Put translations into the section's draft, beginning one where there is none.

    `changes` is by unit. A guess may break its links; it goes no further. Raises
    WordsNotAccepted, SectionIsBusy.
    """
    actor.must(Permission.TRANSLATE, now.locale)
    if sections.find(session, now.section).source_locale == now.locale:
        raise BadInput("A section is not translated into the language it was written in.")
    for change in changes.values():
        if change.done:
            accept(change.message, change.target)
    renderings = [changes.get(old.message.unit, old) for old in now.renderings]
    version = _draft(session, now, summary)
    take_part(session, version.key, actor.id, Part.WRITER)
    _store(session, version, renderings, who=actor.id)
    _record(session, actor.id, version, "version.saved", len(changes))
    return version


def carry_forward(session: Session, actor_id: str, now: Standing) -> Version:
    """A draft with the words of the version before, put to a source that changed around them.

    The caller has seen to it that nothing is left to translate.
    """
    old = now.version
    assert old is not None  # noqa: S101 (there is something to carry)
    summary = phrases.say(now.locale, phrases.CARRIED_FORWARD, number=now.source.number)
    # The version that people reviewed, however often its words were carried since.
    reviewed = old.carried_from or old.key
    version = _begin(session, now, summary, carried_from=reviewed)
    _store(session, version, now.renderings, who=actor_id)
    _record(session, actor_id, version, "version.carried", 0)
    return version


def begin_from(session: Session, actor_id: str, old: Version) -> Version:
    """A draft with the words of a version that was given up in sign-off."""
    assert old.source is not None  # noqa: S101 (it is a translation)
    source = versions.named_by(session, old.source)
    assert source is not None  # noqa: S101 (documents and versions are never deleted)
    now = standing(session, old.section, old.locale, source)
    now = replace(
        now,
        version=None,
        renderings=merge([r.message for r in now.renderings], unit.load(session, old.key)),
    )
    version = _begin(session, now, old.change_summary, carried_from=None)
    _store(session, version, now.renderings, who=actor_id)
    _record(session, actor_id, version, "version.begun", 0)
    return version


def _draft(session: Session, now: Standing, summary: str) -> Version:
    version = now.version
    if version is None or version.state not in versions.OPEN_STATES:
        return _begin(session, now, summary)
    if version.state != State.DRAFT:
        raise SectionIsBusy(
            f"{version.reference} is past draft ({version.state}); have it returned first.",
            version=version.reference,
        )
    version.change_summary = summary or _summary_after(session, version, now)
    # The units are put to the newest source, so the draft follows it.
    version.source = now.source_document
    version.change_kind = now.source.change_kind
    version.review_by = now.source.review_by
    session.flush()
    return version


def _summary_after(session: Session, version: Version, now: Standing) -> str:
    """What the draft says of itself; where the hub put it, it names the source followed now."""
    assert version.source is not None  # noqa: S101 (it is a translation)
    before = versions.named_by(session, version.source)
    own = before and phrases.say(now.locale, phrases.TRANSLATION_OF, number=before.number)
    if version.change_summary != own:
        return version.change_summary
    return phrases.say(now.locale, phrases.TRANSLATION_OF, number=now.source.number)


def _begin(
    session: Session, now: Standing, summary: str, carried_from: int | None = None
) -> Version:
    version = Version(
        section=now.section,
        locale=now.locale,
        number=versions.next_number(session, now.section, now.locale),
        state=State.DRAFT,
        source=now.source_document,
        carried_from=carried_from,
        change_kind=now.source.change_kind,
        change_summary=summary
        or phrases.say(now.locale, phrases.TRANSLATION_OF, number=now.source.number),
        review_by=now.source.review_by,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    return version


def _store(
    session: Session, version: Version, renderings: Sequence[Rendering], *, who: str
) -> None:
    unit.replace_all(session, version.key, renderings, who=who)
    assert version.source is not None  # noqa: S101 (this is a translation)
    digest = None
    source = documents.load(session, version.source)
    if complete(renderings):
        made = assemble(
            source,
            version.source,
            renderings,
            locale=version.locale,
            number=version.number,
            summary=version.change_summary,
        )
        digest = documents.store(session, made)
    changed = session.connection().execute(
        update(Version)
        .where(col(Version.id) == version.key, col(Version.state) == State.DRAFT)
        .values(document=digest)
    )
    if changed.rowcount != 1:
        raise PreconditionStale(version=version.reference)
    # What was just written, known without reading it again.
    set_committed_value(version, "document", digest)


def _record(session: Session, actor: str, version: Version, event: str, units: int) -> None:
    ledger.append(
        session,
        actor=actor,
        event=event,
        subject=version.reference,
        detail={"document": version.document, "source": version.source, "units": units},
    )
