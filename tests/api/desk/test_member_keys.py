"""Keys of members at the desk: made and shown once, ended after it was asked once more."""

import re
from datetime import timedelta

import pytest
import time_machine

from content.database import writing
from content.syndication import member
from tests.api.desk.browser import Browser, as_demo
from tests.api.desk.membership import key, with_members
from tests.api.desk.test_members import signed_in
from tests.api.hubs import Hub

KEYS = "/desk/members/ms/keys"
SECRET = re.compile(r"msif_m_[0-9A-Za-z]{49}")


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    with_members(busy_hub.world)
    return busy_hub


@pytest.fixture
def browser(hub: Hub) -> Browser:
    return signed_in(hub, "editor")


def make(browser: Browser, **more: object) -> str:
    told = {"name": "site-2026", "scope": ["read", "showing"], "days": "365"} | more
    answer = browser.send_form(KEYS, **told)  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text
    (secret,) = set(SECRET.findall(answer.text))
    assert answer.headers["cache-control"] == "no-store"
    assert "location" not in answer.headers
    return str(secret)


def test_a_key_is_shown_once_with_how_to_use_it_and_works(hub: Hub, browser: Browser) -> None:
    secret = make(browser)
    found = hub.get("/v1/members/me", Authorization=f"Bearer {secret}").json()
    assert (found["id"], found["key"]["scope"]) == ("ms", ["read", "showing"])
    for path in (KEYS, "/desk/members/ms", "/desk/members", f"{KEYS}/site-2026/revocation"):
        assert secret not in browser.get(path).text
    told = browser.reads(KEYS)
    assert "site-2026 Read the texts in force Tell the hub what the site shows" in told
    assert "Works until 23 November 2027" in told


def test_how_to_use_it_names_this_hub(hub: Hub, browser: Browser) -> None:
    answer = browser.send_form(KEYS, name="one", scope="read", days="")
    (secret,) = set(SECRET.findall(answer.text))
    command = f"curl https://testserver/v1/members/me -H &#39;Authorization: Bearer {secret}&#39;"
    assert command in answer.text
    assert "Works without an end" in answer.text


def test_the_same_form_sent_again_makes_no_second_key(hub: Hub, browser: Browser) -> None:
    make(browser)
    again = browser.send_form(KEYS, name="site-2026", scope="read", days="1")
    assert again.status_code == 409
    assert "This member has, or had, a key of this name." in again.text
    assert not SECRET.search(again.text)
    assert len(hub.read("/v1/members/ms/keys", by="editor")["keys"]) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Not Good"}, "The name has lowercase letters"),
        ({"name": ""}, "The name has lowercase letters"),
        ({"scope": []}, "Choose at least one thing"),
        ({"scope": "everything"}, "Choose at least one thing"),
        ({"days": "0"}, "A key works for 1 to 3,660 days"),
        ({"days": "3661"}, "A key works for 1 to 3,660 days"),
        ({"days": "-1"}, "A key works for 1 to 3,660 days"),
        ({"days": "²"}, "A key works for 1 to 3,660 days"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    hub: Hub, browser: Browser, wrong: dict[str, object], said: str
) -> None:
    typed = {"name": "new-one", "scope": ["webhooks"], "days": "77"} | wrong
    answer = browser.send_form(KEYS, **typed)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert said in answer.text
    assert f'name="days" type="text" value="{typed["days"]}"' in answer.text
    assert f'name="name" type="text" value="{typed["name"]}"' in answer.text
    if typed["scope"] == ["webhooks"]:
        assert 'value="webhooks" checked' in answer.text
        assert 'value="read" checked' not in answer.text
    assert len(hub.read("/v1/members/ms/keys", by="editor")["keys"]) == 1


def test_more_than_fits_is_refused(browser: Browser) -> None:
    for more in ({"name": "x" * 61}, {"scope": ["read"] * 4}, {"days": "1" * 11}, {"by": "me"}):
        told = {"name": "new", "scope": "read", "days": "1"} | more
        assert browser.send_form(KEYS, **told).status_code == 422


def test_a_key_ends_after_it_was_asked_once_more(hub: Hub, browser: Browser) -> None:
    secret = key(hub.world.engine, "ms", "other")
    path = f"{KEYS}/other/revocation"
    assert "Whoever shows it is refused at once." in browser.reads(path)
    assert hub.get("/v1/members/me", Authorization=f"Bearer {secret}").status_code == 200
    answer = browser.send_form(path)
    assert answer.headers["location"] == f"{KEYS}?done=key-revoked"
    assert hub.get("/v1/members/me", Authorization=f"Bearer {secret}").status_code == 401
    told = browser.reads(answer.headers["location"])
    assert "The key has ended." in told
    assert "other Ended on 23 November 2026" in told
    assert "The key other ended on 23 November 2026." in browser.reads(path)


def test_the_key_of_another_member_is_not_there(hub: Hub, browser: Browser) -> None:
    key(hub.world.engine, "sm", "theirs")
    path = f"{KEYS}/theirs/revocation"
    assert browser.get(path).status_code == 404  # member-key-not-found
    assert browser.send_form(path).status_code == 404
    (found,) = hub.read("/v1/members/sm/keys", by="editor")["keys"]
    assert found["revoked_at"] is None


def test_what_has_expired_stands_below(
    hub: Hub, browser: Browser, traveller: time_machine.Traveller
) -> None:
    key(hub.world.engine, "ms", "short", days=1)
    traveller.shift(timedelta(days=2))
    told = signed_in(hub, "editor").reads(KEYS)
    assert "short Expired on 24 November 2026" in told


def test_of_keys_that_are_over_the_newest_stands_first(
    hub: Hub, browser: Browser, traveller: time_machine.Traveller
) -> None:
    for name in ("a-older", "b-newer"):
        key(hub.world.engine, "ms", name, days=1)
        traveller.shift(timedelta(minutes=1))
    traveller.shift(timedelta(days=2))
    told = signed_in(hub, "editor").reads(KEYS)
    assert told.index("b-newer Expired") < told.index("a-older Expired")


def test_a_closed_member_gets_no_key(hub: Hub, browser: Browser) -> None:
    with writing(hub.world.engine) as session:
        member.close(session, "ms", by="operator")
    told = browser.reads(KEYS)
    assert "Make a key" not in told
    assert "cms Ended on 23 November 2026" in told
    answer = browser.send_form(KEYS, name="new", scope="read", days="")
    assert answer.status_code == 409
    assert not SECRET.search(answer.text)


def test_both_databases_make_keys_alike(new_hub: Hub) -> None:
    as_demo(new_hub.world)
    browser = signed_in(new_hub, "administrator")
    told = {
        "id": "ms",
        "name": "Société « exemple »",
        "country": "CH",
        "contact": "web@ms.example",
        "site": "https://ms.example",
        "locales": "fr",
    }
    assert browser.send_form("/desk/members/new", **told).status_code == 303
    make(browser)
    assert "Société « exemple »" in browser.reads("/desk/members")
    assert "Société « exemple »" in signed_in(new_hub, "editor").reads("/desk/members")
    assert "None. No member shows" in signed_in(new_hub, "duty-1").reads("/desk/recalls")
