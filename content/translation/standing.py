"""Where the translation of a section stands: the source to follow, and what there is for it.

A regional variant is a translation of its base text, which may be a translation itself: `fr-CH`
follows `fr`, and `fr` the source. Its messages are those of the base text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from content.errors import VersionNotFound
from content.records import message as messages
from content.records import section as sections
from content.records import version as versions
from content.records.version import State, Version
from content.translation import locale as locales
from content.translation import unit
from content.translation.merge import Rendering, merge

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


def of_section(
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
    return put_to(session, source, locale, newest, before)


def of_sections(
    session: Session, slugs: Sequence[str], locale: str, base: str | None = None
) -> list[Standing]:
    """The same for many sections, in a fixed number of queries.

    Sections without a text that can be translated yet are left out.
    """
    return of_languages(session, slugs, {locale: base})[locale]


def of_languages(
    session: Session, slugs: Sequence[str], bases: Mapping[str, str | None]
) -> dict[str, list[Standing]]:
    """The same in several languages, in as many queries as in one; `bases` is locale to base."""
    known = sections.find_all(session, slugs)
    origin = {
        (slug, locale): base or known[slug].source_locale
        for locale, base in bases.items()
        for slug in slugs
    }
    followed = {(slug, tag) for (slug, _), tag in origin.items()}
    standing = versions.standing_in(session, {*origin, *followed})
    newest = {place: listed[-1] for place, listed in standing.items() if place in origin}
    sources = {
        place: [one for one in standing.get(place, ()) if one.state in TRANSLATABLE][-1:]
        for place in followed
    }
    before = unit.load_all(session, [version.key for version in newest.values()])
    documents = [one.document for listed in sources.values() for one in listed if one.document]
    messages.read_ahead(session, documents)
    found: dict[str, list[Standing]] = {locale: [] for locale in bases}
    for (slug, locale), tag in origin.items():
        version = newest.get((slug, locale))
        had = before[version.key] if version else ()
        for source in sources[slug, tag]:
            found[locale].append(put_to(session, source, locale, version, had))
    return found


def put_to(
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
