"""Whatever the bytes are: they are read, or refused as bad input, and nothing else happens."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import BadInput
from content.records.message import Message
from content.translation.exchange.glossary_csv import read_csv, write_csv
from content.translation.exchange.tbx import read_tbx, write_tbx
from content.translation.exchange.term import Term
from content.translation.exchange.tmx import Pair, read_tmx, write_tmx
from content.translation.exchange.xliff import read_xliff, write_xliff
from content.translation.merge import Rendering

RENDERINGS = [Rendering(Message("aaaaaaaa", "title", "See [a]{1}."), "Voir [a]{1}.", True, "a")]
TERMS = [Term("relapse", ("poussée",), ("rechute",), "Note")]

READ: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "XLIFF 1.2": (
        write_xliff("page", "fr", "en", RENDERINGS, snapshot="a", version="1.2"),
        read_xliff,
    ),
    "XLIFF 2.1": (write_xliff("page", "fr", "en", RENDERINGS, snapshot="a"), read_xliff),
    "TMX": (
        write_tmx([Pair("A {1}", "B", "en", "fr", "section", 1, ("x",), "import")], "fr"),
        lambda source: read_tmx(source, "fr", "en"),
    ),
    "TBX": (write_tbx(TERMS, "fr", "en"), lambda source: read_tbx(source, "fr", "en")),
    "CSV": (write_csv(TERMS, "fr"), lambda source: read_csv(source, "fr")),
}
#: What is put into a file in the place of something else.
PIECES = [
    *(
        b"<",
        b">",
        b"&",
        b"&lt;",
        b"&e;",
        b"&#0;",
        b"&#x202e;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
    ),
    *(b"<?x ?>", b"<!DOCTYPE x [<!ENTITY e 'e'>]>", b"<!DOCTYPE x>", b"\x00", b"\xff\xfe", b"\xef"),
    *(b"<mrk/>", b"<x id='1'/>", b"<g>", b"</g>", b"<sub/>", b"<a:b/>", b"<a xmlns='b'/>", b'"'),
    *(b"\n", b"\r", b",", b";", b"|", b"=", b" ", b"9" * 5_000, b"state='x'", b"order='-1'"),
]
kinds = pytest.mark.parametrize("kind", READ)


def read_or_refused(kind: str, source: bytes) -> None:
    try:
        READ[kind][1](source)
    except BadInput as refused:
        assert refused.message  # noqa: PT017 (either is right)


@kinds
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(kind: str, source: bytes) -> None:
    read_or_refused(kind, source)


@kinds
@given(st.data())
def test_a_file_with_something_put_into_it_is_read_or_refused(
    kind: str, data: st.DataObject
) -> None:
    source = READ[kind][0]
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(source)))
        end = begin + data.draw(st.integers(0, 8))
        source = source[:begin] + data.draw(st.sampled_from(PIECES)) + source[end:]
    read_or_refused(kind, source)
