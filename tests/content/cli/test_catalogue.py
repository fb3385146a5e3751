"""Translations in a working copy: pulled, translated, pushed."""

from pathlib import Path

import pytest
from rich.console import Console

from content.cli import catalogue
from tests.content.cli.terminal import Terminal
from tests.world import TEXT, page, translated

OTHER = TEXT.replace("treatment", "other").replace("benefits", "gains").replace("risks", "harms")


def po(terminal: Terminal, locale: str, name: str = "treatment") -> Path:
    return terminal.folder / "locales" / locale / "LC_MESSAGES" / f"{name}.po"


def translate(terminal: Terminal, locale: str, name: str = "treatment") -> None:
    file = po(terminal, locale, name)
    file.write_text(translated(file.read_text("utf-8"), locale), "utf-8")


@pytest.mark.begins_with("en")
def test_a_translator_pulls_translates_and_pushes(terminal: Terminal) -> None:
    told = terminal.says("catalogue", "pull", by="translator-fr")
    folder = terminal.folder / "locales"
    assert told.splitlines() == [str(folder / "treatment.pot"), str(po(terminal, "fr"))]
    translate(terminal, "fr")

    told = terminal.says("catalogue", "push", "--summary", "First", by="translator-fr")
    assert told.startswith(f"{po(terminal, 'fr')}:\n")
    assert "  updated  risks" in told
    assert told.splitlines()[-3] == "  10 updated"
    assert terminal.world.version("risks", "fr").change_summary == "First"
    told = terminal.says("catalogue", "push", by="translator-fr")
    assert "  Nothing new: this very file was taken before." in told
    terminal.says("catalogue", "pull", by="translator-fr")
    told = terminal.says("catalogue", "push", by="translator-fr")
    assert told.splitlines()[-3] == "  10 unchanged"


@pytest.mark.begins_with("en")
def test_each_message_that_is_not_taken_is_named_with_its_line(terminal: Terminal) -> None:
    terminal.says("catalogue", "pull", "--locale", "fr", by="translator-fr")
    translate(terminal, "fr")
    file = po(terminal, "fr")
    text = file.read_text("utf-8")
    file.write_text(text.replace("fr – It does not", "<b>Il</b> ne"), "utf-8")
    result = terminal.run("catalogue", "push", by="translator-fr")
    assert result.exit_code == 1
    refused = next(line for line in result.stdout.splitlines() if "refused" in line)
    assert refused.split()[0] == "line"
    assert "risks" in refused
    assert "there is no HTML" in result.stdout
    assert result.stdout.splitlines()[-3] == "  1 refused, 9 updated"


@pytest.mark.begins_with("en")
def test_only_the_languages_of_the_person_are_pushed(terminal: Terminal) -> None:
    told = terminal.says("catalogue", "pull", by="editor")
    # The template, three translations, and en-AU: no other variant has a text to inherit yet.
    assert len(told.splitlines()) == 5
    told = terminal.says("catalogue", "push", by="translator-it")
    assert str(po(terminal, "it")) in told
    assert str(po(terminal, "fr")) not in told
    for words in (["--locale", "fr"], ["--locale", "fr", "--page", "treatment"]):
        told = terminal.refuses("catalogue", "push", *words, by="translator-it")
        assert told.startswith("role-missing: ")
    assert terminal.refuses("catalogue", "push", by="author").startswith("role-missing: ")


@pytest.mark.begins_with("en")
def test_one_bad_file_does_not_keep_the_others_back(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.world.write(page(OTHER))
    for section in ("other", "gains", "harms"):
        terminal.world.submit(section)
    monkeypatch.setattr(
        catalogue, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True)
    )
    terminal.says("catalogue", "pull", by="translator-fr")
    translate(terminal, "fr")
    po(terminal, "fr", "other").write_text('msgid "broken\n', "utf-8")
    result = terminal.run("catalogue", "push", by="translator-fr")
    assert result.exit_code == 1
    assert "catalogue-refused: Line 1: " in result.stderr
    assert "Catalogues" in result.stderr
    assert terminal.world.states("fr").keys() == {"treatment", "benefits", "risks"}
    told = terminal.says("catalogue", "push", "--page", "treatment", by="translator-fr")
    assert "Nothing new: this very file was taken before." in told


