"""The first look at a .po file: what never reaches the parser, and what odd but legal things do."""

import pytest

from content.errors import CatalogueRefused, InputTooLarge
from content.translation import catalogue
from content.translation.po_gate import (
    ENTRIES_MAX,
    LINES_TOGETHER_MAX,
    PO_BYTES_MAX,
    require_whole,
)

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgctxt "aaaaaaaa"\nmsgid "Dose: 2000"\nmsgstr "Dose : 2000"\n'
GOOD = HEADER + ENTRY


def read(text: str) -> list[catalogue.Entry]:
    return catalogue.read(text.encode(), "fr")


def test_a_plain_file_is_read() -> None:
    assert read(GOOD) == [catalogue.Entry("aaaaaaaa", "Dose: 2000", "Dose : 2000", False, 6)]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(8, GOOD.replace('e : 2000"', "e : 2000"), id="closing quote missing"),
        pytest.param(8, GOOD.replace('"Dose : ', "Dose : "), id="opening quote missing"),
        pytest.param(8, GOOD.replace('e : 2000"', 'e : 2000\\"'), id="closing quote escaped"),
        pytest.param(8, GOOD.replace("e : 2000", 'e : "2000"'), id="quotes inside"),
        pytest.param(9, GOOD + "and more\n", id="stray text"),
        pytest.param(9, GOOD + '"ends here" and goes on\n', id="text after the string"),
        pytest.param(9, GOOD + "<<<<<<< HEAD\n", id="conflict marker"),
        pytest.param(9, GOOD + 'msgfoo "x"\n', id="unknown keyword"),
        pytest.param(9, GOOD + 'msgstr[100] "x"\n', id="plural of no language"),
        pytest.param(9, GOOD + "msgid\n", id="keyword alone"),
        pytest.param(9, GOOD + 'domain "x"\n', id="domain"),
        pytest.param(1, "<!doctype html><title>Login</title>", id="a login page"),
        pytest.param(1, "unit;text\naaaaaaaa;Dose\n", id="a table"),
        pytest.param(1, '{"unit": "aaaaaaaa"}', id="JSON"),
        pytest.param(1, "/etc/passwd", id="a path"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\x00: "), id="NUL"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\x1b[31m: "), id="terminal escape"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\x0b: "), id="vertical tab"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\u2028: "), id="line separator"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\x85: "), id="next line"),
        pytest.param(8, GOOD.replace("Dose : ", "Dose\u202e: "), id="text turned round"),
        pytest.param(1, GOOD.replace("\n", "\r"), id="carriage returns alone"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_line(line: int, text: str) -> None:
    with pytest.raises(CatalogueRefused) as refused:
        read(text)
    assert refused.value.context["line"] == line
    assert f"Line {line} " in refused.value.message


@pytest.mark.parametrize(
    ("line", "bytes_"),
    [
        pytest.param(8, GOOD.replace("Dose : ", "Dosé : ").encode("latin-1"), id="Latin-1"),
        pytest.param(1, GOOD.encode("utf-16"), id="UTF-16"),
        pytest.param(1, b"\xde\x12\x04\x95\0\0\0\0", id="a .mo file"),
        pytest.param(1, b"\x1f\x8b\x08\0\0", id="gzip"),
        pytest.param(9, GOOD.encode() + b"# \xed\xa0\x80\n", id="half a surrogate pair"),
    ],
)
def test_what_is_not_utf_8_is_refused_with_its_line(line: int, bytes_: bytes) -> None:
    with pytest.raises(CatalogueRefused, match=f"Line {line} is not UTF-8"):
        catalogue.read(bytes_, "fr")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + GOOD, id="byte order mark"),
        pytest.param(GOOD.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(GOOD.rstrip("\n"), id="no newline at the end"),
        pytest.param(GOOD.replace("msgstr ", "  msgstr\t "), id="white space"),
        pytest.param(GOOD.replace('"Dose : 2000"', '""\n"Dose"\n" : 2000"'), id="several lines"),
        pytest.param(GOOD + '#~ msgid "old"\n#~ msgstr "vieux"\n', id="obsolete entries"),
        pytest.param("# Hello \x22 world\n" + GOOD, id="a quote in a comment"),
        pytest.param(GOOD + "\n \n\t\n", id="blank lines"),
    ],
)
def test_what_is_legal_but_odd_is_read(text: str) -> None:
    assert [(one.unit, one.target) for one in read(text)] == [("aaaaaaaa", "Dose : 2000")]


def test_a_file_that_claims_another_charset_is_read_as_the_utf_8_it_is() -> None:
    text = GOOD.replace("charset=UTF-8", "charset=ISO-8859-1").replace("Dose :", "Fièvre :")
    assert read(text)[0].target == "Fièvre : 2000"


def test_fuzzy_is_fuzzy_however_it_is_written() -> None:
    for flag in ("#, fuzzy", "#,fuzzy", "#, Fuzzy", "#, python-format, fuzzy"):
        assert read(GOOD.replace("msgctxt", f"{flag}\nmsgctxt"))[0].fuzzy, flag


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(InputTooLarge, match="8,000,000 bytes"):
        require_whole(b"\0" * (PO_BYTES_MAX + 1))


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('msgctxt "a"\nmsgid "x"\nmsgstr ""\n', '"word "\n'),
        ("", "# a comment\n"),
        ('#~ msgid "x"\n#~ msgstr ""\n', '#~ "word "\n'),
    ],
)
def test_a_message_has_no_more_lines_than_the_parser_can_take(before: str, line: str) -> None:
    require_whole((before + line * LINES_TOGETHER_MAX).encode())
    with pytest.raises(InputTooLarge, match="lines together"):
        require_whole((before + line * (LINES_TOGETHER_MAX + 1)).encode())


def test_a_file_has_no_more_messages_than_the_parser_can_take() -> None:
    one = 'msgid "x"\nmsgstr ""\n'
    require_whole((one * ENTRIES_MAX).encode())
    for more in (one, '#~ msgid "x"\n'):
        with pytest.raises(InputTooLarge, match="20,000 messages"):
            require_whole((one * ENTRIES_MAX + more).encode())


@pytest.mark.parametrize(
    "text",
    [" " * 1_000_000 + "x", "msgid" + " " * 1_000_000 + "x", '"' + "\\a" * 500_000 + "x"],
)
def test_a_long_line_is_refused_without_trying_it_a_million_ways(text: str) -> None:
    # Tried a second way, each of these would take hours; the suite's own limit would end it.
    with pytest.raises(CatalogueRefused):
        require_whole(text.encode())


def test_a_whole_file_may_still_be_no_catalogue() -> None:
    with pytest.raises(CatalogueRefused) as refused:
        read('"Dose : 2000"\n')
    assert refused.value.message == ("The file is not a .po file: Syntax error in po file (line 1)")


@pytest.mark.parametrize("language", ["it", "fr-CH", "FR_ca"])
def test_a_file_of_another_language_is_refused(language: str) -> None:
    with pytest.raises(CatalogueRefused, match=f"says it is {language}, not fr"):
        read(GOOD.replace("Language: fr", f"Language: {language}"))


def test_a_file_that_does_not_name_its_language_is_taken_for_the_one_it_is_sent_to() -> None:
    assert len(read(GOOD.replace('"Language: fr\\n"\n', ""))) == 1


def test_a_unit_that_comes_twice_is_refused() -> None:
    with pytest.raises(CatalogueRefused, match="same msgctxt twice"):
        read(GOOD + "\n" + ENTRY.replace(": 2000", ": 200"))
