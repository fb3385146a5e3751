"""Sections and pages in other forms than JSON, as HTTP has them."""

import json
from base64 import b64decode
from hashlib import sha256

import pytest
import time_machine
from sqlmodel import select

from content.publication.forms import FORMS
from content.publication.representation import Representation
from tests.api.hubs import Hub, refused
from tests.tampering import tamper

FRENCH = "/v1/sections/benefits/fr"
PAGE = "/v1/pages/treatment/fr"
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8; variant=CommonMark",
    "jsonld": "application/ld+json",
    "txt": "text/plain; charset=utf-8",
}
ADDRESSES = [f"{path}.{form}" for path in (FRENCH, PAGE) for form in FORMS]


def forget_forms(hub: Hub) -> None:
    """As a program leaves the database that knew nothing of them."""
    assert (
        tamper(hub.world.engine, "DELETE FROM representation WHERE path <> replace(path, '.', '')")
        > 0
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_form_is_an_answer_of_its_own(read_hub: Hub, address: str) -> None:
    path, _, form = address.rpartition(".")
    answer = read_hub.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[form]
    assert answer.headers["content-language"] == "fr"
    assert answer.headers["content-location"] == address
    assert answer.headers["last-modified"] == read_hub.get(path).headers["last-modified"]
    assert answer.headers["surrogate-key"] == read_hub.get(path).headers["surrogate-key"]
    assert answer.headers["cache-control"] == read_hub.get(path).headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script" not in answer.headers["content-security-policy"]
    digest = answer.headers["unencoded-digest"].removeprefix("sha-256=:").removesuffix(":")
    assert b64decode(digest) == sha256(answer.content).digest()
    again = read_hub.get(address, **{"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = read_hub.ask("HEAD", address)
    assert (head.status_code, head.headers["etag"]) == (200, answer.headers["etag"])


def test_each_has_another_tag(sqlite_read_hub: Hub) -> None:
    listed = [*ADDRESSES, FRENCH, PAGE]
    assert len({sqlite_read_hub.get(path).headers["etag"] for path in listed}) == len(listed)


def test_what_a_form_links_to(sqlite_read_hub: Hub) -> None:
    assert sqlite_read_hub.get(f"{FRENCH}.html").headers["link"].split(", ") == [
        f'<{FRENCH}.html>; rel="canonical"',
        f'<{FRENCH}>; rel="alternate"; type="application/json"',
        '</v1/sections/benefits/en.html>; rel="alternate"; hreflang="en"',
        '</proof/benefits/fr>; rel="describedby"; type="text/html"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
    ]


@pytest.mark.parametrize("form", FORMS)
def test_languages_are_found_as_for_json(sqlite_read_hub: Hub, form: str) -> None:
    for path in (FRENCH, PAGE):
        exact = sqlite_read_hub.get(f"{path}.{form}")
        for asked in (f"{path}-BE.{form}", f"{path[:-2]}es.{form}?fallback=fr"):
            answer = sqlite_read_hub.get(asked)
            assert answer.content == exact.content
            assert answer.headers["content-language"] == "fr"
            assert answer.headers["content-location"] == f"{path}.{form}"
            assert answer.headers["etag"] == exact.headers["etag"]
        missing = refused(
            sqlite_read_hub.get(f"{path[:-2]}es.{form}"), 404, "translation-not-found"
        )
        assert [one["url"] for one in missing["available"]] == [
            f"{path[:-2]}{locale}.{form}" for locale in ("en", "fr")
        ]


def test_what_is_not_there(sqlite_read_hub: Hub) -> None:
    refused(sqlite_read_hub.get("/v1/sections/nowhere/fr.html"), 404, "section-not-found")
    refused(sqlite_read_hub.get("/v1/pages/benefits/fr.html"), 404, "section-not-found")
    for name in ("pdf", "HTML", "json", "x" * 200):
        told = refused(sqlite_read_hub.get(f"{FRENCH}.{name}"), 404, "form-not-found")
        assert told["forms"] == list(FORMS)
    refused(sqlite_read_hub.get("/v1/sections/benefits/f_.html"), 422, "locale-malformed")
    refused(sqlite_read_hub.get(f"{FRENCH}.x.html"), 422, "locale-malformed")
    refused(sqlite_read_hub.get(f"{FRENCH}."), 422, "locale-malformed")


@pytest.mark.parametrize("form", FORMS)
def test_withdrawn_is_the_problem_that_json_has(sqlite_hub: Hub, form: str) -> None:
    sqlite_hub.world.withdraw("benefits")
    for address in (f"{FRENCH}.{form}", f"{FRENCH}-BE.{form}"):
        told = refused(sqlite_hub.get(address), 410, "withdrawn")
        assert told["reason"] == "error"
    assert told["requested_locale"] == "fr-BE"
    page = sqlite_hub.get(f"{PAGE}.{form}").text
    assert "Benefits" not in page
    assert "Risks" in page


@pytest.mark.parametrize("form", FORMS)
def test_a_page_whose_first_section_was_withdrawn_is_gone_in_every_form(
    sqlite_hub: Hub, form: str
) -> None:
    sqlite_hub.world.withdraw("treatment")
    refused(sqlite_hub.get(f"{PAGE}.{form}"), 410, "withdrawn")


@pytest.mark.parametrize("form", FORMS)
def test_refused_is_the_problem_that_json_has(sqlite_hub: Hub, form: str) -> None:
    tamper(
        sqlite_hub.world.engine,
        "UPDATE document SET"
        " body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10') AS BLOB)",
    )
    content = sqlite_hub.read(FRENCH)["urls"]["content"]
    refused(sqlite_hub.get(content), 503, "not-signed-off")
    answer = sqlite_hub.get(f"{FRENCH}.{form}")
    refused(answer, 503, "not-signed-off")
    assert answer.headers["cache-control"] == "no-store"


def test_lists_and_what_is_counted_know_of_no_forms(sqlite_read_hub: Hub) -> None:
    listed = sqlite_read_hub.read("/v1/sections")["sections"]
    assert len(listed) == 6
    assert not [one["url"] for one in listed if "." in one["url"]]


def test_what_time_makes_due_is_said_in_every_form(
    sqlite_hub: Hub, traveller: time_machine.Traveller
) -> None:
    traveller.move_to("2027-11-21T00:00:00Z")
    for form in ("html", "md", "txt"):
        assert "À réexaminer." in sqlite_hub.get(f"{PAGE}.{form}").text
    assert sqlite_hub.read(f"{PAGE}.jsonld")["creativeWorkStatus"] == "review-due"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hub_that_was_upgraded_serves_the_forms_of_what_is_in_force_already(
    hub: Hub, address: str
) -> None:
    before = hub.get(address)
    forget_forms(hub)
    answer = hub.get(address)
    assert (answer.status_code, answer.content) == (200, before.content)
    assert answer.headers["etag"] == before.headers["etag"]


def test_a_withdrawal_before_the_upgrade_is_told_in_every_form_after_it(sqlite_hub: Hub) -> None:
    sqlite_hub.world.withdraw("benefits", "fr")
    forget_forms(sqlite_hub)
    refused(sqlite_hub.get(f"{FRENCH}.txt"), 410, "withdrawn")


def test_whoever_asks_for_what_is_not_there_makes_nothing_new(sqlite_read_hub: Hub) -> None:
    def rows() -> list[str]:
        with sqlite_read_hub.world.reading() as session:
            return sorted(session.exec(select(Representation.path)).all())

    before = rows()
    for path in ("/v1/sections/benefits/es.html", "/v1/sections/nowhere/fr.md", f"{FRENCH}.pdf"):
        assert sqlite_read_hub.get(path).status_code == 404
    assert rows() == before


def test_a_program_in_a_page_reads_the_json_ld(sqlite_read_hub: Hub) -> None:
    answer = sqlite_read_hub.get(f"{PAGE}.jsonld", Origin="https://ms-society.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert [one["@id"] for one in json.loads(answer.text)["hasPart"]] == [
        FRENCH,
        "/v1/sections/risks/fr",
    ]
