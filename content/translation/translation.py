"""Writing translations: into the drafts of their sections, begun where there are none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import insert, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from content import clock, ledger
from content.errors import BadInput, PreconditionStale, SectionIsBusy
from content.ledger import Event
from content.people.actor import Actor
from content.people.role import Permission
from content.records import section as sections
from content.records import version as versions
from content.records.participation import Part, inherit_writers, take_part_in
from content.records.version import State, Version
from content.translation import document, phrases, standing, unit
from content.translation import locale as locales
from content.translation.assembly import accept
from content.translation.merge import Rendering
from content.translation.standing import TRANSLATABLE, Standing


@dataclass(frozen=True)
class News:
    """What is to be written for one section."""

    now: Standing
    #: By unit, what comes into the place of its rendering.
    changes: Mapping[str, Rendering] = field(default_factory=dict)

    @cached_property
    def renderings(self) -> tuple[Rendering, ...]:
        """Everything that the draft has then."""
        return tuple(self.changes.get(one.message.unit, one) for one in self.now.renderings)


def write(
    session: Session,
    actor: Actor,
    now: Standing,
    changes: Mapping[str, Rendering],
    *,
    summary: str = "",
) -> Version:
    """Put translations into the section's draft; as `write_all` does."""
    return write_all(session, actor, [News(now, changes)], summary=summary)[0]


def write_all(
    session: Session, actor: Actor, listed: Sequence[News], *, summary: str = ""
) -> list[Version]:
    """Put translations into the drafts of their sections, beginning those that there are not.

    All are of one locale. A guess may break its links; it goes no further. Raises
    WordsNotAccepted, SectionIsBusy.
    """
    if not listed:
        return []
    (locale,) = {one.now.locale for one in listed}
    actor.must(Permission.TRANSLATE, locale)
    known = sections.find_all(session, [one.now.section for one in listed])
    for one in listed:
        if known[one.now.section].source_locale == locale:
            raise BadInput("A section is not translated into the language it was written in.")
        _require_base(session, one.now)
        for change in one.changes.values():
            if change.done:
                accept(change.message, change.shown, change.own_links)
    written = _drafts(session, listed, summary)
    take_part_in(session, [version.key for version in written], actor.id, Part.WRITER)
    _store(session, written, listed, who=actor.id)
    counts = [len(one.changes) for one in listed]
    _record(session, actor.id, "version.saved", zip(written, counts, strict=True))
    return written


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
    """A frozen draft with the words of the version before, put to a source that changed around
    them.

    The caller has seen to it that nothing is left to translate.
    """
    old = now.version
    assert old is not None  # noqa: S101 (there is something to carry)
    summary = phrases.say(now.locale, phrases.CARRIED_FORWARD, number=now.source.number)
    # The version that people reviewed, however often its words were carried since.
    reviewed = old.carried_from or old.key
    version = _begun_alone(session, now, summary, actor_id, carried_from=reviewed)
    document.freeze(session, version)
    _record(session, actor_id, "version.carried", [(version, 0)])
    return version


def begin_from(session: Session, actor_id: str, old: Version) -> Version:
    """A draft with the words of a version that was given up in sign-off."""
    assert old.source is not None  # noqa: S101 (it is a translation)
    source = versions.named_by(session, old.source)
    assert source is not None  # noqa: S101 (documents and versions are never deleted)
    now = standing.put_to(session, source, old.locale, None, unit.load(session, old.key))
    version = _begun_alone(session, now, old.change_summary, actor_id)
    _record(session, actor_id, "version.begun", [(version, 0)])
    return version


def _begun_alone(
    session: Session, now: Standing, summary: str, who: str, *, carried_from: int | None = None
) -> Version:
    (version,) = _begin(session, [now], summary, carried_from)
    _store(session, [version], [News(now)], who=who)
    return version


def _drafts(session: Session, listed: Sequence[News], summary: str) -> list[Version]:
    """The draft of each section, in the order of the sections."""
    standing_there = {one.now.section: _going_on(session, one.now, summary) for one in listed}
    blank = [one.now for one in listed if standing_there[one.now.section] is None]
    begun = {one.section: one for one in _begin(session, blank, summary)}
    session.flush()
    return [standing_there[one.now.section] or begun[one.now.section] for one in listed]


def _going_on(session: Session, now: Standing, summary: str) -> Version | None:
    """The draft that there is, put to the newest source. Raises SectionIsBusy past draft."""
    version = now.version
    if version is None or version.state not in versions.OPEN_STATES:
        return None
    if version.state != State.DRAFT:
        raise SectionIsBusy(
            f"{version.reference} is past draft ({version.state}); have it returned first.",
            version=version.reference,
        )
    version.change_summary = summary or _summary_after(session, version, now)
    version.source = now.source_document
    version.change_kind = now.source.change_kind
    version.review_by = now.source.review_by
    _inherit_writers(session, now, version)
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
    session: Session, listed: Sequence[Standing], summary: str, carried_from: int | None = None
) -> list[Version]:
    """New drafts, all of one locale."""
    if not listed:
        return []
    locale = listed[0].locale
    numbers = versions.next_numbers(session, [now.section for now in listed], locale)
    at = clock.now()
    rows = [
        {
            "section": now.section,
            "locale": locale,
            "number": numbers[now.section],
            "state": State.DRAFT.value,
            "source": now.source_document,
            "carried_from": carried_from,
            "change_kind": now.source.change_kind,
            "change_summary": summary or _said_of(now),
            "review_by": now.source.review_by,
            "created_at": at,
        }
        for now in listed
    ]
    # Together: one by one, five hundred objects take longer than the units of all of them.
    session.connection().execute(insert(Version), rows)
    places = [(now.section, locale) for now in listed]
    found = versions.newest_of_all(session, places, frozenset({State.DRAFT}))
    begun = [found[place] for place in places]
    for now, version in zip(listed, begun, strict=True):
        _inherit_writers(session, now, version)
    return begun


def _store(
    session: Session, written: Sequence[Version], listed: Sequence[News], *, who: str
) -> None:
    """The units of each draft. A text that was put together of others before goes."""
    renderings = {version.key: one.renderings for version, one in zip(written, listed, strict=True)}
    unit.replace_all(session, renderings, who=who)
    changed = session.connection().execute(
        update(Version)
        .where(col(Version.id).in_(renderings), col(Version.state) == State.DRAFT)
        .values(document=None)
    )
    if changed.rowcount != len(written):
        raise PreconditionStale
    for version in written:
        # What was just written, known without reading it again.
        set_committed_value(version, "document", None)


def _record(
    session: Session, actor: str, event: str, written: Iterable[tuple[Version, int]]
) -> None:
    """One row for each version, with the number of messages that were written."""
    ledger.append_all(
        session,
        [
            Event(
                actor,
                event,
                version.reference,
                {"source": version.source, "units": units, "summary": version.change_summary},
            )
            for version, units in written
        ],
    )
