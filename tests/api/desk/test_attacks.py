"""What somebody could try at the desk, and what comes of it: nothing."""

import re
from collections.abc import Collection

import pytest
import time_machine
from httpx2 import Response
from sqlmodel import select

from api.desk.pages import within
from api.desk.signing_in.attempts import FAILED_MAX, MINUTES, Attempts
from content.database import reading, writing
from content.errors import TooManyAttempts
from content.people import person
from content.people.session import DeskSession
from tests.api.desk.browser import COOKIE, OPEN, ORIGIN, Browser, as_demo, routes
from tests.api.hubs import Hub, contents

OURS = {"Origin": ORIGIN}
PARTS = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n--x--\r\n'
NUL_IN_A_FILES_NAME = PART % (b"file", b'; filename="a\0b"', b"bytes")
HALF = PART % (b"name", b"", b"+2AA-")
#: What stands for something in the path of a route.
GAP = re.compile(r"\{\w+(:\w+)?\}")
#: What a browser says of a form that stands elsewhere, or does not say.
FOREIGN: list[dict[str, str]] = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": ORIGIN + ".evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
    {"Sec-Fetch-Site": "none", "Origin": ORIGIN},
]
#: Where nobody is led on to.
ELSEWHERE = [
    "https://evil.example/desk",
    "//evil.example/desk",
    "/desk//evil.example",
    "/desk/../v1",
    "/desk\\..\\v1",
    "/\\evil.example",
    "/desk\n/x",
    "/deskevil",
    "/v1",
    "javascript:alert(1)",
    "/desk/ü",
    "",
]


@pytest.fixture
def hub(empty_hub: Hub) -> Hub:
    """A demonstration with people, and nothing else."""
    as_demo(empty_hub.world)
    return empty_hub


def sent(hub: Hub, besides: Collection[str] = ()) -> list[str]:
    """An address of each route to which something is sent."""
    return [
        GAP.sub("1", path)
        for method, path in routes(hub)
        if method not in ("GET", "HEAD") and path not in besides
    ]


def sessions(hub: Hub) -> list[DeskSession]:
    with reading(hub.world.engine) as session:
        return list(session.exec(select(DeskSession)))


def test_a_form_of_another_site_does_nothing(hub: Hub) -> None:
    browser = Browser(hub)
    browser.signs_in("lay")
    before = contents(hub.world.engine)
    for path in sent(hub):
        for headers in FOREIGN:
            answer = browser.post(path, data={"person": "lay"}, headers=headers)
            assert answer.status_code == 403, (path, headers)  # origin-refused, as a page
            assert "This came from a page of another site" in answer.text
            assert "set-cookie" not in answer.headers
    assert contents(hub.world.engine) == before


