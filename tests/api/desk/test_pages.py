"""The desk, as people meet it: signing in, what waits, their sessions, in four languages."""

import re
from datetime import timedelta

import pytest
import time_machine

from api.desk.files import STATIC
from content.database import writing
from content.people import person, token
from tests.api.desk.browser import COOKIE, Browser, as_demo
from tests.api.hubs import Hub
from tests.world import PEOPLE


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    """A demonstration with work for everybody, on SQLite."""
    as_demo(busy_hub.world)
    return busy_hub


def test_who_is_not_signed_in_is_led_to_the_page_for_that_and_back(hub: Hub) -> None:
    browser = Browser(hub)
    answer = browser.get("/desk/sessions")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/sign-in?next=%2Fdesk%2Fsessions"
    assert 'name="next" value="/desk/sessions"' in browser.get(answer.headers["location"]).text
    assert browser.signs_in("lay", next="/desk/sessions").headers["location"] == "/desk/sessions"


def test_in_a_demonstration_everybody_is_offered(hub: Hub) -> None:
    told = Browser(hub).reads("/desk/sign-in")
    assert "Sign in as Translator-Fr" in told
    assert "Organisation of translator-fr" in told
    assert "Translator (fr)" in told
    assert told.count("Sign in as") == len(PEOPLE)


def test_what_waits_is_told_in_words_the_most_urgent_first(hub: Hub) -> None:
    browser = Browser(hub)
    browser.signs_in("board-4")
    told = browser.reads("/desk")
    assert "Sign: statement 2026-" in told
    assert "with one text" in told
    assert "Due on " in told
    assert "Board member" in told
    assert "You registered a passkey" in told
    assert "You signed in" not in told


def test_a_translation_goes_by_its_title(hub: Hub) -> None:
    browser = Browser(hub)
    browser.signs_in("reviser-fr")
    assert "Compare with the source text: fr – Risks (fr, version 1)" in browser.reads("/desk")
    browser.signs_in("translator-de")
    assert "Translate: Treatment (de)" in browser.reads("/desk")


def test_what_is_late_says_so(hub: Hub, traveller: time_machine.Traveller) -> None:
    traveller.shift(timedelta(days=365))
    browser = Browser(hub)
    browser.signs_in("editor")
    assert "Was due on 20 November 2027" in browser.reads("/desk")


def test_an_empty_desk_says_what_will_stand_there(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        person.add(session, name="New", organisation="Org", by="operator", person_id="newcomer")
    browser = Browser(hub)
    browser.signs_in("newcomer")
    told = browser.reads("/desk")
    assert "Nothing waits for you." in told
    assert "You have no role yet." in told
    assert "Nothing yet. What you write, review and sign will stand here." in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de-CH, en;q=0.5", "Was auf Sie wartet"),
        ("fr", "Ce qui vous attend"),
        ("it", "Le sue attività in sospeso"),
        ("pt", "What waits for you"),
    ],
)
def test_the_pages_speak_the_language_of_the_browser(hub: Hub, language: str, words: str) -> None:
    browser = Browser(hub, language)
    browser.signs_in("board-4")
    assert words in browser.reads("/desk")


def test_a_language_is_chosen_and_kept(hub: Hub) -> None:
    browser = Browser(hub)
    answer = browser.send_form("/desk/language", language="fr", next="/desk/sign-in?next=/desk")
    assert answer.headers["location"] == "/desk/sign-in?next=/desk"
    told = browser.get("/desk/sign-in")
    assert told.headers["content-language"] == "fr"
    assert '<html lang="fr" dir="ltr">' in told.text
    browser.send_form("/desk/language", language="tlh")
    assert browser.get("/desk/sign-in").headers["content-language"] == "fr"


def test_my_sessions_are_listed_and_ended(hub: Hub) -> None:
    one, other = Browser(hub), Browser(hub)
    for browser in (one, other):
        browser.signs_in("lay")
    told = one.reads("/desk/sessions")
    assert told.count("Firefox, Linux") == 2
    assert told.count("This browser") == 1
    assert one.send_form("/desk/sessions/others/end").status_code == 303
    assert other.get("/desk").status_code == 303
    assert "You are signed in nowhere else." in one.reads("/desk/sessions")
    number = re.findall(r"/desk/sessions/(\d+)/end", one.get("/desk/sessions").text)[0]
    assert (
        one.send_form(f"/desk/sessions/{number}/end")
        .headers["location"]
        .startswith("/desk/sign-in")
    )
    assert one.get("/desk").status_code == 303


