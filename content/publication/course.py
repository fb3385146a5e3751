"""The course of some sections: every version that was ever in force, and what followed on what.

A regional variant follows its base text and, through it, the source: what happens to either is told
of it too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from content.records import lineage
from content.records import message as messages
from content.records.lineage import Chain
from content.records.version import PUBLISHED_STATES, State, Version, is_in


class Course:
    """Made from all published versions of its sections, oldest first; their states are as now."""

    def __init__(self, published: Iterable[Version]) -> None:
        self._by_document: dict[str, Version] = {}
        self._by_place: dict[tuple[str, str], list[Version]] = defaultdict(list)
        for version in published:
            self._by_document[version.document or ""] = version
            self._by_place[version.section, version.locale].append(version)

    def chain(self, version: Version) -> Chain:
        """What it follows, nearest first."""
        return lineage.chain(version, self._by_document)

    def later(self, version: Version) -> list[Version]:
        """Versions of the same section and locale that came after it, oldest first."""
        place = self._by_place[version.section, version.locale]
        return [one for one in place if one.number > version.number]

    def followers(self, section: str, locale: str) -> list[Version]:
        """Versions in force that follow some text of the section in this locale, nearest first."""
        found = [
            (place, one.locale, one)
            for one in self._in_force(section)
            for place, link in enumerate(self.chain(one))
            if link.locale == locale
        ]
        return [one for *_, one in sorted(found, key=lambda told: told[:2])]

    def _in_force(self, section: str) -> Iterable[Version]:
        for place, known in self._by_place.items():
            if place[0] == section:
                yield from (one for one in known if one.state == State.IN_FORCE)

    def words_moved(self, session: Session, link: Version) -> bool:
        """Whether what is in force in the place of `link` now has other words."""
        place = self._by_place[link.section, link.locale]
        now = next((one for one in place if one.state == State.IN_FORCE), None)
        if now is None or now.document is None or now.document == link.document:
            return False
        return messages.words_differ(session, link.document or "", now.document)

    def moved(self, session: Session, version: Version) -> list[Version]:
        """Later versions of each text it follows that has other words now; the source's first."""
        return [
            step
            for link in reversed(self.chain(version))
            if self.words_moved(session, link)
            for step in self.later(link)
        ]

    def kind(self, step: Version) -> str:
        """How much a version matters to whoever followed the one before it.

        A translation has the change kind of its source. One that says the same source in other
        words corrects a translation, and nobody said how much that matters.
        """
        if step.source is None:
            return step.change_kind
        before = [
            one
            for one in self._by_place[step.section, step.locale]
            if one.number < step.number and one.source == step.source
        ]
        return "clinical" if before else step.change_kind

    def calls_for_a_label(self, session: Session, version: Version) -> bool:
        """Whether more than the wording of what it follows changed since."""
        return any(self.kind(step) != "wording" for step in self.moved(session, version))


def of_sections(session: Session, sections: Collection[str]) -> Course:
    """One query, however many sections."""
    rows = session.exec(
        select(Version)
        .where(col(Version.section).in_(sections), is_in(PUBLISHED_STATES))
        .order_by(col(Version.number))
    )
    return Course(rows.all())
