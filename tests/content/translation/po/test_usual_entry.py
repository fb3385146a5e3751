"""Entries read at one go are the same that the lines would have given, one by one."""

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import event, given, settings

from content.errors import CatalogueRefused, InputTooLarge
from content.translation.po import PoFile, limits, read_po, reader
from content.translation.po.usual_entry import USUAL
from tests.content.translation.po.accidents import accidents
from tests.content.translation.po.plain_files import HEADER, HEADER_LINES, MESSAGE, usual_entries

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.po"))
NEVER = re.compile(r"(?!)")


def outcome(source: bytes) -> PoFile | tuple[type[Exception], str]:
    try:
        return read_po(source)
    except (CatalogueRefused, InputTooLarge) as refused:
        return type(refused), refused.message


def line_by_line(source: bytes) -> PoFile | tuple[type[Exception], str]:
    with patch.object(reader, "USUAL", NEVER):
        return outcome(source)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus_has_the_same_outcome_line_by_line(path: Path) -> None:
    source = path.read_bytes()
    assert outcome(source) == line_by_line(source)


@settings(deadline=None, max_examples=300)
@given(accidents(usual_entries()))
def test_an_accident_in_a_usual_file_has_the_same_outcome_line_by_line(source: bytes) -> None:
    found = outcome(source)
    assert found == line_by_line(source)
    event("read" if isinstance(found, PoFile) else "refused")


USUAL_BLOCK = (
    "# Said by hand\n#  twice \n#. A note\n#. and more\n#: a b\n#: c\n#, Fuzzy, no-wrap\n"
    'msgctxt "aaaaaaaa"\nmsgid ""\n"One "\n"text"\nmsgstr ""\n"Un "\n"texte"\n\n'
)


def test_comments_and_strings_of_several_lines_are_read_at_one_go() -> None:
    assert USUAL.fullmatch(USUAL_BLOCK)
    source = (HEADER + USUAL_BLOCK + MESSAGE).encode()
    first, second = read_po(source).entries
    assert (first.line, second.line) == (HEADER_LINES + 8, HEADER_LINES + 16)
    assert (first.comments, first.notes) == (("Said by hand", " twice"), ("A note", "and more"))
    assert (first.references, first.flags) == (("a", "b", "c"), ("fuzzy", "no-wrap"))
    assert (first.context, first.source, first.targets) == ("aaaaaaaa", "One text", ("Un texte",))
    assert outcome(source) == line_by_line(source)


AFTER = [
    '"goes on"\n',
    '#~ "goes on"\n',
    '#| msgid "was"\n',
    'msgid_plural "many"\n',
    'msgstr[1] "deux"\n',
    ' msgid "indented"\nmsgstr ""\n',
    'msgid "again"\n',
    "#\n",
    "=======\n",
    'msgid ""\nmsgstr ""\n',
]


@pytest.mark.parametrize("blank", ["", "\n", "  \n"])
@pytest.mark.parametrize("after", AFTER)
def test_what_follows_is_taken_as_it_is_line_by_line(after: str, blank: str) -> None:
    source = (HEADER + MESSAGE + blank + after + MESSAGE).encode()
    assert outcome(source) == line_by_line(source)


BEFORE = ['#| msgid "was"\n', "#: odd\n# order\n", '#~ msgid "gone"\n', "msgstr\n", "#\n"]


@pytest.mark.parametrize("before", BEFORE)
def test_what_went_before_is_taken_as_it_is_line_by_line(before: str) -> None:
    for source in (
        HEADER + before + MESSAGE,
        HEADER + MESSAGE + before + MESSAGE,
        before + MESSAGE,
    ):
        assert outcome(source.encode()) == line_by_line(source.encode())


LONG = "x" * (limits.LINE_CHARS_MAX // 2)
NEAR_A_LIMIT = {
    "length of a line": f"# {LONG}{LONG}\n{MESSAGE}",
    "length of several lines": f"# {LONG}\n#. {LONG}\n{MESSAGE}",
    "comments": "# c\n" * limits.COMMENT_LINES_MAX + MESSAGE,
    "too many comments": "# c\n" * (limits.COMMENT_LINES_MAX + 1) + MESSAGE,
    "too many flags": "#, " + "a, " * (limits.FLAGS_MAX + 1) + "\n" + MESSAGE,
    "references": ("#: " + "a " * 10_000 + "\n" + MESSAGE) * (limits.REFERENCES_MAX // 10_000 + 1),
    "messages": MESSAGE * (limits.ENTRIES_MAX + 1),
}


@pytest.mark.parametrize("name", NEAR_A_LIMIT)
def test_what_is_near_a_limit_has_the_same_outcome_line_by_line(name: str) -> None:
    source = (HEADER + NEAR_A_LIMIT[name]).encode()
    assert outcome(source) == line_by_line(source)