def test_the_browsers_own_word_for_our_page_will_do(hub: Hub) -> None:
    answer = Browser(hub).post(
        "/desk/sign-in/demonstration",
        data={"person": "lay"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 303


def test_who_is_not_signed_in_sends_in_vain(hub: Hub) -> None:
    browser = Browser(hub)
    for path in sent(hub, besides=OPEN):
        answer = browser.send_form(path)
        assert answer.headers["location"] == "/desk/sign-in?next=%2Fdesk", path


def test_who_is_not_signed_in_reads_nothing(hub: Hub) -> None:
    browser = Browser(hub)
    for method, path in routes(hub):
        if method == "GET" and path not in OPEN:
            answer = browser.get(GAP.sub("1", path))
            assert answer.headers["location"].startswith("/desk/sign-in?next=%2Fdesk"), path


def test_a_secret_from_before_signing_in_is_worth_nothing_after(hub: Hub) -> None:
    browser, thief = Browser(hub), Browser(hub)
    planted = thief.signs_in("lay").cookies[COOKIE]
    browser.cookies.set(COOKIE, planted, domain="testserver.local", path="/")
    given = browser.signs_in("editor").cookies[COOKIE]
    assert given != planted
    assert thief.get("/desk").status_code == 303
    made_up = Browser(hub)
    made_up.cookies.set(COOKIE, "chosen-by-somebody", domain="testserver.local", path="/")
    assert made_up.signs_in("lay").cookies[COOKIE] != "chosen-by-somebody"


def test_the_cookie_is_for_the_hub_alone(hub: Hub) -> None:
    told = Browser(hub).signs_in("lay").headers["set-cookie"]
    assert told.startswith(f"{COOKIE}=")
    parts = {one.strip().lower() for one in told.split(";")}
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts
    assert "domain" not in told.lower()


def test_nobody_is_led_elsewhere(hub: Hub) -> None:
    browser = Browser(hub)
    for onward in ELSEWHERE:
        assert within(onward) == "/desk"
        assert browser.signs_in("lay", next=onward).headers["location"] == "/desk"
        told = browser.send_form("/desk/language", language="fr", next=onward)
        assert told.headers["location"] == "/desk"


def test_the_way_back_of_a_page_is_kept(hub: Hub) -> None:
    assert within("/desk/sessions?a=b") == "/desk/sessions?a=b"


def test_a_name_that_is_a_script_is_a_name(hub: Hub) -> None:
    name = "<script>alert('x')</script>"
    with writing(hub.world.engine) as session:
        person.add(session, name=name, organisation=name, by="operator", person_id="x")
    browser = Browser(hub)
    pages = [browser.get("/desk/sign-in").text]
    browser.signs_in("x")
    pages += [browser.get(path).text for path in ("/desk", "/desk/sessions")]
    for page in pages:
        assert "<script>" not in page
        assert "&lt;script&gt;alert(&#39;x&#39;)" in page


def answers(hub: Hub) -> list[Response]:
    browser = Browser(hub)
    entered = browser.signs_in("lay")
    paths = ("/desk", "/desk/sessions", "/desk/sign-in", "/desk/nothing", "/desk/sessions/x/end")
    return [entered, *(browser.get(path) for path in paths)]


def test_pages_stand_in_no_frame_run_no_script_of_others_and_are_kept_nowhere(hub: Hub) -> None:
    for answer in answers(hub):
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
        assert " style=" not in answer.text
        assert " onclick" not in answer.text


def test_nobody_ends_the_session_of_another(hub: Hub) -> None:
    victim, attacker = Browser(hub), Browser(hub)
    victim.signs_in("editor")
    attacker.signs_in("lay")
    (theirs,) = (one.key for one in sessions(hub) if one.person == "editor")
    told = [attacker.send_form(f"/desk/sessions/{one}/end") for one in (theirs, 999)]
    assert [one.status_code for one in told] == [404, 404]  # session-not-found, as a page
    assert told[0].text == told[1].text
    attacker.send_form("/desk/sessions/others/end")
    assert victim.get("/desk").status_code == 200


def test_a_token_is_not_guessed(new_hub: Hub, traveller: time_machine.Traveller) -> None:
    browser = Browser(new_hub)
    for _ in range(FAILED_MAX):
        assert browser.send_form("/desk/sign-in", token="msif_guess").status_code == 401
    good = new_hub.world.token("lay")
    answer = browser.send_form("/desk/sign-in", token=good)
    assert answer.status_code == 429  # too-many-attempts, as a page
    traveller.shift(MINUTES * 60)
    assert browser.send_form("/desk/sign-in", token=good).status_code == 303


def guesses(browser: Browser, forwarded: str) -> int:
    said = OURS | {"X-Forwarded-For": forwarded}
    return browser.post("/desk/sign-in", data={"token": "msif_guess"}, headers=said).status_code


def test_behind_a_proxy_whoever_guesses_keeps_nobody_else_out(new_hub: Hub) -> None:
    proxy = Browser(new_hub, address="127.0.0.1")
    for number in range(FAILED_MAX):
        # What somebody sends for their own stands before what the proxy adds.
        assert guesses(proxy, f"198.51.100.{number}, 203.0.113.1") == 401
    assert guesses(proxy, "203.0.113.1") == 429
    assert guesses(proxy, "203.0.113.2") == 401


def test_who_is_no_proxy_is_not_taken_for_another(new_hub: Hub) -> None:
    elsewhere = Browser(new_hub, address="203.0.113.1")
    told = [guesses(elsewhere, f"198.51.100.{number}") for number in range(FAILED_MAX + 1)]
    assert told == [401] * FAILED_MAX + [429]


def test_attempts_are_remembered_of_so_many_addresses_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.desk.signing_in.attempts.ADDRESSES_MAX", 2)
    attempts = Attempts()
    for address in ("a", "b", "c"):
        for _ in range(FAILED_MAX):
            attempts.failed(address)
    attempts.may_try("a")
    for address in ("b", "c"):
        with pytest.raises(TooManyAttempts):
            attempts.may_try(address)


def test_what_no_database_keeps_is_in_no_form(new_hub: Hub) -> None:
    as_demo(new_hub.world)
    browser = Browser(new_hub)
    sign_in = "/desk/sign-in"
    told = [
        browser.send_form(f"{sign_in}/password", name="a\0b", password="p", code="1"),
        browser.send_form(f"{sign_in}/demonstration", person="a\0b"),
        browser.send_form(f"{sign_in}/demonstration", **{"a\0b": "c", "person": "lay"}),
        browser.send_form(f"{sign_in}/passkey", credential="\0"),
    ]
    browser.signs_in("editor")
    told += [
        browser.send_form("/desk/sections/risks/en/1/withdraw", notice="a\0b"),
        browser.send_form("/desk/statements/2026-0002/invitations", person="a\0b"),
        browser.post(
            "/desk/people/new", content=NUL_IN_A_FILES_NAME, headers=OURS | {"Content-Type": PARTS}
        ),
        # Python would read half a character, of which no text is made.
        browser.post(
            "/desk/people/new",
            content=HALF,
            headers=OURS | {"Content-Type": f"{PARTS}; charset=utf-7"},
        ),
    ]
    for answer in told:
        assert answer.status_code == 422, answer.url
        assert "What was sent cannot be taken." in answer.text
    assert not [one for one in sessions(new_hub) if one.person == "lay"]


def test_a_form_without_its_fields_or_with_too_much_is_refused(hub: Hub) -> None:
    browser = Browser(hub)
    for fields in ({}, {"person": "x" * 300}, {"person": "nobody"}):
        answer = browser.send_form("/desk/sign-in/demonstration", **fields)
        assert answer.status_code in (404, 422)
        assert answer.headers["content-type"].startswith("text/html")
