"""Signing in with a passkey, and showing by it again that it is you before you decide."""

import html
import json
import re
from typing import Any

import pytest
import time_machine
from fastapi import Request, Response
from fastapi.testclient import TestClient

from api.desk.doors import DecidingRoute
from content.b64u import b64u, read_b64u
from content.database import reading, writing
from content.people import passkey, passkey_proof, person
from content.people import session as sessions
from content.people.ceremony import CHALLENGE_PREFIX, MINUTES
from content.people.session import PROOF_MINUTES
from content.publication import forgetting
from content.samples import authenticator
from tests.api.desk.browser import COOKIE, ORIGIN, Browser
from tests.api.hubs import Hub
from tests.keys import PARTY, SIGNERS

PAGE = PARTY.origins[0]
#: What stands where bytes are wanted.
WRONG: tuple[object, ...] = ("", "!", "AA", 5, None, [], "A" * 3_000)
#: What makes sign-in fail is told in one sentence.
FAILED = "something of it is not right"


def challenge(browser: TestClient, path: str = "/desk/sign-in/passkey/options") -> bytes:
    answer = browser.post(path, headers={"Origin": ORIGIN})
    assert answer.status_code == 200, answer.text
    asked = answer.json()
    assert (asked["rpId"], asked["userVerification"]) == (PARTY.rp_id, "required")
    return read_b64u(asked["challenge"])


def answered(who: str, to: bytes, **more: Any) -> dict[str, Any]:
    """What the device of somebody answers; it says whose the key is."""
    made: dict[str, Any] = SIGNERS.authenticators[who].get(
        to, more.pop("rp_id", PARTY.rp_id), more.pop("origin", PAGE), **more
    )
    made["response"]["userHandle"] = b64u(who.encode())
    return made


def sends(browser: Browser, credential: object, **more: str) -> Any:
    return browser.send_form("/desk/sign-in/passkey", credential=json.dumps(credential), **more)


def enters(hub: Hub, who: str = "board-1", **more: str) -> Browser:
    browser = Browser(hub)
    answer = sends(browser, answered(who, challenge(browser)), **more)
    assert answer.status_code == 303, answer.text
    return browser


def test_a_board_member_touches_their_key_and_is_in(new_hub: Hub) -> None:
    browser = Browser(new_hub)
    assert "Sign in with a passkey" in browser.get("/desk/sign-in").text
    answer = sends(browser, answered("board-1", challenge(browser)), next="/desk/sessions")
    assert answer.headers["location"] == "/desk/sessions"
    assert "with a passkey" in browser.reads("/desk/sessions")
    with reading(new_hub.world.engine) as session:
        (row,) = sessions.of_person(session, "board-1")
    assert (row.way, row.may_decide) == ("passkey", True)


def test_nobody_learns_from_the_hub_who_has_a_key(empty_hub: Hub) -> None:
    answer = Browser(empty_hub).post("/desk/sign-in/passkey/options", headers={"Origin": ORIGIN})
    assert answer.json()["allowCredentials"] == []


def test_an_answer_to_the_desk_could_never_be_a_signature(empty_hub: Hub) -> None:
    asked = challenge(Browser(empty_hub))
    assert asked.startswith(CHALLENGE_PREFIX)
    assert len(asked) > 32  # the SHA-256 of a block


def test_an_answer_counts_once(new_hub: Hub) -> None:
    browser = Browser(new_hub)
    answer = answered("board-1", challenge(browser))
    assert sends(browser, answer).status_code == 303
    again = sends(browser, answer)
    assert again.status_code == 401  # ceremony-over, as a page
    assert "began in another browser" in again.text


def test_an_answer_that_failed_is_not_tried_again(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    asked = challenge(browser)
    assert sends(browser, answered("board-1", asked, origin="https://evil.example")).status_code
    assert sends(browser, answered("board-1", asked)).status_code == 401


def test_an_answer_counts_in_its_own_browser(empty_hub: Hub) -> None:
    victim, thief = Browser(empty_hub), Browser(empty_hub)
    stolen = answered("board-1", challenge(victim))
    challenge(thief)
    refused = sends(thief, stolen)
    assert refused.status_code == 401
    assert FAILED in refused.text
    assert "set-cookie" not in refused.headers


def test_an_answer_counts_for_minutes(empty_hub: Hub, traveller: time_machine.Traveller) -> None:
    browser = Browser(empty_hub)
    answer = answered("board-1", challenge(browser))
    traveller.shift(MINUTES * 60 + 1)
    assert sends(browser, answer).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8001"},
        {"rp_id": "evil.example"},
        {"flags": 0x01},  # present, not verified
        {"flags": 0x04},  # verified, not present
    ],
    ids=str,
)
def test_an_answer_to_another_page_or_without_its_owner_is_none(
    empty_hub: Hub, wrong: dict[str, Any]
) -> None:
    browser = Browser(empty_hub)
    refused = sends(browser, answered("board-1", challenge(browser), **wrong))
    assert (refused.status_code, COOKIE in refused.cookies) == (401, False)
    assert FAILED in refused.text


