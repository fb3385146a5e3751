"""How the command says no."""

import errno

import pytest

from content.cli import refusal
from content.errors import HubIsBusy, TranslationNotFound
from tests.content.cli.terminal import Terminal


def test_context_is_shown_name_by_name() -> None:
    error = TranslationNotFound(section="risks", available=["en", "fr"], locale="", none=None)
    assert list(refusal.lines(error)) == [
        f"translation-not-found: {error.message}",
        "  section: risks",
        "  available: en, fr",
    ]


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EACCES])
def test_a_reader_that_went_away_is_no_failure_of_ours(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail() -> None:
        raise OSError(number, "no")

    monkeypatch.setattr("content.cli.doctor.Settings", fail)
    result = terminal.run("doctor")
    assert result.exit_code == 1
    assert ("file-failed" in result.stderr) == (number != errno.EPIPE)


def test_a_bug_is_not_hidden(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("content.cli.doctor.Settings", fail)
    assert isinstance(terminal.run("doctor").exception, ZeroDivisionError)


def test_a_busy_hub_says_so(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise HubIsBusy

    monkeypatch.setattr("content.publication.due.carry_out", busy)
    assert terminal.refuses("work", "--once").startswith("hub-is-busy: Another change")
