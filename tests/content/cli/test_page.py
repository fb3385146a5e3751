"""Pages as files on the terminal."""

from pathlib import Path

import pytest

from content.samples import bundle
from tests.content.cli.terminal import Terminal
from tests.world import TEXT, page

FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'
SHOWN = TEXT + "\n![Steps](a.svg)\n\n![More](b.svg)\n"


def with_figures(text: str) -> bytes:
    listed = "figures: [{file: a.svg, credit: A, license: B}, {file: b.svg, credit: A, license: B}]"
    return page(text).replace(b"\n---\n", f"\n{listed}\n---\n".encode(), 1)


def test_a_dry_run_says_the_same_and_writes_nothing(terminal: Terminal) -> None:
    file = terminal.folder / "page.md"
    file.write_bytes(page())
    told = terminal.says("import", "--dry-run", file, by="author")
    assert told == (
        "created  treatment  1\ncreated  benefits   1\ncreated  risks      1\n"
        "Dry run: nothing was written.\n"
    )
    assert terminal.world.states() == {}
    assert terminal.says("import", file, by="author") in told


def test_figures_lie_in_their_folder_or_beside_the_page(terminal: Terminal) -> None:
    (terminal.folder / "figures").mkdir()
    (terminal.folder / "figures" / "a.svg").write_bytes(FIGURE)
    file = terminal.folder / "page.md"
    file.write_bytes(with_figures(SHOWN))
    told = terminal.refuses("import", file, by="author")
    assert told.startswith("page-has-mistakes: ")
    assert "  line 1: The file b.svg did not come with the page.\n" in told
    (terminal.folder / "b.svg").write_bytes(FIGURE + b"<!-- b -->")
    terminal.says("import", file, by="author")

    told = terminal.says("export-markdown", "treatment", "--to", terminal.folder / "out", by="lay")
    assert told == f"{terminal.folder / 'out' / 'treatment.md'}, 2 figures\n"
    out = terminal.folder / "out"
    assert (out / "figures" / "b.svg").read_bytes() == FIGURE + b"<!-- b -->"
    told = terminal.says("import", out / "treatment.md", by="author")
    assert {line.split()[0] for line in told.splitlines()} == {"unchanged"}


def test_every_mistake_is_listed_with_its_line(terminal: Terminal) -> None:
    file = terminal.folder / "page.md"
    file.write_bytes(page("# Title\n\n<b>x</b>\n"))
    told = terminal.refuses("import", file, by="author")
    assert told.startswith("page-has-mistakes: ")
    assert [line.split(":")[0] for line in told.splitlines()[1:]] == ["  line 12", "  line 14"]
    assert terminal.world.states() == {}


def test_an_export_goes_to_the_screen_and_needs_leave(terminal: Terminal) -> None:
    terminal.world.write()
    told = terminal.says("export-markdown", "treatment", by="translator-de")
    assert told.startswith("---\nlocale: en\n")
    told = terminal.says(
        "export-markdown", "treatment", "--to", terminal.folder / "x" / "y", by="author"
    )
    assert told.endswith("treatment.md, 0 figures\n")
    told = terminal.refuses("export-markdown", "treatment", by="administrator")
    assert told.startswith("role-missing: ")
    assert terminal.refuses("export-markdown", "nowhere", by="lay").startswith("section-not-found")
    told = terminal.refuses("export-markdown", "risks", by="lay")
    assert told.startswith("bad-input: `risks` is no page: it stands below `treatment`.")


def test_an_existing_page_becomes_a_draft(terminal: Terminal) -> None:
    source = terminal.folder / "old.html"
    source.write_text("<main><h1>Old</h1><p>Text.</p><video src='x'></video></main>", "utf-8")
    draft = terminal.folder / "new.md"
    result = terminal.run("draft-from", source, "--address", "https://example.org/old")
    assert result.exit_code == 0
    assert "\n# Old {#old}\n\nText.\n" in result.stdout
    assert "not in the draft: " in result.stderr
    assert "note: " in result.stderr or " 0 notes." in result.stderr
    assert terminal.says("draft-from", source, "--to", draft) == ""
    assert draft.read_text("utf-8") == terminal.says("draft-from", source)
    assert "is there already" in terminal.refuses("draft-from", source, "--to", draft, code=2)


def test_what_is_no_page_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    odd = tmp_path / "page.docx"
    odd.write_bytes(b"PK")
    assert "ends in none of .html" in terminal.refuses("draft-from", odd, code=2)
    plain = tmp_path / "page.txt"
    plain.write_text("Title\n\nText.", "utf-8")
    assert terminal.refuses("draft-from", plain, "--select", "main").startswith("draft-refused: ")
    assert "does not exist" in terminal.refuses("import", tmp_path / "none.md", code=2)


def test_a_file_that_cannot_be_written_is_named(terminal: Terminal) -> None:
    terminal.world.write()
    (terminal.folder / "out").mkdir()
    (terminal.folder / "out" / "treatment.md").mkdir()
    told = terminal.refuses(
        "export-markdown", "treatment", "--to", terminal.folder / "out", by="author"
    )
    assert told.startswith("file-failed: ")


@pytest.mark.parametrize("name", ["page.md", "page.markdown", "page.TXT"])
def test_the_form_is_told_by_the_end_of_the_name(terminal: Terminal, name: str) -> None:
    file = terminal.folder / name
    file.write_text("# Title\n\nText.\n", "utf-8")
    assert "Title" in terminal.says("draft-from", file)


def test_the_bundled_page_is_taken(terminal: Terminal) -> None:
    told = terminal.says("import", bundle.FOLDER / f"{bundle.PAGE}.md", by="author")
    assert len(told.splitlines()) == 13
