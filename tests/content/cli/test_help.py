"""The help of every command: kept as a snapshot, and explained in docs/cli.md."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from content.cli import app, main

DOCS = Path(__file__).parents[3] / "docs" / "cli.md"
#: `msif people add --help` and what it shows, in the documentation.
HELP = re.compile(r"```text\n\$ (msif[a-z -]*?) --help\n.*?```\n", re.DOTALL)


def names(command: object = None, above: str = "msif") -> Iterator[str]:
    """Every command, groups first."""
    yield above
    found = command or get_command(app)
    if isinstance(found, TyperGroup):
        for name, below in found.commands.items():
            yield from names(below, f"{above} {name}")
    else:
        assert isinstance(found, TyperCommand)


@cache
def help_of(name: str) -> str:
    words = name.split()[1:]
    env = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1"}
    result = CliRunner().invoke(app, [*words, "--help"], env=env, prog_name="msif")
    assert result.exit_code == 0
    return f"$ {name} --help\n{result.stdout}"


def test_the_help_of_every_command(snapshot: Callable[[str, str], None]) -> None:
    snapshot("cli.txt", "\n".join(map(help_of, names())))


def test_the_documentation_shows_the_help(snapshot: Callable[[str, str], None]) -> None:
    told = HELP.sub(lambda block: f"```text\n{help_of(block[1])}```\n", DOCS.read_text("utf-8"))
    snapshot("../../docs/cli.md", told)


def test_every_command_has_a_heading_and_its_help_in_the_documentation() -> None:
    text = DOCS.read_text("utf-8")
    groups = {name.rpartition(" ")[0] for name in names()}
    for name in names():
        if name not in groups:
            assert f"### `{name}`\n" in text
            assert f"$ {name} --help\n" in text


def test_without_a_command_the_help_is_shown() -> None:
    result = CliRunner().invoke(app, [], prog_name="msif")
    assert result.exit_code == 2
    assert "Usage: msif" in result.output


def test_a_slip_of_the_finger_gets_a_hint() -> None:
    result = CliRunner().invoke(app, ["imprt"], prog_name="msif")
    assert result.exit_code == 2
    assert "Did you mean 'import'?" in result.stderr


def test_the_entry_point_is_called_msif(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["anything", "--help"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("Usage: msif ")
