"""Who a command acts as."""

from tests.content.cli.terminal import Terminal


def test_without_a_token_nothing_is_done(terminal: Terminal) -> None:
    told = terminal.refuses("waiting")
    assert told.startswith("token-missing: Say who acts: `--token-file FILE` or MSIF_TOKEN")


def test_a_token_comes_from_the_environment_or_from_a_file(terminal: Terminal) -> None:
    assert terminal.says("waiting", by="author") == "Nothing waits for you.\n"
    file = terminal.folder / "token"
    file.write_text(terminal.token("author") + "\n", "utf-8")
    assert terminal.says("waiting", "--token-file", file) == "Nothing waits for you.\n"
    file.write_text("msif_unknown", "utf-8")
    assert terminal.refuses("waiting", "--token-file", file).startswith("token-unknown: ")


def test_a_file_or_a_person_of_the_demonstration_not_both(terminal: Terminal) -> None:
    file = terminal.folder / "token"
    file.write_text("x", "utf-8")
    told = terminal.refuses("waiting", "--token-file", file, "--as", "author", code=2)
    assert "both say who acts" in told
    told = terminal.refuses("waiting", "--as", "author")
    assert told.startswith("person-not-found: There is no ")
    assert "msif demo" in told


def test_a_token_made_for_less_does_less(terminal: Terminal) -> None:
    terminal.world.write()
    terminal.env["MSIF_TOKEN"] = terminal.world.token("author", "read-drafts")
    assert "risks/en/1" in terminal.says("show", "risks/en")
    told = terminal.refuses("submit", "risks/en")
    assert told.startswith("scope-missing: ")
    assert "  permission: submit-source\n" in told
