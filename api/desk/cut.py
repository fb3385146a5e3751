"""Long lists are cut into pages, with links between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Query

#: Rows of one page, and the last page that can be asked for.
ROWS = 50
PAGE_MAX = 10_000

Page = Annotated[int, Query(ge=1, le=PAGE_MAX)]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Pages:
    """Where somebody is in a list. Frozen."""

    path: str
    wanted: Mapping[str, str]
    page: int
    total: int
    #: Number of the first row that is shown, from 1 on, and of the last.
    first: int
    last: int

    @property
    def before(self) -> str:
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self._address(self.page + 1) if self.last < self.total else ""

    def _address(self, page: int) -> str:
        asked = {name: value for name, value in self.wanted.items() if value}
        return f"{self.path}?{urlencode(asked | {'page': str(page)})}"


def cut(
    rows: Sequence[Row], page: int, path: str, wanted: Mapping[str, str] | None = None
) -> tuple[Sequence[Row], Pages]:
    """The rows of a page, the last one where there are fewer, and where that is."""
    page = min(page, max(1, -(-len(rows) // ROWS)))
    shown = rows[(page - 1) * ROWS : page * ROWS]
    first = (page - 1) * ROWS + bool(shown)
    return shown, Pages(
        path, wanted or {}, page, len(rows), first, first + len(shown) - bool(shown)
    )
