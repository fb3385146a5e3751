"""`msif trust`: setting a trust file up, the next one, the pin, and what the operator is told."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typer
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from time_machine import TimeMachineFixture

from content import database
from content.database import writing
from content.people import person
from content.sign_off import registrar, rotation, short_code, trust_file
from content.sign_off.trust_file import TrustFile
from tests.content.cli.terminal import Terminal
from tests.keys import REGISTRAR, SIGNERS
from tests.reader import TODAY
from tests.world import PEOPLE, SIGNING, World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

BOARD = ("board-1", "board-2", "board-3")


@pytest.fixture
def bare(empty_sqlite: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A hub whose signers have passkeys, and no trust file yet."""
    shutil.copyfile(empty_sqlite, tmp_path / "content.db")
    engine = database.connect(f"sqlite:///{tmp_path / 'content.db'}")
    world = World(engine)
    world.enter()
    with writing(engine) as session:
        for name, roles in PEOPLE.items():
            if any(role.startswith(SIGNING) for role in roles):
                SIGNERS.register(session, name, by="operator")
    yield Terminal(tmp_path, world)
    engine.dispose()


def accepted(terminal: Terminal) -> list[TrustFile]:
    with terminal.world.reading() as session:
        return trust_file.accepted(session)


def waiting(terminal: Terminal) -> TrustFile | None:
    with terminal.world.reading() as session:
        return rotation.proposal(session)


def proposed(terminal: Terminal) -> dict[str, Any]:
    row = waiting(terminal)
    assert row is not None
    return dict(json.loads(row.body))


def pin_file(terminal: Terminal) -> Path:
    return terminal.folder / "keys" / "trust.pin"


def hold(terminal: Terminal, *people: str) -> None:
    """Let these sign what waits, until it holds."""
    row = waiting(terminal)
    assert row is not None
    policy = terminal.world.policy
    with writing(terminal.world.engine) as session:
        again = trust_file.find(session, row.sha256)
        held = [
            SIGNERS.sign_trust(session, person.actor(session, one), again, policy)
            for one in people or BOARD
        ]
    assert held[-1]


# The first


def test_the_first_one_is_shown_agreed_to_kept_and_pinned(bare: Terminal) -> None:
    kid = bare.says("trust", "key").split()[0]
    told = bare.says("trust", "init", typed="y\n")
    (row,) = accepted(bare)
    assert "+ person board-1: Board-1, Organisation of board-1 (" in told
    assert "role board: 3 of board-1, board-2, board-3, board-4" in told
    assert f"+ registrar {kid}" in told
    assert "origins: http://localhost:8000" in told
    assert "Is each of these keys its person's own? [y/N]" in told
    assert f"{row.sha256}  trust file 1, pinned in {pin_file(bare)}" in told
    assert pin_file(bare).read_text() == f"{row.sha256}\n"
    raw = bare.run("trust", "show", "1", "--raw").stdout_bytes
    assert (raw, sha256(raw).hexdigest()) == (row.body, row.sha256)


def test_whoever_says_no_sets_nothing_up(bare: Terminal) -> None:
    bare.says("trust", "key")
    assert bare.run("trust", "init", typed="n\n").exit_code == 1
    assert accepted(bare) == []
    assert not pin_file(bare).exists()


def somebody_leaves(terminal: Terminal) -> Callable[[str], bool]:
    """An operator who says yes in the end; by then one of the board is gone."""

    def answer(_question: str) -> bool:
        with writing(terminal.world.engine) as session:
            person.revoke(session, "board-4", "board", by="operator")
        return True

    return answer


