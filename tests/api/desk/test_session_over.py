"""A form that is sent when its session is over: what was typed is there, and goes on later."""

import pytest
import time_machine
from httpx2 import Response

from content.people.session import HOURS_MAX, IDLE_HOURS_MAX
from tests.api.desk.browser import COOKIE, ORIGIN, Browser, as_demo
from tests.api.desk.test_edit import EDIT, form_of
from tests.api.desk.test_passkey_sign_in import hidden
from tests.api.desk.test_texts import HOSTILE, desk_of
from tests.api.hubs import Hub

TYPED = f'First.\n\nIt\'s "so" & so: {HOSTILE.replace("<", "&lt;")}'


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def kept(answer: Response) -> dict[str, str]:
    """What the page sends again."""
    assert answer.status_code == 401, answer.text
    return dict(one for one in hidden(answer.text) if one[0] != "next")


@pytest.mark.parametrize("hours", [IDLE_HOURS_MAX, HOURS_MAX])
def test_what_was_typed_is_kept_and_sent_once_its_author_is_back(
    hub: Hub, traveller: time_machine.Traveller, hours: int
) -> None:
    browser = desk_of(hub, "author")
    form = form_of(browser) | {"markdown": TYPED}
    del form["next"]  # of the form for the language
    traveller.shift(hours * 3_600)
    if hours == HOURS_MAX:
        browser.cookies.delete(COOKIE)  # as browsers do when it is that old
    asked = browser.send_form(f"{EDIT}?from=mail", **form)
    assert "Nothing was done yet" in asked.text
    assert f'action="{EDIT}?from=mail"' in asked.text
    assert "<script" not in asked.text
    assert asked.headers["cache-control"] == "no-store"
    sent = kept(asked)
    assert form.items() <= sent.items()
    # Still nobody is signed in: it is there once more, and from another site it goes nowhere.
    assert kept(browser.send_form(EDIT, **sent)) == sent
    foreign = browser.post(EDIT, data=sent, headers={"Origin": ORIGIN + ".evil.example"})
    assert foreign.status_code == 403
    assert "First." not in foreign.text
    browser.signs_in("author")
    assert browser.send_form(EDIT, **sent).status_code == 303
    assert form_of(browser)["markdown"].startswith("First.")


def test_nobody_sends_by_mistake_what_somebody_else_typed(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    browser = desk_of(hub, "author")
    form = form_of(browser) | {"markdown": "Of the author."}
    traveller.shift(IDLE_HOURS_MAX * 3_600)
    sent = kept(browser.send_form(EDIT, **form))
    browser.signs_in("editor")
    assert kept(browser.send_form(EDIT, **sent)) == sent
    assert form_of(browser)["markdown"] == "Being written."


@pytest.mark.parametrize("name", ["password", "code", "credential", "sealed", "token"])
def test_no_secret_is_written_into_a_page(hub: Hub, name: str) -> None:
    answer = Browser(hub).send_form(EDIT, markdown="x", **{name: "hush", "proof-password": "hush"})
    assert answer.headers["location"] == "/desk/sign-in?next=%2Fdesk"


def test_where_nothing_was_typed_or_too_much_it_leads_to_sign_in(hub: Hub) -> None:
    browser = Browser(hub)
    told = [
        browser.send_form(EDIT),
        browser.send_form(EDIT, seen="", **{"proof-code": "1"}),
        browser.send_form(EDIT, markdown="x" * 4_000_000),
        browser.post(EDIT, content=iter([b"a=b"]), headers={"Origin": ORIGIN}),
    ]
    for answer in told:
        assert answer.headers["location"] == "/desk/sign-in?next=%2Fdesk"


def test_a_file_is_chosen_again(hub: Hub) -> None:
    answer = Browser(hub).post(
        EDIT,
        data={"title": "Mine", "proof-code": "hush"},
        files={"file": ("a.txt", b"bytes")},
        headers={"Origin": ORIGIN},
    )
    assert kept(answer) == {"proof-person": "", "title": "Mine"}
    assert "has to be chosen again" in answer.text
    assert "hush" not in answer.text
