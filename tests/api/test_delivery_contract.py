"""What member sites are promised: addresses, fields, validators, caching, refusals, and time."""

import hashlib
import inspect
import json
import re
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api.app import create_app
from api.problems import FRAMEWORK
from content import database, errors
from content.database import writing
from content.publication import demo, representation
from content.records import version as versions
from content.records.version import State
from content.review import policy as policies
from content.review import submission
from content.settings import Settings
from tests.api.hubs import ENVELOPE, NONE_DECLARED, PROBLEM, Hub, open_app, refused
from tests.api.promised import Promised
from tests.reader import TODAY
from tests.world import TEXT, World, page

IN_FORCE = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400"
DAY = "public, max-age=86400, immutable"
YEAR = "public, max-age=31536000, immutable"
FRENCH = "/v1/sections/benefits/fr"
FIVE = page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
ILLUSTRATED = (
    page(TEXT + '\n![A square.](square.svg "The square")\n')
    .decode()
    .replace("change:", "figures: [{file: square.svg, credit: Us, license: CC0-1.0}]\nchange:")
)

#: What the hub is set to where nobody says otherwise.
LOCALES = ["en", "fr", "it", "de", "en-AU", "fr-CH", "de-CH", "it-CH"]


def unpadded(text: str) -> bytes:
    assert "=" not in text
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


# The beginning


def test_whoever_knows_the_host_alone_finds_the_way(sqlite_read_hub: Hub) -> None:
    door = sqlite_read_hub.read("/")
    assert door["name"] == "MSIF hub"
    assert door["links"]["hub"] == "/v1"
    for name, path in door["links"].items():
        assert sqlite_read_hub.get(path).status_code == 200, name


def test_the_catalogue_of_interfaces_is_a_link_set(sqlite_read_hub: Hub) -> None:
    answer = sqlite_read_hub.get("/.well-known/api-catalog")
    assert answer.headers["content-type"].startswith("application/linkset+json; profile=")
    head = sqlite_read_hub.ask("HEAD", "/.well-known/api-catalog")
    assert head.headers["link"] == '</.well-known/api-catalog>; rel="api-catalog"'
    linked = {
        link["href"]
        for entry in answer.json()["linkset"]
        for links in entry.values()
        if isinstance(links, list)
        for link in links
    }
    assert linked == {"/v1", "/openapi.json", "/readyz", "/reference"}
    for path in linked:
        assert sqlite_read_hub.get(path).status_code == 200, path


def test_security_txt_names_a_contact_for_half_a_year(published_world: World) -> None:
    app = open_app(published_world.engine, security_contact="mailto:security@example.org")
    with Promised(app) as client:
        answer = client.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == ("Contact: mailto:security@example.org\nExpires: 2027-05-22T00:00:00Z\n")


def test_without_a_contact_there_is_no_security_txt(sqlite_read_hub: Hub) -> None:
    told = refused(sqlite_read_hub.get("/.well-known/security.txt"), 404, "not-found")
    assert "MSIF_SECURITY_CONTACT" in told["detail"]


def test_the_root_names_everything_and_its_links_lead_somewhere(read_hub: Hub) -> None:
    root = read_hub.read("/v1")
    assert root["name"] == "MSIF hub"
    assert root["seq"] == 6
    assert root["locales"] == LOCALES
    document = read_hub.read(FRENCH)["sha256"]
    known = {"slug": "treatment", "locale": "fr", "words": "treatment"}
    for name, template in root["links"].items():
        sha256 = document if name == "content" else read_hub.read(FRENCH)["approval"]["sign_off"]
        assert read_hub.get(template.format(**known, sha256=sha256)).status_code == 200, name


def test_the_locales_say_how_they_are_written_and_how_much_there_is(read_hub: Hub) -> None:
    found = read_hub.read("/v1/locales")
    assert [one["locale"] for one in found] == LOCALES
    assert found[1] == {
        "locale": "fr",
        "name": "French",
        "native_name": "français",
        "dir": "ltr",
        "parent": None,
        "in_force": 3,
        "coverage": 1.0,
    }
    assert (found[2]["in_force"], found[2]["coverage"]) == (0, 0)


def test_an_empty_hub_answers_with_nothing(empty_hub: Hub) -> None:
    assert empty_hub.read("/v1")["seq"] == 0
    assert {one["coverage"] for one in empty_hub.read("/v1/locales")} == {0}
    assert empty_hub.read("/v1/sections") == {"sections": [], "more": False}
    assert empty_hub.read("/v1/changes") == {"events": [], "next": 0, "more": False}
    refused(empty_hub.get(FRENCH), 404, "section-not-found")
    refused(empty_hub.get("/v1/pages/treatment/en"), 404, "section-not-found")


# Lists


def places(told: Any) -> list[tuple[str, str]]:
    return [(one["section"], one["locale"]) for one in told["sections"]]


def test_the_list_is_in_order_of_section_and_locale(read_hub: Hub) -> None:
    told = read_hub.read("/v1/sections")
    assert places(told) == [
        (section, locale)
        for section in ("benefits", "risks", "treatment")
        for locale in ("en", "fr")
    ]
    assert told["more"] is False
    summary = told["sections"][1]
    envelope = read_hub.read(summary["url"])
    assert summary.items() - {"changed_at": 0, "url": 0}.items()
    assert {name: envelope[name] for name in summary if name in envelope} == {
        name: value for name, value in summary.items() if name in envelope
    }
    assert summary["changed_at"] == TODAY


