"""Terms and memories on the command line: from files, into files, and looked up."""

from pathlib import Path

import pytest

from content.translation.exchange.tmx import Pair, write_tmx
from tests.content.cli.terminal import Terminal

BENEFIT = "It may help 4 of 10 people."
FR = "translator-fr"


@pytest.fixture
def table(terminal: Terminal) -> Path:
    path = terminal.folder / "terms.csv"
    path.write_text("source,preferred,forbidden\nrelapse,poussée,rechute\n", "utf-8")
    return path


def test_terms_are_taken_and_shown(terminal: Terminal, table: Path) -> None:
    told = terminal.says("glossary", "import", "fr", table, "--dry-run", by=FR)
    assert told.splitlines() == [
        "line 2  added  relapse",
        "1 added",
        "Dry run: nothing was written.",
    ]
    assert terminal.says("glossary", "import", "fr", table, by=FR).endswith("1 added\n")
    told = terminal.says("glossary", "import", "fr", table, by="editor")
    assert told.splitlines() == ["Nothing new.", "1 unchanged"]
    told = terminal.says("glossary", "export", "fr", by="reviser-fr")
    assert told.splitlines()[1:] == ["relapse,fr,poussée,rechute,,agreed"]


def test_a_row_that_is_no_term_is_named_and_keeps_no_other_back(
    terminal: Terminal, table: Path
) -> None:
    table.write_text("source,preferred\nMS,SEP\n,x\nrelapse,\n", "utf-8")
    result = terminal.run("glossary", "import", "fr", table, by=FR)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "line 2  added    MS",
        "line 3  refused  -        The source term is missing.",
        "line 4  refused  relapse  It has no preferred term.",
        "1 added, 2 refused",
    ]
    assert "MS,fr,SEP" in terminal.says("glossary", "export", "fr", by=FR)


def test_a_glossary_travels_as_tbx(terminal: Terminal, table: Path) -> None:
    terminal.says("glossary", "import", "fr", table, by=FR)
    file = terminal.folder / "terms.TBX"
    assert terminal.says("glossary", "export", "fr", "--to", file, by=FR) == f"{file}\n"
    assert terminal.says("glossary", "import", "fr", file, by=FR).endswith("1 unchanged\n")
    told = terminal.says("glossary", "export", "fr", "--form", "tbx", by=FR)
    assert told == file.read_text("utf-8")


def test_what_was_said_before_is_shown_with_where(terminal: Terminal) -> None:
    terminal.world.publish_page()
    terminal.world.publish_translation("fr")
    told = terminal.says("memory", "search", "fr", BENEFIT, by=FR)
    assert told == f"100  fr – {BENEFIT}  benefits/fr/1  approved  language-2-fr\n"
    assert terminal.says("memory", "search", "fr", "Else", by=FR) == "Nothing like it.\n"


def test_a_memory_travels_as_tmx(terminal: Terminal) -> None:
    file = terminal.folder / "memory.tmx"
    file.write_bytes(write_tmx([Pair("A relapse", "Une poussée", "en", "fr")], "fr"))
    told = terminal.says("memory", "import", "fr", file, "--dry-run", by=FR)
    assert told.splitlines() == ["All was read.", "1 added", "Dry run: nothing was written."]
    assert terminal.says("memory", "import", "fr", file, by=FR).endswith("1 added\n")
    told = terminal.says("memory", "search", "fr", "A relapse", by=FR)
    assert told == "100  Une poussée  -  import  -\n"
    other = terminal.folder / "other.tmx"
    assert terminal.says("memory", "export", "fr", "--to", other, by=FR) == f"{other}\n"
    assert terminal.says("memory", "export", "fr", by=FR) == other.read_text("utf-8")
    file.write_text("<tmx version='1.4'><body><tu/></body></tmx>", "utf-8")
    result = terminal.run("memory", "import", "fr", file, by=FR)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("line 1  refused  It has no text")
    file.write_text("<tmx version='1.4'><body/></tmx>", "utf-8")
    assert terminal.says("memory", "import", "fr", file, by=FR) == "All was read.\n"


def test_what_cannot_be_done_is_said(terminal: Terminal, table: Path) -> None:
    commands: list[list[str | Path]] = [
        ["glossary", "import", "fr", table],
        ["glossary", "export", "fr"],
        ["memory", "search", "fr", "x"],
        ["memory", "export", "fr"],
        ["memory", "import", "fr", table],
    ]
    for words in commands:
        told = terminal.refuses(*words, by="administrator")
        assert told.startswith("role-missing: ")
        elsewhere = [word if word != "fr" else "nl" for word in words]
        assert terminal.refuses(*elsewhere, by="editor").startswith("locale-unknown: ")
    assert terminal.refuses("memory", "import", "fr", table, by=FR).startswith("exchange-refused: ")
    odd = table.rename(table.with_suffix(".xls"))
    assert "neither .csv nor .tbx" in terminal.refuses(
        "glossary", "import", "fr", odd, by=FR, code=2
    )
    told = terminal.refuses("glossary", "export", "fr", "--form", "pdf", by=FR, code=2)
    assert "neither .csv nor .tbx" in told
