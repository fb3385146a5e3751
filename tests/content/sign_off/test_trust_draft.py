"""Trust files as they are prepared: who is in them, and what could not hold."""

import json
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import rfc8785

from clients import verify as member
from content import clock
from content.database import writing
from content.errors import TrustRefused
from content.log.note import SigningKey
from content.people import passkey, person
from content.people.registration import RelyingParty
from content.sign_off import trust_draft, trust_file
from content.sign_off.trust_draft import Draft
from content.sign_off.trust_file import Trust
from tests.keys import PARTY, REGISTRARS, SIGNERS
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LOG = SigningKey("hub.example.org/log", bytes(32))


def current(world: World) -> Trust:
    with world.reading() as session:
        return trust_file.required(session, world.policy.pinned)


def made(world: World, draft: Draft, before: Trust | None = None) -> dict[str, Any]:
    with world.reading() as session:
        body = trust_draft.write(session, draft, before)
    told: dict[str, Any] = json.loads(body)
    assert rfc8785.dumps(told) == body
    return told


def refused(world: World, draft: Draft, before: Trust | None = None) -> TrustRefused:
    with pytest.raises(TrustRefused) as raised:
        made(world, draft, before)
    return raised.value


def test_whoever_holds_a_signing_role_and_a_key_is_in_it(sqlite_world: World) -> None:
    told = made(sqlite_world, sqlite_world.trust_draft())
    assert told["kind"] == "msif.trust/1"
    assert (told["version"], told["previous"]) == (1, None)
    board = told["roles"]["board"]
    assert board == {"people": ["board-1", "board-2", "board-3", "board-4"], "threshold": 3}
    assert set(told["roles"]) == {
        "board",
        *(f"language-reviewer:{one}" for one in ("fr", "it", "de")),
    }
    assert set(told["people"]) == {one for role in told["roles"].values() for one in role["people"]}
    assert (told["created"], told["expires"]) == (TODAY, "2028-11-22T09:00:00Z")
    assert told["registrars"] == REGISTRARS
    assert told["log"] is None
    assert member.trust_file(rfc8785.dumps(told), [], TODAY)["version"] == 1


def test_a_key_that_was_taken_away_and_a_role_that_was_taken_back_are_not(
    sqlite_world: World,
) -> None:
    with writing(sqlite_world.engine) as session:
        passkey.remove(session, SIGNERS.authenticators["board-1"].credential, by="operator")
        person.revoke(session, "board-2", "board", by="operator")
    draft = replace(sqlite_world.trust_draft(), thresholds={"board": 2})
    assert made(sqlite_world, draft)["roles"]["board"]["people"] == ["board-3", "board-4"]


def test_somebody_can_be_left_out_before_they_lose_their_role(sqlite_world: World) -> None:
    draft = replace(sqlite_world.trust_draft(), without=frozenset({"board-4"}))
    told = made(sqlite_world, draft)
    assert told["roles"]["board"]["people"] == ["board-1", "board-2", "board-3"]
    assert "board-4" not in told["people"]


def test_the_next_one_follows_and_keeps_the_thresholds(sqlite_world: World) -> None:
    before = current(sqlite_world)
    told = made(sqlite_world, replace(sqlite_world.trust_draft(), thresholds={}), before)
    assert (told["version"], told["previous"]) == (2, before.sha256)
    assert told["roles"]["board"]["threshold"] == 3
    assert made(sqlite_world, Draft(PARTY, REGISTRARS))["roles"]["board"]["threshold"] == 1


def test_a_threshold_of_one_language_wins_over_that_of_all(sqlite_world: World) -> None:
    asked = {"board": 3, "language-reviewer": 1, "language-reviewer:fr": 2}
    roles = made(sqlite_world, replace(sqlite_world.trust_draft(), thresholds=asked))["roles"]
    assert roles["language-reviewer:fr"]["threshold"] == 2
    assert roles["language-reviewer:it"]["threshold"] == 1


