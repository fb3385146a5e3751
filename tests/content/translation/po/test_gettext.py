"""GNU gettext as a judge from outside: what it makes of files that we take."""

import shutil
import subprocess
from pathlib import Path

import pytest

from content.translation.po import PoEntry, read_po
from tests.content.translation.po.plain_files import HEADER, MESSAGE
from tests.content.translation.po.test_corpus import READ, source

pytestmark = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")

#: What it reads otherwise than we do, and why.
OTHERWISE = {
    "byte-order-mark": "a syntax error",
    "charset-of-a-template": "it wants that filled in",
    "carriage-returns": "CR is no line end to it",
    "mixed-line-ends": "CR is no line end to it",
    "carriage-return-before-windows-line-end": "CR is no line end to it",
    "charset-latin-1": "it believes the header",
    "charset-unknown-to-python": "it believes the header",
    "charset-utf-16": "it believes the header",
    "twice-the-same": "it puts the same message together",
    "twice-the-same-source-other-text": "it puts the same message together",
    "fuzzy-sticky": "a comment before 0.25",
    "comments-without-blank": "#! is a flag line of an old tool to it",
}


def words(entries: tuple[PoEntry, ...]) -> list[PoEntry]:
    """The texts alone; obsolete messages stand last in what it writes."""
    # It sorts flags, drops some, and cuts off the blanks around a comment.
    texts = [
        entry._replace(line=0, flags=(), comments=(), notes=(), references=()) for entry in entries
    ]
    return sorted(texts, key=lambda entry: entry.obsolete)


@pytest.mark.parametrize("name", [name for name in READ if name not in OTHERWISE])
def test_gettext_reads_the_same_words(name: str) -> None:
    done = subprocess.run(
        ["msgcat", "--no-wrap", "-"], input=source(name), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    read = read_po(source(name))
    if done.stdout:
        assert words(read_po(done.stdout).entries) == words(read.entries)
    else:
        assert not read.entries


def test_gettext_compiles_an_ordinary_file_and_finds_nothing_wrong(tmp_path: Path) -> None:
    dates = "PO-Revision-Date: 2026-11-20 10:00+0000\\nLast-Translator: A <a@example.org>\\n"
    more = "Project-Id-Version: x\\nLanguage-Team: French\\nMIME-Version: 1.0\\n"
    more += "Content-Transfer-Encoding: 8bit\\n"
    text = HEADER.replace('msgstr ""', f'msgstr "{dates}{more}"')
    text += MESSAGE + '\n#, fuzzy\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\nmsgstr[1] "e"\n'
    path = tmp_path / "ordinary.po"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", str(tmp_path / "ordinary.mo"), str(path)],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(read_po(path.read_bytes()).entries) == 2
