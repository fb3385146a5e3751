"""Limits: what is just inside is read, one more is refused, and no trap costs time or memory."""

import tracemalloc

import pytest

from content.errors import CatalogueRefused, ContentError, InputTooLarge
from content.translation.po import limits, read_po, require_second_opinion
from content.translation.po.canonical import canonical
from content.translation.po.plain_text import plain_text
from tests.content.translation.po.plain_files import HEADER, HEADER_LINES, MESSAGE

#: Bytes of memory for each byte of a file in ordinary long lines; a letter beyond U+FFFF makes
#: Python keep every letter in four bytes.
MEMORY_RATIO_MAX = 8
MEMORY_RATIO_OF_WIDE_LETTERS_MAX = 24
#: Bytes of memory for each of many short messages, both readers together.
MEMORY_PER_ENTRY_MAX = 2_500


def refusal(text: str) -> tuple[str, int]:
    with pytest.raises(InputTooLarge) as refused:
        read_po(text.encode())
    return refused.value.context["mistake"], refused.value.context["line"]


def test_a_file_has_so_many_bytes() -> None:
    rest = limits.PO_BYTES_MAX - len(HEADER)
    lines = "# " + "x" * 1_021 + "\n"
    padding = "\n" * (rest - (rest // len(lines)) * len(lines))
    text = HEADER + (lines * 199 + MESSAGE) * (rest // (len(lines) * 199 + len(MESSAGE)))
    text += padding[: limits.PO_BYTES_MAX - len(text)]
    assert read_po(text.encode()).entries
    assert refusal(text + " " * (limits.PO_BYTES_MAX + 1 - len(text))) == ("file-size", 1)


def test_a_file_has_so_many_lines() -> None:
    text = HEADER + "\n" * (limits.LINES_MAX - HEADER_LINES)
    assert read_po(text.encode()).entries == ()
    assert refusal(text + "\n") == ("line-count", limits.LINES_MAX + 1)


def test_a_line_has_so_many_letters() -> None:
    begin = HEADER + 'msgid "'
    text = "é" * (limits.LINE_CHARS_MAX - len('msgid ""\n'))
    assert len(read_po(f'{begin}{text}"\nmsgstr ""\n'.encode()).entries[0].source) == len(text)
    assert refusal(f'{begin}{text}é"\nmsgstr ""\n') == ("line-length", HEADER_LINES + 1)


def test_a_file_has_so_many_messages() -> None:
    assert limits.ENTRIES_MAX >= 20_000
    text = HEADER + MESSAGE * limits.ENTRIES_MAX
    read = read_po(text.encode())
    assert len(read.entries) == limits.ENTRIES_MAX
    require_second_opinion(text.encode(), read)
    line = HEADER_LINES + 3 * limits.ENTRIES_MAX + 3
    assert refusal(text + MESSAGE) == ("entry-count", line)
    assert refusal(text + '#~ msgid "x"\n#~ msgstr "y"\n')[0] == "entry-count"


@pytest.mark.parametrize("comment", ["# c\n", "#. c\n", "#\n", '#| msgid "x"\n'])
def test_a_message_has_so_many_lines_of_comments(comment: str) -> None:
    more = "# c\n" * (limits.COMMENT_LINES_MAX - 1) + comment
    assert len(read_po((HEADER + more + MESSAGE).encode()).entries) == 1
    at = HEADER_LINES + limits.COMMENT_LINES_MAX + 1
    assert refusal(HEADER + "#\n" + more + MESSAGE) == ("comment-lines", at)


def test_a_message_has_so_many_flags() -> None:
    text = "#, " + "a, " * limits.FLAGS_MAX
    assert len(read_po(f"{HEADER}{text}\n{MESSAGE}".encode()).entries[0].flags) == limits.FLAGS_MAX
    assert refusal(f"{HEADER}{text} b\n{MESSAGE}") == ("flag-count", HEADER_LINES + 1)


def test_a_file_has_so_many_references() -> None:
    each = 10_000
    text = HEADER + ("#:" + " a" * each + "\n" + MESSAGE) * (limits.REFERENCES_MAX // each)
    assert len(read_po(text.encode()).entries) == limits.REFERENCES_MAX // each
    assert refusal(text + "#: a\n") == ("reference-count", text.count("\n") + 1)


def test_a_file_has_so_many_backslashes() -> None:
    assert refusal(HEADER + '"' + "\\\\" * (limits.BACKSLASHES_MAX // 2 + 1)) == (
        "backslash-count",
        1,
    )


@pytest.mark.parametrize("before", ['msgid ""\n', 'msgid "a"\nmsgstr ""\n', '#| msgid ""\n'])
def test_a_string_has_so_many_lines(before: str) -> None:
    line = '#| "x"\n' if before.startswith("#|") else '"x"\n'
    text = HEADER + before + line * (limits.STRING_LINES_MAX - 1)
    with pytest.raises(CatalogueRefused, match="text after"):
        read_po(f'{text}msgid "x" after\n'.encode())
    assert refusal(text + line)[0] == "string-lines"


def test_a_header_has_so_many_lines() -> None:
    fields = "".join(f"X-{number}: y\\n" for number in range(limits.HEADER_LINES_MAX))
    assert len(read_po(f'msgid ""\nmsgstr "{fields}"\n'.encode()).header) == 200
    assert refusal(f'msgid ""\nmsgstr "{fields}Z: y\\n"\n') == ("header-lines", 1)


def test_a_message_has_so_many_plural_forms() -> None:
    text = HEADER.replace("nplurals=2", "nplurals=6") + 'msgid "a"\nmsgid_plural "b"\n'
    text += "".join(f'msgstr[{form}] "x"\n' for form in range(limits.PLURAL_FORMS_MAX))
    assert len(read_po(text.encode()).entries[0].targets) == limits.PLURAL_FORMS_MAX
    with pytest.raises(CatalogueRefused, match="at most 6"):
        read_po(f'{text}msgstr[6] "x"\n'.encode())


#: Each would take minutes, or the machine's memory, in a reader that goes back over what it read.
TRAPS = {
    "a million comments": HEADER + "#\n" * 1_000_000 + MESSAGE,
    "comments of many messages": HEADER + ("# c\n" * 199 + MESSAGE) * 300,
    "200,000 lines of one string": HEADER + 'msgid ""\n' + '"x"\n' * 200_000,
    "2,000 long lines of one string": HEADER + 'msgid ""\n' + f'"{"x" * 4_000}"\n' * 1_990,
    "a line of 100 MB": '"' + "x" * 100_000_000 + '"',
    "a line of 8 MB": '"' + "x" * 8_000_000,
    "200,000 lines of header": 'msgid ""\nmsgstr ""\n' + '"X: y\\n"\n' * 200_000,
    "a header of one line": 'msgid ""\nmsgstr "' + "X: y\\n" * 9_000 + '"\n',
    "backslashes": HEADER + 'msgid "' + "\\\\" * 4_000_000 + '"\n',
    "backslashes on many lines": HEADER + ('msgid "x' + "\\\\" * 32_000 + '"\nmsgstr ""\n') * 15,
    "escaped quotes": HEADER + ('msgid "x' + '\\"' * 32_000 + '"\nmsgstr ""\n') * 30,
    "empty strings on one line": HEADER + 'msgid "a" ' + '"" ' * 2_700_000,
    "empty strings on many lines": HEADER + ('msgid "a" ' + '""' * 32_000 + '\nmsgstr ""\n') * 30,
    "blanks": HEADER + "msgid" + " " * 8_000_000 + "x",
    "blanks on many lines": HEADER + ("msgid" + " " * 60_000 + '"a"\nmsgstr ""\n') * 130,
    "quotes at the end of comments": HEADER + ('#. "\n' * 199 + MESSAGE) * 300,
    "blank lines": "\n" * 4_000_000 + HEADER,
    "blank lines after quotes": HEADER + ('msgid "a"\n' + " \n" * 100 + 'msgstr ""\n') * 1_000,
    "isolates in references": HEADER + ("#: " + "\u2068" * 20_000 + "\n") * 130 + MESSAGE,
    "isolates in one reference": HEADER + "#: " + "\u2068" * 2_700_000,
    "carriage returns": "\r" * 8_000_000,
    "semicolons": ";" * 8_000_000,
    "quotes": '"' * 8_000_000,
    "less-than signs": "<" * 8_000_000,
    "the last byte is not UTF-8": "# x\n" * 2_000_000 + "\udcff",
}


def traced(source: bytes) -> tuple[int, int]:
    """Bytes of memory at the highest, and messages read."""
    tracemalloc.start()
    try:
        read = read_po(source)
        require_second_opinion(source, read)
        return tracemalloc.get_traced_memory()[1], len(read.entries)
    except ContentError:
        return tracemalloc.get_traced_memory()[1], 0
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_costs_more_memory_than_its_size_allows(name: str) -> None:
    source = TRAPS[name].encode("utf-8", "surrogateescape")
    peak, count = traced(source)
    assert peak <= MEMORY_RATIO_MAX * len(source) + MEMORY_PER_ENTRY_MAX * count + 1_000_000


def test_many_short_messages_cost_so_much_each() -> None:
    peak, count = traced((HEADER + MESSAGE * limits.ENTRIES_MAX).encode())
    assert count == limits.ENTRIES_MAX
    assert peak <= MEMORY_PER_ENTRY_MAX * count


def test_wide_letters_cost_four_bytes_each() -> None:
    source = (HEADER + 'msgid "💉"\n' + f'"{"x" * 4_000}"\n' * 1_990 + 'msgstr ""\n').encode()
    peak, count = traced(source)
    assert count == 1
    assert peak <= MEMORY_RATIO_OF_WIDE_LETTERS_MAX * len(source)


@pytest.mark.parametrize("before", ["", "#|", "#~", "#~|"])
def test_polib_is_given_each_string_on_one_line(before: str) -> None:
    # It adds each line to the text so far: 2,000 lines would be copied 2,000 times.
    text = HEADER + f'{before} msgid ""\n' + f'{before} "x"\n' * 1_900
    assert canonical(plain_text(text.encode())).count("\n") == HEADER.count("\n") - 3 + 1
