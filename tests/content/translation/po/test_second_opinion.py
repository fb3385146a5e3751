"""Two readers have to agree; here they were given different files, so that they do not."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import polib
import pytest

from content.errors import CatalogueRefused
from content.translation.po import PoFile, read_po, require_second_opinion
from tests.content.translation.po.plain_files import HEADER, MESSAGE

WHOLE = (
    HEADER
    + """# comment
#. note
#: place:1
#, fuzzy
#| msgctxt "old context"
#| msgid "old source"
#| msgid_plural "old sources"
msgctxt "context"
msgid "source"
msgid_plural "sources"
msgstr[0] "one"
msgstr[1] "many"
"""
)


def differs(source: str, read: PoFile) -> tuple[str, int]:
    with pytest.raises(CatalogueRefused) as refused:
        require_second_opinion(source.encode(), read)
    assert refused.value.context["mistake"] == "second-opinion"
    told = refused.value.message
    return told[told.index("(") + 1 : told.rindex(")")], refused.value.context["line"]


def test_the_same_file_is_read_the_same() -> None:
    require_second_opinion(WHOLE.encode(), read_po(WHOLE.encode()))


@pytest.mark.parametrize(
    ("what", "one", "other"),
    [
        ("comments", "# comment", "# other"),
        ("notes", "#. note", "#. other"),
        ("references", "place:1", "place:2"),
        ("flags", "#, fuzzy\n", ""),
        ("flags", "#, fuzzy", "#, fuzzier"),
        ("previous context", "old context", "other"),
        ("previous source", '"old source"', '"other"'),
        ("previous plural source", "old sources", "other"),
        ("context", 'msgctxt "context"\n', ""),
        ("source", '"source"', '"sourc"'),
        ("plural source", '"sources"', '"source"'),
        ("targets", '"many"', '"man"'),
        ("targets", 'msgstr[1] "many"\n', ""),
    ],
)
def test_a_difference_in_any_field_is_refused(what: str, one: str, other: str) -> None:
    changed = WHOLE.replace(one, other)
    assert changed != WHOLE
    assert differs(changed, read_po(WHOLE.encode())) == (what, 14)


def test_a_difference_in_what_is_obsolete_is_refused() -> None:
    obsolete = HEADER + "".join(f"#~ {line}\n" for line in MESSAGE.splitlines())
    assert differs(obsolete, read_po((HEADER + MESSAGE).encode())) == ("obsolete", 7)


def test_a_message_more_or_less_is_refused() -> None:
    two, one = HEADER + MESSAGE * 2, HEADER + MESSAGE
    assert differs(one, read_po(two.encode())) == ("number of messages", 1)
    assert differs(two, read_po(one.encode())) == ("number of messages", 1)


def test_a_difference_in_the_header_is_refused() -> None:
    read = read_po(WHOLE.encode())
    assert differs(WHOLE.replace("Language: fr", "Language: de"), read) == ("header", 1)
    fuzzy = "fuzzy mark of the header"
    assert differs("#, fuzzy\n" + WHOLE, read) == (fuzzy, 1)
    assert differs(WHOLE, replace(read, header_fuzzy=True)) == (fuzzy, 1)


def test_what_polib_cannot_read_is_refused() -> None:
    what, line = differs(WHOLE + "stray\n", read_po(WHOLE.encode()))
    assert what == "everything: Syntax error in po file (line 16)"
    assert line == 1


def test_polib_reads_a_file_that_nobody_else_can_and_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[Path, int, int]] = []
    reads = polib.pofile

    def watched(path: str, **options: Any) -> Any:
        file = Path(path)
        seen.append((file, file.stat().st_mode, file.parent.stat().st_mode))
        return reads(path, **options)

    monkeypatch.setattr(polib, "pofile", watched)
    require_second_opinion(WHOLE.encode(), read_po(WHOLE.encode()))
    ((path, mode, folder_mode),) = seen
    assert (stat.S_IMODE(mode), stat.S_IMODE(folder_mode)) == (0o600, 0o700)
    assert not path.parent.exists()