def walked(hub: Hub, path: str) -> Iterator[tuple[str, str]]:
    """Where every link to the next page leads, to the end."""
    while path:
        answer = hub.get(path)
        told = answer.json()
        yield from places(told)
        link = answer.headers.get("link", "")
        assert bool(link) == told["more"] == ("cursor" in told)
        found = re.fullmatch(r'<([^>]+)>; rel="next"', link)
        following = found[1] if found else ""
        assert (
            not following or urlsplit(path).query in urlsplit(following).query or "cursor" in path
        )
        path = following


def test_pages_walked_to_the_end_are_the_whole(read_hub: Hub) -> None:
    whole = places(read_hub.read("/v1/sections"))
    french = [place for place in whole if place[1] == "fr"]
    for limit in (1, 2, 4, 5, 6):
        assert list(walked(read_hub, f"/v1/sections?limit={limit}")) == whole, limit
        assert list(walked(read_hub, f"/v1/sections?limit={limit}&locale=fr")) == french, limit


def test_the_filters_of_the_list(hub: Hub) -> None:
    hub.world.publish_page(FIVE)
    assert places(hub.read("/v1/sections?locale=fr&page=treatment&limit=2")) == [
        ("benefits", "fr"),
        ("risks", "fr"),
    ]
    assert places(hub.read("/v1/sections?status=outdated")) == [("benefits", "fr")]
    assert places(hub.read("/v1/sections?status=review-due")) == []
    assert len(places(hub.read("/v1/sections?status=current"))) == 5
    assert places(hub.read("/v1/sections?page=risks")) == []
    assert places(hub.read("/v1/sections?locale=de")) == []
    assert places(hub.read("/v1/sections?locale=FR&page=treatment"))[0] == ("benefits", "fr")


def test_the_list_of_what_changed_since(hub: Hub, traveller: time_machine.Traveller) -> None:
    traveller.move_to("2026-12-01T12:00:00Z")
    hub.world.publish_page(FIVE)
    for since in ("2026-12-01T00:00:00Z", "2026-12-01T13:00:00%2B01:00", "2026-12-01T12:00:00"):
        told = hub.read(f"/v1/sections?changed_since={since}")
        assert places(told) == [("benefits", "en"), ("benefits", "fr")], since
    assert places(hub.read("/v1/sections?changed_since=2026-12-01T12:00:01Z")) == []


ODD_QUERIES = [
    "cursor=garbage",
    "cursor=%C3%A9",
    "cursor=YQ",  # one part
    "cursor=YQBiAGM",  # three parts
    "cursor=gICA",  # no UTF-8
    "cursor=" + "A" * 300,
    "limit=0",
    "limit=-1",
    "limit=1000000",
    "limit=two",
    "status=withdrawn",
    "locale=no_such_language",
    "locale=f%0D%0AX-Evil:%201",
    "changed_since=yesterday",
    "changed_since=0001-01-01T00:00:00%2B23:59",
    "changed_since=9999-12-31T23:59:59-23:59",
    "page=" + "a" * 81,
]


def test_a_query_that_makes_no_sense_is_refused(sqlite_read_hub: Hub) -> None:
    for query in ODD_QUERIES:
        answer = sqlite_read_hub.get(f"/v1/sections?{query}")
        assert answer.status_code == 422, query
        refused(answer, 422, answer.json()["code"])


# One section


def test_the_envelope_of_a_section(read_hub: Hub) -> None:
    told = read_hub.read(FRENCH)
    assert tuple(told) == ENVELOPE
    english = read_hub.read("/v1/sections/benefits/en")
    assert tuple(english) == ENVELOPE
    assert english["translation_of"] is None
    expected = {
        "section": "benefits",
        "locale": "fr",
        "version": 1,
        "status": "current",
        "title": "fr – Benefits",
        "summary": None,
        "children": [],
        "page": "treatment",
        "evidence": [],
        "figures": [],
        "dir": "ltr",
        "last_reviewed": "2026-11-20",
        "review_by": "2027-11-20",
        "license": "CC-BY-4.0",
        "attribution": {"text": "MSIF", "url": "https://www.msif.org/"},
        "disclaimer": "fr – Ask your neurologist.",
        "notice": None,
        "links": [{"text": "the register", "url": "https://example.org/register"}],
        "translation_of": {
            "locale": "en",
            "version": 1,
            "sha256": english["sha256"],
            "current_version": 1,
            "outdated_since": None,
            "change": None,
        },
        "urls": {
            "self": FRENCH,
            "content": f"/v1/content/{told['sha256']}",
            "sign_off": f"/v1/sign-offs/{told['approval']['sign_off']}",
            "history": f"{FRENCH}/versions",
            "proof": "/proof/benefits/fr",
            "page": "/v1/pages/treatment/fr",
            "alternates": {"en": "/v1/sections/benefits/en"},
        },
    }
    assert {name: told[name] for name in expected} == expected
    assert [one["kind"] for one in told["approval"]["reviewed_by"]] == ["revision", "language"]
    assert told["approval"]["signed_by"] == [
        {
            "name": "Language-2-Fr",
            "role": "language-reviewer:fr",
            "organisation": "Organisation of language-2-fr",
            "at": TODAY,
        }
    ]
    assert "4 of 10" in told["html"]
    for url in (*told["urls"]["alternates"].values(), told["urls"]["history"]):
        assert read_hub.get(url).status_code == 200


