"""Signing in by another service: whom it lets in, and what it cannot be talked into."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from httpx2 import Response
from joserfc.jwk import ECKey, OctKey
from pytest_httpserver import HTTPServer

from content.database import reading, writing
from content.people import oidc_link
from content.people import session as sessions
from content.people.ceremony import MINUTES
from content.people.session import PROOF_MINUTES
from content.publication import forgetting
from tests.api.desk.browser import COOKIE, Browser, asked
from tests.api.desk.test_passkey_sign_in import enters
from tests.api.hubs import Hub
from tests.oidc import CLIENT, SECRET, Provider

BACK = "/desk/sign-in/service/back"
REFUSED = "The other service did not say who you are"


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="localhost", port=0) as server:
        yield server


@pytest.fixture
def provider(server: HTTPServer) -> Provider:
    server.clear()
    return Provider(server)


@pytest.fixture
def hub(empty_hub: Hub, provider: Provider) -> Hub:
    """With a service, where board-1 has an account that is joined."""
    state = empty_hub.app.state
    told = {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_name": "Example ID",
    }
    settings = state.hub.settings.model_copy(update=told)
    object.__setattr__(state.hub, "settings", settings)
    with writing(empty_hub.world.engine) as session:
        oidc_link.join(session, "board-1", provider.issuer, "subject-1")
    return empty_hub


def address_in(page: Response) -> str:
    """Where the page leads on to by itself."""
    assert page.status_code == 200, page.text
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    assert found
    return html.unescape(found[1])


def begins(browser: Browser, **more: str) -> str:
    return address_in(browser.send_form("/desk/sign-in/service", **more))


def comes_back(browser: Browser, query: str) -> Response:
    answer: Response = browser.get(f"{BACK}?{query}", headers={"Sec-Fetch-Site": "cross-site"})
    return answer


def test_an_account_that_is_joined_signs_its_person_in(hub: Hub, provider: Provider) -> None:
    browser = Browser(hub)
    assert "Go on to Example ID" in browser.get("/desk/sign-in").text
    answer = comes_back(
        browser, provider.consent(begins(browser, next="/desk/sessions"), "subject-1")
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sessions")
    assert "by another service" in browser.reads("/desk/sessions")
    assert provider.calls == [f"http://localhost:8000{BACK}"]
    with reading(hub.world.engine) as session:
        row = sessions.of_person(session, "board-1")[0]
    assert (row.person, row.way, row.may_decide) == ("board-1", "oidc", False)
    # What the service says is no proof of who sits there now.
    assert browser.send_form("/desk/account/codes").status_code == 403


def test_a_secret_in_the_form_where_the_service_wants_it_there(
    hub: Hub, provider: Provider
) -> None:
    provider.tells = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    browser = Browser(hub)
    assert comes_back(browser, provider.consent(begins(browser), "subject-1")).status_code == 303


def test_an_account_that_nobody_joined_makes_nobody(hub: Hub, provider: Provider) -> None:
    browser = Browser(hub)
    answer = comes_back(browser, provider.consent(begins(browser), "subject-2"))
    assert (answer.status_code, COOKIE in answer.cookies) == (401, False)
    with writing(hub.world.engine) as session:
        forgetting.forget(session, "board-1", hub.world.policy, by="operator")
    answer = comes_back(browser, provider.consent(begins(browser), "subject-1"))
    assert answer.status_code == 401


def test_what_comes_back_belongs_to_the_browser_that_began_and_counts_once(
    hub: Hub, provider: Provider, traveller: time_machine.Traveller
) -> None:
    victim, attacker = Browser(hub), Browser(hub)
    query = provider.consent(begins(attacker), "subject-1")
    assert comes_back(victim, query).status_code == 401  # began nothing
    begins(victim)
    assert comes_back(victim, query).status_code == 401  # began something else
    assert COOKIE not in victim.cookies
    assert comes_back(attacker, query).status_code == 303
    assert comes_back(attacker, query).status_code == 401
    late = provider.consent(begins(attacker), "subject-1")
    traveller.shift(MINUTES * 60 + 1)
    assert comes_back(attacker, late).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        {"exp": 1},
        {"nonce": "of-another-request"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 5},
        {"iat": None},
        {"at_hash": "x"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_request_is_none(
    hub: Hub, provider: Provider, wrong: dict[str, Any]
) -> None:
    provider.claims = wrong
    browser = Browser(hub)
    answer = comes_back(browser, provider.consent(begins(browser), "subject-1"))
    assert (answer.status_code, COOKIE in answer.cookies) == (401, False)
    assert REFUSED in answer.text  # service-refused, as a page


def test_a_token_that_the_service_did_not_sign_is_none(hub: Hub, provider: Provider) -> None:
    browser = Browser(hub)
    query = provider.consent(begins(browser), "subject-1")
    provider.publishes = ECKey.generate_key("P-256")
    assert REFUSED in comes_back(browser, query).text


def test_a_token_by_a_shared_secret_is_none(hub: Hub, provider: Provider) -> None:
    """Whoever knows the public key could make one, if it were taken for a secret."""
    browser = Browser(hub)
    query = provider.consent(begins(browser), "subject-1")
    provider.algorithm = "HS256"
    provider.key = OctKey.import_key(SECRET * 2)
    assert REFUSED in comes_back(browser, query).text


@pytest.mark.parametrize(
    "tells",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://evil.example/"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_service_that_is_another_leads_nowhere(
    hub: Hub, provider: Provider, tells: dict[str, Any]
) -> None:
    provider.tells = tells
    answer = Browser(hub).send_form("/desk/sign-in/service")
    assert answer.status_code == 401
    assert REFUSED in answer.text
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "headers"),
    [
        ("[]", 200, {}),
        ("{", 200, {}),
        ("", 500, {}),
        ("", 302, {"Location": "https://evil.example"}),
    ],
)
def test_a_service_that_says_nothing_of_use_lets_nobody_in(
    hub: Hub, provider: Provider, body: str, status: int, headers: dict[str, str]
) -> None:
    provider.server.clear()
    provider.server.expect_request("/.well-known/openid-configuration").respond_with_data(
        body, status, headers
    )
    assert REFUSED in Browser(hub).send_form("/desk/sign-in/service").text


def test_it_leads_nowhere_but_back_to_the_desk(hub: Hub, provider: Provider) -> None:
    for onward in ("https://evil.example", "//evil.example", "/desk\\..\\v1"):
        browser = Browser(hub)
        answer = comes_back(browser, provider.consent(begins(browser, next=onward), "subject-1"))
        assert answer.headers["location"] == "/desk"


def test_no_service_is_offered_where_none_is_set(empty_hub: Hub) -> None:
    browser = Browser(empty_hub)
    assert "/desk/sign-in/service" not in browser.get("/desk/sign-in").text
    assert browser.send_form("/desk/sign-in/service").status_code == 404
    assert comes_back(browser, "code=x&state=y").status_code == 401


def test_somebody_joins_their_account_and_parts_with_it(hub: Hub, provider: Provider) -> None:
    browser = enters(hub, "board-2")
    address = address_in(browser.send_form("/desk/account/service"))
    answer = comes_back(browser, provider.consent(address, "subject-2"))
    assert answer.headers["location"] == "/desk/account?done=joined"
    assert "An account there signs you in" in browser.reads("/desk/account?done=joined")
    other = Browser(hub)
    assert comes_back(other, provider.consent(begins(other), "subject-2")).status_code == 303
    browser.send_form("/desk/account/service/end")
    assert comes_back(other, provider.consent(begins(other), "subject-2")).status_code == 401


def test_an_account_of_somebody_else_is_not_taken_over(hub: Hub, provider: Provider) -> None:
    browser = enters(hub, "board-2")
    address = address_in(browser.send_form("/desk/account/service"))
    answer = comes_back(browser, provider.consent(address, "subject-1"))
    assert answer.status_code == 409
    with reading(hub.world.engine) as session:
        assert oidc_link.recognise(session, provider.issuer, "subject-1") == "board-1"


def test_nobody_is_made_to_join_the_account_of_an_attacker(hub: Hub, provider: Provider) -> None:
    attacker, victim = enters(hub, "board-2"), enters(hub, "board-3")
    address = address_in(attacker.send_form("/desk/account/service"))
    query = provider.consent(address, "subject-9")
    assert comes_back(victim, query).status_code == 401
    # Nor where the attacker's own cookie was planted with it.
    secret = attacker.cookies["__Host-msif_link"]
    victim.cookies.set("__Host-msif_link", secret, domain="testserver.local", path="/")
    assert comes_back(victim, query).status_code == 401
    with reading(hub.world.engine) as session:
        assert list(oidc_link.of_person(session, "board-3")) == []


def test_joining_asks_who_sits_there(
    hub: Hub, provider: Provider, traveller: time_machine.Traveller
) -> None:
    browser = enters(hub, "board-2")
    traveller.shift(PROOF_MINUTES * 60 + 1)
    with asked(hub.app.state.hub.engine):
        assert browser.send_form("/desk/account/service").status_code == 403


def test_the_secret_of_the_hub_is_on_no_page(hub: Hub) -> None:
    browser = Browser(hub)
    page = browser.send_form("/desk/sign-in/service").text
    assert SECRET not in page
    assert SECRET not in repr(hub.app.state.hub.settings)
