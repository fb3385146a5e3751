"""Coverage: page × locale, how far each translation is and who is at work on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, select

from content.people.person import Person
from content.records import tree
from content.records import version as versions
from content.records.participation import Part, Participation
from content.records.version import State, Version
from content.translation import findings, glossary, standing, suggestion
from content.translation.report import coverage
from content.translation.standing import Standing


@dataclass(frozen=True)
class SectionInForce:
    """One section's version in force in a locale against its source's; None where there is none."""

    section: str
    version: int | None
    #: Number of the source version that it translates.
    translates: int | None
    source_version: int | None

    @property
    def behind(self) -> bool:
        return self.version is None or self.translates != self.source_version


@dataclass(frozen=True)
class Cell:
    """One page in one locale."""

    page: str
    locale: str
    messages: int
    done: int
    stale: int
    suggested: int
    blank: int
    #: Messages with a finding that blocks, and with one that has to be acknowledged.
    with_errors: int
    with_warnings: int
    #: Suggestions that wait for a translator.
    suggestions: int
    sections: tuple[SectionInForce, ...]
    #: Names of those who wrote into a version that is open.
    working: tuple[str, ...]

    def told(self) -> dict[str, Any]:
        """The cell in an answer."""
        behind = sum(one.behind for one in self.sections)
        return asdict(self) | {"sections_behind": behind}


def of_page(session: Session, page: str, locale: str, source_locale: str) -> Cell:
    """Raises SectionNotFound where the page is no section.

    `source_locale` is what is translated from: for a regional variant that of its base text.
    """
    slugs = tree.page_sections(session, page)
    standings = standing.of_sections(session, slugs, locale, source_locale)
    renderings = [one for now in standings for one in now.renderings]
    counted = coverage(renderings)
    terms = glossary.agreed(session, locale, source_locale)
    unlike = findings.of_renderings(renderings, locale, source_locale, terms)
    return Cell(
        page=page,
        locale=locale,
        **asdict(counted),
        with_errors=sum(bool(findings.errors(found)) for found in unlike.values()),
        with_warnings=sum(bool(findings.warnings(found)) for found in unlike.values()),
        suggestions=len(suggestion.opened(session, slugs, locale)),
        sections=_in_force(session, slugs, locale, source_locale),
        working=_working(session, standings),
    )


def _in_force(
    session: Session, slugs: Sequence[str], locale: str, source_locale: str
) -> tuple[SectionInForce, ...]:
    in_force = frozenset({State.IN_FORCE})
    places = [(slug, tag) for slug in slugs for tag in (locale, source_locale)]
    found = versions.newest_of_all(session, places, in_force)
    translated = {
        version.document: version.number
        for version in session.exec(
            select(Version).where(
                col(Version.document).in_([one.source for one in found.values() if one.source])
            )
        )
    }
    return tuple(
        _section(slug, found.get((slug, locale)), found.get((slug, source_locale)), translated)
        for slug in slugs
    )


def _section(
    slug: str, version: Version | None, source: Version | None, translated: dict[str | None, int]
) -> SectionInForce:
    return SectionInForce(
        section=slug,
        version=version.number if version else None,
        translates=translated.get(version.source) if version else None,
        source_version=source.number if source else None,
    )


def _working(session: Session, standings: Sequence[Standing]) -> tuple[str, ...]:
    opened = [
        now.version.key
        for now in standings
        if now.version is not None and now.version.state in versions.OPEN_STATES
    ]
    rows = session.exec(
        select(Person.name)
        .join(Participation, col(Participation.person) == col(Person.id))
        .where(col(Participation.version).in_(opened), col(Participation.part) == Part.WRITER)
    ).all()
    return tuple(sorted(Counter(rows)))
