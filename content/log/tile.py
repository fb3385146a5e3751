"""Tiles, and how they are addressed: `tile/0/x001/x234/067.p/8` (https://c2sp.org/tlog-tiles)."""

import re
from dataclasses import dataclass

from content.errors import TileNotFound

MEDIA_TYPE = "application/octet-stream"
#: Levels of the tree in one level of tiles.
HEIGHT = 8
#: Hashes of a full tile, entries of a full bundle.
WIDTH = 1 << HEIGHT
LEVEL_MAX = 63
#: Characters of an index that is looked at: six groups of three digits are more than any ledger.
INDEX_CHARACTERS_MAX = 40

_LEVEL = re.compile(r"0|[1-9][0-9]?")
_INDEX = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True)
class Tile:
    """`width` hashes of one level, or as many entries at level 0. Frozen.

    Level 0 has the leaves; a hash of each higher level is the root of a full tile below it.
    """

    level: int
    number: int
    width: int = WIDTH

    @property
    def first(self) -> int:
        """Which hash of its level comes first in it, counted from 0."""
        return self.number * WIDTH


def read(level: str, index: str) -> Tile:
    """A tile by its address. Raises TileNotFound for one that no log would write like that."""
    found = _INDEX.fullmatch(index) if len(index) <= INDEX_CHARACTERS_MAX else None
    if found is None or not _LEVEL.fullmatch(level) or int(level) > LEVEL_MAX:
        raise TileNotFound(MALFORMED)
    number = int(re.sub("[x/]", "", found[1]))
    tile = Tile(int(level), number, int(found[2] or WIDTH))
    if write_index(tile) != index:
        raise TileNotFound(MALFORMED)
    return tile


def write_index(tile: Tile) -> str:
    """The part of its address behind the level. A full tile has no width in it."""
    digits = str(tile.number)
    digits = digits.zfill((len(digits) + 2) // 3 * 3)
    *leading, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
    partial = f".p/{tile.width}" if tile.width < WIDTH else ""
    return "".join(f"x{group}/" for group in leading) + last + partial


MALFORMED = "That is not how tiles are addressed; write tile/0/x001/x234/067 or .../067.p/8."
