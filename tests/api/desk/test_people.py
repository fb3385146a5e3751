"""People at the desk: an administrator enters, equips and erases them, and nobody else does."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from httpx2 import Response

from api.desk.people.people import SHOWN
from content.database import reading, writing
from content.errors import InvitationUnknown
from content.people import invitation, passkey, person, token
from content.people import session as sessions
from content.people.role import DECIDING, Grant, Permission, Role
from content.people.session import Way
from tests.api.desk.browser import Browser, as_demo
from tests.api.hubs import Hub
from tests.world import PEOPLE

SCRIPT = "<script>alert('x')</script>"
#: The one that the list has itself.
LIVE = '<script type="module" src="/desk/static/live.js"></script>'
#: Every page and form of people, and what a form needs.
PAGES = ["", "/new", "/lay", "/nobody", "/lay/erase"]
FORMS: dict[str, dict[str, str]] = {
    "/new": {"name": "A", "organisation": "B"},
    "/lay/roles": {"role": "author"},
    "/lay/roles/revoke": {"role": "lay-reviewer"},
    "/lay/tokens": {"label": "x", "days": "1"},
    "/lay/tokens/1/revoke": {},
    "/lay/passkeys/remove": {"credential": "x"},
    "/lay/invitation": {"days": "7"},
    "/lay/invitation/end": {},
    "/lay/sessions/end": {},
    "/lay/sessions/1/end": {},
    "/lay/erase": {},
}


@pytest.fixture
def hub(empty_hub: Hub) -> Hub:
    as_demo(empty_hub.world)
    return empty_hub


def browser_of(hub: Hub, who: str = "administrator", language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


def roles(hub: Hub, who: str) -> list[str]:
    """As the interface for programs tells them."""
    told = hub.read("/v1/editing/people", by="administrator")["people"]
    return next((one["roles"] for one in told if one["id"] == who), [])


def done(answer: Response, to: str) -> None:
    assert (answer.status_code, answer.headers.get("location")) == (303, to), answer.text


def shown_secret(answer: Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found = re.search(r'<input id="secret"[^>]* value="([^"]+)"', answer.text)
    assert found
    return html.unescape(found[1])


def told_alert(answer: Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    found = re.search(r'role="alert" id="refused">([^<]+)<', answer.text)
    assert found
    return html.unescape(found[1])


def test_everybody_is_listed_with_roles_and_means(hub: Hub) -> None:
    told = browser_of(hub).reads("/desk/people")
    assert f"{len(PEOPLE)} people" in told
    assert "Board-1" in told
    assert "Organisation of board-1" in told
    assert "1 passkey" in told
    assert "Language reviewer (fr)" in told
    assert "signed in once 23 November 2026" in told


def test_people_are_found_by_word_and_by_role(hub: Hub) -> None:
    browser = browser_of(hub)
    told = browser.reads("/desk/people?word=duty&role=duty-officer")
    assert "2 people" in told
    assert "Duty-2" in told
    assert "Editor-2" not in told
    assert "Nobody is called so" in browser.reads("/desk/people?word=zzz")
    assert browser.get("/desk/people?role=king").status_code == 422
    assert browser.get("/desk/people?word=" + "x" * 201).status_code == 422


def test_a_long_list_is_cut_into_pages(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        for number in range(SHOWN):
            person.add(session, name=f"Zz {number:03d}", organisation="Many", by="operator")
    browser = browser_of(hub)
    first = browser.get("/desk/people?word=many&page=1")
    assert first.text.count("<tr>") == SHOWN + 1
    assert "page=2" not in first.text
    told = browser.get("/desk/people").text
    assert 'href="/desk/people?word=&amp;role=&amp;page=2" rel="next"' in told
    assert "page 2 of 2" in browser.reads("/desk/people?page=2")
    assert "The list ends before this page." in browser.reads("/desk/people?page=9")


def test_somebody_is_entered_with_roles(new_hub: Hub) -> None:
    as_demo(new_hub.world)
    browser = browser_of(new_hub)
    answer = browser.post(
        "/desk/people/new",
        data={
            "name": "Élodie Martin",
            "organisation": "ARSEP",
            "id": "p-77",
            "roles": ["translator:fr", "author"],
        },
        headers={"Origin": "https://testserver"},
    )
    done(answer, "/desk/people/p-77?done=person-entered")
    assert roles(new_hub, "p-77") == ["author", "translator:fr"]
    told = browser.reads(answer.headers["location"])
    assert "This person is entered." in told
    assert "Translator (French)" in told
    assert "Administrator entered Élodie Martin" in browser.reads("/desk/ledger")


def test_who_is_refused_keeps_what_was_typed(hub: Hub) -> None:
    browser = browser_of(hub)
    typed = {"name": "Ada & Co", "organisation": "MSIF", "id": "lay", "roles": "board"}
    answer = browser.send_form("/desk/people/new", **typed)
    assert "There is somebody with this id already." in told_alert(answer, 409)
    assert 'value="Ada &amp; Co"' in answer.text
    assert 'value="lay"' in answer.text
    assert re.search(r'value="board" checked', answer.text)
    assert roles(hub, "lay") == ["lay-reviewer"]
    for more, status in (
        ({"id": "No Id"}, 422),
        ({"id": "new"}, 422),
        ({"name": " "}, 422),
        ({"id": "x-1", "roles": "king"}, 422),
        ({"id": "x-1", "roles": "x" * 200}, 422),
    ):
        answer = browser.send_form("/desk/people/new", **typed | more)
        assert told_alert(answer, status)
    both = {"name": "A", "organisation": "B", "id": "x-1", "roles": ["administrator", "author"]}
    answer = browser.post("/desk/people/new", data=both, headers={"Origin": "https://testserver"})
    assert "an administrator holds no other role" in told_alert(answer, 403)
    assert roles(hub, "x-1") == []
    assert browser.get("/desk/people/x-1").status_code == 404


def test_a_role_is_given_and_taken_back(hub: Hub) -> None:
    browser = browser_of(hub)
    done(browser.send_form("/desk/people/lay/roles", role="reviser:it"), given("role-given"))
    assert roles(hub, "lay") == ["lay-reviewer", "reviser:it"]
    told = browser.reads(given("role-given"))
    assert "The role is given." in told
    assert "Reviser (Italian)" in told
    answer = browser.send_form("/desk/people/lay/roles/revoke", role="reviser:it")
    done(answer, given("role-taken"))
    assert roles(hub, "lay") == ["lay-reviewer"]


@pytest.mark.parametrize("tag", ["de-FR", "tr-CH", "sq-CH", "ar-DE", "fr-u-ca-gregory"])
def test_a_role_in_a_language_without_a_name_goes_by_its_tag(hub: Hub, tag: str) -> None:
    browser = browser_of(hub)
    answer = browser.send_form("/desk/people/lay/roles", role=f"translator:{tag}")
    done(answer, given("role-given"))
    assert f"Translator ({tag})" in browser.reads("/desk/people/lay")
    assert "/desk/people/lay" in browser.get("/desk/people").text


def given(word: str) -> str:
    return f"/desk/people/lay?done={word}"


@pytest.mark.parametrize(
    ("who", "role", "status", "words"),
    [
        ("administrator", "author", 403, "Nobody gives themselves a role"),
        ("lay", "administrator", 403, "an administrator holds no other role"),
        ("lay", "king", 422, "There is no such role."),
        ("lay", "translator", 422, "There is no such role."),
    ],
)
def test_what_role_nobody_gets(hub: Hub, who: str, role: str, status: int, words: str) -> None:
    before = roles(hub, who)
    answer = browser_of(hub).send_form(f"/desk/people/{who}/roles", role=role)
    assert words in told_alert(answer, status)
    assert roles(hub, who) == before


def test_ones_own_page_offers_no_roles_and_no_erasing(hub: Hub) -> None:
    page = browser_of(hub).get("/desk/people/administrator").text
    assert "Your own roles are given and taken back by another administrator." in page
    assert "/roles/revoke" not in page
    assert "/erase" not in page


def test_a_token_is_shown_once_and_decides_nothing(hub: Hub) -> None:
    browser = browser_of(hub)
    answer = browser.send_form("/desk/people/board-1/tokens", label="laptop", days="3")
    secret = shown_secret(answer)
    with reading(hub.world.engine) as session:
        actor = token.authenticate(session, secret)
    assert actor.id == "board-1"
    assert actor.may(Permission.READ_LEDGER)
    assert not actor.scope & DECIDING
    page = browser.get("/desk/people/board-1").text
    assert secret not in page
    assert "laptop" in page
    assert "26 November 2026" in page
    number = re.findall(r"/desk/people/board-1/tokens/(\d+)/revoke", page)[0]
    answer = browser.send_form(f"/desk/people/lay/tokens/{number}/revoke")
    assert answer.status_code == 404  # not-found: it is not theirs
    done(
        browser.send_form(f"/desk/people/board-1/tokens/{number}/revoke"),
        "/desk/people/board-1?done=token-ended",
    )
    assert (
        hub.client.get(
            "/v1/editing/people/me", headers={"Authorization": f"Bearer {secret}"}
        ).status_code
        == 401
    )  # token-unknown
    assert "One that ended" in browser.reads("/desk/people/board-1")


def test_a_token_can_be_made_for_less_and_no_more(hub: Hub) -> None:
    browser = browser_of(hub)
    fields = {"label": "poll & pull", "days": "3", "scope": "read-drafts"}
    secret = shown_secret(browser.send_form("/desk/people/board-1/tokens", **fields))
    with reading(hub.world.engine) as session:
        assert token.authenticate(session, secret).scope == {Permission.READ_DRAFTS}
    answer = browser.send_form("/desk/people/board-1/tokens", **fields | {"scope": "sign-board"})
    assert "decide nothing" in told_alert(answer, 403)
    assert 'value="poll &amp; pull"' in answer.text
    for days in ("0", "367", "", "-1", "x", "٣"):
        answer = browser.send_form("/desk/people/lay/tokens", label="x", days=days)
        assert told_alert(answer, 422)
    assert 'name="scope" value="sign-board"' not in browser.get("/desk/people/board-1").text


def test_a_link_registers_passkeys_of_this_person(hub: Hub) -> None:
    browser = browser_of(hub)
    link = shown_secret(browser.send_form("/desk/people/author/invitation", days="7"))
    address, secret = link.split("#")
    assert address == "http://localhost:8000/signing/register"
    with reading(hub.world.engine) as session:
        found = invitation.find(session, secret)
        assert (found.person, found.made_by) == ("author", "administrator")
    for days in ("0", "31", "x"):
        answer = browser.send_form("/desk/people/author/invitation", days=days)
        assert told_alert(answer, 422)
        assert f'value="{days}"' in answer.text
    assert secret not in browser.get("/desk/people/author").text


def test_a_link_says_until_when_it_works(hub: Hub, traveller: time_machine.Traveller) -> None:
    answer = browser_of(hub).send_form("/desk/people/author/invitation", days="7")
    assert "It works until 30 November 2026, 09:00:00 UTC." in answer.text.replace("\u00a0", " ")
    secret = shown_secret(answer).split("#")[1]
    traveller.shift(timedelta(days=7, seconds=-1))
    with reading(hub.world.engine) as session:
        invitation.find(session, secret)


def test_a_link_that_is_open_is_shown_and_ended(hub: Hub) -> None:
    browser = browser_of(hub)
    with writing(hub.world.engine) as session:
        invitation.end_all(session, "board-2", by="operator")
    assert "A link by which passkeys" not in browser.reads("/desk/people/board-2")
    with writing(hub.world.engine) as session:
        secrets = [
            invitation.make(session, "board-2", by=by, days=7) for by in ("operator", "board-2")
        ]
    page = browser.get("/desk/people/board-2").text.replace("\u00a0", " ")
    assert page.count("It works until 30 November 2026") == 2
    assert not any(secret in page for secret in secrets)
    done(
        browser.send_form("/desk/people/board-2/invitation/end"),
        "/desk/people/board-2?done=links-ended",
    )
    told = browser.reads("/desk/people/board-2?done=links-ended")
    assert "No link registers a passkey of this person any more." in told
    assert "A link by which passkeys" not in told
    for secret in secrets:
        with reading(hub.world.engine) as session, pytest.raises(InvitationUnknown):
            invitation.find(session, secret)
    told = browser.reads("/desk/ledger?who=administrator")
    assert "Administrator ended a link by which Board-2 could register passkeys" in told


def test_a_link_leads_to_nothing_that_decides(hub: Hub) -> None:
    browser = browser_of(hub)
    for who in ("lay", "board-1", "editor"):
        told = browser.reads(f"/desk/people/{who}")
        assert f"msif people invite {who}" in told
        assert "Make a link" not in told
        answer = browser.send_form(f"/desk/people/{who}/invitation", days="7")
        assert "decide nothing" in told_alert(answer, 403)
    shown_secret(browser.send_form("/desk/people/author/invitation", days="7"))
    answer = browser.send_form("/desk/people/author/roles", role="medical-reviewer")
    assert "gets no role that reviews or decides" in told_alert(answer, 403)
    path = "/v1/editing/people/author/grants/medical-reviewer"
    assert hub.ask("PUT", path, by="administrator").status_code == 403  # four-eyes
    assert roles(hub, "author") == ["author"]
    done(
        browser.send_form("/desk/people/author/roles", role="translator:fr"),
        "/desk/people/author?done=role-given",
    )


def test_a_passkey_is_taken_away_from_its_person_alone(hub: Hub) -> None:
    browser = browser_of(hub)
    with writing(hub.world.engine) as session:
        (key,) = passkey.of_person(session, "board-1")
        sessions.begin(session, "board-1", way=Way.PASSKEY, browser="")
    page = browser.get("/desk/people/board-1").text
    assert key.fingerprint in page
    assert key.label in page
    wrong = browser.send_form("/desk/people/lay/passkeys/remove", credential=key.credential)
    assert wrong.status_code == 404  # passkey-not-found, as a page
    done(
        browser.send_form("/desk/people/board-1/passkeys/remove", credential=key.credential),
        "/desk/people/board-1?done=passkey-removed",
    )
    with reading(hub.world.engine) as session:
        assert passkey.of_person(session, "board-1") == []
        assert not sessions.of_person(session, "board-1")[0].is_open


def test_somebody_is_signed_out(hub: Hub) -> None:
    browser, *others = browser_of(hub), *(browser_of(hub, "lay") for _ in range(3))
    page = browser.get("/desk/people/lay").text
    assert page.count("Firefox, Linux") >= 3
    number = re.findall(r"/desk/people/lay/sessions/(\d+)/end", page)[0]
    assert browser.send_form(f"/desk/people/editor/sessions/{number}/end").status_code == 404
    done(browser.send_form(f"/desk/people/lay/sessions/{number}/end"), given("session-ended"))
    assert [one.get("/desk").status_code for one in others] == [200, 200, 303]
    done(browser.send_form("/desk/people/lay/sessions/end"), given("sessions-ended"))
    assert [one.get("/desk").status_code for one in others] == [303] * 3
    assert "Administrator ended a session of Lay at the desk" in browser.reads("/desk/ledger")


def test_erasing_is_explained_done_and_final(new_hub: Hub) -> None:
    as_demo(new_hub.world)
    browser = browser_of(new_hub)
    browser_of(new_hub, "board-1")
    told = browser.reads("/desk/people/board-1/erase")
    assert "Erase Board-1?" in told
    assert "The id board-1" in told
    assert "The name in signatures" in told
    done(
        browser.send_form("/desk/people/board-1/erase"),
        "/desk/people/board-1?done=person-erased",
    )
    told = browser.reads("/desk/people/board-1")
    assert "An erased person" in told
    assert "Board-1" not in told
    assert roles(new_hub, "board-1") == []
    with reading(new_hub.world.engine) as session:
        assert not any(row.is_open for row in sessions.of_person(session, "board-1"))
        assert passkey.of_person(session, "board-1") == []
    assert "an erased person (board-1)" in browser.reads("/desk/people")
    told = browser.reads("/desk/ledger?who=board-1")
    assert "an erased person (board-1) signed in at the desk" in told
    assert "This person is erased already." in browser.reads("/desk/people/board-1/erase")


def test_nothing_is_given_to_who_was_erased(hub: Hub) -> None:
    browser = browser_of(hub)
    browser.send_form("/desk/people/lay/erase")
    for path in ("roles", "tokens", "invitation"):
        answer = browser.send_form(f"/desk/people/lay/{path}", **FORMS[f"/lay/{path}"])
        assert told_alert(answer, 404 if path == "roles" else 422)
    assert roles(hub, "lay") == []


def test_nobody_erases_themselves(hub: Hub) -> None:
    browser = browser_of(hub)
    assert "Nobody erases themselves." in browser.reads("/desk/people/administrator/erase")
    answer = browser.send_form("/desk/people/administrator/erase")
    assert "Nobody gives themselves a role or erases" in told_alert(answer, 403)
    assert browser.get("/desk").status_code == 200


def test_nobody_but_an_administrator_sees_or_does_anything(hub: Hub) -> None:
    before = hub.read("/v1/editing/people", by="administrator")
    for who in ("lay", "editor", "board-1", "duty-1", "author", "translator-fr"):
        browser = browser_of(hub, who)
        assert 'href="/desk/people"' not in browser.get("/desk").text
        answers = [browser.get(f"/desk/people{path}") for path in PAGES]
        answers += [browser.send_form(f"/desk/people{to}", **told) for to, told in FORMS.items()]
        for answer in answers:
            assert answer.status_code == 403  # role-missing, as a page
            assert "You may not do this." in answer.text
            assert "Organisation of" not in answer.text
    assert hub.read("/v1/editing/people", by="administrator") == before


def test_a_session_of_a_smaller_token_manages_nobody(new_hub: Hub) -> None:
    browser = Browser(new_hub)
    secret = new_hub.world.token("administrator", "read-ledger")
    browser.send_form("/desk/sign-in", token=secret)
    assert browser.get("/desk/people").status_code == 403  # scope-missing, as a page
    assert browser.send_form("/desk/people/lay/erase").status_code == 403
    assert browser.get("/desk/ledger").status_code == 200


def test_what_is_not_there_is_not_found(hub: Hub) -> None:
    browser = browser_of(hub)
    for path in ("/nobody", "/nobody/erase", "/" + "x" * 200):
        assert browser.get(f"/desk/people{path}").status_code == 404
    for path, told in FORMS.items():
        if "/lay" in path:
            answer = browser.send_form(f"/desk/people{path.replace('lay', 'nobody')}", **told)
            assert answer.status_code == 404, path
    assert browser.get("/desk/people/" + "x" * 201).status_code == 422


def test_what_people_wrote_is_no_script(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        person.add(session, name=SCRIPT, organisation=SCRIPT, by="operator", person_id="x")
        token.make(session, "x", by="operator", label=SCRIPT, days=1)
        token.make(session, "x", by="operator", label=SCRIPT, days=1)
        token.revoke(session, token.of_person(session, "x")[0].key, by="operator")
        sessions.begin(session, "x", way=Way.DEMO, browser=SCRIPT)
    browser = browser_of(hub)
    answers = [
        browser.get(f"/desk/people{path}")
        for path in ("", "/x", "/x/erase", f"?word={SCRIPT}", "/x?done=<script>")
    ]
    answers += [browser.get(f"/desk/ledger?who={SCRIPT}&text={SCRIPT}&since={SCRIPT[:10]}")]
    answers += [browser.send_form("/desk/people/x/tokens", label=SCRIPT, days="0")]
    answers += [browser.send_form("/desk/people/x/invitation", days="<scr>")]
    answers += [browser.send_form("/desk/people/x/invitation", days="1")]
    answers += [browser.send_form("/desk/people/new", name=SCRIPT, organisation=SCRIPT, id=SCRIPT)]
    for answer in answers:
        assert "<script" not in answer.text.replace(LIVE, ""), answer.url
        assert answer.status_code in (200, 422)


def test_what_roles_may_do_is_told_to_everybody(hub: Hub) -> None:
    browser = browser_of(hub, "lay")
    assert 'href="/desk/people/roles"' in browser.get("/desk").text
    page = browser.get("/desk/people/roles").text
    assert page.count('<tr class="mine">') == 1
    told = browser.reads("/desk/people/roles")
    assert "Lay reviewer You" in told
    assert "take a text out of force, and confirm it" in told
    assert all(len(told) > 0 for told in told.split())
    assert page.count('<th scope="row">') == len(Role)
    assert "Back to all people" not in told
    assert "Back to all people" in browser_of(hub).reads("/desk/people/roles")


def test_the_pages_speak_german(hub: Hub) -> None:
    browser = browser_of(hub, language="de")
    assert "Personen" in browser.reads("/desk/people")
    assert "Französisch (Schweiz)" in browser.get("/desk/people/new").text
    assert "eine Rolle gegeben: " in browser.reads("/desk/ledger?who=operator&family=person")


def test_grants_are_offered_as_they_are_written(hub: Hub) -> None:
    page = browser_of(hub).get("/desk/people/lay").text
    for grant in (Grant(Role.BOARD), Grant(Role.LANGUAGE_REVIEWER, "fr-CH")):
        assert f'<option value="{grant}">' in page
