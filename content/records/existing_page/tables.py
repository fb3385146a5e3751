"""Tables laid out as a grid: spans expanded, every row of one length, the header first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from content.records.existing_page.page import Run, Runs, Table

COLUMNS_MAX = 50
ROW_CHARACTERS_MAX = 30_000
SPAN_ROWS_MAX = 65_534  # HTML, 4.9.11


@dataclass(frozen=True)
class Cell:
    """One <td> or <th>. Frozen. `rows` and `columns` are its spans."""

    runs: Runs
    is_header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """One <tr>. Frozen."""

    cells: tuple[Cell, ...]
    in_head: bool = False

    @property
    def is_header(self) -> bool:
        """Whether it names the columns."""
        return self.in_head or (bool(self.cells) and all(cell.is_header for cell in self.cells))


@dataclass
class _Grid:
    """The rows laid out so far. `_hanging` holds, by column, a text that reaches further down."""

    rows: list[list[Runs]] = field(default_factory=list)
    _hanging: dict[int, tuple[Runs, int]] = field(default_factory=dict)

    def add(self, cells: Sequence[Cell]) -> bool:
        """Lays out one row; False when it is too wide or too long."""
        row: list[Runs] = []
        hanging = dict(self._hanging)
        self._hanging = {}
        for cell in cells:
            self._fill(row, hanging)
            for column in range(cell.columns):
                self._put(row, () if column else cell.runs, cell.rows)
                if len(row) > COLUMNS_MAX:
                    return False
        self._fill(row, hanging)
        self.rows.append(row)
        return len(row) <= COLUMNS_MAX and sum(map(_length, row)) <= ROW_CHARACTERS_MAX

    def _fill(self, row: list[Runs], hanging: dict[int, tuple[Runs, int]]) -> None:
        """The texts from above that stand in the next columns."""
        while len(row) in hanging:
            runs, rows = hanging.pop(len(row))
            self._put(row, runs, rows)

    def _put(self, row: list[Runs], runs: Runs, rows: int) -> None:
        if rows > 1:
            self._hanging[len(row)] = (runs, rows - 1)
        row.append(runs)


def table_of(rows: Sequence[Row]) -> Table | None:
    """The table as a grid; None when it is too large to be written as one."""
    grid = _Grid()
    if not all(grid.add(row.cells) for row in rows):
        return None
    width = max(map(len, grid.rows))
    return Table(tuple((*row, *[()] * (width - len(row))) for row in grid.rows))


def remarks(rows: Sequence[Row]) -> Iterator[str]:
    """What the author should look at in a table read from these rows."""
    if not rows[0].is_header:
        yield "A table had no header row: its first row stands there"
    if any(row.is_header for row in rows[1:]):
        yield "A table had several header rows: all but the first are plain rows"
    cells = [cell for row in rows for cell in row.cells]
    if any(cell.columns > 1 or cell.rows > 1 for cell in cells):
        yield (
            "Merged table cells are taken apart: across columns the text stands in the first, "
            "down rows it is repeated"
        )


def span(value: str | None, most: int) -> int:
    """A colspan or rowspan as a number; 1 where it is none."""
    written = (value or "").strip()
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 1
    return min(max(number, 1), most)


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) + len(run.href or "") for run in runs)