def test_signing_out_ends_the_session_for_good(hub: Hub) -> None:
    browser = Browser(hub)
    secret = browser.signs_in("lay").cookies[COOKIE]
    answer = browser.send_form("/desk/sign-out")
    assert answer.headers["location"] == "/desk/sign-in"
    assert COOKIE not in browser.cookies
    kept = Browser(hub)
    kept.cookies.set(COOKIE, secret)
    assert kept.get("/desk").status_code == 303


def test_that_somebody_works_is_written_down_once_a_minute(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    browser = Browser(hub)
    browser.signs_in("lay")
    for _ in range(13):
        traveller.shift(timedelta(minutes=50))
        assert browser.get("/desk").status_code == 200
    traveller.shift(timedelta(hours=2))
    assert browser.get("/desk").status_code == 303


def test_outside_a_demonstration_a_token_lets_its_bearer_in(new_hub: Hub) -> None:
    browser = Browser(new_hub)
    told = browser.reads("/desk/sign-in")
    assert "With a token" in told
    assert "Sign in as" not in told
    secret = new_hub.world.token("editor", "read-drafts")
    assert browser.send_form("/desk/sign-in", token=f" {secret}\n").status_code == 303
    assert "Editor" in browser.reads("/desk")
    with writing(new_hub.world.engine) as session:
        token.revoke(session, 1, by="administrator")
    assert browser.get("/desk").status_code == 303


def test_a_token_that_is_none_is_told_in_words(new_hub: Hub) -> None:
    answer = Browser(new_hub).send_form("/desk/sign-in", token="msif_wrong")
    assert answer.status_code == 401
    assert "This token is not known here." in answer.text
    assert "msif_wrong" not in answer.text
    assert COOKIE not in answer.cookies


def test_nobody_is_anybody_outside_a_demonstration(new_hub: Hub) -> None:
    answer = Browser(new_hub).send_form("/desk/sign-in/demonstration", person="administrator")
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status"), [("/desk/nothing", 404), ("/desk/", 404), ("/desk/static/x.css", 404)]
)
def test_what_is_not_there_is_a_page(hub: Hub, path: str, status: int) -> None:
    answer = Browser(hub, "it").get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/html; charset=utf-8",
    )
    assert "A questo indirizzo non c’è nulla." in answer.text


@pytest.mark.parametrize("name", sorted(STATIC))
def test_styles_and_scripts_come_whole_and_packed(hub: Hub, name: str) -> None:
    browser = Browser(hub)
    packed = browser.get(f"/desk/static/{name}", headers={"Accept-Encoding": "gzip"})
    plain = browser.get(f"/desk/static/{name}", headers={"Accept-Encoding": "identity"})
    assert packed.content == plain.content == STATIC[name].read_bytes()
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_browser_that_has_a_style_is_told_so(hub: Hub, coding: str) -> None:
    browser = Browser(hub)
    first = browser.get("/desk/static/desk.css", headers={"Accept-Encoding": coding})
    had = {"Accept-Encoding": coding, "If-None-Match": first.headers["etag"]}
    again = browser.get("/desk/static/desk.css", headers=had)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == first.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in again.headers
    # What it has is not what it would get without the coding, or with it.
    other = {"identity": "gzip", "gzip": "identity"}[coding]
    assert (
        browser.get("/desk/static/desk.css", headers=had | {"Accept-Encoding": other}).status_code
        == 200
    )


def test_a_first_page_is_light(hub: Hub) -> None:
    browser = Browser(hub)
    browser.signs_in("board-4")
    page = browser.get("/desk")
    loaded = re.findall(r'(?:href|src)="(/desk/static/[^"]+)"', page.text)
    packed = {"Accept-Encoding": "gzip"}
    sizes = [int(browser.get(one, headers=packed).headers["content-length"]) for one in loaded]
    assert len(page.content) + sum(sizes) < 60_000