@pytest.mark.begins_with("en")
def test_pulling_keeps_what_the_hub_does_not_have(terminal: Terminal) -> None:
    pull = ("catalogue", "pull", "--page", "treatment", "--locale", "fr")
    terminal.says(*pull, by="translator-fr")
    translate(terminal, "fr")
    mine = po(terminal, "fr").read_bytes()
    told = terminal.says(*pull, by="translator-fr")
    assert "it had 10 translations of its own; the old file is treatment.po.orig" in told
    kept = po(terminal, "fr").with_name("treatment.po.orig")
    assert kept.read_bytes() == mine
    translate(terminal, "fr")
    told = terminal.says(*pull, by="translator-fr")
    assert "the old file is treatment.po.orig1" in told
    assert kept.read_bytes() == mine, "what was kept before stays"

    po(terminal, "fr").write_bytes(mine)
    terminal.says("catalogue", "push", by="translator-fr")
    kept.unlink()
    assert "of its own" not in terminal.says(*pull, by="translator-fr")
    po(terminal, "fr").write_text("not a catalogue", "utf-8")
    assert "the old file is" in terminal.says(*pull, by="translator-fr")
    assert kept.read_text("utf-8") == "not a catalogue"


def test_a_page_of_drafts_has_nothing_to_translate(terminal: Terminal) -> None:
    terminal.world.write()
    told = terminal.says("catalogue", "pull", by="translator-fr")
    assert told == "treatment: nothing to translate yet; submit its sections first\n"
    assert not (terminal.folder / "locales").exists()


@pytest.mark.begins_with("en")
def test_what_is_not_there_is_said(terminal: Terminal) -> None:
    told = terminal.refuses("catalogue", "push", by="translator-fr")
    assert told.startswith("not-found: There is no catalogue in ")
    told = terminal.refuses("catalogue", "pull", "--page", "nowhere", by="translator-fr")
    assert told.startswith("section-not-found: ")
    told = terminal.refuses("catalogue", "pull", "--locale", "x_", by="translator-fr")
    assert told.startswith("locale-malformed: ")
    assert terminal.refuses("catalogue", "pull", by="administrator").startswith("role-missing: ")


@pytest.mark.begins_with("en")
def test_what_a_push_would_do_is_told_without_doing_it(terminal: Terminal) -> None:
    assert "no file" in terminal.says("catalogue", "status", by="translator-fr")
    terminal.says("catalogue", "pull", by="translator-fr")
    translate(terminal, "fr")
    assert "10 to push" in terminal.says("catalogue", "status", by="translator-fr")

    told = terminal.says("catalogue", "check", by="translator-fr")

    assert "  10 updated" in told.splitlines()
    assert terminal.world.states("fr") == {}
    text = po(terminal, "fr").read_text("utf-8")
    wrong = text.replace("fr – It may help 4 of", "fr – It may help 40 of")
    po(terminal, "fr").write_text(wrong, "utf-8")
    result = terminal.run("catalogue", "check", by="translator-fr")
    assert result.exit_code == 1
    assert "error number" in result.stdout


@pytest.mark.begins_with("en")
def test_an_upload_is_taken_back_by_its_name(terminal: Terminal) -> None:
    terminal.says("catalogue", "pull", by="translator-fr")
    translate(terminal, "fr")
    told = terminal.says("catalogue", "push", by="translator-fr")
    name = told.split("upload ")[1].split()[0]

    told = terminal.says("catalogue", "undo", name, by="translator-fr")

    assert told.splitlines() == [
        f"Undone: treatment/fr, upload {name}.",
        *(
            f"{section}/fr/1 is abandoned: nothing else was in it."
            for section in ("treatment", "benefits", "risks")
        ),
    ]
    assert 'msgstr "fr' not in terminal.world.pull("fr")
    assert terminal.refuses("catalogue", "undo", "0" * 64, by="translator-fr").startswith(
        "upload-not-found: "
    )


@pytest.mark.begins_with("en")
def test_a_warning_is_answered_with_a_reason(terminal: Terminal) -> None:
    terminal.world.translate("fr")
    terminal.world.submit("risks", "fr")
    found = terminal.says("findings", "risks/fr", by="language-1-fr")
    unit, severity, code, state = found.split()[:4]
    assert (severity, state) == ("warning", "open")
    words = ("acknowledge", "risks/fr", unit, code, "--reason", "It is a quotation.")

    told = terminal.says(*words, by="language-1-fr")

    assert told == f"risks/fr/1: {code} in {unit} is acknowledged.\n"
    assert "acknowledged" in terminal.says("findings", "risks/fr", by="reviser-fr")
    assert terminal.refuses(*words, by="language-2-fr").startswith("already-there: ")
    assert terminal.refuses(*words, by="reviser-fr").startswith("role-missing: ")