def test_a_section_without_language_says_where_it_is_in_force(hub: Hub) -> None:
    hub.world.withdraw("risks", "fr")
    told = hub.read("/v1/sections/treatment")
    assert told["source_locale"] == "en"
    assert told["children"] == ["benefits", "risks"]
    assert [(one["locale"], one["version"], one["status"]) for one in told["locales"]] == [
        ("en", 1, "current"),
        ("fr", 1, "current"),
    ]
    assert all(hub.read(one["url"])["sha256"] == one["sha256"] for one in told["locales"])
    below = hub.read("/v1/sections/risks")
    assert (below["parent"], below["page"], below["withdrawn"]) == (
        "treatment",
        "treatment",
        ["fr"],
    )
    refused(hub.get("/v1/sections/nothing"), 404, "section-not-found")


def test_the_headers_of_an_answer_in_force(read_hub: Hub) -> None:
    answer = read_hub.get(FRENCH)
    digest = b64encode(hashlib.sha256(answer.content).digest()).decode()
    expected = {
        "content-type": "application/json",
        "cache-control": IN_FORCE,
        "content-language": "fr",
        "content-location": FRENCH,
        "last-modified": "Mon, 23 Nov 2026 09:00:00 GMT",
        "link": '</v1/sections/benefits/en>; rel="alternate"; hreflang="en"',
        "surrogate-key": "section:benefits locale:fr page:treatment",
        "cache-tag": "section:benefits,locale:fr,page:treatment",
        "unencoded-digest": f"sha-256=:{digest}:",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    assert "demo" not in answer.headers


def test_a_locale_that_is_not_there_falls_to_its_parent_and_says_so(read_hub: Hub) -> None:
    answer = read_hub.get("/v1/sections/benefits/fr-CH")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["locale"], told["requested_locale"]) == ("fr", "fr-CH")
    assert answer.headers["content-language"] == "fr"
    assert answer.headers["content-location"] == FRENCH
    assert "unencoded-digest" not in answer.headers
    assert answer.headers["etag"] != read_hub.get(FRENCH).headers["etag"]
    tag = answer.headers["etag"]
    assert read_hub.get("/v1/sections/benefits/fr-CH", If_None_Match=tag).status_code == 304
    assert read_hub.read("/v1/pages/treatment/fr-CH-x-site")["requested_locale"] == "fr-CH-x-site"


def test_the_spelling_of_a_locale_does_not_matter(sqlite_read_hub: Hub) -> None:
    assert (
        sqlite_read_hub.get("/v1/sections/benefits/FR").content
        == sqlite_read_hub.get(FRENCH).content
    )


def test_another_language_comes_only_when_it_is_asked_for(read_hub: Hub) -> None:
    missing = refused(read_hub.get("/v1/sections/benefits/de"), 404, "translation-not-found")
    assert missing["available"] == [
        {"locale": "en", "url": "/v1/sections/benefits/en"},
        {"locale": "fr", "url": FRENCH},
    ]
    answer = read_hub.get("/v1/sections/benefits/de?fallback=fr-CH")
    assert answer.json()["locale"] == "fr"
    assert answer.json()["requested_locale"] == "de"
    assert answer.headers["content-language"] == "fr"
    page_missing = refused(read_hub.get("/v1/pages/treatment/de"), 404, "translation-not-found")
    assert [one["url"] for one in page_missing["available"]] == [
        "/v1/pages/treatment/en",
        "/v1/pages/treatment/fr",
    ]
    assert read_hub.read("/v1/pages/treatment/de?fallback=en")["requested_locale"] == "de"
    refused(read_hub.get("/v1/sections/benefits/de?fallback=%20"), 422, "locale-malformed")


# Whole pages


def test_a_page_nests_its_sections_in_order(read_hub: Hub) -> None:
    told = read_hub.read("/v1/pages/treatment/fr")
    assert [one["section"] for one in told["sections"]] == ["benefits", "risks"]
    assert told["missing"] == []
    assert set(told) == {*ENVELOPE, "sections", "missing"}
    assert all(set(one) == {*ENVELOPE, "sections"} for one in told["sections"])
    assert told["seq"] == max(one["seq"] for one in [*told["sections"], read_hub.read(FRENCH)])
    assert told["urls"]["self"] == "/v1/pages/treatment/fr"
    assert told["urls"]["alternates"] == {"en": "/v1/pages/treatment/en"}


def test_a_page_lists_what_is_not_in_force_in_its_language(hub: Hub) -> None:
    hub.world.withdraw("risks", "fr")
    told = hub.read("/v1/pages/treatment/fr")
    assert told["missing"] == ["risks"]
    assert [one["section"] for one in told["sections"]] == ["benefits"]
    assert hub.read("/v1/pages/treatment/en")["missing"] == []


def test_a_section_below_a_page_is_no_page(sqlite_read_hub: Hub) -> None:
    refused(sqlite_read_hub.get("/v1/pages/benefits/en"), 404, "section-not-found")


# Versions, bytes and signatures


