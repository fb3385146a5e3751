"""The board: section × language, each a square that says how far the text there is.

What a regional variant inherits and somebody accepted is done. Only what blocks is counted as
wrong: a warning of the glossary holds no draft back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from content.records import version as versions
from content.records.version import State
from content.translation import findings, overlay, standing
from content.translation.report import Coverage, coverage
from content.translation.standing import Standing


class Stage(StrEnum):
    """How far one section is in one language, in the order of the way."""

    #: There is nothing, and all is to do.
    NOTHING = "nothing"
    #: Some of it is to do: blank, unsure, or made for other words of the source.
    PART = "part"
    #: All is there, and a check says that some of it is wrong.
    WRONG = "wrong"
    #: A draft that can be handed in.
    WHOLE = "whole"
    #: Nothing is to do, but the version there follows an older text, or has left force.
    BEHIND = "behind"
    #: Past draft: in review, in sign-off, or approved.
    ON_ITS_WAY = "on-its-way"
    IN_FORCE = "in-force"


@dataclass(frozen=True)
class Square:
    """One section in one language. Frozen."""

    section: str
    locale: str
    #: Whether it inherits what it has no own words for.
    is_variant: bool
    #: Of the section, in the language that is translated from.
    title: str
    counted: Coverage
    #: Messages with a finding that blocks.
    wrong: int
    #: Of a regional variant: messages that have the words of the base text, and own ones.
    inherited: int
    own: int
    stage: Stage

    @property
    def per_cent(self) -> int:
        """How much is done. Only what is whole is 100, and only what is nothing is 0."""
        done, of = self.counted.done, self.counted.messages
        if done in (0, of):
            return 100 if done else 0
        return min(99, max(1, round(100 * done / of)))


def squares(
    session: Session, slugs: Sequence[str], bases: Mapping[str, str | None]
) -> dict[str, list[Square]]:
    """Section to its squares, in the order of `bases`, which is locale to base locale.

    The number of queries does not depend on how many there are. A section that cannot be translated
    yet has no square, nor has one in the language it was written in.
    """
    found: dict[str, list[Square]] = {slug: [] for slug in slugs}
    for listed in standing.of_languages(session, slugs, bases).values():
        for now in listed:
            if now.source.locale != now.locale:
                found[now.section].append(square(now))
    return found


def square(now: Standing) -> Square:
    """How far one section is in one language."""
    counted = coverage(now.renderings)
    unlike = findings.of_renderings(now.renderings, now.locale, now.source.locale)
    wrong = sum(bool(findings.errors(found)) for found in unlike.values())
    states = [overlay.state_of(one) for one in now.renderings]
    return Square(
        section=now.section,
        locale=now.locale,
        is_variant=now.is_variant,
        title=title_of(now),
        counted=counted,
        wrong=wrong,
        inherited=states.count("inherited"),
        own=states.count("override") if now.is_variant else 0,
        stage=_stage(now, counted, wrong),
    )


def title_of(now: Standing) -> str:
    """The title in the text that is translated; the slug where it has none."""
    return next(
        (one.message.text for one in now.renderings if one.message.kind == "title"), now.section
    )


def together(found: Iterable[Standing]) -> Coverage:
    """How much of several sections is done; what they share is one message."""
    return coverage(one for now in found for one in now.renderings)


def _stage(now: Standing, counted: Coverage, wrong: int) -> Stage:
    version = now.version
    if version is not None and version.state in versions.OPEN_STATES - {State.DRAFT}:
        return Stage.ON_ITS_WAY
    if not counted.done:
        return Stage.NOTHING
    if counted.done < counted.messages:
        return Stage.PART
    if wrong:
        return Stage.WRONG
    if version is not None and version.state == State.DRAFT:
        return Stage.WHOLE
    is_current = version is not None and version.source == now.source_document
    in_force = version is not None and version.state == State.IN_FORCE
    return Stage.IN_FORCE if is_current and in_force else Stage.BEHIND
