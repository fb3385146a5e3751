"""Several processes, several machines: what is withdrawn is gone, whoever dies on the way."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from psycopg import sql
from sqlalchemy import make_url

from content import database
from content.generation_word import GenerationWord
from content.publication import release
from tests.postgres import drop_database, fresh_database, maintenance
from tests.reader import TODAY
from tests.servers import PIPELINED, ROOT, Server, serving
from tests.world import TEXT, World, page

BENEFITS, RISKS = "/v1/sections/benefits/en", "/v1/sections/risks/en"
#: How long something that has to come is waited for; by far longer than it takes.
SECONDS_MAX = 30.0
#: Within which every process of every machine has what was committed.
SECONDS_TO_ALL = 1.0
#: That are looked at, of all processes together.
ANSWERS = 100_000
DIES_AFTER_COMMIT = """
import os, signal, sys
from content.generation_word import GenerationWord
from content import database
from tests.world import World
GenerationWord.change = lambda self: os.kill(os.getpid(), signal.SIGKILL)
from pathlib import Path
World(database.connect(sys.argv[1], GenerationWord(Path(sys.argv[2])))).withdraw("risks", "en")
"""


@pytest.fixture(autouse=True)
def traveller() -> Iterator[None]:
    """The clock goes on, in here as in the servers."""
    with time_machine.travel(TODAY, tick=True):
        yield


def waited(servers: list[Server], path: str, status: int) -> float:
    """Until each of them answers so; the seconds that it took."""
    begun = time.monotonic()
    while any(one.get(path).status != status for one in servers):
        assert time.monotonic() < begun + SECONDS_MAX, f"{path} is not {status}"
    return time.monotonic() - begun


def at_hand(servers: list[Server], *paths: str) -> None:
    for server in servers:
        for path in paths:
            assert server.get(path).status == server.get(path).status == 200


@pytest.fixture
def machine(published_file: Path, tmp_path: Path) -> Iterator[tuple[World, str, Path]]:
    """A hub in SQLite, its address, and its data folder."""
    path = tmp_path / "content.db"
    path.write_bytes(published_file.read_bytes())
    url = f"sqlite:///{path}"
    engine = database.connect(url, GenerationWord(tmp_path / "generation"))
    yield World(engine), url, tmp_path
    engine.dispose()


@pytest.fixture
def network(postgres_url: str, published_postgres: str) -> Iterator[tuple[World, str]]:
    """A hub in PostgreSQL whose writer is on a machine of its own, and its address."""
    url = fresh_database(postgres_url, template=published_postgres)
    engine = database.connect(url)
    yield World(engine), url
    engine.dispose()
    drop_database(postgres_url, url)


@pytest.mark.slow
def test_each_process_of_a_machine_has_the_new_text_in_its_next_answer(
    machine: tuple[World, str, Path],
) -> None:
    world, url, folder = machine
    with serving(url, folder, 3) as servers:
        at_hand(servers, BENEFITS, RISKS)
        for number in (5, 6, 7):
            world.publish_page(page(TEXT.replace("4 of 10", f"{number} of 10")))
            for server in servers:
                assert f"{number} of 10".encode() in server.get(BENEFITS).body
        world.withdraw("risks", "en")
        assert [one.get(RISKS).status for one in servers] == [410] * 3
        servers[0].process.kill()
        world.publish_page(page(TEXT.replace("4 of 10", "8 of 10")))
        for server in servers[1:]:
            assert b"8 of 10" in server.get(BENEFITS).body


@pytest.mark.slow
def test_a_process_that_dies_between_its_commit_and_the_word_hides_nothing(
    machine: tuple[World, str, Path],
) -> None:
    world, url, folder = machine
    word = GenerationWord(folder / "generation")
    # No server compresses meanwhile, which would change the word.
    with (folder / "compressing.lock").open("w") as lock, serving(url, folder, 2) as servers:
        fcntl.flock(lock, fcntl.LOCK_EX)
        at_hand(servers, BENEFITS, RISKS)
        before = word.read()
        command = [sys.executable, "-c", DIES_AFTER_COMMIT, url, str(folder / "generation")]
        died = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert died.returncode == -signal.SIGKILL
        assert word.read() == before
        assert waited(servers, RISKS, 410) < SECONDS_TO_ALL
    assert world.states()["risks"] == ["withdrawn"]


def asked_for(server: Server, count: int) -> dict[int, int]:
    return server.statuses(RISKS, count)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_after_a_second_not_one_of_many_answers_has_the_old_text(
    network: tuple[World, str], tmp_path: Path
) -> None:
    world, url = network
    with serving(url, tmp_path / "a", 2) as here, serving(url, tmp_path / "b", 2) as there:
        require_gone_after_a_second(world, [*here, *there])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_after_a_second_not_one_of_many_answers_of_a_machine_has_the_old_text(
    machine: tuple[World, str, Path],
) -> None:
    world, url, folder = machine
    with serving(url, folder, 3) as servers:
        require_gone_after_a_second(world, servers)


def require_gone_after_a_second(world: World, servers: list[Server]) -> None:
    """Under load; more than a hundred thousand answers, of all processes together."""
    each = -(-ANSWERS // len(servers) // PIPELINED) * PIPELINED
    at_hand(servers, BENEFITS, RISKS)
    with ThreadPoolExecutor(len(servers)) as threads:
        under_load = [threads.submit(asked_for, one, 10_000) for one in servers]
        world.withdraw("risks", "en")
        committed = time.monotonic()
        for one in under_load:
            assert set(one.result()) <= {200, 410}
        time.sleep(max(0, committed + SECONDS_TO_ALL - time.monotonic()))
        after = list(threads.map(asked_for, servers, [each] * len(servers)))
    assert after == [{410: each}] * len(servers)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_change_is_soon_on_every_machine(network: tuple[World, str], tmp_path: Path) -> None:
    world, url = network
    with serving(url, tmp_path / "a", 2) as here, serving(url, tmp_path / "b", 2) as there:
        servers = [*here, *there]
        took = []
        for locale in ("de", "it"):
            path = f"/v1/sections/benefits/{locale}"
            world.publish_translation(locale)
            took.append(waited(servers, path, 200))
            world.withdraw("benefits", locale)
            took.append(waited(servers, path, 410))
        assert max(took) < SECONDS_TO_ALL, took
        # Whoever has heard of it elsewhere may say so.
        with world.reading() as session:
            seq = release.newest_seq(session)
        for one in servers:
            assert int(one.get(BENEFITS, min_content_seq=str(seq)).headers["content-seq"]) >= seq
        assert one.get(BENEFITS, min_content_seq=str(seq + 1)).status == 503


def cut_off(server_url: str, url: str) -> None:
    """The database is there and takes nobody in."""
    name = str(make_url(url).database)
    with maintenance(server_url) as connection:
        command = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false")
        connection.execute(command.format(sql.Identifier(name)))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )


def let_in(server_url: str, url: str) -> None:
    with maintenance(server_url) as connection:
        command = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true")
        connection.execute(command.format(sql.Identifier(str(make_url(url).database))))


@pytest.mark.slow
def test_a_process_that_is_cut_off_gives_nothing_from_memory(
    postgres_url: str, network: tuple[World, str], tmp_path: Path
) -> None:
    world, url = network
    with serving(url, tmp_path) as servers:
        (server,) = servers
        at_hand(servers, BENEFITS)
        world.engine.dispose()
        cut_off(postgres_url, url)
        assert server.get(BENEFITS).status == 200
        assert waited(servers, BENEFITS, 503) < 5 + SECONDS_TO_ALL
        answer = server.get(BENEFITS)
        assert b"database-unreachable" in answer.body
        assert answer.headers["retry-after"] == "1"
        assert b"no look at the database" in server.get("/readyz").body
        let_in(postgres_url, url)
        waited(servers, BENEFITS, 200)
        waited(servers, "/readyz", 200)
