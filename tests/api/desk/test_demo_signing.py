"""Fictitious people sign at the desk with the keys that a demonstration keeps for them."""

import json

from sqlmodel import select

from content.database import reading
from content.publication import demo_signers
from content.sign_off import signature
from content.sign_off.statement import Statement
from tests.api.desk.browser import Browser, as_demo
from tests.api.hubs import Hub
from tests.keys import SIGNERS

STATEMENT = "2026-0002"
PATH = f"/desk/statements/{STATEMENT}"


def with_keys(hub: Hub) -> Hub:
    """A demonstration that keeps a key for everybody."""
    as_demo(hub.world)
    file = demo_signers.path(hub.app.state.hub.settings)
    file.parent.mkdir(parents=True)
    file.write_text(
        json.dumps([SIGNERS.authenticators[one].told() for one in ("board-4", "editor", "author")])
    )
    return hub


def signers(hub: Hub) -> set[str]:
    with reading(hub.world.engine) as session:
        statement = session.exec(select(Statement).where(Statement.name == STATEMENT)).one()
        return {one.person for one in signature.of_statement(session, statement)}


def test_a_visitor_signs_as_a_member_of_the_board(busy_hub: Hub) -> None:
    hub = with_keys(busy_hub)
    browser = Browser(hub)
    browser.signs_in("board-4")
    assert "Approve with the key of the demonstration" in browser.reads(PATH)
    answer = browser.send_form(f"{PATH}/demonstration")
    assert answer.headers["location"] == f"{PATH}?done=signed-in-software"
    assert "The signature is on record." in browser.reads(answer.headers["location"])
    assert "board-4" in signers(hub)


def test_who_may_not_sign_does_not_sign_so_either(busy_hub: Hub) -> None:
    hub = with_keys(busy_hub)
    before = signers(hub)
    for who in ("editor", "author", "language-1-fr", "administrator"):
        browser = Browser(hub)
        browser.signs_in(who)
        assert browser.send_form(f"{PATH}/demonstration").status_code in (403, 404, 409, 422), who
    assert signers(hub) == before


def test_for_whom_no_key_is_kept_does_not_sign(busy_hub: Hub) -> None:
    hub = with_keys(busy_hub)
    before = signers(hub)
    told = {}
    for who in ("medical-1", "lay", "duty-1"):
        browser = Browser(hub)
        browser.signs_in(who)
        told[who] = browser.send_form(f"{PATH}/demonstration").status_code
    assert told == {"medical-1": 403, "lay": 403, "duty-1": 403}
    file = demo_signers.path(hub.app.state.hub.settings)
    file.write_text("[]")
    browser = Browser(hub)
    browser.signs_in("board-4")
    assert browser.send_form(f"{PATH}/demonstration").status_code == 403
    assert signers(hub) == before


def test_outside_a_demonstration_nobody_does(busy_hub: Hub) -> None:
    browser = Browser(busy_hub)
    browser.send_form("/desk/sign-in", token=busy_hub.world.token("board-4"))
    assert "key of the demonstration" not in browser.reads(PATH)
    assert browser.send_form(f"{PATH}/demonstration").status_code == 422
    assert "board-4" not in signers(busy_hub)
