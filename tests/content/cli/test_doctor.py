"""The doctor finds what is wrong, says what to do, and changes nothing."""

from collections import namedtuple
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content import clock
from content.database import writing
from content.publication.representation import Representation
from content.syndication import webhook_key
from tests.content.cli.terminal import Terminal
from tests.tampering import tamper


def bad(terminal: Terminal) -> list[str]:
    """What is not in order, each with its advice."""
    result = terminal.run("doctor")
    lines = result.stdout.splitlines()
    found = [
        f"{line[5:]} {lines[place + 1].strip()}"
        for place, line in enumerate(lines)
        if line.startswith("BAD")
    ]
    assert result.exit_code == (1 if found else 0)
    assert lines[-1] == (f"{len(found)} not in order." if found else "Everything is in order.")
    return found


def test_a_whole_hub_is_in_order(terminal: Terminal) -> None:
    terminal.world.publish_page()
    assert bad(terminal) == []


def test_an_empty_machine_is_told_to_migrate(terminal: Terminal) -> None:
    terminal.env["MSIF_DATA_DIR"] = str(terminal.folder / "new")
    (finding,) = bad(terminal)
    assert finding.startswith("schema: none, not 0")
    assert finding.endswith("-> Run `msif migrate`.")


def test_an_old_library_is_not_used_at_all(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pysqlite3.dbapi2.sqlite_version_info", (3, 40, 0))
    monkeypatch.setattr("pysqlite3.dbapi2.sqlite_version", "3.40.0")
    (finding,) = bad(terminal)
    assert finding.startswith("sqlite: 3.40.0 -> This SQLite library can corrupt")


def test_the_data_folder_takes_files_and_has_room(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 5_000_000))
    assert bad(terminal) == [
        f"data folder: {terminal.folder}, 5 MB free -> Make room on this disk."
    ]


def test_a_data_folder_that_is_none_is_named(terminal: Terminal) -> None:
    blocked = terminal.folder / "file"
    blocked.write_text("", "utf-8")
    terminal.env |= {
        "MSIF_DATA_DIR": str(blocked),
        "MSIF_DATABASE_URL": f"sqlite:///{terminal.folder / 'content.db'}",
        "MSIF_TRUST_PIN_FILE": str(terminal.folder / "keys" / "trust.pin"),
        "MSIF_REGISTRAR_KEY_FILE": str(terminal.folder / "keys" / "registrar.key"),
        "MSIF_WEBHOOK_KEY_FILE": str(terminal.folder / "keys" / "webhook.key"),
    }
    (finding,) = bad(terminal)
    assert finding.startswith("data folder: ")
    assert finding.endswith(f"-> Let the user of the hub write in {blocked}.")


@pytest.mark.parametrize(
    ("locales", "advice"),
    [
        ("en,fr_CH", "Write `fr-CH` in MSIF_LOCALES."),
        ("en,x_", "Correct MSIF_LOCALES."),
        ("en,zz", "Correct MSIF_LOCALES."),
    ],
)
def test_locales_are_known_and_well_written(terminal: Terminal, locales: str, advice: str) -> None:
    terminal.env["MSIF_LOCALES"] = locales
    (finding,) = bad(terminal)
    assert finding.startswith(f"locales: {locales[3:]} -> ")
    assert finding.endswith(advice)


def test_files_are_for_their_owner_alone(terminal: Terminal) -> None:
    (terminal.folder / "content.db").chmod(0o644)
    people = terminal.folder / "demo" / "people.json"
    people.parent.mkdir()
    people.write_text("[]", "utf-8")
    people.chmod(0o640)
    assert bad(terminal) == [
        f"tokens of the demonstration: {people}, 0640 -> chmod 600 {people}",
        f"database file: {terminal.folder / 'content.db'}, 0644 "
        f"-> chmod 600 {terminal.folder / 'content.db'}",
    ]


