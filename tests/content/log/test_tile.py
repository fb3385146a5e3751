"""Tiles are addressed as C2SP's tlog-tiles has it, and in no other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import TileNotFound
from content.log import tile as tiles
from content.log.tile import Tile

#: The example of https://c2sp.org/tlog-tiles; `api/layout` of
#: https://github.com/transparency-dev/trillian-tessera and `sumdb/tlog/tlog_test.go` of
#: https://github.com/golang/mod (822dc48), their width and height those of C2SP.
PUBLISHED = {
    ("0", "x001/x234/067"): Tile(0, 1234067),
    ("0", "x001/x234/067.p/8"): Tile(0, 1234067, 8),
    ("0", "000.p/1"): Tile(0, 0, 1),
    ("0", "000.p/255"): Tile(0, 0, 255),
    ("0", "000"): Tile(0, 0),
    ("0", "010"): Tile(0, 10),
    ("0", "001.p/5"): Tile(0, 1, 5),
    ("5", "x123/x456/078"): Tile(5, 123456078),
    ("5", "x123/x456/078.p/2"): Tile(5, 123456078, 2),
    ("0", "x003/x057/500"): Tile(0, 3057500),
    ("63", "000"): Tile(63, 0),
}


@pytest.mark.parametrize(("level", "index"), PUBLISHED)
def test_published_addresses(level: str, index: str) -> None:
    tile = PUBLISHED[level, index]
    assert tiles.read(level, index) == tile
    assert tiles.write_index(tile) == index


@given(st.integers(min_value=0, max_value=10**18), st.integers(min_value=1, max_value=256))
def test_every_tile_has_one_address(number: int, width: int) -> None:
    tile = Tile(3, number, width)
    assert tiles.read("3", tiles.write_index(tile)) == tile


@pytest.mark.parametrize(
    ("level", "index"),
    [
        ("64", "000"),
        ("00", "000"),
        ("-1", "000"),
        ("+1", "000"),
        ("٣", "000"),
        ("x", "000"),
        ("", "000"),
        ("0", ""),
        ("0", "0"),
        ("0", "00"),
        ("0", "0000"),
        ("0", "x000/001"),
        ("0", "123/456/078"),
        ("0", "x123/x456/x078"),
        ("0", "x123/"),
        ("0", "/001"),
        ("0", "001/"),
        ("0", "001\n"),
        ("0", "٠٠١"),
        ("0", "000.p"),
        ("0", "000.p/"),
        ("0", "000.p/0"),
        ("0", "000.p/01"),
        ("0", "000.p/256"),
        ("0", "000.p/257"),
        ("0", "000.p/999"),
        ("0", "000.p/-1"),
        ("0", "x999/" * 8 + "999"),
        ("0", "x999/" * 100_000 + "999"),
        ("0", "../../etc/passwd"),
    ],
)
def test_no_other_way_to_write_it(level: str, index: str) -> None:
    with pytest.raises(TileNotFound, match="That is not how tiles are addressed"):
        tiles.read(level, index)
