"""Statements at the desk: what is signed by whom, putting texts to signature, going to sign."""

import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from httpx2 import Response
from sqlmodel import col, select

from content import clock
from content.database import reading, writing
from content.people import person, token
from content.people.role import Permission
from content.records import version as versions
from content.review.review import Kind
from content.sign_off import invitations
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement
from tests.api.desk.browser import Browser, as_demo
from tests.api.hubs import Hub, contents
from tests.world import page

#: What `put_to_work` leaves open: one for the board, one for the language reviewers of French.
BOARDS, FRENCH = "2026-0002", "2026-0006"
EVIL = "<script>alert('x')</script>"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def as_(hub: Hub, who: str, language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


def found(hub: Hub, name: str) -> Statement:
    with reading(hub.world.engine) as session:
        row = session.exec(select(Statement).where(col(Statement.name) == name)).one()
        session.expunge(row)
        return row


# The list


def test_open_ones_stand_first_with_how_many_signed_and_until_when(hub: Hub) -> None:
    hub.world.sign(found(hub, BOARDS).sha256, "board-1")
    told = as_(hub, "editor").reads("/desk/statements")
    names = re.findall(r"Statement (2026-\d+) (Open|Signed off)", told)
    assert names == [
        (FRENCH, "Open"),
        (BOARDS, "Open"),
        ("2026-0005", "Signed off"),
        ("2026-0004", "Signed off"),
        ("2026-0003", "Signed off"),
        ("2026-0001", "Signed off"),
    ]
    assert "1 of 3 signatures" in told
    assert "0 of 1 signature " in told
    assert "Open until 23 December 2026" in told
    assert "3 texts, signed by: Board member" in told


def test_they_are_told_by_state(hub: Hub) -> None:
    hub.world.sign(found(hub, BOARDS).sha256, "board-1", Meaning.REJECTION)
    browser = as_(hub, "board-4")
    told = browser.reads("/desk/statements?state=rejected")
    assert re.findall(r"Statement (2026-\d+)", told) == [BOARDS]
    assert "There are no such statements." in browser.reads("/desk/statements?state=lapsed")
    assert browser.get("/desk/statements?state=eaten").status_code == 422
    assert browser.get("/desk/statements?page=0").status_code == 422
    assert "There are no such statements." in browser.reads("/desk/statements?page=10000")


def test_a_hub_without_statements_says_how_one_comes_about(empty_hub: Hub) -> None:
    as_demo(empty_hub.world)
    told = as_(empty_hub, "board-1").reads("/desk/statements")
    assert "There is no statement yet." in told


def test_long_lists_are_cut(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.statements.statements.ROWS", 4)
    monkeypatch.setattr("api.desk.statements.statement_page.ROWS", 2)
    browser = as_(hub, "editor")
    first, second = browser.get("/desk/statements"), browser.reads("/desk/statements?page=2")
    assert 'rel="next" href="?page=2"' in first.text
    assert len(re.findall(r"Statement 2026-\d+", second)) == 2
    assert 'rel="prev" href="?page=1"' in browser.get("/desk/statements?page=2").text
    assert (
        'href="?state=signed_off&amp;page=2"'
        not in browser.get("/desk/statements?state=signed_off").text
    )
    one = browser.get("/desk/statements/2026-0001").text
    assert "It lists 3 texts" in one
    assert 'rel="next" href="?page=2"' in one
    assert one.count('<th scope="row">') == 2
    assert browser.get("/desk/statements/2026-0001?page=2").text.count('<th scope="row">') == 1


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("editor", {BOARDS, FRENCH}),
        ("board-4", {BOARDS, FRENCH}),
        ("lay", {BOARDS, FRENCH}),
        ("translator-fr", {FRENCH}),
        ("language-2-fr", {FRENCH}),
        ("translator-it", set()),
    ],
)
def test_whoever_works_in_one_language_knows_of_theirs_alone(
    hub: Hub, who: str, seen: set[str]
) -> None:
    browser = as_(hub, who)
    told = browser.reads("/desk/statements")
    for name in (BOARDS, FRENCH):
        assert (name in told) == (name in seen)
        for address in (name, found(hub, name).sha256):
            answer = browser.get(f"/desk/statements/{address}")
            assert answer.status_code == (200 if name in seen else 404)
            sent = browser.send_form(f"/desk/statements/{address}/signing")
            if name not in seen:
                assert sent.status_code == 404  # as one that is not there
                assert (
                    browser.send_form(
                        f"/desk/statements/{address}/invitations", person="board-1"
                    ).text
                    == browser.send_form(
                        "/desk/statements/2099-0001/invitations", person="board-1"
                    ).text
                )


