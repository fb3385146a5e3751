"""Translations as versions: which source they follow, what they have, and writing into them.

A regional variant is a translation of its base text, which may be a translation itself: `fr-CH`
follows `fr`, and `fr` the source. Its messages are those of the base text.
"""

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
from content.records.participation import Part, inherit_writers, take_part
from content.records.version import State, Version
from content.translation import locale as locales
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
    #: The version to translate: of the source, or of a variant's base text.
    source: Version
    #: The newest version in this locale, if there is one.
    version: Version | None
    #: What there is for each message of `source`.
    renderings: tuple[Rendering, ...]

    @property
    def source_document(self) -> str:
        assert self.source.document is not None  # noqa: S101 (a source version always has one)
        return self.source.document

    @property
    def is_variant(self) -> bool:
        """Whether what it has no words of its own for is inherited."""
        return locales.is_variant(self.locale, self.source.locale)


def newest_source(session: Session, section: str, base: str | None = None) -> Version:
    """The version that translators should work from: of the source, or in the locale `base`.

    Raises VersionNotFound.
    """
    locale = base or sections.find(session, section).source_locale
    found = versions.newest(session, section, locale, TRANSLATABLE)
    if found is None:
        raise VersionNotFound(
            f"`{section}` has no text in {locale} yet that can be translated; submit it first.",
            section=section,
        )
    return found


def standing(
    session: Session,
    section: str,
    locale: str,
    source: Version | None = None,
    base: str | None = None,
) -> Standing:
    """What there is in `locale`, put to `source` (the newest one, in `base`, where none is named).

    `base` is what `locale.base` says of a regional variant; None means the section's own language.
    """
    source = source or newest_source(session, section, base)
    newest = versions.newest(session, section, locale)
    before = unit.load(session, newest.key) if newest else ()
    return _put_to(session, source, locale, newest, before)


def standings(
    session: Session, slugs: Sequence[str], locale: str, base: str | None = None
) -> list[Standing]:
    """The same for many sections, in a fixed number of queries.

    Sections without a text that can be translated yet are left out.
    """
    known = sections.find_all(session, slugs)
    origin = {slug: base or known[slug].source_locale for slug in slugs}
    sources = versions.newest_of_all(session, list(origin.items()), TRANSLATABLE)
    newest = versions.newest_of_all(
        session, [(slug, locale) for slug in slugs], versions.STANDING_STATES
    )
    before = unit.load_all(session, [version.key for version in newest.values()])
    found = []
    for slug in slugs:
        source = sources.get((slug, origin[slug]))
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
    inherits = locales.is_variant(locale, source.locale)
    renderings = merge(messages.of_document(session, source.document), before, inherits=inherits)
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
    _require_base(session, now)
    for change in changes.values():
        if change.done:
            accept(change.message, change.shown)
    renderings = [changes.get(old.message.unit, old) for old in now.renderings]
    version = _draft(session, now, summary)
    take_part(session, version.key, actor.id, Part.WRITER)
    _store(session, version, renderings, who=actor.id)
    _record(session, actor.id, version, "version.saved", len(changes))
    return version


def _require_base(session: Session, now: Standing) -> None:
    """A regional variant is made from its base text where there is one. Raises BadInput."""
    if now.is_variant:
        return
    for above in locales.ancestors(now.locale):
        if versions.newest(session, now.section, above, TRANSLATABLE) is not None:
            raise BadInput(
                f"{now.locale} inherits from {above}, so it is not translated from "
                f"{now.source.locale}; see that MSIF_LOCALES lists {above}."
            )


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
    now = _put_to(session, source, old.locale, None, unit.load(session, old.key))
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
    _inherit_writers(session, now, version)
    version.change_kind = now.source.change_kind
    version.review_by = now.source.review_by
    session.flush()
    return version


def _summary_after(session: Session, version: Version, now: Standing) -> str:
    """What the draft says of itself; where the hub put it, it names the source followed now."""
    assert version.source is not None  # noqa: S101 (it is a translation)
    before = versions.named_by(session, version.source)
    own = before and _said_of(replace(now, source=before))
    if version.change_summary != own:
        return version.change_summary
    return _said_of(now)


def _said_of(now: Standing) -> str:
    """What the hub says of a version, where nobody else said what it changes."""
    phrase = phrases.VARIANT_OF if now.is_variant else phrases.TRANSLATION_OF
    return phrases.say(now.locale, phrase, number=now.source.number)


def _inherit_writers(session: Session, now: Standing, version: Version) -> None:
    """Who wrote the base text wrote most of the variant: they do not judge it as well."""
    if now.is_variant:
        inherit_writers(session, now.source.key, version.key)


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
        change_summary=summary or _said_of(now),
        review_by=now.source.review_by,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    _inherit_writers(session, now, version)
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
