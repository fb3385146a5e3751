"""How a text that a site shows stands against what is in force: one answer for each of a list."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from content.publication.release import Release
from content.publication.representation import Representation
from content.publication.withdrawal import Withdrawal
from content.records.version import Version

#: (section, locale).
Place = tuple[str, str]


class State(StrEnum):
    """What is to be done about it: nothing, take the newer one, label it, take it down, look."""

    CURRENT = "current"
    BEHIND = "behind"
    OUTDATED = "outdated"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Newest:
    """The text in force: what to show instead. `status` is its label, as its own answer has it."""

    version: int
    status: str
    url: str


@dataclass(frozen=True)
class Taken:
    """A version that was withdrawn, and why. `replacement` and `notice` are slugs."""

    number: int
    reason: str
    text: str
    at: datetime
    replacement: str | None
    notice: str | None


@dataclass(frozen=True)
class Course:
    """What came and went in one place. Frozen."""

    #: Number and time of each version that came into force, by number.
    came: tuple[tuple[int, datetime], ...]
    #: Those that were withdrawn, by number.
    taken: tuple[Taken, ...] = ()
    newest: Newest | None = None
    #: When the text in force was last left behind by its source.
    outdated_since: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What becomes of one shown version. `since`: from when on it was no longer the right one."""

    state: State
    behind_by: int = 0
    since: datetime | None = None
    newest: Newest | None = None
    taken: Taken | None = None


NOWHERE = Course(())


def judge(course: Course, version: int) -> Standing:
    """How a version stands in its place.

    A withdrawal takes with it whatever was in force before: an older text is none to go back to.
    A number that never was in force is unknown, whether there is a draft of it or not.
    """
    numbers = [number for number, _ in course.came]
    place = bisect_left(numbers, version)
    if numbers[place : place + 1] != [version]:
        return Standing(State.UNKNOWN, newest=course.newest)
    later = course.came[bisect_right(numbers, version) :]
    taken = next((one for one in course.taken if one.number >= version), None)
    if taken is not None:
        return Standing(State.WITHDRAWN, len(later), taken.at, course.newest, taken)
    if later:
        return Standing(State.BEHIND, len(later), later[0][1], course.newest)
    if course.newest is not None and course.newest.status == State.OUTDATED:
        return Standing(State.OUTDATED, 0, course.outdated_since, course.newest)
    return Standing(State.CURRENT, newest=course.newest)


def courses(session: Session, places: Collection[Place]) -> Mapping[Place, Course]:
    """What came and went in these places: three queries, however many there are."""
    sections = {section for section, _ in places}
    came: dict[Place, dict[int, datetime]] = defaultdict(dict)
    outdated: dict[Place, datetime] = {}
    for place, kind, number, at in _events(session, sections):
        if kind == "in_force":
            came[place][number] = at
        else:
            outdated[place] = at
    newest = _newest(session, sections)
    taken = _taken(session, sections)
    return {
        place: Course(
            tuple(sorted(came[place].items())),
            tuple(taken[place]),
            Newest(max(came[place]), *newest[place]) if place in newest else None,
            outdated.get(place),
        )
        for place in places
        if place in came
    }


def _events(session: Session, sections: Collection[str]) -> list[tuple[Place, str, int, datetime]]:
    rows = session.execute(
        select_columns(
            col(Release.section),
            col(Release.locale),
            col(Release.type),
            col(Release.version),
            col(Release.at),
        )
        .where(
            col(Release.section).in_(sections),
            col(Release.type).in_(("in_force", "outdated")),
        )
        .order_by(col(Release.seq))
    )
    return [((section or "", locale or ""), *told) for section, locale, *told in rows]


def _newest(session: Session, sections: Collection[str]) -> dict[Place, tuple[str, str]]:
    """Label and address of each text in force."""
    rows = session.exec(
        select(
            Representation.section,
            Representation.locale,
            Representation.label,
            Representation.path,
        ).where(col(Representation.kind) == "section", col(Representation.section).in_(sections))
    )
    return {(section, locale): (label, path) for section, locale, label, path in rows}


def _taken(session: Session, sections: Collection[str]) -> dict[Place, list[Taken]]:
    rows = session.exec(
        select(Version.section, Version.locale, Version.number, Withdrawal)
        .join(Withdrawal, col(Withdrawal.version) == col(Version.id))
        .where(col(Version.section).in_(sections))
        .order_by(col(Version.number))
    )
    found: dict[Place, list[Taken]] = defaultdict(list)
    for section, locale, number, row in rows:
        found[section, locale].append(
            Taken(number, row.reason, row.text, row.at, row.replacement, row.notice)
        )
    return found