def test_who_administers_has_no_statements(hub: Hub) -> None:
    browser = as_(hub, "administrator")
    assert browser.get("/desk/statements").status_code == 403
    assert browser.get(f"/desk/statements/{BOARDS}").status_code == 404
    assert browser.get("/desk/statements/new").status_code == 403


def places(browser: Browser) -> list[str]:
    return re.findall(r'<li><a href="(/desk/[a-z]+)"', browser.get("/desk").text)


def test_statements_are_a_place_of_who_opens_and_signs_them(hub: Hub) -> None:
    for who in ("editor", "board-1", "language-2-fr"):
        assert "/desk/statements" in places(as_(hub, who))
    for who in ("lay", "translator-fr", "administrator", "author"):
        assert "/desk/statements" not in places(as_(hub, who))


# One statement


def test_its_page_says_what_it_lists_who_signed_who_can_and_who_cannot(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        person.grant(session, "medical-1", "board", by="operator")
        person.revoke(session, "board-3", "board", by="operator")
    digest = found(hub, BOARDS).sha256
    hub.world.sign(digest, "board-1")
    hub.world.sign(digest, "board-2", relevant=True)
    browser = as_(hub, "editor")
    told = browser.reads(f"/desk/statements/{BOARDS}")
    assert browser.reads(f"/desk/statements/{digest}") == told
    assert f"Statement {BOARDS}" in told
    assert "Opened by Editor, 23 November 2026" in told
    assert "1 of 3 signatures" in told
    assert "2 more are needed to approve what it lists." in told
    assert "It is open until 23 December 2026" in told
    signed = told[told.index("Who has signed") : told.index("Who has not signed: Board member")]
    assert "Board-1 Organisation of board-1" in signed
    assert "Interests: none declared" in signed
    assert ("Approved" in signed, "Stood aside" in signed) == (True, True)
    others = told[told.index("Who has not signed: Board member") :]
    assert "Board-4 Organisation of board-4 Can sign. Make a link" in others
    assert "Board-3 Organisation of board-3 Cannot sign: the trust file or the role" in others
    assert "Medical-1 Organisation of medical-1 Cannot sign: reviewed one of these" in others
    text = browser.get(f"/desk/statements/{BOARDS}").text
    assert 'href="/desk/sections/signing/en?version=1"' in text
    # A first version is compared with nothing, a translation with its source.
    assert "/compare?" not in text
    (there,) = re.findall(
        r'href="(/[^"]+/compare[^"]+)"', browser.get(f"/desk/statements/{FRENCH}").text
    )
    assert browser.get(there.replace("&amp;", "&")).status_code == 200
    assert browser.get("/desk/sections/signing/en?version=1").status_code == 200
    assert text.count('class="full"') == 1
    assert text.count('class="free"') == 2


def test_the_page_of_a_statement_that_was_rejected_says_why(hub: Hub) -> None:
    hub.world.sign(found(hub, BOARDS).sha256, "board-1", Meaning.REJECTION, comment=EVIL)
    browser = as_(hub, "board-4")
    told = browser.reads(f"/desk/statements/{BOARDS}")
    assert "Each began again as a draft, with the same words." in told
    assert "It ended 23 November 2026" in told
    assert "Given up" in told
    assert "Who has not signed" not in told
    assert "Read and sign" not in told
    text = browser.get(f"/desk/statements/{BOARDS}").text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_one_that_lapsed_lapses_before_the_page_is_read(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    traveller.shift(timedelta(days=31))
    browser = as_(hub, "editor")
    told = browser.reads(f"/desk/statements/{BOARDS}")
    assert "Lapsed" in told
    assert "Too few had signed in time" in told
    assert "Nobody." in told
    assert hub.world.states()["signing"] == ["abandoned", "draft"]


def test_enough_signatures_wait_for_reviews_of_an_urgent_text(hub: Hub) -> None:
    hub.world.write(page("# Urgent {#urgent}\n\nStop.\n", kind="safety", summary=EVIL))
    hub.world.submit("urgent")
    digest = hub.world.open_statement("urgent")
    for one in ("board-1", "board-2", "board-3"):
        hub.world.sign(digest, one)
    browser = as_(hub, "editor")
    told = browser.reads(f"/desk/statements/{digest}")
    assert "Enough people have signed." in told
    assert "<script" not in browser.get(f"/desk/statements/{digest}").text


def test_one_that_the_hub_opened_says_so(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        listed = [versions.opened(session, "reviewed", "en")]
        made = statements.put_to_signature(
            session,
            [one for one in listed if one is not None],
            hub.world.policy,
            "board",
            opened_by=None,
        )
        name = made.name
    assert "Opened by the hub" in as_(hub, "editor").reads(f"/desk/statements/{name}")


@pytest.mark.parametrize("name", ["2026-1", "x", "A" * 64, "0" * 63, "2026-0002%00"])
def test_what_is_no_name_is_refused(hub: Hub, name: str) -> None:
    assert as_(hub, "editor").get(f"/desk/statements/{name}").status_code in (400, 422)


# Going to sign


def secret_of(location: str) -> str:
    return urlsplit(location).fragment


def test_a_board_member_goes_straight_to_the_page_for_signing(hub: Hub) -> None:
    digest = found(hub, BOARDS).sha256
    browser = as_(hub, "board-4", "de")
    assert (
        f'action="/desk/statements/{BOARDS}/signing"'
        in browser.get(f"/desk/statements/{BOARDS}").text
    )
    answer = browser.send_form(f"/desk/statements/{BOARDS}/signing")
    assert answer.status_code == 303
    there = urlsplit(answer.headers["location"])
    assert (there.netloc, there.path) == ("", f"/signing/statements/{digest}")
    assert there.query == "lang=de"
    headers = {"Authorization": f"Bearer {there.fragment}"}
    read = browser.get(f"/v1/editing/statements/{digest}", headers=headers).json()
    assert (read["signing"]["person"], read["signing"]["obstacle"]) == ("board-4", None)
    # It signs and reads, and opens nothing else.
    assert browser.get("/v1/editing/ledger", headers=headers).status_code == 403
    assert Browser(hub).send_form("/desk/sign-in", token=there.fragment).status_code == 401


def test_ones_own_way_is_open_for_some_hours(hub: Hub, traveller: time_machine.Traveller) -> None:
    answer = as_(hub, "board-4").send_form(f"/desk/statements/{BOARDS}/signing")
    secret = secret_of(answer.headers["location"])
    traveller.shift(timedelta(hours=invitations.OWN_HOURS, seconds=1))
    headers = {"Authorization": f"Bearer {secret}"}
    path = f"/v1/editing/statements/{found(hub, BOARDS).sha256}"
    assert hub.client.request("GET", path, headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("who", "name", "status"),
    [
        ("lay", BOARDS, 403),
        ("editor", BOARDS, 403),
        ("language-2-fr", BOARDS, 404),
        ("language-1-fr", FRENCH, 403),  # reviewed it
        ("board-4", FRENCH, 403),
        ("board-1", "2026-0001", 409),
        ("board-1", "2026-0003", 409),
    ],
)
def test_who_cannot_sign_is_led_nowhere(hub: Hub, who: str, name: str, status: int) -> None:
    browser = as_(hub, who)
    before = contents(hub.world.engine)
    answer = browser.send_form(f"/desk/statements/{name}/signing")
    assert answer.status_code == status
    assert contents(hub.world.engine) == before
    assert "Read and sign" not in browser.get(f"/desk/statements/{name}").text


def test_who_has_signed_is_told_so(hub: Hub) -> None:
    hub.world.sign(found(hub, BOARDS).sha256, "board-4")
    browser = as_(hub, "board-4")
    assert "About you: Has signed already." in browser.reads(f"/desk/statements/{BOARDS}")
    assert browser.send_form(f"/desk/statements/{BOARDS}/signing").status_code == 409


def test_a_session_that_may_less_signs_less(new_hub: Hub) -> None:
    new_hub.world.write()
    digest = new_hub.world.put_to_signature("treatment")
    browser = Browser(new_hub)
    secret = new_hub.world.token("board-1", "read-drafts withdraw")
    assert browser.send_form("/desk/sign-in", token=secret).status_code == 303
    assert "Read and sign" not in browser.get(f"/desk/statements/{digest}").text
    assert browser.send_form(f"/desk/statements/{digest}/signing").status_code == 403


# Inviting


def test_an_editor_makes_a_link_for_one_person_that_is_shown_once(hub: Hub) -> None:
    digest = found(hub, BOARDS).sha256
    browser = as_(hub, "editor")
    answer = browser.send_form(f"/desk/statements/{BOARDS}/invitations", person="board-3")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    (link,) = re.findall(r'value="(http[^"]+/signing/[^"]+)"', answer.text)
    assert urlsplit(link).path == f"/signing/statements/{digest}"
    assert "A link for Board-3 alone" in answer.text
    with reading(hub.world.engine) as session:
        actor = token.authenticate(session, secret_of(link))
    assert actor.id == "board-3"
    assert actor.scope == {Permission.READ_DRAFTS, Permission.SIGN_BOARD}
    assert secret_of(link) not in browser.get(f"/desk/statements/{BOARDS}").text
    # An editor who kept it is nobody else at the desk.
    assert Browser(hub).send_form("/desk/sign-in", token=secret_of(link)).status_code == 401


def test_nobody_else_makes_links(hub: Hub) -> None:
    for who in ("board-1", "lay", "author", "duty-1"):
        browser = as_(hub, who)
        assert "Make a link" not in browser.get(f"/desk/statements/{BOARDS}").text
        before = contents(hub.world.engine)
        answer = browser.send_form(f"/desk/statements/{BOARDS}/invitations", person="board-3")
        assert answer.status_code == 403
        assert contents(hub.world.engine) == before


@pytest.mark.parametrize(
    ("who", "status", "why"),
    [
        ("board-1", 409, "Has signed already."),
        ("editor", 403, "Cannot sign: the trust file or the role"),
        ("lay", 403, "Cannot sign: the trust file or the role"),
    ],
)
def test_no_link_is_made_for_who_cannot_sign(hub: Hub, who: str, status: int, why: str) -> None:
    hub.world.sign(found(hub, BOARDS).sha256, "board-1")
    browser = as_(hub, "editor")
    answer = browser.send_form(f"/desk/statements/{BOARDS}/invitations", person=who)
    assert answer.status_code == status
    assert f"No link was made for {who.title()}. {why}" in answer.text
    assert "/signing/statements/" not in answer.text


@pytest.mark.parametrize(("who", "status"), [("nobody", 404), (EVIL, 404), ("x" * 201, 422)])
def test_a_link_is_for_somebody(hub: Hub, who: str, status: int) -> None:
    answer = as_(hub, "editor").send_form(f"/desk/statements/{BOARDS}/invitations", person=who)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text


def test_without_a_trust_file_that_holds_nothing_is_put_to_signature(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    traveller.shift(timedelta(days=800))
    hub.world.write(page("# Later {#later}\n\nLater.\n", review_by="2029-11-20"))
    hub.world.submit("later")
    hub.world.review_all("later")
    answer = send(as_(hub, "editor"), ["later/en/1"])
    assert answer.status_code == 409
    assert "There is no valid trust file at present" in answer.text
    assert boxes(answer.text)["later/en/1"]


# Putting to signature


def ready(hub: Hub, *sections: str) -> None:
    for section in sections or ("reviewed",):
        hub.world.review_all(section)


def boxes(text: str) -> dict[str, bool]:
    """Reference to whether it is ticked."""
    found = re.findall(
        r'<input type="checkbox"[^>]*name="version" value="([^"]+)"( checked)?', text
    )
    return {reference: bool(ticked) for reference, ticked in found}


def send(browser: Browser, versions: Iterable[str], days: str = "14") -> Response:
    return browser.post(
        "/desk/statements/new",
        data={"version": list(versions), "days": days},
        headers={"Origin": "https://testserver"},
    )


def test_an_editor_puts_what_is_ready_to_signature(hub: Hub) -> None:
    browser = as_(hub, "editor")
    assert "No text is ready to be signed." in browser.reads("/desk/statements/new")
    ready(hub)
    hub.world.review("risks", "reviser-fr", Kind.REVISION, locale="fr")
    text = browser.get("/desk/statements/new").text
    assert boxes(text) == {"reviewed/en/1": False, "risks/fr/1": False}
    told = browser.reads("/desk/statements/new")
    assert "To be signed by: Board member 3 signatures are needed." in told
    assert "To be signed by: Language reviewer (fr) One signature is needed." in told
    assert "fr – Risks (fr, version 1)" in told
    answer = send(browser, ["reviewed/en/1"])
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/statements/2026-0007?done=put-to-signature"
    assert "The statement is open." in browser.reads(
        "/desk/statements/2026-0007?done=put-to-signature"
    )
    read = hub.read("/v1/editing/statements?state=open", by="editor")["statements"]
    (made,) = (one for one in read if one["name"] == "2026-0007")
    assert (made["role"], made["opened_by"]) == ("board", "editor")
    assert made["lapses_at"] == clock.stamp(clock.now() + timedelta(days=14))
    assert boxes(browser.get("/desk/statements/new").text) == {"risks/fr/1": False}


@pytest.mark.parametrize("days", ["0", "31", "-3", "many", "", "٣", "9" * 10])
def test_too_long_or_no_number_is_refused_with_the_ticks_kept(hub: Hub, days: str) -> None:
    ready(hub)
    answer = send(as_(hub, "editor"), ["reviewed/en/1"], days)
    assert answer.status_code == 422
    assert boxes(answer.text) == {"reviewed/en/1": True}
    assert f'name="days" value="{days}"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_nothing_chosen_is_refused(hub: Hub) -> None:
    ready(hub)
    answer = send(as_(hub, "editor"), [])
    assert answer.status_code == 422
    assert "Choose at least one text." in answer.text


def test_what_is_not_ready_any_more_is_told_and_the_other_ticks_are_kept(hub: Hub) -> None:
    ready(hub)
    browser = as_(hub, "editor")
    answer = send(browser, ["reviewed/en/1", "risks/fr/1"])
    assert answer.status_code == 409
    text = re.sub(r"\s+", " ", answer.text)
    assert "Something still stands before this, so nothing was done." in text
    assert "It is about: fr – Risks" in text
    assert "Another linguist has compared it with the source text" in text
    assert boxes(text) == {"reviewed/en/1": True}
    assert "You chose these too, but they are not ready any more:" in text
    assert hub.world.states()["reviewed"] == ["in_review"]


def test_urgent_texts_say_what_is_still_to_come(hub: Hub) -> None:
    hub.world.write(page("# Urgent {#urgent}\n\nStop.\n", kind="safety", summary=EVIL))
    hub.world.submit("urgent")
    browser = as_(hub, "editor")
    text = browser.get("/desk/statements/new").text
    assert "Urgent, so it may be signed while these are still open:" in text
    assert "Physicians have approved it" in text
    assert "<script>alert" not in text
    assert send(browser, ["urgent/en/1"]).status_code == 303


def test_mixed_or_unknown_or_malformed_choices_are_refused(hub: Hub) -> None:
    ready(hub)
    browser = as_(hub, "editor")
    for chosen, status in (
        (["nowhere/en/1"], 404),
        (["reviewed/en/1", "reviewed/en/1"], 422),
        ([EVIL], 422),
        (["reviewed/en/0"], 422),
        (["x/en/1"] * 201, 422),
    ):
        answer = send(browser, chosen)
        assert answer.status_code == status, chosen
        assert "<script>alert" not in answer.text
    assert hub.world.states()["reviewed"] == ["in_review"]


def test_only_so_many_are_offered_at_a_time(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.desk.statements.composing.OFFERED_MAX", 1)
    hub.world.write(page("# More {#more}\n\nMore.\n"))
    hub.world.submit("more")
    ready(hub, "reviewed", "more")
    told = as_(hub, "editor").reads("/desk/statements/new")
    assert "One more is ready. It is offered once these are put to signature." in told


@pytest.mark.parametrize("who", ["board-1", "lay", "author", "translator-fr", "administrator"])
def test_nobody_else_puts_anything_to_signature(hub: Hub, who: str) -> None:
    ready(hub)
    browser = as_(hub, who)
    assert browser.get("/desk/statements/new").status_code == 403
    assert send(browser, ["reviewed/en/1"]).status_code == 403
    assert hub.world.states()["reviewed"] == ["in_review"]
    if who != "administrator":
        assert "/desk/statements/new" not in browser.get("/desk/statements").text


# Trust files


def test_the_board_finds_the_trust_file_that_waits(hub: Hub) -> None:
    digest = hub.world.propose_trust()
    browser = as_(hub, "board-1")
    told = browser.reads("/desk/statements")
    assert "Trust file 2 waits for the board" in told
    assert "People who have signed: 0" in told
    answer = browser.send_form(f"/desk/statements/trust/{digest}/signing")
    there = urlsplit(answer.headers["location"])
    assert there.path == f"/signing/trust/{digest}"
    headers = {"Authorization": f"Bearer {there.fragment}"}
    read = browser.get(f"/v1/editing/trust/{digest}", headers=headers).json()
    assert (read["signing"]["person"], read["signing"]["obstacle"]) == ("board-1", None)


def test_nobody_else_knows_of_it(hub: Hub) -> None:
    digest = hub.world.propose_trust()
    for who in ("editor", "lay", "language-2-fr"):
        browser = as_(hub, who)
        assert "Trust file" not in browser.get("/desk/statements").text
        for one in (digest, "0" * 64):
            sent = browser.send_form(f"/desk/statements/trust/{one}/signing")
            assert sent.status_code == 404
    board = as_(hub, "board-1")
    assert board.send_form(f"/desk/statements/trust/{'0' * 64}/signing").status_code == 404
    assert board.send_form("/desk/statements/trust/x/signing").status_code == 422
