"""/log over HTTP: what C2SP's tlog-tiles promises to whoever reads a log."""

import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, text
from sqlmodel import Session

from content import database
from content.database import reading
from content.log import key, merkle
from content.log.note import SigningKey
from tests.api.hubs import Hub, open_app, refused, unwritten
from tests.api.promised import Promised
from tests.ledgers import write
from tests.postgres import drop_database, fresh_database
from tests.reader import TODAY
from tests.tampering import tamper
from tests.world import World

ORIGIN = "hub.example.org/log"
FOR_EVER = "public, max-age=31536000, immutable"


def seven_hundred_rows(world: World) -> None:
    with world.reading() as session:
        there = len(entries_of(session))
    write(world.engine, 700 - there)


pytestmark = pytest.mark.begins_with.with_args(seven_hundred_rows)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "log.key"


@pytest.fixture
def signer(key_file: Path) -> SigningKey:
    return key.make(key_file, ORIGIN)


@pytest.fixture
def hub(world: World, signer: SigningKey, key_file: Path) -> Iterator[Hub]:
    """A hub with 700 rows in its ledger, and people."""
    with log_of(world, key_file) as found:
        yield found


@contextmanager
def log_of(world: World, key_file: Path) -> Iterator[Hub]:
    app = open_app(world.engine, log_key_file=key_file)
    with Promised(app, raise_server_exceptions=False) as client:
        yield Hub(world, app, client)
    app.state.hub.engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def read_log(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hub]:
    """The same for all that ask in vain, after somebody has asked for the checkpoint."""
    folder = tmp_path_factory.mktemp("log")
    key.make(folder / "log.key", ORIGIN)
    with (
        time_machine.travel(TODAY, tick=False),
        copied(request, folder / "hub.db") as engine,
        log_of(World(engine), folder / "log.key") as found,
    ):
        assert found.get("/log/checkpoint").status_code == 200
        with unwritten(engine):
            yield found


@contextmanager
def copied(request: pytest.FixtureRequest, path: Path) -> Iterator[Engine]:
    """A database of the kind that is asked for, with 700 rows."""
    stage = request.getfixturevalue(f"{request.param}_stages")((seven_hundred_rows,))
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copyfile(stage, path)}"
    else:
        url = fresh_database(request.getfixturevalue("postgres_url"), template=stage)
    engine = database.connect(url)
    yield engine
    engine.dispose()
    if request.param == "postgres":
        drop_database(request.getfixturevalue("postgres_url"), url)


def entries_of(session: Session) -> list[bytes]:
    rows = session.connection().execute(text("SELECT hash FROM ledger ORDER BY seq")).scalars()
    return [bytes.fromhex(one) for one in rows]


def leaves_of(hub: Hub) -> list[bytes]:
    with reading(hub.world.engine) as session:
        return [merkle.leaf_hash(entry) for entry in entries_of(session)]


def test_the_checkpoint_is_signed_text(hub: Hub, signer: SigningKey) -> None:
    answer = hub.get("/log/checkpoint")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=5"
    root = b64encode(merkle.root(leaves_of(hub))).decode()
    body, signature = answer.content.decode().split("\n\n")
    assert body == f"{ORIGIN}\n700\n{root}"
    assert signature == signer.sign(body + "\n").split("\n\n")[1]
    assert hub.get("/log/checkpoint").content == answer.content


def test_it_grows_with_the_ledger(hub: Hub) -> None:
    before = hub.get("/log/checkpoint")
    write(hub.world.engine, 400)
    after = hub.get("/log/checkpoint", if_none_match=before.headers["etag"])

    assert after.status_code == 200
    assert after.text.split("\n")[1] == "1100"
    root = b64encode(merkle.root(leaves_of(hub))).decode()
    assert after.text.split("\n")[2] == root


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("000", 0, 256),
        ("000.p/1", 0, 1),
        ("000.p/255", 0, 255),
        ("001", 256, 512),
        ("002.p/188", 512, 700),
        ("002.p/17", 512, 529),
    ],
)
def test_tiles_and_entries_are_those_of_the_rows(
    hub: Hub, path: str, first: int, last: int
) -> None:
    tile, bundle = hub.get(f"/log/tile/0/{path}"), hub.get(f"/log/tile/entries/{path}")

    with reading(hub.world.engine) as session:
        entries = entries_of(session)[first:last]
    assert tile.content == b"".join(map(merkle.leaf_hash, entries))
    assert bundle.content == b"".join(b"\x00\x20" + entry for entry in entries)
    for answer in (tile, bundle):
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == FOR_EVER