def test_a_key_signs_in_its_own_person_alone(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    told = answered("board-1", challenge(browser))
    told["response"]["userHandle"] = b64u(b"board-2")
    assert sends(browser, told).status_code == 401
    told = answered("board-1", challenge(browser))
    del told["response"]["userHandle"]  # only where it is known before whose it is
    assert sends(browser, told).status_code == 401


def test_somebody_elses_key_under_a_known_name_is_none(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    thief = authenticator.made_for("board-1")
    told = thief.get(challenge(browser), PARTY.rp_id, PAGE)
    told["response"]["userHandle"] = b64u(b"board-1")
    assert told["id"] == SIGNERS.authenticators["board-1"].credential
    assert sends(browser, told).status_code == 401


def test_a_key_that_was_taken_away_or_whose_person_was_erased_opens_nothing(new_hub: Hub) -> None:
    with writing(new_hub.world.engine) as session:
        for row in passkey.of_person(session, "board-1"):
            passkey.remove(session, row.credential, by="operator")
        forgetting.forget(session, "board-2", new_hub.world.policy, by="operator")
    for who in ("board-1", "board-2"):
        browser = Browser(new_hub)
        assert sends(browser, answered(who, challenge(browser))).status_code == 401


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"id": 5, "response": {}}',
        '{"id": "a\\u0000b", "response": {}}',
        '{"id": "\\ud800", "response": {}}',
        '{"id": "x", "response": []}',
        "[" * 16_000,
    ],
    ids=lambda text: text[:20],
)
def test_rubbish_is_no_answer(empty_hub: Hub, rubbish: str) -> None:
    browser = Browser(empty_hub)
    challenge(browser)
    refused = browser.send_form("/desk/sign-in/passkey", credential=rubbish)
    assert refused.status_code == 401, refused.text
    assert FAILED in refused.text


