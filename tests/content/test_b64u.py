"""Base64url without padding: one way to write each run of bytes."""

import hypothesis
import hypothesis.strategies as some
import pytest

from content.b64u import b64u, read_b64u
from content.errors import BadInput


@hypothesis.given(some.binary(min_size=1, max_size=50))
def test_what_is_written_is_read(body: bytes) -> None:
    assert read_b64u(b64u(body)) == body


@pytest.mark.parametrize("text", ["", "A", "AB==", "A+", "A/", "AB", "QUI\n", "é", "QQ==="])
def test_another_way_to_write_it_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_b64u(text)