def test_the_history_of_a_section(hub: Hub, traveller: time_machine.Traveller) -> None:
    traveller.move_to("2026-12-01T12:00:00Z")
    hub.world.publish_page(FIVE)
    told = hub.read("/v1/sections/benefits/en/versions")
    assert (told["section"], told["locale"]) == ("benefits", "en")
    second, first = told["versions"]
    assert (first["version"], first["state"]) == (1, "superseded")
    assert (second["version"], second["state"]) == (2, "in_force")
    assert first["in_force_since"] == TODAY
    assert first["in_force_until"] == second["in_force_since"] == "2026-12-01T12:00:00Z"
    assert second["in_force_until"] is None
    assert second["change"] == {"kind": "clinical", "summary": "5, not 4"}
    assert second["sign_off"] == hub.read("/v1/sections/benefits/en")["approval"]["sign_off"]
    for one in (first, second):
        old = hub.get(one["url"])
        assert hashlib.sha256(old.content).hexdigest() == one["sha256"]
        assert old.headers["cache-control"] == DAY
        assert old.headers["etag"] == f'"{one["sha256"]}"'


def test_a_number_that_was_never_in_force_is_not_there(hub: Hub) -> None:
    hub.world.write(FIVE)  # version 2, a draft
    for number in ("2", "3", "1000000"):
        refused(hub.get(f"/v1/sections/benefits/en/versions/{number}"), 404, "version-not-found")
    for number in ("0", "-1", "1000001", "two", str(2**70)):
        refused(hub.get(f"/v1/sections/benefits/en/versions/{number}"), 422, "bad-input")
    listed = hub.read("/v1/sections/benefits/en/versions")["versions"]
    assert [one["version"] for one in listed] == [1]


def test_what_is_being_written_cannot_be_told_from_what_never_was(sqlite_hub: Hub) -> None:
    sqlite_hub.world.write(page("# Diet {#diet}\n\nEat well.\n"))
    for form in (
        "/v1/sections/{}",
        "/v1/sections/{}/en",
        "/v1/pages/{}/en",
        "/v1/sections/{}/en/versions",
        "/v1/sections/{}/en/versions/1",
    ):
        written, never = (sqlite_hub.get(form.format(slug)) for slug in ("diet", "tied"))
        assert written.status_code == never.status_code == 404
        assert written.text.replace("diet", "tied") == never.text, form
    assert sqlite_hub.get("/v1/sections/benefits/de/versions").json()["available"]


def test_content_is_the_bytes_that_its_name_says(hub: Hub) -> None:
    told = hub.read(FRENCH)
    answer = hub.get(told["urls"]["content"])
    assert hashlib.sha256(answer.content).hexdigest() == told["sha256"]
    assert answer.headers["cache-control"] == DAY
    assert answer.headers["cdn-cache-control"] == "max-age=31536000"
    assert answer.headers["etag"] == f'"{told["sha256"]}"'
    document = answer.json()
    assert document["kind"] == "msif.section/1"
    assert {name: document[name] for name in ("section", "locale", "version", "title")} == {
        name: told[name] for name in ("section", "locale", "version", "title")
    }
    assert document["translation_of"]["sha256"] == told["translation_of"]["sha256"]
    etag = {"If-None-Match": answer.headers["etag"]}
    assert hub.ask("GET", told["urls"]["content"], headers=etag).status_code == 304


def test_the_bytes_of_a_draft_are_nowhere(hub: Hub) -> None:
    hub.world.write(FIVE)
    draft = hub.world.version("benefits").document
    refused(hub.get(f"/v1/content/{draft}"), 404, "document-not-found")
    refused(hub.get(f"/v1/content/{'0' * 64}"), 404, "document-not-found")
    for odd in ("0" * 63, "A" * 64, "0" * 64 + "%0A", "..%2F..%2Fetc%2Fpasswd"):
        assert hub.get(f"/v1/content/{odd}").status_code in (404, 422), odd


def test_a_sign_off_is_what_was_signed(hub: Hub) -> None:
    told = hub.read(FRENCH)
    answer = hub.get(told["urls"]["sign_off"])
    assert answer.headers["cache-control"] == YEAR
    sign_off = answer.json()
    assert set(sign_off) == {"statement", "signatures"}
    statement = unpadded(sign_off["statement"])
    digest = hashlib.sha256(statement).hexdigest()
    assert digest == told["approval"]["sign_off"]
    stated = json.loads(statement)
    assert stated["kind"] == "msif.sign-off/1"
    assert stated["role"] == "language-reviewer:fr"
    assert set(stated) == {"kind", "id", "role", "created", "trust", "items"}
    mine = next(one for one in stated["items"] if one["section"] == "benefits")
    assert mine == {
        "section": "benefits",
        "locale": "fr",
        "version": 1,
        "sha256": told["sha256"],
        "source": told["translation_of"]["sha256"],
        "review_by": "2027-11-20",
    }
    (signature,) = sign_off["signatures"]
    assert set(signature) == {"block", "credential"}
    assert json.loads(unpadded(signature["block"])) == {
        "kind": "msif.signature/1",
        "statement": digest,
        "person": "language-2-fr",
        "name": "Language-2-Fr",
        "meaning": "approval",
        "interests": NONE_DECLARED,
        "at": TODAY,
    }
    board = hub.read(hub.read("/v1/sections/benefits/en")["urls"]["sign_off"])
    assert len(board["signatures"]) == 3


