"""`msif log init`, `msif log key`, what the doctor says of the log, and the demonstration's key."""

import stat
from pathlib import Path

import pytest

from content.cli import demo_journey
from content.log import hashes, key, note
from content.settings import Settings
from tests.content.cli.terminal import Terminal
from tests.ledgers import write
from tests.tampering import tamper

ORIGIN = "hub.example.org/log"


def key_file(terminal: Terminal) -> Path:
    return terminal.folder / "keys" / "log.key"


def test_the_key_is_made_once_and_its_public_half_is_shown(terminal: Terminal) -> None:
    made = terminal.run("log", "init", "--origin", ORIGIN)

    assert made.exit_code == 0
    assert made.stdout.strip() == note.public_text(key.load(key_file(terminal)))
    assert made.stdout.startswith(f"{ORIGIN}+")
    assert (
        made.stderr
        == f"The secret is in {key_file(terminal)}; keep a copy of it in a safe place.\n"
    )
    assert terminal.run("log", "key").stdout == made.stdout

    again = terminal.run("log", "init", "--origin", ORIGIN)
    assert again.exit_code == 1
    assert again.stderr.startswith("already-there: The log has its key already")
    assert terminal.run("log", "key").stdout == made.stdout


def test_it_lies_where_the_setting_says(terminal: Terminal) -> None:
    elsewhere = terminal.folder / "elsewhere.key"
    terminal.env["MSIF_LOG_KEY_FILE"] = str(elsewhere)

    assert terminal.run("log", "init", "--origin", ORIGIN).exit_code == 0

    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600
    assert not key_file(terminal).exists()


def test_a_wrong_origin_and_a_missing_key_are_told(terminal: Terminal) -> None:
    wrong = terminal.run("log", "init", "--origin", "two words")
    assert (wrong.exit_code, wrong.stderr[:10]) == (1, "bad-input:")
    missing = terminal.run("log", "key")
    assert missing.exit_code == 1
    assert missing.stderr.startswith("log-key-missing: ")


def test_the_doctor_looks_at_the_key_and_at_what_is_kept(terminal: Terminal) -> None:
    terminal.run("log", "init", "--origin", ORIGIN)
    write(terminal.world.engine, 300)
    hashes.catch_up(terminal.world.engine)
    whole = terminal.run("doctor").stdout
    assert f"ok   key of the log: {key_file(terminal)}, 0600" in whole
    assert "ok   log: fits the ledger" in whole

    key_file(terminal).chmod(0o640)
    tamper(terminal.world.engine, "UPDATE log_hash SET hash = (SELECT hash FROM ledger LIMIT 1)")
    ill = terminal.run("doctor")

    assert ill.exit_code == 1
    assert f"BAD  key of the log: {key_file(terminal)}, 0640" in ill.stdout
    assert "BAD  log: hash 0 of level 1 is not what the ledger gives" in ill.stdout


def test_a_demonstration_gets_a_key_unless_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MSIF_DATA_DIR", str(tmp_path))

    demo_journey.make_keys(Settings())
    made = key.load(Settings().log_key)
    demo_journey.make_keys(Settings())

    assert made.name == "demonstration.invalid/log"
    assert key.load(Settings().log_key) == made