def test_the_same_draft_gives_the_same_bytes_later(sqlite_world: World) -> None:
    draft = sqlite_world.trust_draft()
    later = replace(draft, made=clock.now() + timedelta(minutes=5))
    assert made(sqlite_world, draft) == made(sqlite_world, draft)
    assert made(sqlite_world, later) != made(sqlite_world, draft)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"days": 0}, "1 to 3,650 days"),
        ({"days": 3_651}, "1 to 3,650 days"),
        ({"registrars": {}}, "--registrar-key"),
        ({"thresholds": {"board": 0}}, "board asks for 0 signatures"),
        ({"thresholds": {"board": 5}}, "and 4 people have a passkey"),
        ({"thresholds": {"bord": 2}}, "Nobody with a passkey holds the role bord"),
        ({"thresholds": {"language-reviewer:pl": 1}}, "the role language-reviewer:pl"),
        ({"without": frozenset({f"board-{one}" for one in range(1, 5)})}, "Nobody of the board"),
    ],
)
def test_what_could_not_hold_is_refused(
    sqlite_world: World, changes: dict[str, Any], why: str
) -> None:
    draft = replace(sqlite_world.trust_draft(), **changes)
    assert why in refused(sqlite_world, draft).message


def test_it_stays_small_enough_to_be_read(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust_draft, "PEOPLE_MAX", 3)
    assert "at most 3 people" in refused(sqlite_world, sqlite_world.trust_draft()).message
    monkeypatch.setattr(trust_draft, "PEOPLE_MAX", 1_000)
    monkeypatch.setattr(trust_draft, "HONOURS_MAX", 1)
    with sqlite_world.reading() as session, pytest.raises(TrustRefused, match="honours 1 "):
        trust_draft.write(session, sqlite_world.trust_draft(), None, frozenset({"a", "b"}))


@pytest.mark.parametrize(
    "party",
    [
        RelyingParty("example.org", PARTY.origins),
        RelyingParty(PARTY.rp_id, ("https://signoff.example.org",)),
    ],
)
def test_the_page_does_not_move_from_under_the_board(
    sqlite_world: World, party: RelyingParty
) -> None:
    """As where somebody types `msif trust replace` without the hub's settings."""
    draft = replace(sqlite_world.trust_draft(), party=party)
    assert (
        "no signature could count for both"
        in refused(sqlite_world, draft, current(sqlite_world)).message
    )


def test_another_page_may_come_beside_the_one_that_is_known(sqlite_world: World) -> None:
    party = RelyingParty(PARTY.rp_id, ("https://localhost", *PARTY.origins))
    draft = replace(sqlite_world.trust_draft(), party=party)
    before = current(sqlite_world)
    told = made(sqlite_world, draft, before)
    assert trust_draft.differences(told, before.told) == [
        "  origins: http://localhost:8000 -> https://localhost, http://localhost:8000",
        "  honours 0 statements, expires 2028-11-22T09:00:00Z",
    ]


def test_the_first_one_is_told_whole(sqlite_world: World) -> None:
    draft = replace(sqlite_world.trust_draft(), log=trust_draft.log_of(LOG))
    told = made(sqlite_world, draft)
    lines = trust_draft.differences(told, None)
    (key,) = told["people"]["board-1"]["keys"].values()
    number = passkey.fingerprint(b64decode(key["spki"]))
    assert lines[0] == f"+ person board-1: Board-1, Organisation of board-1 ({number})"
    assert "  role board: 3 of board-1, board-2, board-3, board-4" in lines
    assert [line for line in lines if line.startswith("+ registrar r-")]
    assert lines[-4:-1] == [
        "  rp_id: localhost",
        "  origins: http://localhost:8000",
        f"  log: {told['log']['key']}",
    ]
    assert told["log"]["origin"] == LOG.name


def test_what_changes_is_told_line_by_line(sqlite_world: World) -> None:
    before = current(sqlite_world)
    told = json.loads(json.dumps(made(sqlite_world, sqlite_world.trust_draft(), before)))
    del told["people"]["board-4"]
    told["roles"]["board"] = {"people": ["board-1", "board-2", "board-3"], "threshold": 2}
    del told["roles"]["language-reviewer:it"]
    told["people"]["board-1"]["keys"] = {}
    told["registrars"] = {"r-new": {}}
    told["log"] = {"origin": "o", "key": "o+1+A"}
    lines = trust_draft.differences(told, before.told)
    (old,) = REGISTRARS
    assert lines[0] == "  person board-1: Board-1, Organisation of board-1 ()"
    assert lines[1].startswith("- person board-4: Board-4, Organisation of board-4 (")
    assert lines[2:4] == [
        "  role board: 3 of board-1, board-2, board-3, board-4 -> 2 of board-1, board-2, board-3",
        "  role language-reviewer:it: 1 of language-1-it, language-2-it -> none",
    ]
    assert set(lines[4:6]) == {f"- registrar {old}", "+ registrar r-new"}
    assert "  log: none -> o+1+A" in lines
