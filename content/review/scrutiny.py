"""What the checks find in a translation, and which of the warnings a reviewer has acknowledged."""

from collections.abc import Mapping, Sequence
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
from content.translation.merge import Rendering


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
#: (section, unit, code, texts) to the acknowledgement.
Given = Mapping[tuple[str, str, str, str], Acknowledgement]


def of_version(session: Session, version: Version) -> Scrutiny:
    """What is found in a translation as it stands."""
    return of_versions(session, [version])[version.key]


def of_versions(session: Session, listed: Sequence[Version]) -> dict[int, Scrutiny]:
    """Version to what is found in it, their texts and the answers to warnings fetched at once."""
    translations = [one.key for one in listed if one.is_translation]
    texts = unit.load_all(session, translations) if translations else {}
    found = {one.key: _findings(session, one, texts.get(one.key, ())) for one in listed}
    given: dict[str, Given] = {}
    for locale in {one.locale for one in listed if found[one.key]}:
        sections = [one.section for one in listed if one.locale == locale and found[one.key]]
        given[locale] = acknowledgement.of_sections(session, sections, locale)
    return {
        one.key: _scrutiny(one, texts.get(one.key, ()), found[one.key], given.get(one.locale, {}))
        for one in listed
    }


def _findings(
    session: Session, version: Version, renderings: Sequence[Rendering]
) -> Mapping[str, tuple[Finding, ...]]:
    source = versions.named_by(session, version.source) if version.source else None
    if source is None:
        return {}
    terms = glossary.agreed(session, version.locale, source.locale)
    return findings.of_renderings(renderings, version.locale, source.locale, terms)


def _scrutiny(
    version: Version,
    renderings: Sequence[Rendering],
    listed: Mapping[str, tuple[Finding, ...]],
    given: Given,
) -> Scrutiny:
    if not listed:
        return NOTHING_FOUND
    texts = {one.message.unit: texts_of(one.message.text, one.target) for one in renderings}
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