def test_the_key_for_webhooks_is_looked_at_where_there_is_one(terminal: Terminal) -> None:
    file = terminal.folder / "keys" / "webhook.key"
    key = webhook_key.make(file)
    assert bad(terminal) == []
    assert webhook_key.public(key) in terminal.says("doctor")
    file.chmod(0o640)
    (unusable, open_to_others) = bad(terminal)
    assert unusable.startswith("webhooks: The file with the key for webhooks may be read by others")
    assert open_to_others == f"key for webhooks: {file}, 0640 -> chmod 600 {file}"
    file.chmod(0o600)
    file.write_text("whsk_none")
    (broken,) = bad(terminal)
    assert broken.startswith("webhooks: The file with the key for webhooks holds none.")


def test_a_policy_that_cannot_be_used_is_named(terminal: Terminal) -> None:
    file = terminal.folder / "policy.toml"
    file.write_text("[source]\nquorum = 'three'\n", "utf-8")
    terminal.env["MSIF_POLICY_FILE"] = str(file)
    (finding,) = bad(terminal)
    assert finding.startswith("policy: Policy, key source.")
    assert terminal.refuses("people", "list").startswith("policy-malformed: ")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "1970-01-01T00:00:00Z -> Set"),
        (datetime(2026, 1, 2, tzinfo=UTC), "before the ledger's last row, "),
    ],
)
def test_a_clock_that_is_behind_is_found(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, now: datetime, told: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    (finding,) = bad(terminal)
    assert finding.startswith("clock: ")
    assert told in finding


def test_a_stored_answer_that_was_changed_is_found(terminal: Terminal) -> None:
    terminal.world.publish_page()
    with writing(terminal.world.engine) as session:
        row = session.get(Representation, "/v1/sections/risks/en")
        assert row is not None
        row.body = b"{}"
    assert bad(terminal) == ["stored answers: wrong: /v1/sections/risks/en -> Run `msif rebuild`."]
    terminal.says("rebuild")
    assert bad(terminal) == []


def test_a_version_in_force_without_a_sign_off_is_found(terminal: Terminal) -> None:
    terminal.world.publish_page()
    tamper(terminal.world.engine, "DELETE FROM signature WHERE person = 'board-1'")
    (finding, *_) = bad(terminal)
    assert finding.startswith("sign-offs: wrong: treatment/en/1, benefits/en/1, risks/en/1 -> They")


def test_a_database_that_cannot_be_read_is_named(terminal: Terminal) -> None:
    Path(terminal.folder / "content.db").write_bytes(b"this is no database, and long enough" * 9)
    finding = bad(terminal)[-1]
    assert finding.startswith("database: ")
    assert finding.endswith("See that the database is there and can be read.")
    assert terminal.refuses("people", "list").startswith("database-failed: ")


def test_a_server_that_does_not_answer_is_named(terminal: Terminal) -> None:
    terminal.env["MSIF_DATABASE_URL"] = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    finding = bad(terminal)[-1]
    assert finding.startswith("database: ")
    assert terminal.refuses("people", "list").startswith("database-failed: ")


def test_a_hub_on_a_server_is_looked_at_too(terminal: Terminal, empty_postgres: str) -> None:
    terminal.env["MSIF_DATABASE_URL"] = empty_postgres
    assert bad(terminal) == []
    assert "database file" not in terminal.says("doctor")


def test_a_coding_that_does_not_open_to_its_answer_is_named_and_made_anew(
    terminal: Terminal,
) -> None:
    terminal.world.publish_page()
    assert terminal.run("rebuild").stdout.endswith("23 answers were compressed.\n")
    assert bad(terminal) == []
    tamper(terminal.world.engine, "UPDATE coding SET body = CAST('x' AS BLOB) WHERE name = 'gzip'")
    (finding,) = bad(terminal)
    assert finding.startswith("compressed answers: wrong: ")
    assert finding.endswith("-> Run `msif rebuild`.")
    terminal.run("rebuild")
    assert bad(terminal) == []
