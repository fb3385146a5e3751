"""The tests' own PostgreSQL: it is real, it is ours alone, and it goes when we go."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from tests import postgres

ROOT = Path(__file__).parent.parent
GONE_TIMEOUT_SECONDS = 20

HOLDS_A_SERVER = """
from tests.postgres import postgres_server
with postgres_server() as url:
    print(url, flush=True)
    input()
"""


@pytest.fixture
def database(postgres_url: str) -> Iterator[str]:
    url = postgres.fresh_database(postgres_url)
    yield url
    postgres.drop_database(postgres_url, url)


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(postgres.connection_string(url))


def count(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM page").fetchone()
    assert row
    return int(row[0])


def test_a_second_connection_sees_what_was_committed_and_nothing_else(database: str) -> None:
    with connect(database) as writer, connect(database) as reader:
        writer.execute("CREATE TABLE page (slug text)")
        writer.commit()
        writer.execute("INSERT INTO page VALUES ('stem-cell-therapy')")
        assert count(reader) == 0
        writer.commit()
        assert count(reader) == 1


def test_a_second_connection_waits_for_a_row_that_the_first_has_locked(database: str) -> None:
    with connect(database) as first, connect(database) as second:
        first.execute("CREATE TABLE page (slug text)")
        first.execute("INSERT INTO page VALUES ('stem-cell-therapy')")
        first.commit()
        first.execute("SELECT * FROM page FOR UPDATE")
        with pytest.raises(errors.LockNotAvailable):
            second.execute("SELECT * FROM page FOR UPDATE NOWAIT")


def test_a_database_from_a_template_has_its_rows_and_is_apart_from_it(
    postgres_url: str, database: str
) -> None:
    with connect(database) as connection:
        connection.execute("CREATE TABLE page (slug text)")
    copy = postgres.fresh_database(postgres_url, template=database)
    with connect(copy) as connection:
        connection.execute("INSERT INTO page VALUES ('stem-cell-therapy')")
    with connect(database) as connection:
        assert count(connection) == 0
    postgres.drop_database(postgres_url, copy)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(copy)


def test_only_databases_of_this_process_are_dropped(postgres_url: str) -> None:
    with pytest.raises(ValueError, match="was not made by this process"):
        postgres.drop_database(postgres_url, postgres_url)


def test_a_server_named_by_hand_is_used_and_swept(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "DATABASE_PREFIX", "msif_test_swept_")
    monkeypatch.setenv(postgres.VARIABLE, postgres.connection_string(postgres_url))
    with postgres.postgres_server() as url:
        assert url == postgres_url
        left_behind = postgres.fresh_database(url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(left_behind)


def test_skip_leaves_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.VARIABLE, "skip")
    with pytest.raises(postgres.PostgresLeftOut), postgres.postgres_server():
        pass


def test_the_newest_of_the_system_s_versions_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "15", "18"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres.find_programs(tmp_path) == tmp_path / "18" / "bin"


def test_without_system_packages_the_wheel_is_taken(tmp_path: Path) -> None:
    assert (postgres.find_programs(tmp_path) / "initdb").exists()


def test_without_any_the_tests_fail_and_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(postgres.PostgresNotFound, match="apt-get install postgresql"):
        postgres.find_programs(tmp_path, wheel="no_such_wheel")


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    programs = tmp_path / "wheel" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").write_text("#!/bin/sh\necho the disk is full\nexit 1\n")
    (programs / "initdb").chmod(0o755)
    failure = pytest.raises(postgres.PostgresFailed, match="the disk is full")
    with failure, postgres.started(programs):
        pass


@pytest.mark.skipif(postgres.VARIABLE in os.environ, reason="starts none of its own")
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_server_goes_however_the_tests_end(by: signal.Signals) -> None:
    command = [sys.executable, "-c", HOLDS_A_SERVER]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as holder:
        assert holder.stdout
        url = holder.stdout.readline().strip()
        connect(url).close()
        holder.send_signal(by)
    give_up = time.monotonic() + GONE_TIMEOUT_SECONDS
    while answers(url):
        assert time.monotonic() < give_up, "the server is still there"
        time.sleep(0.05)


def test_a_server_goes_whose_tests_ended_before_it_was_there() -> None:
    user = postgres.unprivileged_user()
    home = postgres.new_home(user)
    with postgres.reachable(postgres.find_programs(), user) as programs:
        arguments = [str(programs), str(home), str(postgres.free_port())]
        with postgres.start_guard(arguments, user) as guard:
            assert guard.stdin
            assert guard.stdout
            guard.stdin.close()
            guard.stdout.close()
            assert guard.wait(GONE_TIMEOUT_SECONDS) == 0
    assert not home.exists()


def answers(url: str) -> bool:
    try:
        connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