def test_tiles_above_hold_the_roots_of_full_tiles(hub: Hub) -> None:
    leaves = leaves_of(hub)
    roots = [merkle.root(leaves[:256]), merkle.root(leaves[256:512])]

    # Before anybody has asked for a checkpoint.
    assert hub.get("/log/tile/1/000.p/2").content == b"".join(roots)
    assert hub.get("/log/tile/1/000.p/1").content == roots[0]


@pytest.mark.parametrize(
    "path",
    [
        "0/002",
        "0/002.p/189",
        "0/003.p/1",
        "0/003",
        "0/x001/x234/067",
        "0/x999/x999/x999/x999/x999/x999/999",
        "1/000",
        "1/000.p/3",
        "1/001.p/1",
        "2/000.p/1",
        "63/000.p/1",
    ],
)
def test_beyond_the_tree_there_is_nothing(read_log: Hub, path: str) -> None:
    told = refused(read_log.get(f"/log/tile/{path}"), 404, "tile-not-found")
    assert told["size"] == 700
    assert told["detail"].startswith("The log has not grown that far")


def test_how_far_it_has_grown_is_told_before_anybody_asked_for_a_checkpoint(hub: Hub) -> None:
    assert refused(hub.get("/log/tile/0/003"), 404, "tile-not-found")["size"] == 700


@pytest.mark.parametrize(
    "path", ["0/0", "64/000", "-1/000", "0/000.p/256", "x/000", "0/001/", "0/"]
)
def test_what_is_no_tile_is_not_found(read_log: Hub, path: str) -> None:
    told = refused(read_log.get(f"/log/tile/{path}"), 404, "tile-not-found")
    assert told["detail"].startswith("That is not how tiles are addressed")


def test_what_was_served_is_served_again(hub: Hub) -> None:
    before = {path: hub.get(f"/log/tile/{path}") for path in ("0/002.p/188", "0/001", "1/000.p/2")}
    write(hub.world.engine, 400)
    for path, answer in before.items():
        again = hub.get(f"/log/tile/{path}")
        assert again.content == answer.content
        held = answer.headers["etag"]
        assert hub.get(f"/log/tile/{path}", if_none_match=held).status_code == 304
    assert hub.get("/log/tile/0/002").status_code == 200


def test_head_and_other_sites(hub: Hub) -> None:
    head = hub.client.head("/log/tile/0/000", headers={"Origin": "https://member.example"})
    assert (head.content, head.headers["content-length"]) == (b"", "8192")
    assert head.headers["access-control-allow-origin"] == "*"
    refused(hub.ask("POST", "/log/checkpoint"), 405, "method-not-allowed")


def test_without_a_key_there_is_no_checkpoint_but_tiles(hub: Hub, key_file: Path) -> None:
    key_file.unlink()

    told = refused(hub.get("/log/checkpoint"), 404, "log-key-missing")

    assert "msif log init" in told["detail"]
    assert hub.get("/log/tile/0/000").status_code == 200
    assert hub.get("/log/tile/1/000.p/2").status_code == 200


def test_a_key_that_others_may_read_signs_nothing(hub: Hub, key_file: Path) -> None:
    key_file.chmod(0o644)
    refused(hub.get("/log/checkpoint"), 503, "log-key-unusable")
    key_file.chmod(0o600)
    assert hub.get("/log/checkpoint").status_code == 200


def test_a_ledger_with_a_hole_is_not_signed(hub: Hub) -> None:
    tamper(hub.world.engine, "DELETE FROM ledger WHERE seq = 600")

    refused(hub.get("/log/checkpoint"), 503, "ledger-broken")
    refused(hub.get("/log/tile/0/002.p/180"), 503, "ledger-broken")
    assert hub.get("/log/tile/0/001").status_code == 200


def test_an_empty_ledger_has_a_checkpoint_and_no_tile(
    sqlite_world: World, signer: SigningKey, key_file: Path
) -> None:
    tamper(sqlite_world.engine, "DELETE FROM ledger")
    with Promised(open_app(sqlite_world.engine, log_key_file=key_file)) as client:
        lines = client.get("/log/checkpoint").text.split("\n")
        assert lines[:3] == [ORIGIN, "0", b64encode(merkle.EMPTY).decode()]
        assert client.get("/log/tile/0/000.p/1").status_code == 404
        assert client.get("/log/tile/entries/000.p/1").status_code == 404
