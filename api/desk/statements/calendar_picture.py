"""The calendar as a picture: a row for each section or statement, a column for each month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from content import clock
from content.publication.calendar import MONTHS, Kind, Row

#: Units of the picture, which are about pixels.
LABEL = 220
LATE = 60
MONTH = 64
HEAD = 30
LINE = 26
#: Characters of a title that there is room for.
TITLE_MAX = 30


@dataclass(frozen=True)
class Mark:
    """One sign. Frozen."""

    kind: Kind
    x: int
    is_late: bool


@dataclass(frozen=True)
class Band:
    """One row, with its signs. Frozen."""

    title: str
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Column:
    """One month: where it begins, and what it is called. Frozen."""

    x: int
    name: str
    is_january: bool


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn. Frozen."""

    width: int
    height: int
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]


def of(rows: Sequence[Row], named: Mapping[str, str], today: date, language: str) -> Picture:
    """These rows, from this month on; what is late stands before it."""
    first = today.replace(day=1)
    # The last month is only begun.
    months = [clock.months_after(first, place) for place in range(MONTHS + 1)]
    columns = tuple(
        Column(
            LABEL + LATE + MONTH * place,
            format_date(one, "LLL", locale=language),
            one.month == 1,
        )
        for place, one in enumerate(months)
    )
    bands = tuple(
        Band(
            _short(named.get(row.subject, row.subject)),
            HEAD + LINE * place,
            _marks(row, first),
        )
        for place, row in enumerate(rows)
    )
    width = LABEL + LATE + MONTH * len(months)
    return Picture(width, HEAD + LINE * len(rows), columns, bands)


def _marks(row: Row, first: date) -> tuple[Mark, ...]:
    """What is late goes side by side into the column for it."""
    late = [entry for entry in row.entries if entry.is_late]
    marks = [
        Mark(entry.kind, LABEL + LATE * (place + 1) // (len(late) + 1), True)
        for place, entry in enumerate(late)
    ]
    marks += [Mark(one.kind, _x(one.day, first), False) for one in row.entries if not one.is_late]
    return tuple(marks)


def _x(day: date, first: date) -> int:
    months = (day.year - first.year) * 12 + day.month - first.month
    return LABEL + LATE + MONTH * months + MONTH * (day.day - 1) // 31 + MONTH // 16


def _short(title: str) -> str:
    return title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1].rstrip() + "…"
