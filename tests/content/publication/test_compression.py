"""Content codings: smaller, the same each time, and nothing else than the body comes out."""

import gzip

import brotli
import pytest
from backports import zstd

from content.publication import compression

BODY = b'{"title":"Treatment"}' * 100


@pytest.mark.parametrize("name", compression.NAMES)
def test_a_coding_is_smaller_the_same_each_time_and_opens_to_the_body(name: str) -> None:
    coded = compression.compress(name, BODY)
    assert coded is not None
    assert coded == compression.compress(name, BODY)
    assert len(coded) < len(BODY) / 10
    assert compression.holds(name, coded, BODY)
    assert compression.compress(name, b"{}") is None


@pytest.mark.parametrize("name", compression.NAMES)
def test_what_is_not_the_body_does_not_hold(name: str) -> None:
    coded = compression.compress(name, BODY)
    bomb = compression.compress(name, BODY + bytes(10_000_000))
    assert coded is not None
    assert bomb is not None
    for wrong in (b"", b"{}", coded[:-1], coded[1:], coded + b"x", coded + coded, bomb):
        assert not compression.holds(name, wrong, BODY)
    assert not compression.holds(name, coded, BODY[:-1])
    assert not compression.holds(name, coded, BODY + b"x")
    assert not compression.holds("deflate", coded, BODY)


def test_others_open_them() -> None:
    made = {name: compression.compress(name, BODY) or b"" for name in compression.NAMES}
    assert brotli.decompress(made["br"]) == BODY
    assert gzip.decompress(made["gzip"]) == BODY
    assert zstd.decompress(made["zstd"]) == BODY
    assert made["gzip"][4:8] == bytes(4)  # no time of day in it
