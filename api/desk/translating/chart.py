"""The board as a picture: where each square stands. Its table beside it has the same in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.desk.translating.sayings import STAGES, Look
from content.translation.board import Square

#: Pixels. A label holds about LABEL_CHARACTERS.
LABEL_WIDTH = 204
LABEL_CHARACTERS = 26
SQUARE_WIDTH = 74
ROW_HEIGHT = 30
HEAD_HEIGHT = 26
GAP = 4


@dataclass(frozen=True)
class Box:
    """One square in its place. Frozen."""

    x: int
    y: int
    width: int
    height: int
    #: Pixels of it that are filled.
    filled: int
    square: Square
    look: Look


@dataclass(frozen=True)
class Row:
    """One section: its label, cut where it is too long, and its squares. Frozen."""

    label: str
    title: str
    y: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Chart:
    """The whole picture. Frozen."""

    width: int
    height: int
    #: Language to the middle of its column.
    heads: dict[str, int]
    rows: tuple[Row, ...]


def draw(board: Mapping[str, Sequence[Square]], tags: Sequence[str]) -> Chart:
    """Section by section, a column for each language."""
    shown = [(slug, row) for slug, row in board.items() if row]
    return Chart(
        width=LABEL_WIDTH + SQUARE_WIDTH * len(tags),
        height=HEAD_HEIGHT + ROW_HEIGHT * len(shown),
        heads={
            tag: LABEL_WIDTH + SQUARE_WIDTH * place + (SQUARE_WIDTH - GAP) // 2
            for place, tag in enumerate(tags)
        },
        rows=tuple(_row(place, row, tags) for place, (_, row) in enumerate(shown)),
    )


def _row(place: int, row: Sequence[Square], tags: Sequence[str]) -> Row:
    y = HEAD_HEIGHT + ROW_HEIGHT * place
    title = title_of(row)
    return Row(
        label=title if len(title) <= LABEL_CHARACTERS else title[: LABEL_CHARACTERS - 1] + "…",
        title=title,
        y=y + ROW_HEIGHT // 2 + 4,
        boxes=tuple(_box(one, tags.index(one.locale), y) for one in row),
    )


def title_of(row: Sequence[Square]) -> str:
    """What a section is called: in the source, where a language is there that is made from it."""
    return next((one for one in row if not one.is_variant), row[0]).title


def _box(square: Square, column: int, y: int) -> Box:
    width = SQUARE_WIDTH - GAP
    return Box(
        x=LABEL_WIDTH + SQUARE_WIDTH * column,
        y=y,
        width=width,
        height=ROW_HEIGHT - GAP,
        filled=width * square.per_cent // 100,
        square=square,
        look=STAGES[square.stage],
    )
