"""What the checks find in a translation, and which of the warnings a reviewer has acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
from content.translation.unit import Units


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
#: (section, locale, unit, code, texts) to the acknowledgement.
Given = Mapping[tuple[str, str, str, str, str], Acknowledgement]


class Translated(NamedTuple):
    """A translation, as far as it takes to look at its words."""

    version: int
    section: str
    locale: str
    #: Of the text that it follows.
    follows: str


def of_version(session: Session, version: Version) -> Scrutiny:
    """What is found in a translation as it stands."""
    return of_versions(session, [version])[version.key]


def of_versions(session: Session, listed: Sequence[Version]) -> dict[int, Scrutiny]:
    """Version to what is found in it; nothing in a source."""
    followed = versions.all_named_by(session, {one.source for one in listed if one.source})
    translated = [
        Translated(one.key, one.section, one.locale, followed[one.source].locale)
        for one in listed
        if one.source in followed
    ]
    return {one.key: NOTHING_FOUND for one in listed} | of_translations(session, translated)


def of_translations(
    session: Session, translated: Sequence[Translated], texts: Units | None = None
) -> dict[int, Scrutiny]:
    """Version to what is found in it, their texts and the answers to warnings fetched at once.

    `texts` has them all, where they were read already.
    """
    if not translated:
        return {}
    if texts is None:
        texts = unit.load_all(session, [one.version for one in translated])
    terms = glossary.agreed_in(session, {(one.locale, one.follows) for one in translated})
    found = {
        one: findings.of_renderings(
            texts[one.version], one.locale, one.follows, terms[one.locale, one.follows]
        )
        for one in translated
    }
    given = _given(session, [one for one in translated if found[one]])
    return {
        one.version: _scrutiny(one, texts[one.version], found[one], given) for one in translated
    }


def _given(session: Session, translated: Sequence[Translated]) -> Given:
    if not translated:
        return {}
    sections, locales = {one.section for one in translated}, {one.locale for one in translated}
    return acknowledgement.of_sections(session, sections, locales)


def _scrutiny(
    one: Translated,
    renderings: Sequence[Rendering],
    listed: Mapping[str, tuple[Finding, ...]],
    given: Given,
) -> Scrutiny:
    if not listed:
        return NOTHING_FOUND
    texts = {each.message.unit: texts_of(each.message.text, each.target) for each in renderings}
    place = (one.section, one.locale)
    return Scrutiny(
        tuple(
            Found(name, each, texts[name], given.get((*place, name, each.code, texts[name])))
            for name, found in listed.items()
            for each in found
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
