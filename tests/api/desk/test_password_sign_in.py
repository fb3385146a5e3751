"""Setting up a password with a code, signing in by it, and what a guesser meets."""

import re
from base64 import b32decode

import pytest
import time_machine
from httpx2 import Response
from sqlmodel import select

from api.desk.signing_in.attempts import Attempts
from content import clock
from content.database import reading, writing
from content.ledger import LedgerRow, latest_of
from content.people import delay, person, recovery, totp
from content.people import session as sessions
from content.people.password import Password
from content.people.session import PROOF_MINUTES
from content.publication import forgetting
from tests.api.desk.browser import COOKIE, ORIGIN, Browser
from tests.api.desk.test_passkey_sign_in import FAILED, enters
from tests.api.hubs import Hub

PASSWORD = "correct horse battery staple"
WAIT = "Wait a quarter of an hour"


def secret_in(page: str) -> bytes:
    """The secret, as somebody reads it who cannot point a phone."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return b32decode(found[1].replace(" ", ""))


def sealed_in(page: str) -> str:
    found = re.search(r'name="sealed" value="([^"]+)"', page)
    assert found
    return found[1]


def code_of(secret: bytes, ahead: int = 0) -> str:
    return totp.code_of(secret, int(clock.seconds()) // totp.STEP_SECONDS + ahead)


class Phone:
    """The app of somebody who set a password, and the paper with their codes."""

    def __init__(self, browser: Browser, name: str = "frida@example.org") -> None:
        page = browser.send_form("/desk/account/password/begin").text
        self.secret, self.name = secret_in(page), name
        done = browser.send_form(
            "/desk/account/password",
            name=name,
            password=PASSWORD,
            sealed=sealed_in(page),
            code=f"{code_of(self.secret)[:3]} {code_of(self.secret)[3:]}",
        )
        assert done.status_code == 200, done.text
        self.paper = re.findall(r"<code>([0-9a-z-]{19})</code>", done.text)
        assert len(self.paper) == recovery.CODES

    @property
    def code(self) -> str:
        return code_of(self.secret)


@pytest.fixture
def phone(empty_hub: Hub, traveller: time_machine.Traveller) -> Phone:
    """Of board-1, who set it up a minute ago."""
    made = Phone(enters(empty_hub))
    traveller.shift(60)
    return made


def tries(hub: Hub, name: str, password: str = PASSWORD, code: str = "000000") -> Response:
    """Each from a browser, and an address, of its own."""
    object.__setattr__(hub.app.state.hub, "attempts", Attempts())
    return Browser(hub).send_form("/desk/sign-in/password", name=name, password=password, code=code)


def events(hub: Hub, who: str = "board-1") -> list[tuple[str, str]]:
    with reading(hub.world.engine) as session:
        rows = latest_of(session, who, 100)
        hubs: list[LedgerRow] = [
            row for row in latest_of(session, "hub", 100) if row.subject == who
        ]
        return [(row.event, row.detail) for row in [*rows, *hubs]]


def test_a_password_with_a_code_is_the_way_back(
    new_hub: Hub, traveller: time_machine.Traveller
) -> None:
    phone = Phone(enters(new_hub))
    traveller.shift(60)
    answer = tries(new_hub, " Frida@Example.ORG ", code=phone.code)
    assert answer.status_code == 303, answer.text
    with reading(new_hub.world.engine) as session:
        row = sessions.of_person(session, "board-1")[0]
        kept = session.get_one(Password, "board-1")
    assert (row.way, row.may_decide) == ("password", True)
    assert kept.hash.startswith("$argon2id$")
    assert phone.secret not in kept.sealed
    written = dict(events(new_hub))
    assert {"person.password_set", "person.codes_made", "session.began"} <= written.keys()
    assert PASSWORD not in str(written)


def test_a_code_may_be_typed_as_the_app_shows_it(empty_hub: Hub, phone: Phone) -> None:
    shown = f" {phone.code[:3]} {phone.code[3:]}\u00a0"
    assert tries(empty_hub, phone.name, code=shown).status_code == 303


@pytest.mark.parametrize("password", ["wrong horse battery staple", "", PASSWORD.upper()])
def test_a_password_alone_or_a_code_alone_does_nothing(
    empty_hub: Hub, phone: Phone, password: str
) -> None:
    alone = tries(empty_hub, phone.name, PASSWORD, "")
    assert alone.status_code in (401, 422)
    wrong = tries(empty_hub, phone.name, password, phone.code)
    assert wrong.status_code in (401, 422)
    assert COOKIE not in wrong.cookies
    # And by that the code was not used up.
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 303


def test_a_code_counts_once_and_none_before_it(
    empty_hub: Hub, phone: Phone, traveller: time_machine.Traveller
) -> None:
    code, before = phone.code, code_of(phone.secret, -1)
    assert tries(empty_hub, phone.name, code=code).status_code == 303
    for used in (code, before):
        refused = tries(empty_hub, phone.name, code=used)
        assert refused.status_code == 401
        assert FAILED in refused.text
    traveller.shift(totp.STEP_SECONDS)
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 303


def test_a_code_of_long_ago_or_of_somebody_else_is_none(empty_hub: Hub, phone: Phone) -> None:
    other = Phone(enters(empty_hub, "board-2"), "other")
    for code in (code_of(phone.secret, 3), code_of(phone.secret, -3), other.code, other.paper[0]):
        assert tries(empty_hub, phone.name, code=code).status_code == 401
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 303


def test_a_recovery_code_counts_once(empty_hub: Hub, phone: Phone) -> None:
    paper = phone.paper[3]
    typed = paper.upper().replace("-", " ").replace("0", "O").replace("1", "I")
    assert tries(empty_hub, phone.name, code=typed).status_code == 303
    assert tries(empty_hub, phone.name, code=paper).status_code == 401
    assert ("person.code_used", '{"left":7}') in events(empty_hub)
    with reading(empty_hub.world.engine) as session:
        digests = set(session.exec(select(recovery.RecoveryCode.digest)))
    assert len(digests) == recovery.CODES - 1
    assert not digests & {one.replace("-", "") for one in phone.paper}


def test_names_that_are_there_and_names_that_are_not_are_answered_alike(
    empty_hub: Hub, phone: Phone
) -> None:
    told = []
    for name in (phone.name, "nobody@example.org"):
        pages = [tries(empty_hub, name, "a password that is wrong") for _ in range(delay.FREE + 1)]
        told.append([(one.status_code, one.text.replace(name, "NAME")) for one in pages])
    assert told[0] == told[1]
    assert [status for status, _ in told[0]] == [401] * delay.FREE + [429]
    assert WAIT in told[0][-1][1]


def test_a_list_of_passwords_from_many_addresses_waits_and_passkeys_do_not(
    empty_hub: Hub, phone: Phone, traveller: time_machine.Traveller
) -> None:
    tried = waited = 0
    for _ in range(60):  # one a minute, for an hour
        status = tries(empty_hub, phone.name, "guess guess guess").status_code
        tried, waited = tried + (status == 401), waited + (status == 429)
        traveller.shift(60)
    assert (tried + waited, tried) == (60, 5 + 4 + 3)
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 429
    enters(empty_hub)  # the board member has a passkey, and is in
    traveller.shift(delay.LONGEST_SECONDS)
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 303
    failures = [detail for event, detail in events(empty_hub) if event == "person.attempts_failed"]
    assert failures == ['{"failed":12}', '{"failed":10}', '{"failed":5}']


def test_an_address_that_fails_often_waits_whatever_names_it_tries(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    fields = {"password": "guess guess guess", "code": "000000"}
    told = [
        browser.send_form("/desk/sign-in/password", name=f"n{one}", **fields).status_code
        for one in range(11)
    ]
    assert told == [401] * 10 + [429]


def test_who_was_erased_does_not_sign_in(empty_hub: Hub, phone: Phone) -> None:
    with writing(empty_hub.world.engine) as session:
        forgetting.forget(session, "board-1", empty_hub.world.policy, by="operator")
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 401


def test_a_decision_asks_for_the_password_and_the_code(
    empty_hub: Hub, phone: Phone, traveller: time_machine.Traveller
) -> None:
    browser = enters(empty_hub)
    traveller.shift(PROOF_MINUTES * 60 + 1)
    page = browser.send_form("/desk/account/codes")
    assert page.status_code == 403
    assert 'name="proof-password"' in page.text
    wrong = {"proof-password": PASSWORD, "proof-code": "000000"}
    refused = browser.send_form("/desk/account/codes", **wrong)
    assert refused.status_code == 401
    assert PASSWORD not in refused.text
    right = wrong | {"proof-code": phone.code}
    assert "Recovery codes" in browser.send_form("/desk/account/codes", **right).text
    assert ("session.proven", '{"session":2,"way":"password"}') in events(empty_hub)


def test_the_password_of_somebody_else_proves_nothing(
    empty_hub: Hub, phone: Phone, traveller: time_machine.Traveller
) -> None:
    browser = enters(empty_hub, "board-2")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    theirs = {"proof-password": PASSWORD, "proof-code": phone.code}
    assert browser.send_form("/desk/account/codes", **theirs).status_code == 401
    Phone(enters(empty_hub, "board-3"), "three")
    other = enters(empty_hub, "board-3")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    theirs["proof-code"] = phone.code
    assert other.send_form("/desk/account/codes", **theirs).status_code == 401


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "12 to 256 characters"),
        ("x" * 12, "would soon be guessed"),
        ("password1234", "would soon be guessed"),
        ("qwertyuiop123", "would soon be guessed"),
        ("Board-1 is my name!", "Leave your name"),
        ("Organisation of board-1", "Leave your name"),
    ],
)
def test_a_password_that_is_guessed_is_not_taken_and_the_square_stays(
    empty_hub: Hub, password: str, why: str
) -> None:
    browser = enters(empty_hub)
    page = browser.send_form("/desk/account/password/begin").text
    assert "<svg" in page
    again = browser.send_form(
        "/desk/account/password",
        name="<b>me</b>",
        password=password,
        sealed=sealed_in(page),
        code=code_of(secret_in(page)),
    )
    assert again.status_code == 422  # password-refused, as a page
    assert why in again.text
    assert secret_in(again.text) == secret_in(page)
    assert "&lt;b&gt;me" in again.text
    assert password not in re.sub(r"<[^>]*>", "", again.text)


def test_a_wrong_code_or_a_taken_name_sets_nothing(empty_hub: Hub, phone: Phone) -> None:
    browser = enters(empty_hub, "board-2")
    page = browser.send_form("/desk/account/password/begin").text
    right = {"password": PASSWORD, "sealed": sealed_in(page), "code": code_of(secret_in(page))}
    for wrong, why in (
        ({"name": "me", "code": "000000"}, "not the code that the app shows now"),
        ({"name": phone.name.upper()}, "under this name"),
        ({"name": "board-3"}, "under this name"),
        ({"name": "a\nb"}, "cannot be taken"),
    ):
        answer = browser.send_form("/desk/account/password", **(right | wrong))
        assert answer.status_code == 422, wrong
        assert why in answer.text
    with reading(empty_hub.world.engine) as session:
        assert session.get(Password, "board-2") is None


def test_a_secret_is_of_its_person_alone(empty_hub: Hub) -> None:
    one, other = enters(empty_hub), enters(empty_hub, "board-2")
    page = one.send_form("/desk/account/password/begin").text
    fields = {"name": "x", "password": PASSWORD, "code": code_of(secret_in(page))}
    stolen = other.send_form("/desk/account/password", sealed=sealed_in(page), **fields)
    assert stolen.status_code == 503  # desk-key-unusable, as a page
    broken = other.send_form("/desk/account/password", sealed="x!", **fields)
    assert broken.status_code == 422


def test_the_key_of_the_desk_is_a_private_file(empty_hub: Hub, phone: Phone) -> None:
    path = empty_hub.app.state.hub.settings.desk_key
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 503
    path.unlink()
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 503  # another key


def test_no_page_of_another_site_sets_a_password(empty_hub: Hub) -> None:
    browser = enters(empty_hub)
    for path in ("/desk/account/password", "/desk/account/codes", "/desk/account/passkeys"):
        answer = browser.post(path, headers={"Origin": ORIGIN + ".evil.example"})
        assert answer.status_code == 403
        assert "page of another site" in answer.text


def test_a_name_is_no_longer_taken_once_its_person_parts_with_it(
    empty_hub: Hub, phone: Phone
) -> None:
    browser = enters(empty_hub)
    browser.send_form("/desk/account/password/end")
    assert tries(empty_hub, phone.name, code=phone.code).status_code == 401
    assert tries(empty_hub, phone.name, code=phone.paper[0]).status_code == 401
    Phone(enters(empty_hub, "board-2"), phone.name)
    with reading(empty_hub.world.engine) as session:
        assert person.find(session, "board-2").erased_at is None