def test_nobody_waits_while_the_operator_telephones(
    bare: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was changed meanwhile was not agreed to."""
    bare.says("trust", "key")

    monkeypatch.setattr(typer, "confirm", somebody_leaves(bare))
    assert bare.refuses("trust", "init").startswith("state-has-moved: People, keys or texts")
    assert accepted(bare) == []
    assert not pin_file(bare).exists()


def test_there_has_to_be_a_key_and_it_is_made_once(bare: Terminal) -> None:
    assert "`msif trust key` makes one" in bare.refuses("trust", "init", "--yes")
    made = bare.says("trust", "key")
    assert made == f"{made.split()[0]}  {bare.folder / 'keys' / 'registrar.key'}\n"
    assert bare.refuses("trust", "key").startswith("already-there: ")


@pytest.mark.parametrize(
    ("threshold", "why"),
    [
        ("board=9", "board asks for 9 signatures, and 4 people have a passkey"),
        ("board=0", "board asks for 0 signatures"),
        ("bord=2", "Nobody with a passkey holds the role bord"),
        ("board", "Write a threshold like board=3, not board"),
        ("=3", "not =3"),
        ("board=three", "not board=three"),
        ("board=-1", "not board=-1"),
        ("board=²", "not board=²"),
    ],
)
def test_a_first_one_that_could_not_hold_is_refused(
    bare: Terminal, threshold: str, why: str
) -> None:
    bare.says("trust", "key")
    assert why in bare.refuses("trust", "init", "--yes", "--threshold", threshold)
    assert accepted(bare) == []
    assert not pin_file(bare).exists()


def test_it_names_the_log_where_there_is_one(bare: Terminal) -> None:
    public = bare.says("log", "init", "--origin", "hub.example.org/log").strip()
    bare.says("trust", "key")
    assert f"log: {public}" in bare.says("trust", "init", "--yes", "--days", "30")
    (row,) = accepted(bare)
    told = json.loads(row.body)
    assert told["log"] == {"origin": "hub.example.org/log", "key": public}
    assert told["expires"] == "2026-12-23T09:00:00Z"


def test_a_pin_of_another_hub_stops_it_before_anything_is_kept(bare: Terminal) -> None:
    """An empty database in the place of the true one must not get a board of its own."""
    bare.says("trust", "key")
    pin_file(bare).write_text("ab" * 32)
    assert "this may be the wrong database" in bare.refuses("trust", "init", "--yes")
    assert accepted(bare) == []
    assert pin_file(bare).read_text() == "ab" * 32


def test_it_is_set_up_once(terminal: Terminal) -> None:
    told = terminal.refuses("trust", "init", "--yes")
    assert told.startswith("already-there: There is a trust file already: `msif trust replace`")
    assert len(accepted(terminal)) == 1


# The pin


def test_what_was_stopped_before_its_pin_is_pinned_by_hand(terminal: Terminal) -> None:
    """As where `init` is killed between its commit and its last line."""
    (row,) = accepted(terminal)
    pin_file(terminal).unlink()
    assert "`msif trust pin` pins the first one" in terminal.refuses("trust", "init", "--yes")
    assert "pinned      no; `msif trust pin DIGEST`" in terminal.says("trust", "show")
    assert "BAD  trust file: 1, until 2028-11-" in terminal.run("doctor").stdout

    told = terminal.says("trust", "pin", row.sha256)
    assert told == f"{row.sha256} is pinned in {pin_file(terminal)}.\n"
    assert f"pinned      {row.sha256} in {pin_file(terminal)}" in terminal.says("trust", "show")
    assert terminal.says("trust", "pin", row.sha256) == told


def test_the_pin_is_the_digest_that_one_was_given(terminal: Terminal) -> None:
    (row,) = accepted(terminal)
    pin_file(terminal).unlink()
    told = terminal.refuses("trust", "pin", "ab" * 32)
    assert f"Trust file 1 of this hub is {row.sha256}, not abab" in told
    assert not pin_file(terminal).exists()


def test_there_is_nothing_to_pin_or_to_replace_yet(bare: Terminal) -> None:
    assert bare.refuses("trust", "pin", "ab" * 32).startswith("trust-file-not-found: ")
    bare.says("trust", "key")
    for words in (("replace", "--yes"), ("show",)):
        assert "`msif trust init` sets it up" in bare.refuses("trust", *words)
    assert "trust file: none yet; `msif trust init` sets it up" in bare.run("doctor").stdout


def test_a_database_with_another_board_is_not_believed(terminal: Terminal) -> None:
    pin_file(terminal).write_text("ab" * 32)
    assert terminal.refuses("trust", "show").startswith("trust-broken: The first trust file is not")
    doctor = terminal.run("doctor").stdout
    assert "BAD  trust file: The first trust file is not the one that this machine pins." in doctor
    assert "registrar: " not in doctor


# The next


def test_the_next_one_is_shown_put_to_signature_and_given_up(terminal: Terminal) -> None:
    with writing(terminal.world.engine) as session:
        person.revoke(session, "board-4", "board", by="operator")
    told = terminal.says("trust", "replace", typed="y\n")
    row = waiting(terminal)
    assert row is not None
    assert "- person board-4: Board-4" in told
    assert "role board: 3 of board-1, board-2, board-3, board-4 -> 3 of board-1" in told
    assert f"{row.sha256}  trust file 2: {short_code.of(row.sha256)}\n" in told
    assert told.endswith(f"Signed at http://localhost:8000/signing/trust/{row.sha256}\n")
    assert "own key" not in told

    with writing(terminal.world.engine) as session:
        again = trust_file.find(session, row.sha256)
        actor = person.actor(session, "board-1")
        SIGNERS.sign_trust(session, actor, again, terminal.world.policy)
    shown = terminal.says("trust", "show")
    assert "trust file  1 (accepted)" in shown
    assert f"waits       2 ({row.sha256})" in shown
    assert f"signed      board-1, {TODAY}" in shown

    assert terminal.says("trust", "give-up") == f"Trust file 2 ({row.sha256[:12]}) is given up.\n"
    assert "No trust file waits" in terminal.refuses("trust", "give-up")
    assert "No trust file waits" in terminal.refuses("trust", "sign", by="board-1")


def test_whoever_says_no_proposes_nothing(terminal: Terminal) -> None:
    assert terminal.run("trust", "replace", typed="n\n").exit_code == 1
    assert waiting(terminal) is None


def test_what_changed_while_it_was_looked_at_is_not_proposed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typer, "confirm", somebody_leaves(terminal))
    assert terminal.refuses("trust", "replace").startswith("state-has-moved: ")
    assert waiting(terminal) is None


def test_who_leaves_signs_the_file_that_leaves_them_out(terminal: Terminal) -> None:
    """Three of four have to sign: one is ill, one leaves, and the other two are too few."""
    terminal.says("trust", "replace", "--yes", "--without", "board-3", "--threshold", "board=2")
    assert "board-3" not in proposed(terminal)["people"]
    hold(terminal, "board-1", "board-2", "board-3")
    assert [row.version for row in accepted(terminal)] == [1, 2]
    unknown = terminal.refuses("trust", "replace", "--yes", "--without", "nobody")
    assert unknown.startswith("person-not-found: ")


def test_a_stolen_registrars_key_is_replaced(terminal: Terminal) -> None:
    new = terminal.folder / "keys" / "registrar-2.key"
    kid = terminal.says("trust", "key", "--file", new).split()[0]
    told = terminal.says(
        "trust", "replace", "--yes", "--registrar-key", new, "--drop-registrar", REGISTRAR.kid
    )
    assert f"+ registrar {kid}" in told
    assert f"- registrar {REGISTRAR.kid}" in told
    assert f"It does not name this machine's key ({REGISTRAR.kid})" in told
    assert list(proposed(terminal)["registrars"]) == [kid]
    hold(terminal)

    assert f"own key     {REGISTRAR.kid}" in terminal.says("trust", "show")
    assert f"BAD  registrar: {REGISTRAR.kid}" in terminal.run("doctor").stdout
    new.replace(terminal.folder / "keys" / "registrar.key")
    assert f"own key     {kid}" in terminal.says("trust", "show")
    assert f"ok   registrar: {kid}" in terminal.run("doctor").stdout


def test_a_lost_registrars_key_is_replaced(terminal: Terminal) -> None:
    file = terminal.folder / "keys" / "registrar.key"
    file.unlink()
    assert "own key     There is no registrar's key" in terminal.says("trust", "show")
    assert "BAD  registrar: There is no registrar's key" in terminal.run("doctor").stdout
    assert terminal.run("trust", "replace", "--yes").exit_code == 0
    kid = terminal.says("trust", "key").split()[0]
    terminal.says(
        "trust", "replace", "--yes", "--registrar-key", file, "--drop-registrar", REGISTRAR.kid
    )
    assert list(proposed(terminal)["registrars"]) == [kid]


def test_a_second_machines_key_is_named_by_its_public_half(terminal: Terminal) -> None:
    key, half = terminal.folder / "b.key", terminal.folder / "b.pem"
    made = registrar.make(key)
    public = made.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    half.write_bytes(public)  # as `openssl pkey -pubout` does
    terminal.says("trust", "replace", "--yes", "--registrar-key", half)
    assert set(proposed(terminal)["registrars"]) == {REGISTRAR.kid, made.kid}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--drop-registrar", "r-nope"), "names no registrar's key r-nope"),
        (("--drop-registrar", REGISTRAR.kid), "name one with --registrar-key"),
        (("--registrar-key", "/nowhere"), "There is no /nowhere"),
        (("--drop-honour", "ab" * 32), "rests on statement abab"),
        (("--threshold", "bord=2"), "the role bord"),
    ],
)
def test_a_next_one_that_is_a_slip_is_refused(
    terminal: Terminal, words: tuple[str, ...], why: str
) -> None:
    assert why in terminal.refuses("trust", "replace", "--yes", *words)
    assert waiting(terminal) is None


def test_the_hubs_settings_have_to_be_those_of_the_hub(terminal: Terminal) -> None:
    terminal.env["MSIF_SIGNING_ORIGINS"] = "https://signoff.example.org"
    told = terminal.refuses("trust", "replace", "--yes")
    assert told.startswith(
        "trust-refused: The board before signs for localhost on http://localhost"
    )


@pytest.mark.begins_with("en")
def test_what_stands_is_honoured_unless_it_is_dropped(terminal: Terminal) -> None:
    terminal.says("trust", "replace", "--yes")
    honoured = proposed(terminal)["honours"]
    assert len(honoured) >= 1
    told = terminal.says("trust", "replace", "--yes", "--drop-honour", honoured[0])
    assert "- statement 2026-0001: when this file holds, 3 texts are refused, and all" in told
    assert proposed(terminal)["honours"] == honoured[1:]


def test_a_file_that_is_over_is_replaced_all_the_same(
    terminal: Terminal, time_machine: TimeMachineFixture
) -> None:
    until = json.loads(accepted(terminal)[0].body)["expires"]
    over = datetime.fromisoformat(until)
    assert f"ok   trust file: 1, until {until}" in terminal.run("doctor").stdout
    time_machine.move_to(over - timedelta(days=60, seconds=1), tick=False)
    assert f"ok   trust file: 1, until {until}" in terminal.run("doctor").stdout
    time_machine.move_to(over - timedelta(days=60), tick=False)
    assert f"BAD  trust file: 1, until {until}" in terminal.run("doctor").stdout
    time_machine.move_to(over, tick=False)
    terminal.says("trust", "replace", "--yes")
    hold(terminal)
    assert "ok   trust file: 2, until 2030-11-" in terminal.run("doctor").stdout


def test_an_older_one_can_be_looked_at(terminal: Terminal) -> None:
    first = accepted(terminal)[0]
    terminal.says("trust", "replace", "--yes")
    hold(terminal)
    assert f"sha256      {first.sha256}" in terminal.says("trust", "show", "1")
    second = json.loads(terminal.says("trust", "show", "2", "--raw"))
    assert set(second) == {"statement", "signatures"}
    assert terminal.refuses("trust", "show", "3").startswith("trust-file-not-found: ")


# Signing, in a demonstration


def test_a_demonstration_signs_with_keys_in_software(demonstration: Terminal) -> None:
    demonstration.env["MSIF_PORT"] = "9000"  # served elsewhere than where it was prepared
    demonstration.env["MSIF_SIGNING_ORIGINS"] = "http://localhost:9000,http://localhost:8000"
    demonstration.says("trust", "replace", "--yes")
    said = [demonstration.says("trust", "sign", by=one) for one in BOARD]
    assert said == ["Trust file 2 waits for more.\n"] * 2 + ["Trust file 2 holds now.\n"]
    assert len(accepted(demonstration)) == 2


def test_elsewhere_people_sign_with_their_own_keys(terminal: Terminal) -> None:
    terminal.says("trust", "replace", "--yes")
    row = waiting(terminal)
    assert row is not None
    told = terminal.refuses("trust", "sign", by="board-1")
    assert told == (
        "not-a-demonstration: People sign with their own keys, on this page: "
        f"http://localhost:8000/signing/trust/{row.sha256}\n"
    )


def test_a_demonstration_without_its_keys_names_the_page(demonstration: Terminal) -> None:
    (demonstration.folder / "demo" / "authenticators.json").unlink()
    demonstration.says("trust", "replace", "--yes")
    assert "http://localhost:8000/signing/trust/" in demonstration.refuses(
        "trust", "sign", by="board-1"
    )
