"""Starting, preparing and mending a hub: demo, serve, migrate, work, rebuild."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from content import database, schema
from content.cli import app, demonstration, serve
from content.database import writing
from content.publication import demo
from content.publication.representation import Representation
from content.samples import bundle
from content.settings import Settings
from tests.content.cli.terminal import Terminal
from tests.postgres import drop_database, fresh_database

STARTED: list[dict[str, Any]] = []
FORMS: list[str] = []


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be served is written down instead."""
    STARTED.clear()
    FORMS.clear()
    monkeypatch.setattr("content.log_lines.configure", FORMS.append)
    monkeypatch.setattr(
        "uvicorn.run", lambda name, **options: STARTED.append({"app": name, **options})
    )


def msif(folder: Path, *words: str, **env: str) -> Result:
    """A command on a machine that has nothing yet."""
    settings = {"MSIF_DATA_DIR": str(folder), "MSIF_DATABASE_URL": "", "MSIF_TOKEN": "", **env}
    return CliRunner().invoke(app, list(words), env=settings, prog_name="msif")


def test_a_demonstration_is_prepared_once_and_works(tmp_path: Path) -> None:
    first = msif(tmp_path, "demo")
    assert first.exit_code == 0, first.output
    assert "The demonstration is prepared.\n" in first.stdout
    assert "Translation: de ..." in first.stderr
    assert f"http://127.0.0.1:8000/v1/pages/{bundle.PAGE}/fr" in first.stdout
    before = (tmp_path / "content.db").read_bytes()

    again = msif(tmp_path, "demo", "--serve", MSIF_PORT="9000")
    assert again.stdout.startswith("The demonstration is prepared already.\n")
    assert (tmp_path / "content.db").read_bytes() == before
    assert STARTED == [
        {
            "app": "api.app:create_app",
            "factory": True,
            "http": "api.lane:protocol",
            "ws": "none",
            "proxy_headers": False,
            "host": "127.0.0.1",
            "port": 9000,
            "timeout_graceful_shutdown": 10,
            "access_log": False,
            "log_config": None,
        }
    ]
    assert FORMS == ["text"]

    people = json.loads((tmp_path / "demo" / "people.json").read_text("utf-8"))
    assert msif(tmp_path, "waiting", "--as", people[0]["id"]).exit_code == 0
    unknown = msif(tmp_path, "waiting", "--as", "nobody")
    assert unknown.stderr.startswith("person-not-found: The demonstration has no person `nobody`.")
    doctor = msif(tmp_path, "doctor")
    assert doctor.exit_code == 0, doctor.output
    assert "policy: demonstration" in doctor.stdout


def test_a_demonstration_does_not_touch_real_work(terminal: Terminal) -> None:
    told = terminal.refuses("demo")
    assert told.startswith("already-there: This database holds real work")
    assert str(terminal.folder / "content.db") in told


def test_on_a_terminal_the_preparation_shows_a_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        demonstration, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True)
    )

    def prepare(_engine: object, _settings: object, _policy: object, step: Any) -> None:
        step("English page")

    monkeypatch.setattr("content.cli.demo_journey.prepare", prepare)
    result = msif(tmp_path, "demo")
    assert "Done" in result.stderr


def test_serving_brings_sqlite_to_the_schema_first(tmp_path: Path) -> None:
    result = msif(tmp_path, "serve", MSIF_HOST="0.0.0.0", MSIF_PORT="8080")
    assert result.stdout.splitlines() == [
        f"Database: migrated from nothing to {schema.newest()}.",
        "Serving at http://localhost:8080/ (Ctrl+C ends it)",
    ]
    assert STARTED[0]["host"] == "0.0.0.0"
    assert (tmp_path / "content.db").stat().st_mode & 0o777 == 0o600


def test_an_address_of_ipv6_is_written_in_brackets() -> None:
    assert serve.address(Settings(host="::1", port=80)) == "http://[::1]:80"


def test_serving_from_postgresql_waits_for_the_operator(
    empty_postgres_server: str, tmp_path: Path
) -> None:
    result = msif(tmp_path, "serve", MSIF_DATABASE_URL=empty_postgres_server)
    assert result.exit_code == 1
    assert result.stderr.startswith("not-migrated: ")
    assert STARTED == []


