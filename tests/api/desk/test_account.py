"""How I sign in, on a page: what it lists, adds and takes away, and what it never does."""

import re

import pytest
from sqlmodel import select

from content.database import reading, writing
from content.people import invitation, oidc_link, passkey, registration
from content.people import session as sessions
from content.people.invitation import Invitation
from content.publication import demo
from content.samples import authenticator
from tests.api.desk.browser import Browser
from tests.api.desk.test_passkey_sign_in import enters
from tests.api.desk.test_password_sign_in import PASSWORD, Phone
from tests.api.hubs import Hub
from tests.keys import PARTY, SIGNERS


def registers(hub: Hub, secret: str, who: str, label: str) -> str:
    """By the link that the desk leads to; the credential."""
    made = authenticator.made_for(who, 2)
    with writing(hub.world.engine) as session:
        options = registration.begin(session, secret, PARTY)["publicKey"]
        answer = made.create(options, PARTY.origins[0])
        return registration.finish(session, secret, answer, label, PARTY).credential


def test_somebody_adds_a_passkey_and_takes_the_old_one_away(new_hub: Hub) -> None:
    browser = enters(new_hub)
    page = browser.reads("/desk/account")
    assert "authenticator in software" in page
    assert "last shown here on" in page
    assert "Take away" not in page  # the only one
    led = browser.send_form("/desk/account/passkeys").headers["location"]
    assert led.startswith("/signing/register#")
    added = registers(new_hub, led.partition("#")[2], "board-1", "<b>stick</b>")
    assert "<b>" not in browser.get("/desk/account").text
    old = SIGNERS.authenticators["board-1"].credential
    done = browser.send_form("/desk/account/passkeys/end", credential=old)
    assert done.headers["location"] == "/desk/account?done=passkey-removed"
    assert "The passkey is taken away." in browser.reads(done.headers["location"])
    with reading(new_hub.world.engine) as session:
        assert [one.credential for one in passkey.of_person(session, "board-1")] == [added]
    last = browser.send_form("/desk/account/passkeys/end", credential=added)
    assert last.status_code == 409  # last-way-in, as a page
    assert "This is your last way to sign in" in last.text


def test_nobody_takes_away_the_key_of_another(empty_hub: Hub) -> None:
    browser = enters(empty_hub)
    theirs = SIGNERS.authenticators["board-2"].credential
    told = [
        browser.send_form("/desk/account/passkeys/end", credential=one)
        for one in (theirs, "made-up")
    ]
    assert [one.status_code for one in told] == [404, 404]
    assert told[0].text == told[1].text


def test_a_password_is_shown_as_set_and_taken_back(empty_hub: Hub) -> None:
    browser = enters(empty_hub)
    phone = Phone(browser, "<i>frida</i>")
    page = browser.get("/desk/account").text
    assert "<strong>&lt;i&gt;frida&lt;/i&gt;</strong>" in page
    assert "8 recovery codes are left." in page
    assert not any(code in page for code in phone.paper)
    renewed = re.findall(
        r"<code>([0-9a-z-]{19})</code>", browser.send_form("/desk/account/codes").text
    )
    assert len(set(renewed) - set(phone.paper)) == 8
    assert browser.send_form("/desk/account/password/end").status_code == 303
    assert "Set a password" in browser.get("/desk/account").text
    assert browser.send_form("/desk/account/codes").status_code == 404


def test_a_name_that_is_set_stands_there_when_the_password_is_changed(empty_hub: Hub) -> None:
    browser = enters(empty_hub)
    Phone(browser, "frida@example.org")
    page = browser.send_form("/desk/account/password/begin").text
    assert 'value="frida@example.org"' in page
    assert PASSWORD not in page


def test_a_token_makes_no_way_in_that_stays(empty_hub: Hub) -> None:
    """Whoever finds one that may only read would otherwise be its person for good."""
    browser = Browser(empty_hub)
    browser.send_form("/desk/sign-in", token=empty_hub.world.token("board-1", "read-drafts"))
    page = browser.get("/desk/account").text
    assert "which changes nothing here" in page
    assert page.count("<form") == 2  # the language, and signing out
    paths = ("passkeys", "passkeys/end", "password/begin", "password", "password/end", "codes")
    for path in (*paths, "service", "service/end"):
        answer = browser.send_form(f"/desk/account/{path}", credential="x", sealed="x")
        assert answer.status_code == 403, path
    with reading(empty_hub.world.engine) as session:
        by = session.exec(select(Invitation.made_by)).all()
    assert "board-1" not in by


def test_in_a_demonstration_the_page_is_as_everywhere(empty_hub: Hub) -> None:
    with writing(empty_hub.world.engine) as session:
        demo.mark(session)
    browser = Browser(empty_hub)
    browser.signs_in("lay")
    assert "You have none yet." in browser.reads("/desk/account")
    Phone(browser, "lay")


@pytest.mark.parametrize("role", ["lay", "administrator", "translator-fr"])
def test_everybody_has_the_page_and_sees_their_own(empty_hub: Hub, role: str) -> None:
    with writing(empty_hub.world.engine) as session:
        oidc_link.join(session, "board-1", "https://id.example", "subject-of-board-1")
        secret = invitation.make(session, role, by="operator", days=1)
    registers(empty_hub, secret, role, f"key of {role}")
    browser = Browser(empty_hub)
    with writing(empty_hub.world.engine) as session:
        told = sessions.begin(session, role, way=sessions.Way.PASSKEY, browser="")
    browser.cookies.set("__Host-msif_desk", told, domain="testserver.local", path="/")
    page = browser.get("/desk/account").text
    assert f"key of {role}" in page
    assert "software" not in page
    assert "subject" not in page
