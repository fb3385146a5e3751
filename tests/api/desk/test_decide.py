"""Deciding at the desk: reviews, warnings, the steps of a text, and taking it out of force."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx2 import Response

from api import desk
from api.desk.signing_in.proving import NOT_CARRIED
from content.database import writing
from content.people import invitation, person
from content.people import session as sessions
from tests.api.desk.browser import COOKIE, Browser, as_demo
from tests.api.desk.test_account import registers
from tests.api.desk.test_passkey_sign_in import hidden
from tests.api.desk.test_texts import HOSTILE, desk_of
from tests.api.hubs import Hub
from tests.world import page


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def seen_on(browser: Browser, path: str) -> str:
    found = re.findall(r'name="seen" value="([^"]*)"', browser.get(f"/desk/sections/{path}").text)
    return str(found[0])


def sends(browser: Browser, path: str, what: str, seen: str = "", **more: str) -> Response:
    told = {"seen": seen or seen_on(browser, path)} | more
    return browser.send_form(f"/desk/sections/{path}/1/{what}", **told)


APPROVES = {"kind": "lay", "verdict": "approve", "interests": "none"}


def reviews(hub: Hub, section: str) -> list[dict[str, object]]:
    return list(hub.read(f"/v1/editing/sections/{section}/en/1", by="editor")["reviews"])


def test_a_review_is_given_and_on_record(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    assert "Is every sentence clear to somebody with MS?" in browser.reads(
        "/desk/sections/reviewed/en"
    )
    answer = sends(browser, "reviewed/en", "review", **APPROVES, comment="Clear.\r\nWell done.")
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/desk/sections/reviewed/en?version=1&done=reviewed"
    told = browser.reads(answer.headers["location"])
    assert "Your review is on record." in told
    assert "Readers have approved it (1 of 1) Done" in told
    (given,) = reviews(hub, "reviewed")
    assert given["person"] == "lay"
    assert given["verdict"] == "approve"
    assert given["interests"] == "none declared"
    assert given["comment"] == "Clear.\nWell done."


def test_who_returns_it_says_why_and_loses_no_word(hub: Hub) -> None:
    browser = desk_of(hub, "medical-1")
    told = {"kind": "medical", "verdict": "return", "interests": "relevant", "declared": "Shares"}
    answer = sends(browser, "reviewed/en", "review", **told)
    assert answer.status_code == 422
    assert "Say why, in your own words." in answer.text
    assert 'value="return" required checked' in answer.text
    assert 'value="Shares"' in answer.text
    told |= {"interests": "none", "declared": ""}
    answer = sends(browser, "reviewed/en", "review", **told, comment="A number is old.")
    assert answer.status_code == 303
    assert hub.world.version("reviewed").state == "draft"
    assert "A number is old." in desk_of(hub, "author").reads("/desk/sections/reviewed/en")


def test_an_interest_that_does_not_matter_is_on_record_too(hub: Hub) -> None:
    told = APPROVES | {"declared": "Lives with MS"}
    assert sends(desk_of(hub, "lay"), "reviewed/en", "review", **told).status_code == 303
    (given,) = reviews(hub, "reviewed")
    assert (given["verdict"], given["interests"]) == ("approve", "Lives with MS")


def test_an_interest_that_matters_makes_it_a_recusal(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    told = APPROVES | {"interests": "relevant", "declared": "My sister sells it"}
    assert sends(browser, "reviewed/en", "review", **told).status_code == 303
    (given,) = reviews(hub, "reviewed")
    assert given["verdict"] == "recuse"
    assert given["interests"] == "My sister sells it"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"interests": ""}, "Say whether you have an interest"),
        ({"interests": "relevant"}, "Say whether you have an interest"),
        ({"verdict": ""}, "Say which review you give"),
        ({"kind": "nonsense"}, "Say which review you give"),
        ({"comment": "x" * 10_001}, "What was sent cannot be taken."),
    ],
)
def test_a_review_that_lacks_something_comes_back_filled_in(
    hub: Hub, fields: dict[str, str], words: str
) -> None:
    told = APPROVES | {"comment": f"Mind {HOSTILE}"} | fields
    answer = sends(desk_of(hub, "lay"), "reviewed/en", "review", **told)
    assert answer.status_code == 422
    assert words in answer.text
    assert HOSTILE not in answer.text
    assert told["comment"][:40].replace("<", "&lt;").replace(">", "&gt;")[:8] in answer.text
    assert reviews(hub, "reviewed") == []


def test_a_text_that_changed_meanwhile_is_not_approved(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    seen = seen_on(browser, "reviewed/en")
    returned = {"kind": "medical", "verdict": "return", "interests": "none", "comment": "Mend it."}
    sends(desk_of(hub, "medical-1"), "reviewed/en", "review", **returned)
    answer = sends(browser, "reviewed/en", "review", seen, **APPROVES, comment="Good as it is")
    assert answer.status_code == 412
    assert "Meanwhile somebody else changed this" in answer.text
    # There is no form any more, and still the words are there.
    assert "This is what you wrote." in answer.text
    assert "Good as it is" in answer.text
    assert [one["person"] for one in reviews(hub, "reviewed")] == ["medical-1"]


def test_another_review_meanwhile_does_not_stand_in_the_way(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    seen = seen_on(browser, "reviewed/en")
    hub.review("reviewed", "medical", by="medical-1")
    assert sends(browser, "reviewed/en", "review", seen, **APPROVES).status_code == 303


def test_who_has_another_part_is_told_so_and_refused(hub: Hub) -> None:
    with hub.world.acting("administrator") as (session, _):
        person.grant(session, "author", "lay-reviewer", by="operator")
    browser = desk_of(hub, "author")
    told = browser.reads("/desk/sections/reviewed/en")
    assert "You wrote this text, so somebody else reviews it." in told
    assert "Give this review" not in told
    seen = "in_review:" + str(hub.world.version("reviewed").document)
    answer = sends(browser, "reviewed/en", "review", seen, **APPROVES)
    assert answer.status_code == 403
    assert "You had another part in this text already" in answer.text


@pytest.mark.parametrize("who", ["board-1", "editor", "duty-1", "medical-1", "translator-fr"])
def test_nobody_else_gives_a_lay_review(hub: Hub, who: str) -> None:
    seen = "in_review:" + str(hub.world.version("reviewed").document)
    browser = desk_of(hub, who)
    answer = sends(browser, "reviewed/en", "review", seen, **APPROVES)
    assert answer.status_code == 403
    assert reviews(hub, "reviewed") == []


def test_who_may_not_know_of_a_text_cannot_decide_about_it(hub: Hub) -> None:
    browser = desk_of(hub, "reviser-it")
    told = {"kind": "revision", "verdict": "approve", "interests": "none"}
    answer = sends(browser, "risks/fr", "review", "x", **told)
    assert answer.status_code == 404
    for what in ("submit", "abandon", "object", "effective-time", "withdraw", "confirm"):
        assert sends(browser, "risks/fr", what, "x").status_code == 404, what


def test_a_translation_is_compared_and_goes_on(hub: Hub) -> None:
    told = {"kind": "revision", "verdict": "approve", "interests": "none"}
    assert sends(desk_of(hub, "reviser-fr"), "risks/fr", "review", **told).status_code == 303
    told_editor = desk_of(hub, "editor").reads("/desk/sections/risks/fr")
    assert "Put to signature" in told_editor


def test_a_language_reviewer_says_why_a_warning_is_no_fault(hub: Hub) -> None:
    browser = desk_of(hub, "language-1-it")
    read = browser.get("/desk/sections/risks/it").text
    unit = re.findall(r'name="unit" value="([^"]+)"', read)[0]
    finding = re.findall(r'name="finding" value="([^"]+)"', read)[0]
    assert sends(browser, "risks/it", "acknowledge", unit=unit, finding=finding).status_code == 422
    told = {"unit": unit, "finding": finding, "reason": f"It is so. {HOSTILE}"}
    assert sends(browser, "risks/it", "acknowledge", **told).status_code == 303
    after = browser.get("/desk/sections/risks/it").text
    assert "Language-1-It says why it is no fault" in after
    assert HOSTILE not in after
    # It is said once.
    seen = seen_on(browser, "risks/it") if 'name="seen"' in after else "draft:"
    again = sends(browser, "risks/it", "acknowledge", seen, **told)
    assert again.status_code == 409
    found = hub.read("/v1/editing/sections/risks/it/1/findings", by="language-1-it")["findings"]
    assert found[0]["acknowledged"]["person"] == "language-1-it"


def test_why_a_warning_is_no_fault_is_said_with_a_proof_too(busy_hub: Hub) -> None:
    """Of what was sent, the page that asks who it is leaves out passwords and codes alone."""
    browser = Browser(busy_hub)
    with writing(busy_hub.world.engine) as session:
        key = (invitation.make(session, "language-1-it", by="operator", days=1), "language-1-it")
        secret = sessions.begin(session, key[1], way=sessions.Way.OIDC, browser="")
    registers(busy_hub, key[0], key[1], "key")
    browser.cookies.set(COOKIE, secret, domain="testserver.local", path="/")
    read = browser.get("/desk/sections/risks/it").text
    told = {
        name: re.findall(f'name="{name}" value="([^"]+)"', read)[0] for name in ("unit", "finding")
    }
    asked = sends(browser, "risks/it", "acknowledge", **told, reason="It is so.")
    assert asked.status_code == 403
    with writing(busy_hub.world.engine) as session:
        (row,) = sessions.of_person(session, key[1])
        sessions.prove(session, key[1], row.key, sessions.Way.PASSKEY)
    path = "/desk/sections/risks/it/1/acknowledge"
    assert browser.send_form(path, **dict(hidden(asked.text))).status_code == 303
    assert "It is so." in browser.get("/desk/sections/risks/it").text


def test_no_form_has_a_field_that_is_not_carried_but_for_a_password() -> None:
    folder = Path(desk.__file__).parent / "templates"
    found = {
        one.name
        for one in folder.rglob("*.html")
        if any(f'name="{name}"' in one.read_text() for name in NOT_CARRIED)
    }
    assert found == {"sign-in.html", "password.html"}


def test_a_draft_is_handed_in(hub: Hub) -> None:
    browser = desk_of(hub, "author")
    answer = sends(browser, "drafted/en", "submit")
    assert answer.status_code == 303
    assert "It is handed in." in browser.reads(answer.headers["location"])
    assert hub.world.version("drafted").state == "in_review"
    assert sends(browser, "drafted/en", "submit", "draft:x").status_code == 412


def test_a_draft_whose_dates_are_too_far_is_not_handed_in(hub: Hub) -> None:
    hub.world.write(page("# Far {#far}\n\nWords.\n", review_by="2036-01-01"))
    answer = sends(desk_of(hub, "author"), "far/en", "submit")
    assert answer.status_code == 422
    assert "The date for its next review is too far ahead" in answer.text


def test_a_text_is_given_up_with_a_reason(hub: Hub) -> None:
    browser = desk_of(hub, "editor")
    assert sends(browser, "drafted/en", "abandon", reason=" ").status_code == 422
    answer = sends(browser, "drafted/en", "abandon", reason="Twice there")
    assert answer.status_code == 303
    told = browser.reads(answer.headers["location"])
    assert "Given up" in told
    assert "Twice there" in told
    assert hub.world.version("drafted", number=1).state == "abandoned"


def test_an_approved_text_is_objected_to_and_begins_again(hub: Hub) -> None:
    browser = desk_of(hub, "board-1")
    answer = sends(browser, "approved/en", "object", reason="Not the right hour")
    assert answer.headers["location"] == "/desk/sections/approved/en?version=2&done=objected"
    assert hub.world.states()["approved"] == ["abandoned", "draft"]


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So is the machine's clock."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_tokyo")
def test_a_time_is_that_of_utc_wherever_the_machine_stands(hub: Hub) -> None:
    sends(desk_of(hub, "editor"), "reviewed/en", "effective-time", at="2099-01-02T03:04")
    assert hub.world.version("reviewed").effective_at == datetime(2099, 1, 2, 3, 4, tzinfo=UTC)


def test_a_time_is_set_and_taken_away(hub: Hub) -> None:
    browser = desk_of(hub, "editor")
    told = sends(browser, "reviewed/en", "effective-time", at="2099-01-02T03:04")
    assert told.status_code == 303
    assert "2 January 2099" in browser.reads("/desk/sections/reviewed/en")
    assert sends(browser, "reviewed/en", "effective-time", at="").status_code == 303
    assert hub.world.version("reviewed").effective_at is None
    for at, words in (
        ("2020-01-01T00:00", "This time has passed."),
        ("soon", "no day and time"),
        # Ours is UTC, and no other is reckoned with.
        ("2099-01-02T03:04+02", "no day and time"),
        ("2099-01-02T03:04-01", "no day and time"),
    ):
        answer = sends(browser, "reviewed/en", "effective-time", at=at)
        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{at}"' in answer.text


def test_a_new_draft_begins_from_what_is_in_force(hub: Hub) -> None:
    browser = desk_of(hub, "author")
    answer = sends(browser, "risks/en", "draft")
    assert answer.headers["location"] == "/desk/sections/risks/en?version=2&done=begun"
    told = browser.reads("/desk/sections/risks/en?version=1")
    assert "Another version is being worked on" in told
    seen = "in_force:" + str(hub.world.version("risks", number=1).document)
    answer = sends(browser, "risks/en", "draft", seen)
    assert answer.status_code == 409
    assert "Another version of this text is being worked on." in answer.text


def test_a_text_is_taken_out_of_force_and_a_second_person_confirms(hub: Hub) -> None:
    browser = desk_of(hub, "duty-1")
    told = {"reason": "error", "text": "A dose was wrong.", "replacement": "nothing-like-it"}
    answer = sends(browser, "benefits/en", "withdraw", **told)
    assert answer.status_code == 404
    assert "There is no section of that name." in answer.text
    assert "A dose was wrong." in answer.text
    answer = sends(browser, "benefits/en", "withdraw", **told | {"replacement": "risks"})
    assert answer.status_code == 303
    assert hub.get("/v1/sections/benefits/en").status_code == 410
    told_first = browser.reads("/desk/sections/benefits/en")
    assert "You took it out of force; a second person confirms it." in told_first
    seen = "withdrawn:" + str(hub.world.version("benefits").document)
    assert sends(browser, "benefits/en", "confirm", seen).status_code == 403
    second = desk_of(hub, "board-1")
    assert sends(second, "benefits/en", "confirm").status_code == 303
    assert "Board-1 confirmed it" in second.reads("/desk/sections/benefits/en")
    # It is confirmed once, and what is not in force does not go.
    assert sends(desk_of(hub, "duty-2"), "benefits/en", "confirm", seen).status_code == 409
    assert sends(second, "benefits/en", "withdraw", seen, **told).status_code == 409


def test_what_is_confirmed_is_the_text_of_the_page(hub: Hub) -> None:
    """Another text of the section is none that was taken out of force."""
    told = {"reason": "error", "text": "A dose was wrong."}
    assert sends(desk_of(hub, "duty-1"), "benefits/en", "withdraw", **told).status_code == 303
    assert sends(desk_of(hub, "author"), "benefits/en", "draft").status_code == 303
    second = desk_of(hub, "board-1")
    seen = f"draft:{hub.world.version('benefits').document}"
    answer = second.send_form("/desk/sections/benefits/en/2/confirm", seen=seen)
    assert answer.status_code == 409
    assert "confirmed it" not in second.reads("/desk/sections/benefits/en?version=1")


@pytest.mark.parametrize("who", ["editor", "author", "translator-fr", "lay"])
def test_only_some_take_a_text_out_of_force(hub: Hub, who: str) -> None:
    browser = desk_of(hub, who)
    assert "Take it out of force" not in browser.reads("/desk/sections/benefits/en")
    seen = "in_force:" + str(hub.world.version("benefits").document)
    answer = sends(browser, "benefits/en", "withdraw", seen, reason="error", text="Wrong.")
    assert answer.status_code == 403
    assert hub.get("/v1/sections/benefits/en").status_code == 200


def test_what_is_too_long_for_any_field_is_refused(hub: Hub) -> None:
    answer = sends(desk_of(hub, "lay"), "reviewed/en", "review", "x", comment="x" * 20_001)
    assert answer.status_code == 422