def test_a_statement_that_is_still_open_is_nobodys_business(busy_hub: Hub) -> None:
    listed = busy_hub.read("/v1/editing/statements?state=open", by="editor")["statements"]
    for one in listed:
        refused(busy_hub.get(f"/v1/sign-offs/{one['sha256']}"), 404, "statement-not-found")
    assert listed


# The feed


def test_the_feed_is_dense_ordered_and_goes_on(hub: Hub) -> None:
    hub.world.publish_page(FIVE)
    hub.world.withdraw("risks", "fr")
    whole = hub.read("/v1/changes")
    assert [one["seq"] for one in whole["events"]] == list(range(1, 10))
    assert (whole["next"], whole["more"]) == (9, False)
    walked, after, more = [], 0, True
    while more:
        told = hub.read(f"/v1/changes?after={after}&limit=2")
        walked += told["events"]
        after, more = told["next"], told["more"]
    assert walked == whole["events"]
    assert hub.read("/v1/changes?after=9") == {"events": [], "next": 9, "more": False}
    for ahead in (10, 2**31 - 1):  # a hub that was restored from a backup must not look up to date
        told = refused(hub.get(f"/v1/changes?after={ahead}"), 422, "bad-input")
        assert told["newest"] == 9
    last = whole["events"][-1]
    assert set(last) == {
        *("seq", "type", "section", "locale", "version", "sha256", "page", "at", "change", "reason")
    }
    assert (last["type"], last["section"], last["locale"]) == ("withdrawn", "risks", "fr")
    assert (last["at"], last["reason"]) == (TODAY, "error")
    assert whole["events"][7]["type"] == "outdated"


def test_no_filter_of_the_feed_hides_a_withdrawal(hub: Hub) -> None:
    hub.world.withdraw("risks", "fr")
    for query in ("locale=en", "page=elsewhere", "locale=de&page=elsewhere", "locale=fr-CH"):
        events = hub.read(f"/v1/changes?{query}")["events"]
        assert [one["type"] for one in events].count("withdrawn") == 1, query
    french = hub.read("/v1/changes?locale=fr")
    assert {one["locale"] for one in french["events"]} == {"fr"}
    assert french["next"] == 7
    only = hub.read("/v1/changes?locale=de&limit=1")
    assert (len(only["events"]), only["next"], only["more"]) == (1, 7, False)


def test_the_feed_refuses_numbers_out_of_range(hub: Hub) -> None:
    for query in ("after=-1", f"after={2**31}", "limit=0", "limit=1001", "after=x"):
        refused(hub.get(f"/v1/changes?{query}"), 422, "bad-input")


# Figures


def test_a_figure_is_served_so_that_it_can_only_be_seen(sqlite_hub: Hub) -> None:
    body = {"markdown": ILLUSTRATED, "figures": {"square.svg": b64encode(DRAWING).decode()}}
    answer = sqlite_hub.ask("POST", "/v1/editing/imports", body, by="author")
    assert answer.status_code == 200, answer.text
    sqlite_hub.world.publish("risks")
    (shown,) = sqlite_hub.read("/v1/sections/risks/en")["figures"]
    figure = sqlite_hub.get(shown["url"])
    assert figure.content == DRAWING
    assert hashlib.sha256(DRAWING).hexdigest() == shown["sha256"]
    assert figure.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in figure.headers["content-security-policy"]
    assert figure.headers["x-content-type-options"] == "nosniff"
    assert figure.headers["cache-control"] == YEAR
    refused(sqlite_hub.get(f"/v1/figures/{'0' * 64}"), 404, "document-not-found")


# Validators


IF_NONE_MATCH = [
    ("{tag}", 304),
    ("W/{tag}", 304),
    ('"another", {tag}', 304),
    ('"another",W/{tag} , "third"', 304),
    ("*", 304),
    ('"another"', 200),
    ('W/"another"', 200),
    ("", 200),
    ("{bare}", 200),
    ('*, "another"', 200),
]


def test_if_none_match(sqlite_hub: Hub) -> None:
    tag = sqlite_hub.get(FRENCH).headers["etag"]
    for sent, status in IF_NONE_MATCH:
        value = sent.format(tag=tag, bare=tag.strip('"'))
        assert sqlite_hub.get(FRENCH, If_None_Match=value).status_code == status, sent


def test_two_lines_of_if_none_match_are_one_list(sqlite_hub: Hub) -> None:
    tag = sqlite_hub.get(FRENCH).headers["etag"]
    lines = [("If-None-Match", '"another"'), ("If-None-Match", tag)]
    assert sqlite_hub.client.get(FRENCH, headers=lines).status_code == 304


READ = [
    *("/v1", "/v1/locales", "/v1/sections", "/v1/sections?limit=1", "/v1/sections/benefits"),
    *(FRENCH, f"{FRENCH}/versions", f"{FRENCH}/versions/1", "/v1/pages/treatment/en"),
    *("/v1/changes", "/problems/withdrawn"),
]


