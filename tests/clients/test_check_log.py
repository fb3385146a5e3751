"""clients/check_log.py: it finds whatever was done to a log, and nothing where nothing was."""

import importlib.util
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlmodel import col, select

from content.database import reading, writing
from content.ledger import LedgerRow, row_hash
from content.log import checkpoint, hashes, key, merkle, note
from content.log.note import SigningKey
from tests.api.hubs import open_app
from tests.content.log import vectors
from tests.ledgers import write
from tests.servers import in_thread
from tests.structure.sources import ROOT, imports
from tests.tampering import tamper

SCRIPT = ROOT / "clients" / "check_log.py"
ORIGIN = "hub.example.org/log"
SIZE = 700

Checked = tuple[int, str]


def loaded() -> Any:
    spec = importlib.util.spec_from_file_location("check_log", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_log = loaded()


@pytest.fixture
def signer(tmp_path: Path) -> SigningKey:
    return key.make(tmp_path / "log.key", ORIGIN)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """On SQLite where a test does not say otherwise: no program can tell what is behind HTTP,
    and tests/api/test_log.py has it on each.
    """
    made: Engine = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_engine")
    return made


on_both = pytest.mark.parametrize("engine", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def hub(engine: Engine) -> Engine:
    """A ledger of 700 rows."""
    write(engine, SIZE)
    return engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def check(
    engine: Engine,
    folder: Path,
    tmp_path: Path,
    signer: SigningKey,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Checked]:
    """Copy the log as it is served now, and check the copy; exit code and what was said."""

    def run(*more: str, copying: bool = True) -> Checked:
        if copying:
            with TestClient(
                open_app(engine, log_key_file=tmp_path / "log.key"), raise_server_exceptions=False
            ) as client:
                copy(client, folder)
        words = [str(folder), "--key", note.public_text(signer), "--state", str(tmp_path / "seen")]
        capsys.readouterr()
        return check_log.main([*words, *more]), capsys.readouterr().out

    return run


def copy(client: TestClient, folder: Path) -> None:
    """All that the hub serves; what it refuses is not there."""
    signed = client.get("/log/checkpoint")
    size = int(signed.text.split("\n")[1]) if signed.status_code == 200 else SIZE
    paths = ["checkpoint"]
    for level, many in (("entries", size), ("0", size), ("1", size // 256)):
        for number in range(-(-many // 256)):
            width = min(256, many - number * 256)
            paths.append(f"tile/{level}/{number:03d}" + (f".p/{width}" if width < 256 else ""))
    for path in paths:
        answer = client.get(f"/log/{path}")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).unlink(missing_ok=True)
        if answer.status_code == 200:
            (folder / path).write_bytes(answer.content)


# A log to which nothing was done


@on_both
def test_a_whole_log_holds_and_goes_on_from_there(
    hub: Engine, check: Callable[..., Checked], tmp_path: Path
) -> None:
    code, told = check()
    assert code == 0
    assert told.startswith(f"ok   signature: {ORIGIN}, 700 rows, root ")
    assert "so do 4 tiles" in told
    assert "history" not in told

    write(hub, 900)
    code, told = check()
    assert code == 0
    assert "history: it begins with the 700 rows that were seen before" in told
    assert (tmp_path / "seen").read_text().split("\n")[1] == "1600"

    code, told = check()
    assert code == 0
    assert not list(tmp_path.glob("*.refused"))


def test_each_row_is_found_in_it(hub: Engine, check: Callable[..., Checked]) -> None:
    with reading(hub) as session:
        rows = [session.get_one(LedgerRow, seq).hash for seq in (1, 256, 257, 700)]

    code, told = check(*(word for row in rows for word in ("--row", row)))

    assert code == 0
    for seq, row in zip((1, 256, 257, 700), rows, strict=True):
        assert f"{row}: row {seq} of 700, by a proof of" in told


def test_a_row_that_never_was_is_not(hub: Engine, check: Callable[..., Checked]) -> None:
    code, told = check("--row", "ab" * 32)

    assert code == 1
    assert told.endswith(f"BAD  row {'ab' * 32} is not in the log\n")


def test_logs_of_all_sizes_follow_from_each_other(
    engine: Engine, check: Callable[..., Checked]
) -> None:
    assert check()[0] == 0
    for rows in (1, 1, 253, 1, 1, 255, 1, 300):
        write(engine, rows)
        assert check()[0] == 0


# What can be done to a log


def rehash(engine: Engine, first: int) -> None:
    """Make the chain whole again from a row on, as whoever knows how it is made would."""
    with writing(engine) as session:
        previous = session.get_one(LedgerRow, first - 1).hash if first > 1 else "0" * 64
        rows = select(LedgerRow).where(col(LedgerRow.seq) >= first).order_by(col(LedgerRow.seq))
        for row in session.exec(rows).all():
            row.previous = previous
            row.hash = previous = row_hash(row)


def rewrite(engine: Engine) -> None:
    tamper(engine, "UPDATE ledger SET actor = 'nobody' WHERE seq = 17")
    rehash(engine, 17)


def rewrite_all(engine: Engine) -> None:
    """With the hashes that the log has kept."""
    rewrite(engine)
    tamper(engine, "DELETE FROM log_hash")


def rewrite_tail(engine: Engine) -> None:
    tamper(engine, "UPDATE ledger SET actor = 'nobody' WHERE seq = 650")
    rehash(engine, 650)


def delete_and_close_up(engine: Engine) -> None:
    tamper(
        engine,
        "DELETE FROM ledger WHERE seq = 17",
        "UPDATE ledger SET seq = -seq WHERE seq > 17",
        "UPDATE ledger SET seq = -seq - 1 WHERE seq < 0",
    )
    rehash(engine, 17)


def delete_and_close_up_all(engine: Engine) -> None:
    delete_and_close_up(engine)
    tamper(engine, "DELETE FROM log_hash")
    write(engine, 1)


def roll_back(engine: Engine) -> None:
    tamper(engine, "DELETE FROM ledger WHERE seq > 690")


def fork(engine: Engine) -> None:
    roll_back(engine)
    write(engine, 10, "otherwise")


def fork_and_go_on(engine: Engine) -> None:
    roll_back(engine)
    write(engine, 700, "otherwise")


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        (rewrite, "the entries do not give the root that is signed"),
        (rewrite_all, "the log was forked: two roots are signed for 700 rows"),
        (rewrite_tail, "the log was forked: two roots are signed for 700 rows"),
        (delete_and_close_up, "the entries do not give the root that is signed"),
        (delete_and_close_up_all, "the log was forked: two roots are signed for 700 rows"),
        (roll_back, "the log was rolled back: 700 rows were signed, now 690"),
        (fork, "the log was forked: two roots are signed for 700 rows"),
        (fork_and_go_on, "the log was rewritten: it does not begin with the 700 rows seen"),
    ],
)
def test_what_was_done_to_the_ledger_is_found(
    hub: Engine,
    check: Callable[..., Checked],
    tmp_path: Path,
    attack: Callable[[Engine], None],
    words: str,
) -> None:
    assert check()[0] == 0
    before = (tmp_path / "seen").read_text()
    attack(hub)

    code, told = check()

    assert code == 1
    assert told.endswith(f"BAD  {words}\n")
    assert (tmp_path / "seen").read_text() == before
    refused = (tmp_path / "seen.refused").read_text()
    assert refused != before
    assert refused.startswith(ORIGIN)


def test_a_row_rewritten_is_found_by_who_never_looked_before(
    hub: Engine, check: Callable[..., Checked]
) -> None:
    hashes.catch_up(hub)
    rewrite(hub)

    code, told = check()

    assert code == 1
    assert told.endswith("BAD  the entries do not give the root that is signed\n")


def test_a_row_deleted_is_told_by_the_hub_itself(
    hub: Engine, signer: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hashes.catch_up(hub)
    tamper(hub, "DELETE FROM ledger WHERE seq = 17")
    with served(hub, tmp_path / "log.key") as address:
        code = check_log.main([address, "--key", note.public_text(signer)])
    assert code == 1
    assert capsys.readouterr().out.endswith("BAD  the hub itself says that its ledger is broken\n")


@pytest.mark.parametrize("level", ["entries", "0", "1"])
def test_one_bit_of_any_tile_is_found(
    hub: Engine, check: Callable[..., Checked], folder: Path, level: str
) -> None:
    assert check()[0] == 0
    for path in sorted(one for one in (folder / "tile" / level).rglob("*") if one.is_file()):
        body = path.read_bytes()
        for at in (0, len(body) // 2, len(body) - 1):
            path.write_bytes(body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :])
            assert check(copying=False)[0] == 1, path
        path.write_bytes(body[:-1])
        assert check(copying=False)[0] == 1, path
        path.unlink()
        code, told = check(copying=False)
        assert (code, "and is not served" in told) == (1, True)
        path.write_bytes(body)
    assert check(copying=False)[0] == 0


# The checkpoint


def test_forged_checkpoints_are_refused(
    sqlite_engine: Engine, signer: SigningKey, tmp_path: Path
) -> None:
    public = check_log.read_key(note.public_text(signer))
    write(sqlite_engine, 5)
    with reading(sqlite_engine) as session:
        good = checkpoint.sign(session, signer)
        root = hashes.root(session, 5)
    assert check_log.read_checkpoint(good, public).root == root

    thief = SigningKey(ORIGIN, b"\x01" * 32)
    other = SigningKey("other.example/log", signer.seed)
    body = good.partition("\n\n")[0] + "\n"
    stolen = thief.sign(body).partition("\n\n")[2]
    relabelled = body + "\n" + f"— {ORIGIN} " + swapped(stolen, signer.identifier) + "\n"
    encoded = b64encode(root).decode()
    for forged, words in (
        (good.replace("\n5\n", "\n6\n"), "forged"),
        (thief.sign(body), "not signed by"),
        (other.sign(body), "not signed by"),
        (relabelled, "forged"),
        (good + relabelled.partition("\n\n")[2], "forged"),
        (body, "no signed note"),
        (body + "\n", "no signed note"),
        (good[:-1], "no signed note"),
        (good + "more\n", "no signed note"),
        (good.replace("— ", "- "), "no signed note"),
        (good.replace("5", "5\r", 1), "no signed note"),
        ("", "no signed note"),
        (signer.sign(f"other.example/log\n5\n{encoded}\n"), "of another log"),
        (signer.sign(f"{ORIGIN}\n05\n{encoded}\n"), "says no size"),
        (signer.sign(f"{ORIGIN}\n-5\n{encoded}\n"), "says no size"),
        (signer.sign(f"{ORIGIN}\n٥\n{encoded}\n"), "says no size"),
        (signer.sign(f"{ORIGIN}\n5\n"), "says no size"),
        (signer.sign(f"{ORIGIN}\n5\n{encoded[:-8]}\n"), "no "),
        (signer.sign(f"{ORIGIN}\n5\n{encoded[:-4]}AAA=AAAA\n"), "no "),
    ):
        with pytest.raises(check_log.Refused, match=words):
            check_log.read_checkpoint(forged, public)


def swapped(line: str, identifier: bytes) -> str:
    """A signature under another key's identifier."""
    encoded = line.split()[2]
    return b64encode(identifier + check_log.decoded(encoded)[4:]).decode()


def test_signatures_of_others_and_more_lines_are_passed_over(signer: SigningKey) -> None:
    public = check_log.read_key(note.public_text(signer))
    body = f"{ORIGIN}\n0\n{b64encode(merkle.EMPTY).decode()}\nan extension\n"
    witness = SigningKey("witness.example", b"\x02" * 32).sign(body).partition("\n\n")[2]
    found = check_log.read_checkpoint(signer.sign(body) + witness, public)
    assert (found.size, found.root) == (0, merkle.EMPTY)


def test_published_notes() -> None:
    peter, enoch = check_log.read_key(vectors.PETER), check_log.read_key(vectors.ENOCH)
    signed = f"{vectors.NOTE_TEXT}\n{vectors.PETER_SIGNATURE}{vectors.ENOCH_SIGNATURE}"
    assert check_log.signed_text(signed, peter) == vectors.NOTE_TEXT
    assert check_log.signed_text(signed, enoch) == vectors.NOTE_TEXT
    sumdb = check_log.read_key(vectors.SUM_GOLANG_ORG)
    text_of_sumdb = check_log.signed_text(vectors.SUM_GOLANG_ORG_NOTE, sumdb)
    assert text_of_sumdb == vectors.SUM_GOLANG_ORG_NOTE.partition("\n\n")[0] + "\n"


@pytest.mark.parametrize(
    "public",
    [*vectors.BAD_PUBLIC, vectors.PETER[:-1], vectors.PETER[1:], vectors.PETER + "=", "", "a+b"],
)
def test_what_is_no_key_is_refused(public: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64|padd"):
        check_log.read_key(public)


# The tree, by itself


def test_its_tree_and_proofs_are_those_that_were_published() -> None:
    leaves = [merkle.leaf_hash(entry) for entry in vectors.ENTRIES]
    for size in range(1, 9):
        tree = check_log.Tree(leaves[:size])
        assert tree.root(0, size) == vectors.ROOTS[size - 1]
    for (leaf, size), published in vectors.INCLUSION.items():
        tree = check_log.Tree(leaves[:size])
        assert list(tree.audit_path(leaf - 1, 0, size)) == vectors.proof(published)
    for (old, size), published in vectors.CONSISTENCY.items():
        tree = check_log.Tree(leaves[:size])
        assert list(tree.consistency(old, 0, size)) == vectors.proof(published)
    assert check_log.includes(
        vectors.ARGON_LEAF,
        vectors.ARGON_INDEX,
        vectors.ARGON_SIZE,
        vectors.ARGON_INCLUSION,
        vectors.ARGON_ROOT,
    )
    old = check_log.Checkpoint("", vectors.ARGON_OLD_SIZE, vectors.ARGON_OLD_ROOT)
    new = check_log.Checkpoint("", vectors.ARGON_SIZE, vectors.ARGON_ROOT)
    assert check_log.begins_with(old, new, vectors.ARGON_CONSISTENCY)
    assert not check_log.begins_with(old, new, vectors.ARGON_CONSISTENCY[:-1])
    assert not check_log.begins_with(old, new, [])


def test_two_programs_make_the_same_tree_of_three_levels() -> None:
    leaves = [merkle.leaf_hash(str(number).encode()) for number in range(66_000)]
    tree = check_log.Tree(leaves)
    assert [len(level) for level in tree.levels] == [66_000, 257, 1]
    assert tree.root(0, 66_000) == merkle.root(leaves)
    assert list(tree.audit_path(40_000, 0, 66_000)) == merkle.inclusion_proof(leaves, 40_000)
    assert list(tree.consistency(300, 0, 66_000)) == merkle.consistency_proof(leaves, 300)


def test_it_knows_nothing_of_the_hubs_program() -> None:
    path = PurePosixPath("clients/check_log.py")
    found = {one.imported.partition(".")[0] for one in imports(SCRIPT.read_text("utf-8"), path)}
    assert found - set(sys.stdlib_module_names) == {"cryptography"}


# Over HTTP, as a program


@contextmanager
def served(engine: Engine, key_file: Path) -> Iterator[str]:
    app = open_app(engine, log_key_file=key_file)
    with in_thread(app) as hub:
        yield hub


def test_the_program_reads_a_hub(sqlite_engine: Engine, signer: SigningKey, tmp_path: Path) -> None:
    write(sqlite_engine, SIZE)

    def run(where: str, *more: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, str(SCRIPT), where, "--key", note.public_text(signer), *more]
        return subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)

    with served(sqlite_engine, tmp_path / "log.key") as address:
        ended = run(f"{address}/", "--state", "seen")
        assert (ended.returncode, ended.stdout.count("ok ")) == (0, 2)
        write(sqlite_engine, 10)
        ended = run(f"{address}/log", "--state", "seen")
        assert (ended.returncode, ended.stdout.count("ok ")) == (0, 3)
        (tmp_path / "log.key").unlink()
        ended = run(address)
        assert ended.returncode == 3
        assert ended.stdout.startswith("???  nothing is known, it could not be read: http://127")
    assert run(str(tmp_path / "nowhere")).returncode == 3
    for wrong in (["--row", "x"], ["--state", str(SCRIPT)], ["--key", "x"], ["--more"]):
        ended = run(str(tmp_path), *wrong)
        assert ended.returncode == 2
        assert "error: " in ended.stderr