def test_a_broken_answer_is_none(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    for part in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for wrong in WRONG:
            told = answered("board-1", challenge(browser))
            told["response"][part] = wrong
            assert sends(browser, told).status_code == 401, (part, wrong)


def test_a_key_that_counts_backwards_may_be_a_copy(empty_hub: Hub) -> None:
    enters(empty_hub)
    (credential,) = (SIGNERS.authenticators["board-1"].credential,)
    with writing(empty_hub.world.engine) as session:
        used = session.get_one(passkey_proof.PasskeyUse, credential)
        assert used.sign_count == 0  # of one that does not count
        used.sign_count = 4_294_967_295
        session.add(used)
    browser = Browser(empty_hub)
    assert sends(browser, answered("board-1", challenge(browser))).status_code == 401


def test_a_browser_begins_so_many_and_no_more(
    empty_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(empty_hub.app.state.hub.begun, "_most", 2)
    browser = Browser(empty_hub)
    for _ in range(2):
        challenge(browser)
    refused = browser.post("/desk/sign-in/passkey/options", headers={"Origin": ORIGIN})
    assert refused.status_code == 429


# Step-up. Any route that decides will do: here one that says what it was sent.


@pytest.fixture
def deciding(empty_hub: Hub) -> Hub:
    desk = next(one for one in empty_hub.app.routes if type(one).__name__ == "Desk")

    async def decide(request: Request) -> Response:
        form = await request.form()
        return Response(json.dumps([list(one) for one in form.multi_items()]))

    router = desk.app.router  # type: ignore[attr-defined]
    router.routes.insert(0, DecidingRoute("/desk/decide", decide, methods=["GET", "POST"]))
    return empty_hub


SENT = {"comment": 'So "it" is <b>right</b> & good', "choice": "approve"}


def hidden(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


def test_a_decision_shortly_after_signing_in_is_taken(deciding: Hub) -> None:
    browser = enters(deciding)
    assert browser.send_form("/desk/decide", **SENT).json() == [list(one) for one in SENT.items()]


def test_later_it_asks_for_the_key_and_nothing_that_was_typed_is_lost(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser = enters(deciding)
    traveller.shift(PROOF_MINUTES * 60 + 1)
    assert browser.get("/desk/decide").status_code == 200  # looking decides nothing
    page = browser.send_form("/desk/decide?from=mail", **SENT)
    assert page.status_code == 403
    assert 'action="/desk/decide?from=mail"' in page.text
    assert "<b>" not in page.text
    kept = dict(one for one in hidden(page.text) if one[0] in SENT)
    assert kept == SENT
    proof = answered("board-1", challenge(browser, "/desk/step-up/passkey"))
    taken = browser.send_form("/desk/decide", **kept, **{"proof-passkey": json.dumps(proof)})
    assert taken.json() == [list(one) for one in SENT.items()]  # the proof itself goes no further
    assert browser.send_form("/desk/decide", **SENT).status_code == 200
    with reading(deciding.world.engine) as session:
        assert sessions.of_person(session, "board-1")[0].may_decide


def test_a_proof_that_another_tab_gave_meanwhile_goes_no_further_either(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser = enters(deciding)
    traveller.shift(PROOF_MINUTES * 60 + 1)
    path = "/desk/step-up/passkey"
    for _ in range(2):
        proof = {"proof-passkey": json.dumps(answered("board-1", challenge(browser, path)))}
        taken = browser.send_form("/desk/decide", **SENT, **proof)
        assert taken.json() == [list(one) for one in SENT.items()]


def test_a_proof_is_of_the_person_and_of_this_moment(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser, other = enters(deciding), enters(deciding, "board-2")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    path = "/desk/step-up/passkey"
    own, theirs, old = challenge(browser, path), challenge(other, path), challenge(other)
    for who, asked in (("board-2", own), ("board-1", theirs), ("board-1", old)):
        challenge(browser, path)
        proof = {"proof-passkey": json.dumps(answered(who, asked))}
        page = browser.send_form("/desk/decide", **SENT, **proof)
        assert page.status_code == 401, (who, page.text)
        assert FAILED in page.text
        assert dict(one for one in hidden(page.text) if one[0] in SENT) == SENT
    with reading(deciding.world.engine) as session:
        assert not sessions.of_person(session, "board-1")[0].may_decide


def test_what_is_carried_has_an_end_and_passwords_and_files_are_not(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser = enters(deciding)
    traveller.shift(PROOF_MINUTES * 60 + 1)
    assert browser.send_form("/desk/decide", comment="x" * 200_001).status_code == 413
    page = browser.post(
        "/desk/decide",
        data={"comment": "kept", "password": "hush", "proof-x": "y"},
        files={"file": ("a.txt", b"bytes")},
        headers={"Origin": ORIGIN},
    )
    assert page.status_code == 403
    assert "hush" not in page.text
    assert [one for one in hidden(page.text) if one[0] in ("file", "proof-x", "password")] == []
    assert ("comment", "kept") in hidden(page.text)
    assert "has to be chosen again" in page.text


def test_names_of_fields_are_no_markup(deciding: Hub, traveller: time_machine.Traveller) -> None:
    browser = enters(deciding)
    traveller.shift(PROOF_MINUTES * 60 + 1)
    name = '"><script>alert(1)</script><input name="'
    page = browser.send_form("/desk/decide", **{name: name})
    assert "<script>alert" not in page.text
    assert (name, name) in hidden(page.text)


def test_sessions_of_demonstrations_and_tokens_decide_as_they_are(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser = Browser(deciding)
    browser.send_form("/desk/sign-in", token=deciding.world.token("board-1"))
    traveller.shift(PROOF_MINUTES * 60 + 1)
    assert browser.send_form("/desk/decide", **SENT).status_code == 200


def test_who_has_no_way_to_show_it_is_told_how_to_get_one(
    deciding: Hub, traveller: time_machine.Traveller
) -> None:
    browser = enters(deciding)
    with writing(deciding.world.engine) as session:
        for row in passkey.of_person(session, "board-1"):
            passkey.remove(session, row.credential, by="operator")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    assert "Ask whoever runs this hub for an invitation" in browser.send_form("/desk/decide").text


def test_a_session_that_ended_meanwhile_is_not_proven(empty_hub: Hub) -> None:
    enters(empty_hub)
    with writing(empty_hub.world.engine) as session:
        (row,) = sessions.of_person(session, "board-1")
        assert person.find(session, "board-1").erased_at is None
        sessions.end(session, "board-1", row.key)
    assert (
        Browser(empty_hub)
        .post("/desk/step-up/passkey", headers={"Origin": ORIGIN})
        .headers["location"]
        .startswith("/desk/sign-in")
    )
