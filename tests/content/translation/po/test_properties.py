"""What holds for every file: nothing is lost, and an accident in a file is never misread."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polib
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from content.errors import CatalogueRefused
from content.translation.po import PoEntry, PoFile, read_po, require_second_opinion
from tests.content.translation.po.accidents import accidents
from tests.content.translation.po.by_letter import told_by, told_in
from tests.content.translation.po.plain_files import (
    STYLES,
    entries,
    on_many_lines,
    on_one_line,
    written,
)

LINE_ENDS = ["\n", "\r\n", "\r"]
FILES = st.lists(entries(), max_size=5)


def without_line(entry: PoEntry) -> PoEntry:
    return entry._replace(line=0)


@settings(deadline=None)
@given(FILES, st.sampled_from(STYLES), st.sampled_from(LINE_ENDS), st.sampled_from(["", " "]))
def test_every_field_comes_back_however_it_is_written(
    found: list[PoEntry], strings: Callable[[str], list[str]], line_end: str, blank: str
) -> None:
    source = written(found, strings, blank).replace("\n", line_end).encode()
    read = read_po(source)
    assert list(map(without_line, read.entries)) == found
    require_second_opinion(source, read)


@settings(deadline=None)
@given(FILES, st.sampled_from([on_one_line, on_many_lines]))
def test_polib_reads_the_same_from_the_same_bytes(
    found: list[PoEntry], strings: Callable[[str], list[str]]
) -> None:
    source = written(found, strings).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plain.po"
        path.write_bytes(source)
        other = polib.pofile(str(path))
    ours = [
        (e.context, e.source, e.plural_source or "", e.obsolete) for e in read_po(source).entries
    ]
    assert ours == [(e.msgctxt, e.msgid, e.msgid_plural, bool(e.obsolete)) for e in other]
    assert [e.targets for e in read_po(source).entries] == [targets_of(e) for e in other]
    assert [e.fuzzy for e in read_po(source).entries] == [e.fuzzy for e in other]


def targets_of(entry: Any) -> tuple[str, ...]:
    return tuple(entry.msgstr_plural.values()) or (entry.msgstr,)


@settings(deadline=None, max_examples=300)
@given(accidents(entries()))
def test_an_accident_is_refused_or_read_as_it_stands(source: bytes) -> None:
    try:
        read = read_po(source)
    except CatalogueRefused as error:
        event(error.context["mistake"])
        line = error.context["line"]
    else:
        event("read")
        line = read.header_line
        require_read_as_it_stands(source, read)
    assert 1 <= line <= source.count(b"\n") + source.count(b"\r") + 1


def require_read_as_it_stands(source: bytes, read: PoFile) -> None:
    told = told_in(source)
    body = told[told.index(("", "msgid", "")) + 2 :]
    assert [(mark, tidy(keyword), text) for mark, keyword, text in body] == told_by(read)
    require_second_opinion(source, read)


def tidy(keyword: str) -> str:
    return keyword.replace("[00]", "[0]")


@pytest.mark.parametrize("strings", STYLES)
def test_the_ways_of_writing_are_different(strings: Callable[[str], list[str]]) -> None:
    others = [other("a longer text") for other in STYLES if other is not strings]
    assert strings("a longer text") not in others