def test_an_empty_database_in_postgresql_takes_a_demonstration(
    empty_postgres_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[object] = []
    monkeypatch.setattr("content.cli.demo_journey.prepare", lambda *all_: prepared.append(all_))
    result = msif(tmp_path, "demo", MSIF_DATABASE_URL=empty_postgres_server)
    assert result.exit_code == 0, result.output
    assert "migrated from nothing" in result.stdout
    msif(tmp_path, "demo", MSIF_DATABASE_URL=empty_postgres_server)
    assert len(prepared) == 2
    assert not (tmp_path / "content.db").exists()


@pytest.fixture
def empty_postgres_server(postgres_url: str) -> Iterator[str]:
    url = fresh_database(postgres_url)
    yield url
    drop_database(postgres_url, url)


def test_migrating_is_done_once(tmp_path: Path) -> None:
    assert "migrated from nothing" in msif(tmp_path, "migrate").stdout
    assert msif(tmp_path, "migrate").stdout == (
        "The database is at this program's schema already.\n"
    )


def test_other_commands_say_that_the_database_is_not_migrated(tmp_path: Path) -> None:
    result = msif(tmp_path, "ledger", "verify")
    assert result.exit_code == 1
    assert result.stderr.startswith("not-migrated: ")
    assert "msif migrate" in result.stderr


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    msif(tmp_path, "migrate")
    engine = database.connect(f"sqlite:///{tmp_path / 'content.db'}")
    with writing(engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for command in ("migrate", "serve", "demo"):
        result = msif(tmp_path, command)
        assert result.stderr.startswith("not-migrated: The database is at `9999`"), command


def test_settings_that_are_wrong_are_named(tmp_path: Path) -> None:
    result = msif(tmp_path, "migrate", MSIF_PORT="0")
    assert result.exit_code == 1
    assert result.stderr.startswith("settings-malformed: correct these settings.\n  ")
    assert "greater than or equal to 1" in result.stderr


@pytest.mark.begins_with("en")
def test_stored_answers_are_made_anew(terminal: Terminal) -> None:
    with writing(terminal.world.engine) as session:
        row = session.get(Representation, "/v1/sections/risks/en")
        assert row is not None
        row.body = b"{}"
    assert terminal.says("rebuild") == (
        "1 answers were not what they should be, and are now.\n23 answers were compressed.\n"
    )
    assert terminal.says("rebuild").startswith("0 answers")


@pytest.mark.begins_with("en")
def test_what_is_due_is_carried_out(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "Nothing was due.\n23 answers were compressed.\n"
    assert terminal.says("work", "--once") == told
    assert terminal.says("work", "--once") == "Nothing was due.\n"
    monkeypatch.setattr("content.publication.due.lapsed", lambda *_: True)
    monkeypatch.setattr("content.clock.today", lambda: date(2040, 1, 1))
    assert terminal.says("work", "--once") == (
        "Changed: benefits, risks, treatment\n6 answers were compressed.\n"
    )


def test_work_goes_on_until_it_is_stopped(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    result = terminal.run("work", "--every", "7")
    assert result.exit_code == 130
    assert slept == [7, 7]
    assert result.stdout == "Nothing was due.\nNothing was due.\n"


def test_the_policy_of_a_demonstration_is_its_own_unless_one_is_named(terminal: Terminal) -> None:
    with writing(terminal.world.engine) as session:
        demo.mark(session)
    assert "policy: demonstration" in terminal.says("doctor")
    terminal.env["MSIF_POLICY_FILE"] = str(bundle.POLICY_FILE)
    assert f"policy: {bundle.POLICY_FILE}" in terminal.says("doctor")


@contextmanager
def running(*words: str, **env: str) -> Iterator[str]:
    """A real process, as a person starts it; what it says, up to where it serves."""
    code = "import sys; from content.cli import main; sys.argv[0] = 'msif'; main()"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", code, *words],
        env={"PATH": "", "PYTHONWARNINGS": "error", **env},
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Serving"):
                break
        yield said
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def answered(url: str) -> int:
    """The status, as soon as somebody listens."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at {url}")


def test_one_command_from_nothing_to_a_served_page(tmp_path: Path) -> None:
    port = str(free_port())
    with running("demo", "--serve", MSIF_DATA_DIR=str(tmp_path), MSIF_PORT=port) as said:
        addresses = re.findall(rf"http://127\.0\.0\.1:{port}/\S+", said)
        assert len(addresses) == 10
        assert [answered(address) for address in addresses] == [200] * 10