def test_304_has_no_body_and_head_is_get_without_one(sqlite_hub: Hub) -> None:
    for path in READ:
        whole = sqlite_hub.get(path)
        assert whole.status_code == 200
        assert re.fullmatch(r'"[0-9a-f]+"', whole.headers["etag"])
        again = sqlite_hub.get(path, If_None_Match=whole.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        kept = {
            *("etag", "cache-control", "vary", "content-location", "last-modified", "link"),
            *("surrogate-key", "cache-tag"),
        }
        assert {k: v for k, v in whole.headers.items() if k in kept} == {
            k: v for k, v in again.headers.items() if k in kept
        }
        assert not {"content-type", "content-length"} & set(again.headers)
        head = sqlite_hub.ask("HEAD", path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == whole.headers
        etag = {"If-None-Match": whole.headers["etag"]}
        assert sqlite_hub.ask("HEAD", path, headers=etag).status_code == 304


def test_the_tag_moves_with_the_answer(sqlite_hub: Hub) -> None:
    before = sqlite_hub.get(FRENCH).headers["etag"]
    sqlite_hub.world.publish_page(FIVE)
    after = sqlite_hub.get(FRENCH, If_None_Match=before)
    assert after.status_code == 200
    assert after.json()["status"] == "outdated"


# Withdrawn


def test_a_withdrawn_text_is_gone_from_every_address(hub: Hub) -> None:
    told = hub.read(FRENCH)
    hub.world.withdraw("benefits", "fr")
    gone = refused(hub.get(FRENCH), 410, "withdrawn")
    assert gone["reason"] == "error"
    assert gone["detail"] == "A number was wrong."
    assert gone["at"] == TODAY
    assert (gone["replacement"], gone["notice"]) == (None, None)
    assert (gone["section"], gone["locale"], gone["version"]) == ("benefits", "fr", 1)
    assert gone["sha256"] == told["sha256"]
    answer = hub.get(FRENCH)
    assert answer.headers["cache-control"] == IN_FORCE
    assert answer.headers["content-language"] == "fr"
    etag = answer.headers["etag"]
    assert hub.get(FRENCH, If_None_Match=etag).status_code == 410
    refused(hub.get(told["urls"]["content"]), 410, "withdrawn")
    refused(hub.get(f"{FRENCH}/versions/1"), 410, "withdrawn")
    assert hub.read(f"{FRENCH}/versions")["versions"][0]["state"] == "withdrawn"
    assert hub.get(told["urls"]["sign_off"]).status_code == 200
    assert ("benefits", "fr") not in places(hub.read("/v1/sections"))
    assert hub.read("/v1/sections/benefits/en")["urls"]["alternates"] == {}


def test_a_tombstone_is_the_answer_and_no_reason_to_look_further(sqlite_hub: Hub) -> None:
    sqlite_hub.world.withdraw("benefits", "fr")
    gone = refused(sqlite_hub.get(f"{FRENCH}-CH?fallback=en"), 410, "withdrawn")
    assert (gone["locale"], gone["requested_locale"]) == ("fr", "fr-CH")


def test_a_tombstone_points_to_what_to_read_instead(sqlite_hub: Hub) -> None:
    body = {"reason": "safety", "text": "Do not use it.", "replacement": "risks", "notice": "risks"}
    path = "/v1/editing/sections/benefits/withdrawal"
    assert sqlite_hub.ask("PUT", path, body, by="duty-1").status_code == 200
    gone = refused(sqlite_hub.get(FRENCH), 410, "withdrawn")
    pointer = {"section": "risks", "locale": "fr", "url": "/v1/sections/risks/fr"}
    assert (gone["replacement"], gone["notice"]) == (pointer, pointer)
    assert sqlite_hub.get("/v1/sections/benefits/en").status_code == 410


# Time, without any worker


def test_an_effective_time_comes_by_itself(hub: Hub, traveller: time_machine.Traveller) -> None:
    hub.world.write(FIVE)
    with hub.world.acting("editor") as (session, editor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        at = version.created_at.replace(year=2027, month=1, day=1)
        submission.schedule(session, editor, version, at)
    hub.world.publish("benefits")
    assert hub.read("/v1/sections/benefits/en")["version"] == 1
    traveller.move_to("2027-01-01T08:59:59Z")
    assert hub.read("/v1/sections/benefits/en")["version"] == 1
    assert hub.read("/v1")["seq"] == 6
    traveller.move_to("2027-01-01T09:00:00Z")
    assert hub.read(FRENCH)["status"] == "outdated", "no other reader came before"
    assert hub.read("/v1/sections/benefits/en")["version"] == 2


@pytest.mark.parametrize(
    "path",
    [
        *("/v1", "/v1/locales", "/v1/sections", "/v1/sections/benefits", "/v1/changes"),
        *(FRENCH, f"{FRENCH}/versions", f"{FRENCH}/versions/1", "/v1/pages/treatment/fr"),
    ],
)
def test_every_reader_sees_what_time_made_due(
    sqlite_hub: Hub, traveller: time_machine.Traveller, path: str
) -> None:
    traveller.move_to("2028-05-20T23:59:59Z")
    last_moment = sqlite_hub.get(path)
    assert last_moment.status_code == 200
    traveller.move_to("2028-05-21T00:00:00Z")
    assert sqlite_hub.get(path).content != last_moment.content


def test_the_label_review_due_and_the_lapse_come_by_themselves(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    document = hub.read(FRENCH)["sha256"]
    traveller.move_to("2027-11-20T23:59:59Z")
    assert hub.read(FRENCH)["status"] == "current"
    traveller.move_to("2027-11-21T00:00:00Z")
    assert hub.read("/v1/pages/treatment/fr")["status"] == "review-due"
    assert hub.read(FRENCH)["status"] == "review-due"
    events = hub.read("/v1/changes?after=6")["events"]
    assert {one["type"] for one in events} == {"review_due"}
    traveller.move_to("2028-05-20T23:59:59Z")
    assert hub.read(FRENCH)["status"] == "review-due"
    traveller.move_to("2028-05-21T00:00:00Z")
    refused(hub.get(f"/v1/content/{document}"), 410, "withdrawn")
    gone = refused(hub.get(FRENCH), 410, "withdrawn")
    assert gone["reason"] == "review-lapsed"
    assert hub.read("/v1/sections") == {"sections": [], "more": False}


def test_a_reader_never_waits_for_a_text_that_cannot_come_yet(
    sqlite_hub: Hub, traveller: time_machine.Traveller
) -> None:
    """The translation's hour comes before its source's: reading takes no writer's place."""
    world = sqlite_hub.world
    world.write(FIVE)
    with world.acting("editor") as (session, editor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        submission.schedule(session, editor, version, version.created_at.replace(month=12, day=20))
    world.publish("benefits")
    world.translate("fr")
    with world.acting("editor") as (session, editor):
        version = versions.opened(session, "benefits", "fr")
        assert version is not None
        submission.schedule(session, editor, version, version.created_at.replace(month=12, day=1))
    world.publish("benefits", locale="fr")
    traveller.move_to("2026-12-10T00:00:00Z")
    assert world.states("fr")["benefits"] == ["in_force", "approved"]
    with writing(world.engine):  # somebody else writes all the while
        assert sqlite_hub.read(FRENCH)["version"] == 1
    traveller.move_to("2026-12-21T00:00:00Z")
    assert sqlite_hub.read(FRENCH)["version"] == 2


def test_an_answer_reckoned_under_an_older_policy_is_made_anew(
    published_world: World, tmp_path: Any, traveller: time_machine.Traveller
) -> None:
    told = policies.DEFAULT_FILE.read_text().replace("grace_months = 6", "grace_months = 12")
    policy = tmp_path / "policy.toml"
    policy.write_text(told)
    traveller.move_to("2027-11-22T00:00:00Z")
    with Promised(open_app(published_world.engine)) as client:
        assert client.get(FRENCH).json()["status"] == "review-due"
    traveller.move_to("2028-06-01T00:00:00Z")  # over by the first policy, not by the second
    with Promised(open_app(published_world.engine, policy_file=policy)) as client:
        assert client.get(FRENCH).json()["status"] == "review-due"
        assert client.get(FRENCH).status_code == 200


# Refusals


def test_an_address_that_is_not_there(sqlite_hub: Hub) -> None:
    for path in (
        "/nothing",
        "/v1/nothing",
        "/v1/sections/",
        "/v1/",
        "http://hub//v1",
        "/v1/sections//fr",
    ):
        answer = sqlite_hub.get(path)
        refused(answer, 404, "not-found")
        assert answer.headers["cache-control"] == "no-store"


METHODS = [
    ("POST", "/v1", "GET, HEAD"),
    ("DELETE", FRENCH, "GET, HEAD"),
    ("PUT", "/openapi.json", "GET, HEAD"),
    ("DELETE", "/v1/editing/people", "GET, HEAD, POST"),
    ("GET", "/v1/editing/imports", "POST"),
    ("POST", "/v1/editing/people/p/grants/board", "DELETE, PUT"),
    ("TRACE", "/v1/changes", "GET, HEAD"),
    ("OPTIONS", "/v1/changes", "GET, HEAD"),
]


def test_a_method_that_an_address_does_not_take(sqlite_hub: Hub) -> None:
    for method, path, allowed in METHODS:
        answer = sqlite_hub.ask(method, path)
        refused(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == allowed, (method, path)


def test_what_was_sent_is_not_repeated(sqlite_hub: Hub) -> None:
    secret = "swordfish"
    answer = sqlite_hub.get(f"/v1/sections?limit={secret}&changed_since={secret}")
    told = refused(answer, 422, "bad-input")
    assert [one["field"] for one in told["errors"]] == ["query.changed_since", "query.limit"]
    assert secret not in answer.text


def test_a_broken_database_is_our_fault_and_says_no_more(
    sqlite_hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite_hub.world.engine.begin() as connection:
        connection.execute(text("DROP TABLE representation"))
    answer = sqlite_hub.get(FRENCH)
    refused(answer, 500, "broken")
    assert "representation" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_hub_that_cannot_write_for_now_says_when_to_try_again(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = published_world.token("author")
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 1)
    with Promised(open_app(published_world.engine)) as client, writing(published_world.engine):
        answer = client.put(
            "/v1/editing/sections/benefits/en/1/submission",
            headers={"Authorization": f"Bearer {secret}", "If-Match": '"1"'},
        )
    refused(answer, 503, "hub-is-busy")
    assert answer.headers["retry-after"] == "1"


def codes() -> list[str]:
    tree = [found for found in vars(errors).values() if inspect.isclass(found)]
    known = {found.code for found in tree if issubclass(found, errors.ContentError)}
    return sorted(known | {code for code, _ in FRAMEWORK.values()})


def test_every_problem_explains_itself_at_its_type(sqlite_hub: Hub) -> None:
    for code in codes():
        answer = sqlite_hub.get(f"/problems/{code}")
        assert answer.status_code == 200, code
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.startswith(f"{code}\n\n")
        assert len(answer.text) > len(code) + 20
    refused(sqlite_hub.get("/problems/no-such-problem"), 404, "not-found")
    refused(sqlite_hub.get("/problems/NOT%0D%0AA-CODE"), 422, "bad-input")


def test_reading_is_open_to_every_site_and_writing_to_none(sqlite_hub: Hub) -> None:
    origin = {"Origin": "https://ms-society.example"}
    answer = sqlite_hub.ask("GET", FRENCH, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    exposed = answer.headers["access-control-expose-headers"]
    assert {"ETag", "Link", "Content-Language"} <= set(exposed.split(", "))

    def preflight(method: str, header: str) -> Response:
        asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": header}
        return sqlite_hub.ask("OPTIONS", FRENCH, headers=origin | asked)

    assert preflight("GET", "if-none-match").status_code == 200
    assert preflight("PUT", "if-none-match").status_code == 400
    assert preflight("GET", "authorization").status_code == 400


# Operation


def test_health(sqlite_hub: Hub) -> None:
    assert sqlite_hub.read("/healthz") == {"status": "ok"}
    ready = sqlite_hub.get("/readyz")
    assert ready.json() == {
        "status": "ok",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "policy": "ok",
            "freshness": "ok",
            "trust": "ok",
            "sign_offs": "ok",
        },
        "seq": 6,
    }
    assert ready.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("DROP TABLE release", "database"),
        ("UPDATE alembic_version SET version_num = '0004_create_sign_off'", "migrations"),
    ],
)
def test_a_hub_that_cannot_work_is_not_ready(sqlite_hub: Hub, damage: str, check: str) -> None:
    with sqlite_hub.world.engine.begin() as connection:
        connection.execute(text(damage))
    answer = sqlite_hub.get("/readyz")
    assert answer.status_code == 503
    assert [name for name, told in answer.json()["checks"].items() if told != "ok"] == [check]
    assert sqlite_hub.get("/healthz").status_code == 200


def test_a_server_stays_ready_beside_a_newer_program_while_the_schema_only_grew(
    sqlite_hub: Hub,
) -> None:
    def altered(statement: str) -> int:
        with sqlite_hub.world.engine.begin() as connection:
            connection.execute(text(statement))
        return sqlite_hub.get("/readyz").status_code

    assert altered("UPDATE alembic_version SET version_num = '9999_of_a_newer_program'") == 200
    assert altered("ALTER TABLE person ADD COLUMN nickname TEXT") == 200
    assert altered("ALTER TABLE person DROP COLUMN erased_at") == 503


def test_a_hub_without_its_policy_is_not_ready(published_world: World, tmp_path: Any) -> None:
    app = open_app(published_world.engine, policy_file=tmp_path / "missing.toml")
    with Promised(app) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert "missing.toml" in answer.json()["checks"]["policy"]


def test_a_database_at_another_schema_is_not_served(published_world: World) -> None:
    with published_world.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(errors.NotMigrated):
        open_app(published_world.engine)


def test_settings_come_from_the_environment_where_none_are_given(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = published_world.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("MSIF_DATABASE_URL", url)
    monkeypatch.setenv("MSIF_LOCALES", "en, ar")
    with Promised(create_app()) as client:
        assert client.get("/v1").json()["locales"] == ["en", "ar"]
        arabic = client.get("/v1/locales").json()[1]
        assert (arabic["locale"], arabic["dir"]) == ("ar", "rtl")
    assert Settings(database_url=url).locale_tags == ("en", "ar")


# The demonstration


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/v1", "/v1/sections", "/v1/sections/benefits", FRENCH, f"{FRENCH}/versions"),
        *("/v1/pages/treatment/fr", "/v1/changes", "/v1/changes?locale=zh"),
    ],
)
def test_every_answer_of_a_demonstration_says_so(sqlite_hub: Hub, path: str) -> None:
    with writing(sqlite_hub.world.engine) as session:
        demo.mark(session)
        representation.rebuild(session, sqlite_hub.world.policy)
    told = sqlite_hub.read(path)
    assert told["demo"] is True
    assert told["demo_notice"]
    assert sqlite_hub.get("/v1/locales").headers["demo"] == "true"


def test_states_of_versions_are_the_ones_the_contract_knows() -> None:
    """A new state has to be thought through here: is it served, is it told?"""
    assert {state.value for state in State} == {
        *("draft", "in_review", "sign_off", "approved"),
        *("in_force", "superseded", "withdrawn", "abandoned"),
    }
    assert PROBLEM == "application/problem+json"


def test_a_database_that_does_not_answer_is_said_to_be_away(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("host db.internal is down"))

    monkeypatch.setattr("content.publication.release.newest_seq", away)
    answer = sqlite_hub.get("/v1/changes")
    assert "internal" not in refused(answer, 503, "database-unreachable")["detail"]
    assert answer.headers["retry-after"] == "1"
    monkeypatch.setattr("content.publication.release.newest_seq", lambda _: 1 / 0)
    refused(sqlite_hub.get("/v1/changes"), 500, "broken")
