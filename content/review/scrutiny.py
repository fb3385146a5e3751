"""What the checks find in a translation, and which of the warnings a reviewer has acknowledged."""

from dataclasses import dataclass

from sqlmodel import Session

from content.errors import FindingNotFound
from content.people.actor import Actor
from content.records import version as versions
from content.records.version import Version
from content.review import acknowledgement
from content.review.acknowledgement import Acknowledgement, texts_of
from content.translation import findings, glossary, unit
from content.translation.checks import Finding, Severity


@dataclass(frozen=True)
class Found:
    """One finding in one unit, with its acknowledgement where there is one."""

    unit: str
    finding: Finding
    texts: str
    acknowledgement: Acknowledgement | None


@dataclass(frozen=True)
class Scrutiny:
    """Every finding of one version."""

    found: tuple[Found, ...]

    @property
    def errors(self) -> tuple[Found, ...]:
        return tuple(one for one in self.found if one.finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Found, ...]:
        """One of a code in a unit: they are acknowledged together."""
        listed = [one for one in self.found if one.finding.severity is Severity.WARNING]
        return tuple({(one.unit, one.finding.code): one for one in reversed(listed)}.values())


NOTHING_FOUND = Scrutiny(())


def of_version(session: Session, version: Version) -> Scrutiny:
    """What is found in a translation as it stands."""
    source = versions.named_by(session, version.source or "")
    source_locale = source.locale if source else version.locale
    renderings = unit.load(session, version.key)
    texts = {one.message.unit: texts_of(one.message.text, one.target) for one in renderings}
    terms = glossary.agreed(session, version.locale)
    listed = findings.of_renderings(renderings, version.locale, source_locale, terms)
    if not listed:
        return NOTHING_FOUND
    given = acknowledgement.of_sections(session, [version.section], version.locale)
    return Scrutiny(
        tuple(
            Found(name, one, texts[name], given.get((version.section, name, one.code, texts[name])))
            for name, found in listed.items()
            for one in found
        )
    )


def acknowledge(
    session: Session, actor: Actor, version: Version, unit_id: str, code: str, reason: str
) -> Acknowledgement:
    """Say why a warning is no fault. Raises FindingNotFound where there is no such warning.

    Whoever reviews the language says it, before or after the verdict; an error is mended instead.
    """
    for one in of_version(session, version).warnings:
        if (one.unit, one.finding.code) == (unit_id, code):
            return acknowledgement.give(
                session, actor, version, unit=unit_id, code=code, texts=one.texts, reason=reason
            )
    raise FindingNotFound(unit=unit_id, finding=code)
