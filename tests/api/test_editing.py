"""Work by HTTP: the whole way of a text, what guards it, accounts, and bodies that mean no good."""

import hashlib
import json
import re
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import polib
import pytest
import time_machine
from httpx2 import Response

from api.limits import BODY_BYTES_MAX
from content import ledger
from content.people.token import Token
from content.publication.representation import differing
from tests.api.hubs import (
    NONE_DECLARED,
    Hub,
    contents,
    entry,
    refused,
    version_path,
)
from tests.reader import TODAY
from tests.world import TEXT, page

pytestmark = pytest.mark.on_sqlite_first

IMPORTS = "/v1/editing/imports"
STATEMENTS = "/v1/editing/statements"
PEOPLE = "/v1/editing/people"
FIVE = page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4").decode()
ONE_SECTION = page("# Diet {#diet}\n\nEat well.\n").decode()
REASON = {"reason": "It is wrong."}


def submitted(hub: Hub, section: str, by: str = "author", number: int = 1) -> None:
    assert hub.change("submission", section, "en", number, by=by).status_code == 200


def reviewed(hub: Hub, section: str, number: int = 1) -> None:
    for by, kind in (("medical-1", "medical"), ("medical-2", "medical"), ("lay", "lay")):
        answer = hub.review(section, kind, by, number=number)
        assert answer.status_code == 201, answer.text


def diet(hub: Hub, *, until: str = "draft") -> str:
    """A page of one section, taken so far by HTTP; the digest of its statement, if it has one."""
    answer = hub.ask("POST", IMPORTS, {"markdown": ONE_SECTION}, by="author")
    assert answer.status_code == 200, answer.text
    if until == "draft":
        return ""
    submitted(hub, "diet")
    if until == "in_review":
        return ""
    reviewed(hub, "diet")
    opened = hub.ask("POST", STATEMENTS, {"versions": [entry("diet")]}, by="editor")
    assert opened.status_code == 201, opened.text
    digest: str = opened.json()["sha256"]
    if until == "sign_off":
        return digest
    for by in ("board-1", "board-2", "board-3"):
        assert hub.sign(digest, by).status_code == 201
    return digest


def state_of(hub: Hub, section: str, number: int = 1, locale: str = "en") -> str:
    found: str = hub.read(version_path(section, locale, number), by="editor")["state"]
    return found


# The whole way


def test_a_page_goes_the_whole_way_by_http_alone(new_hub: Hub) -> None:
    hub = new_hub
    tried = hub.ask("POST", f"{IMPORTS}?dry_run=true", {"markdown": page().decode()}, by="author")
    assert tried.json() == {
        "dry_run": True,
        "sections": [
            {"section": section, "what": "created", "version": 1}
            for section in ("treatment", "benefits", "risks")
        ],
    }
    assert hub.read("/v1/editing/versions", by="editor")["versions"] == []
    done = hub.ask("POST", IMPORTS, {"markdown": page().decode()}, by="author")
    assert done.json() == tried.json() | {"dry_run": False}
    assert done.headers["cache-control"] == "no-store"

    draft = hub.get(version_path("benefits"), by="author")
    told = draft.json()
    assert (told["state"], told["source"]) == ("draft", None)
    assert told["document"]["title"] == "Benefits"
    assert (told["reviews"], told["units"]) == ([], [])
    assert {one["code"] for one in told["requirements"] if not one["met"]} == {
        *("medical-reviews", "medical-organisations", "lay-reviews"),
    }
    submission = hub.ask(
        "PUT",
        f"{version_path('benefits')}/submission",
        by="author",
        if_match=draft.headers["etag"],
    )
    assert (submission.status_code, submission.json()["state"]) == (200, "in_review")
    assert submission.headers["etag"] != draft.headers["etag"]
    waits = hub.read("/v1/editing/waiting", by="medical-1")
    assert waits == {
        "person": "medical-1",
        "tasks": [{"what": "review-medical", "subject": "benefits/en/1", "due": None}],
    }
    for section in ("treatment", "risks"):
        submitted(hub, section)
    for section in ("treatment", "benefits", "risks"):
        reviewed(hub, section)
    listed = [entry(section) for section in ("treatment", "benefits", "risks")]
    opened = hub.ask("POST", STATEMENTS, {"versions": listed}, by="editor")
    assert opened.status_code == 201
    statement = opened.json()
    assert opened.headers["location"] == f"{STATEMENTS}/{statement['sha256']}"
    assert (statement["role"], statement["threshold"], statement["state"]) == ("board", 3, "open")
    shown = hub.read(opened.headers["location"], by="board-1")
    body = urlsafe_b64decode(shown["body"] + "==")
    assert hashlib.sha256(body).hexdigest() == statement["sha256"]
    assert [one["state"] for one in shown["versions"]] == ["sign_off"] * 3
    assert hub.read("/v1/editing/waiting", by="board-1")["tasks"][0]["due"] == "2026-12-23"
    for by in ("board-1", "board-2"):
        assert hub.sign(statement["sha256"], by).json()["state"] == "open"
    assert hub.get("/v1/sections/benefits/en").status_code == 404
    last = hub.sign(statement["sha256"], "board-3")
    assert last.json()["state"] == "signed_off"
    assert [one["person"] for one in last.json()["signatures"]] == ["board-1", "board-2", "board-3"]

    assert hub.read("/v1/pages/treatment/en")["missing"] == []
    assert hub.read("/v1/sections/benefits/en")["approval"]["sign_off"] == statement["sha256"]
    assert state_of(hub, "benefits") == "in_force"
    with hub.world.reading() as session:
        assert ledger.verify(session) is None
        assert differing(session, hub.world.policy) == []
    rows = hub.read("/v1/editing/ledger?subject=benefits/en/1", by="editor")["rows"]
    assert [row["event"] for row in rows] == [
        *("version.begun", "version.submitted"),
        *("version.reviewed", "version.reviewed", "version.reviewed"),
        *("version.put_to_signature", "version.approved", "version.in_force"),
    ]
    assert {row["actor"] for row in rows} == {
        *("author", "medical-1", "medical-2", "lay", "editor", "board-3", "hub")
    }


def test_a_translation_shows_its_units_and_goes_into_force(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    hub.world.translate("it")
    told = hub.read(version_path("benefits", "it"), by="translator-it")
    assert told["units"][0]["target"] == f"it – {told['units'][0]['source']}"
    assert {one["fuzzy"] for one in told["units"]} == {False}
    assert told["document"]["translation_of"]["locale"] == "en"
    answer = hub.change("submission", "benefits", "it", by="translator-it")
    assert answer.status_code == 200
    for by, kind in (("reviser-it", "revision"), ("language-1-it", "language")):
        assert hub.review("benefits", kind, by, locale="it").status_code == 201
    body = {"versions": [entry("benefits", "it")], "role": "language-reviewer:it"}
    opened = hub.ask("POST", STATEMENTS, body, by="editor")
    assert opened.json()["role"] == "language-reviewer:it"
    seen = hub.get(opened.headers["location"], by="language-2-it")
    assert seen.json()["versions"][0]["section"] == "benefits"
    assert hub.sign(opened.json()["sha256"], "language-2-it").json()["state"] == "signed_off"
    assert hub.read("/v1/sections/benefits/it")["title"] == "it – Benefits"


# What guards a change


@pytest.mark.parametrize(
    ("what", "method", "body"),
    [
        ("submission", "PUT", None),
        ("abandonment", "PUT", REASON),
        ("objection", "PUT", REASON),
        ("effective-time", "PUT", {"at": None}),
        (
            "reviews",
            "POST",
            {"kind": "medical", "verdict": "approve", "interests": NONE_DECLARED},
        ),
    ],
)
def test_a_change_names_what_it_was_decided_on(
    busy_hub: Hub, what: str, method: str, body: Any
) -> None:
    path = f"{version_path('drafted')}/{what}"
    tag = busy_hub.etag("drafted")
    before = contents(busy_hub.world.engine)
    refused(busy_hub.ask(method, path, body, by="editor"), 428, "precondition-missing")
    for stale in ('"0"', '"99999"', f"W/{tag}", "*", tag.strip('"'), ""):
        headers = {"If-Match": stale}
        answer = busy_hub.ask(method, path, body, by="editor", headers=headers)
        assert refused(answer, 412, "precondition-stale")["etag"] == tag, stale
    assert contents(busy_hub.world.engine) == before
    one_of = f'"0", {tag}'
    answer = busy_hub.ask(method, path, body, by="editor", if_match=one_of)
    assert answer.status_code not in (412, 428)


def test_submitting_twice_is_told(new_hub: Hub) -> None:
    diet(new_hub)
    tag = new_hub.etag("diet")
    path = f"{version_path('diet')}/submission"
    assert new_hub.ask("PUT", path, by="author", if_match=tag).status_code == 200
    refused(new_hub.ask("PUT", path, by="author", if_match=tag), 412, "precondition-stale")
    refused(new_hub.change("submission", "diet", by="author"), 409, "state-has-moved")


def test_a_text_that_is_past_draft_is_not_written_over(new_hub: Hub) -> None:
    diet(new_hub, until="in_review")
    same = new_hub.ask("POST", IMPORTS, {"markdown": ONE_SECTION}, by="author")
    assert same.json()["sections"][0]["what"] == "unchanged"
    other = ONE_SECTION.replace("Eat well", "Eat little")
    refused(new_hub.ask("POST", IMPORTS, {"markdown": other}, by="author"), 409, "section-is-busy")


def test_four_eyes(new_hub: Hub) -> None:
    hub = new_hub
    for role in ("medical-reviewer", "board", "editor"):
        granted = hub.ask("PUT", f"{PEOPLE}/author/grants/{role}", by="administrator")
        assert granted.status_code == 200
    hub.ask("PUT", f"{PEOPLE}/medical-1/grants/board", by="administrator")
    diet(hub, until="in_review")
    refused(hub.review("diet", "medical", "author"), 403, "four-eyes")
    reviewed(hub, "diet")
    opened = hub.ask("POST", STATEMENTS, {"versions": [entry("diet")]}, by="editor")
    digest = opened.json()["sha256"]
    refused(hub.sign(digest, "author"), 403, "four-eyes")
    refused(hub.sign(digest, "medical-1"), 403, "four-eyes")
    hub.ask("PUT", f"{PEOPLE}/editor/grants/board", by="administrator")
    refused(hub.sign(digest, "editor"), 403, "four-eyes")
    assert hub.sign(digest, "board-1").status_code == 201
    refused(hub.sign(digest, "board-1"), 409, "already-there")
    assert state_of(hub, "diet") == "sign_off"


def test_a_recusal_is_on_record_and_does_not_count(new_hub: Hub) -> None:
    diet(new_hub, until="in_review")
    interest = {"interests": "I sell vitamins.", "interests_relevant": True}
    answer = new_hub.review("diet", "medical", "medical-1", **interest)
    assert (answer.status_code, answer.json()["verdict"]) == (201, "recuse")
    told = new_hub.read(version_path("diet"), by="editor")
    assert told["reviews"] == [
        {
            "kind": "medical",
            "verdict": "recuse",
            "person": "medical-1",
            "name": "Medical-1",
            "organisation": "Organisation of medical-1",
            "interests": "I sell vitamins.",
            "comment": "",
            "document": told["sha256"],
            "at": TODAY,
        }
    ]
    medical = next(one for one in told["requirements"] if one["code"] == "medical-reviews")
    assert (medical["have"], medical["needed"], medical["met"]) == (0, 2, False)


def test_a_recused_signer_does_not_count_and_a_fourth_is_needed(new_hub: Hub) -> None:
    digest = diet(new_hub, until="sign_off")
    interest = {"interests": "I sell vitamins.", "meaning": "recusal"}
    recused = new_hub.sign(digest, "board-1", **interest).json()
    assert recused["signatures"][0]["meaning"] == "recusal"
    for by in ("board-2", "board-3"):
        assert new_hub.sign(digest, by).json()["state"] == "open"
    assert new_hub.sign(digest, "board-4").json()["state"] == "signed_off"


def test_a_return_sends_the_text_back_and_says_why(new_hub: Hub) -> None:
    diet(new_hub, until="in_review")
    why = {"verdict": "return"}
    refused(new_hub.review("diet", "lay", "lay", **why), 422, "comment-missing")
    refused(new_hub.review("diet", "lay", "lay", **why, comment=" "), 422, "comment-missing")
    refused(new_hub.review("diet", "lay", "lay", interests=" "), 422, "interests-missing")
    refused(new_hub.review("diet", "language", "lay"), 422, "bad-input")
    answer = new_hub.review("diet", "lay", "lay", **why, comment="I do not understand it.")
    assert answer.json()["version"]["state"] == "draft"
    refused(new_hub.review("diet", "medical", "medical-1"), 409, "state-has-moved")
    other = ONE_SECTION.replace("Eat well", "Eat vegetables")
    new_hub.ask("POST", IMPORTS, {"markdown": other}, by="author")
    submitted(new_hub, "diet")
    assert new_hub.review("diet", "lay", "lay").status_code == 201


def test_a_rejection_begins_the_next_draft(new_hub: Hub) -> None:
    digest = diet(new_hub, until="sign_off")
    refused(new_hub.sign(digest, "board-1", meaning="rejection"), 422, "comment-missing")
    refused(new_hub.sign(digest, "board-1", interests="\n"), 422, "interests-missing")
    answer = new_hub.sign(digest, "board-1", meaning="rejection", comment="Too short.")
    assert answer.json()["state"] == "rejected"
    assert (state_of(new_hub, "diet"), state_of(new_hub, "diet", 2)) == ("abandoned", "draft")
    refused(new_hub.sign(digest, "board-2"), 409, "state-has-moved")


def test_a_statement_that_nobody_signed_lapses(
    new_hub: Hub, traveller: time_machine.Traveller
) -> None:
    digest = diet(new_hub, until="sign_off")
    traveller.shift(timedelta(days=30))
    refused(new_hub.sign(digest, "board-1"), 409, "state-has-moved")
    traveller.shift(timedelta(seconds=1))
    new_hub.tokens.clear()
    assert new_hub.get("/v1/changes").status_code == 200  # any reader carries it out
    assert new_hub.read(f"{STATEMENTS}/{digest}", by="editor")["state"] == "lapsed"
    assert state_of(new_hub, "diet", 2) == "draft"


def test_an_objection_stops_what_was_approved(new_hub: Hub) -> None:
    digest = diet(new_hub, until="sign_off")
    at = "2026-12-24T12:00:00.999+01:00"
    answer = new_hub.change("effective-time", "diet", body={"at": at}, by="editor")
    assert answer.json()["effective_at"] == "2026-12-24T11:00:00Z"
    for by in ("board-1", "board-2", "board-3"):
        new_hub.sign(digest, by)
    assert state_of(new_hub, "diet") == "approved"
    refused(
        new_hub.change("objection", "diet", body={"reason": " "}, by="board-4"),
        422,
        "comment-missing",
    )
    answer = new_hub.change("objection", "diet", body=REASON, by="board-4")
    assert (answer.json()["version"], answer.json()["state"]) == (2, "draft")
    assert answer.headers["etag"] == new_hub.etag("diet", number=2)
    refused(new_hub.change("objection", "diet", body=REASON, by="board-4"), 409, "state-has-moved")


def test_giving_up(new_hub: Hub) -> None:
    diet(new_hub)
    refused(
        new_hub.change("abandonment", "diet", body={"reason": "\t"}, by="author"),
        422,
        "comment-missing",
    )
    answer = new_hub.change("abandonment", "diet", body=REASON, by="author")
    assert answer.json()["state"] == "abandoned"
    for what, body in (("submission", None), ("abandonment", REASON)):
        again = new_hub.change(what, "diet", body=body, by="author")
        refused(again, 409, "state-has-moved")
    answer = new_hub.change("effective-time", "diet", body={"at": None}, by="editor")
    refused(answer, 409, "state-has-moved")


EFFECTIVE_TIMES: list[tuple[Any, int]] = [
    ("2026-11-23T09:00:00Z", 422),
    ("2020-01-01T00:00:00Z", 422),
    ("9999-12-31T23:59:59-12:00", 422),
    ("0001-01-01T00:00:00+12:00", 422),
    ("2027-01-01T00:00:00", 422),
    ("tomorrow", 422),
    (True, 422),
    (1e300, 422),
    ("9999-12-31T23:59:59Z", 200),
    ("2027-01-01T00:00:00+14:00", 200),
    (None, 200),
]


def test_an_effective_time_lies_ahead(hub: Hub) -> None:
    hub.ask("POST", IMPORTS, {"markdown": FIVE}, by="author")
    for at, status in EFFECTIVE_TIMES:
        answer = hub.change("effective-time", "benefits", "en", 2, {"at": at}, by="editor")
        assert answer.status_code == status, (at, answer.text)
        assert hub.read(version_path("benefits", "en", 2), by="editor")


def test_a_statement_lists_what_can_be_signed_together(busy_hub: Hub) -> None:
    def opened(*versions: dict[str, Any], **more: Any) -> Response:
        return busy_hub.ask("POST", STATEMENTS, {"versions": [*versions], **more}, by="editor")

    refused(opened(), 422, "bad-input")
    refused(opened(entry("reviewed"), entry("reviewed")), 422, "statement-empty")
    refused(opened(entry("reviewed"), role="duty-officer"), 422, "statement-empty")
    refused(opened(entry("drafted")), 409, "state-has-moved")
    told = refused(opened(entry("reviewed")), 409, "requirements-open")
    assert "lay-reviews" in told["requirements"]
    refused(opened(entry("nothing")), 404, "version-not-found")
    refused(opened(entry("drafted", "%")), 422, "locale-malformed")
    unknown = f"{STATEMENTS}/{'0' * 64}"
    refused(busy_hub.get(unknown, by="editor"), 404, "statement-not-found")
    refused(busy_hub.sign("0" * 64, "board-1"), 404, "statement-not-found")


def test_statements_are_listed_the_newest_first_and_by_state(busy_hub: Hub) -> None:
    names = [one["name"] for one in busy_hub.read(STATEMENTS, by="editor")["statements"]]
    assert names == sorted(names, reverse=True)
    open_ones = busy_hub.read(f"{STATEMENTS}?state=open&limit=1", by="editor")["statements"]
    assert [one["state"] for one in open_ones] == ["open"]


# Drafts and differences


def test_a_draft_can_begin_with_an_old_text(new_hub: Hub) -> None:
    new_hub.world.publish_page()
    new_hub.world.publish_page(FIVE.encode())
    answer = new_hub.ask("POST", "/v1/editing/drafts", entry("benefits"), by="author")
    assert answer.status_code == 201
    assert (answer.json()["version"], answer.json()["state"]) == (3, "draft")
    assert answer.headers["location"] == version_path("benefits", number=3)
    told = new_hub.get(answer.headers["location"], by="author")
    assert told.headers["etag"] == answer.headers["etag"]
    assert "4 of 10" in told.json()["document"]["blocks"][0]["markdown"]
    refused(
        new_hub.ask("POST", "/v1/editing/drafts", entry("benefits"), by="author"),
        409,
        "section-is-busy",
    )
    refused(
        new_hub.ask("POST", "/v1/editing/drafts", entry("benefits", number=9), by="author"),
        404,
        "version-not-found",
    )


def test_a_translation_does_not_begin_with_an_old_text(sqlite_hub: Hub) -> None:
    answer = sqlite_hub.ask("POST", "/v1/editing/drafts", entry("benefits", "fr"), by="author")
    refused(answer, 422, "bad-input")


def test_the_difference_to_what_is_in_force(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    hub.ask("POST", IMPORTS, {"markdown": FIVE}, by="author")
    path = version_path("benefits", number=2)
    told = hub.read(f"{path}/diff", by="medical-1")
    assert (told["old"]["version"], told["new"]["version"]) == (1, 2)
    (change,) = told["changes"]
    assert (change["what"], change["place"], change["critical"]) == ("changed", "paragraph", True)
    runs = change["units"][0]["runs"]
    assert {"delete", "insert"} <= {one["what"] for one in runs}
    assert hub.read(f"{path}/diff?against=1", by="medical-1") == told
    assert hub.read(f"{path}/diff?against=2", by="medical-1")["changes"] == []
    refused(hub.get(f"{path}/diff?against=7", by="medical-1"), 404, "version-not-found")
    refused(hub.get(f"{path}/diff?against=source", by="medical-1"), 422, "bad-input")
    for odd in ("-1", "0", "x", "1%0A", "in-force%20", "99999999999"):
        answer = hub.get(f"{path}/diff?against={odd}", by="medical-1")
        refused(answer, 422, "bad-input")
    assert hub.get(f"{path}/diff?against=9999999999", by="medical-1").status_code == 404


def test_the_difference_that_a_translation_has_to_follow(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    hub.world.publish_page(FIVE.encode())
    hub.world.translate("fr")
    path = f"{version_path('benefits', 'fr', 2)}/diff"
    source = hub.read(f"{path}?against=source", by="translator-fr")
    assert (source["old"]["locale"], source["old"]["version"]) == ("en", 1)
    assert (source["new"]["locale"], source["new"]["version"]) == ("en", 2)
    assert source["changes"][0]["critical"] is True
    words = hub.read(path, by="translator-fr")
    assert (words["old"]["locale"], words["new"]["version"]) == ("fr", 2)


def test_no_difference_without_two_texts(busy_hub: Hub) -> None:
    hub = busy_hub
    refused(hub.get(f"{version_path('drafted')}/diff", by="editor"), 404, "version-not-found")
    read = polib.pofile(hub.world.pull("de"), wrapwidth=0)
    read[0].msgstr = "Behandlung"
    hub.world.push("de", str(read))
    (draft,) = hub.read("/v1/editing/versions?locale=de", by="translator-de")["versions"]
    assert draft["sha256"] is None
    assert hub.read(draft["url"], by="translator-de")["document"] is None
    path = f"{draft['url']}/diff?against=1"
    refused(hub.get(path, by="editor"), 404, "document-not-found")


# Withdrawal


def test_one_person_withdraws_and_another_confirms(hub: Hub) -> None:
    body = {"reason": "safety", "text": " The dose is wrong. "}
    path = "/v1/editing/sections/benefits/withdrawal"
    answer = hub.ask("PUT", path, body, by="duty-1")
    assert [(one["locale"], one["state"]) for one in answer.json()["withdrawn"]] == [
        ("en", "withdrawn"),
        ("fr", "withdrawn"),
    ]
    for locale in ("en", "fr"):
        gone = refused(hub.get(f"/v1/sections/benefits/{locale}"), 410, "withdrawn")
        assert gone["detail"] == "The dose is wrong."
    refused(hub.ask("PUT", path, body, by="duty-1"), 404, "withdrawal-not-found")
    confirmation = "/v1/editing/sections/benefits/en/withdrawal/confirmation"
    refused(hub.ask("PUT", confirmation, by="duty-1"), 403, "four-eyes")
    told = hub.ask("PUT", confirmation, by="board-1").json()
    assert told == {"by": "duty-1", "at": TODAY, "confirmed_by": "board-1", "confirmed_at": TODAY}
    refused(hub.ask("PUT", confirmation, by="duty-2"), 409, "state-has-moved")
    other = "/v1/editing/sections/risks/en/withdrawal/confirmation"
    refused(hub.ask("PUT", other, by="duty-2"), 404, "withdrawal-not-found")


def test_one_translation_can_be_withdrawn_alone(hub: Hub) -> None:
    path = "/v1/editing/sections/benefits/FR/withdrawal"
    body = {"reason": "error", "text": "A word is wrong."}
    answer = hub.ask("PUT", path, body, by="board-1")
    assert [one["locale"] for one in answer.json()["withdrawn"]] == ["fr"]
    assert hub.get("/v1/sections/benefits/en").status_code == 200
    assert hub.get("/v1/sections/benefits/fr").status_code == 410
    for wrong in (
        {"replacement": "no-such-section"},
        {"notice": "no-such-section"},
    ):
        answer = hub.ask("PUT", path.replace("FR", "en"), body | wrong, by="board-1")
        refused(answer, 404, "section-not-found")
    for bad in ({"reason": "mood"}, {"text": ""}, {"text": " "}, {"text": "a" * 2001}):
        answer = hub.ask("PUT", path.replace("FR", "en"), body | bad, by="board-1")
        refused(answer, 422, "bad-input")
    assert hub.get("/v1/sections/benefits/en").status_code == 200


# Accounts


def test_people_and_their_roles(new_hub: Hub) -> None:
    hub = new_hub
    body = {"id": "p-03", "name": "Ada", "organisation": "MSIF"}
    added = hub.ask("POST", PEOPLE, body, by="administrator")
    assert added.json() == {"id": "p-03", "name": "Ada", "organisation": "MSIF", "roles": []}
    refused(hub.ask("POST", PEOPLE, body, by="administrator"), 409, "already-there")
    unnamed = hub.ask("POST", PEOPLE, body | {"id": None}, by="administrator").json()["id"]
    assert re.fullmatch(r"p-\d+", unnamed)
    for bad in ({"id": "Ada"}, {"id": "hub"}, {"name": " "}, {"name": "A\nB"}, {"name": "a" * 201}):
        answer = hub.ask("POST", PEOPLE, body | bad, by="administrator")
        refused(answer, 422, "bad-input")
    for role in ("board", "translator:FR"):
        path = f"{PEOPLE}/p-03/grants/{role}"
        for _ in range(2):
            answer = hub.ask("PUT", path, by="administrator")
            assert answer.status_code == 200
    assert answer.json()["roles"] == ["board", "translator:fr"]
    answer = hub.ask("DELETE", f"{PEOPLE}/p-03/grants/board", by="administrator")
    assert answer.json()["roles"] == ["translator:fr"]
    answer = hub.ask("DELETE", f"{PEOPLE}/p-03/grants/board", by="administrator")
    assert answer.json()["roles"] == ["translator:fr"]
    for role, code in (
        ("king", "role-malformed"),
        ("translator", "role-malformed"),
        ("board:fr", "role-malformed"),
        ("translator:", "locale-malformed"),
        ("translator:no_such_language", "locale-malformed"),
    ):
        answer = hub.ask("PUT", f"{PEOPLE}/p-03/grants/{role}", by="administrator")
        refused(answer, 422, code)
    for method in ("PUT", "DELETE"):
        answer = hub.ask(method, f"{PEOPLE}/nobody/grants/board", by="administrator")
        refused(answer, 404, "person-not-found")
    listed = hub.read(PEOPLE, by="administrator")["people"]
    assert next(one for one in listed if one["id"] == "p-03")["roles"] == ["translator:fr"]


def test_a_token_is_shown_once_and_kept_as_a_digest(new_hub: Hub) -> None:
    hub = new_hub
    body = {"label": "laptop", "days": 7, "scope": "submit-source read-drafts"}
    made = hub.ask("POST", f"{PEOPLE}/author/tokens", body, by="administrator")
    assert made.headers["cache-control"] == "no-store"
    secret = made.json()["token"]
    assert re.fullmatch(r"msif_[\w-]{43}", secret)
    listed = hub.get(f"{PEOPLE}/author/tokens", by="author")
    assert secret not in listed.text
    first = listed.json()["tokens"][0]
    assert {name: first[name] for name in ("label", "scope", "revoked", "expires_at")} == {
        "label": "laptop",
        "scope": "submit-source read-drafts",
        "revoked": False,
        "expires_at": "2026-11-30T09:00:00Z",
    }
    with hub.world.reading() as session:
        row = session.get(Token, first["id"])
        assert row is not None
        assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(contents(hub.world.engine))
    me = hub.ask("GET", f"{PEOPLE}/me", headers={"Authorization": f"bearer {secret}"}).json()
    assert me == {
        "id": "author",
        "name": "Author",
        "organisation": "Organisation of author",
        "roles": ["author"],
        "scope": ["read-drafts", "submit-source"],
    }
    answer = hub.ask(
        "POST",
        IMPORTS,
        {"markdown": ONE_SECTION},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert refused(answer, 403, "scope-missing")["permission"] == "write-source"


def test_tokens_that_are_not_made(new_hub: Hub) -> None:
    good = {"label": "laptop", "days": 7}
    path = f"{PEOPLE}/author/tokens"
    for bad in (
        {"days": 0},
        {"days": 367},
        {"days": True},
        {"days": "7"},
        {"label": ""},
        {"label": " "},
        {"label": "a\x00b"},
        {"scope": "everything"},
        {"scope": " "},  # would be as good as none, and so allow everything
        {"scope": "submit\nadmin"},
    ):
        refused(new_hub.ask("POST", path, good | bad, by="administrator"), 422, "bad-input")
    nobody = f"{PEOPLE}/nobody/tokens"
    refused(new_hub.ask("POST", nobody, good, by="administrator"), 404, "person-not-found")
    refused(new_hub.get(nobody, by="administrator"), 404, "person-not-found")
    refused(new_hub.get(path, by="editor"), 403, "role-missing")
    for token_id in ("99999", str(2**31 - 1)):
        answer = new_hub.ask("DELETE", f"{PEOPLE}/tokens/{token_id}", by="administrator")
        refused(answer, 404, "not-found")
    for token_id in ("0", "-1", str(2**31), str(2**70)):
        answer = new_hub.ask("DELETE", f"{PEOPLE}/tokens/{token_id}", by="administrator")
        refused(answer, 422, "bad-input")


def test_a_revoked_token_lets_nobody_in_and_revoking_it_again_changes_nothing(
    new_hub: Hub,
) -> None:
    secret = new_hub.world.token("author")
    token_id = new_hub.read(f"{PEOPLE}/author/tokens", by="author")["tokens"][0]["id"]
    for _ in range(2):
        answer = new_hub.ask("DELETE", f"{PEOPLE}/tokens/{token_id}", by="administrator")
        assert answer.json() == {"revoked": token_id}
    headers = {"Authorization": f"Bearer {secret}"}
    refused(new_hub.ask("GET", f"{PEOPLE}/me", headers=headers), 401, "token-unknown")
    ledger_rows = new_hub.read("/v1/editing/ledger?subject=author", by="editor")["rows"]
    assert [row["event"] for row in ledger_rows].count("token.revoked") == 1


# Lists of those who work


def test_versions_are_listed_in_pages(busy_hub: Hub) -> None:
    path = "/v1/editing/versions"
    whole = busy_hub.read(path, by="editor")
    assert whole["next"] is None
    walked: list[Any] = []
    after: int | None = 0
    while after is not None:
        told = busy_hub.read(f"{path}?limit=4&after={after}", by="editor")
        walked += told["versions"]
        after = told["next"]
    assert walked == whole["versions"]
    drafts = busy_hub.read(f"{path}?state=draft&locale=it", by="translator-it")["versions"]
    assert [(one["section"], one["state"]) for one in drafts] == [
        ("treatment", "draft"),
        ("benefits", "draft"),
        ("risks", "draft"),
    ]
    assert busy_hub.read(f"{path}?locale=IT&section=risks", by="translator-it")["versions"]


def test_the_ledger_goes_on_where_it_ended(busy_hub: Hub) -> None:
    path = "/v1/editing/ledger"
    first = busy_hub.read(f"{path}?limit=5", by="administrator")
    second = busy_hub.read(f"{path}?limit=5&after={first['next']}", by="administrator")
    assert [row["seq"] for row in first["rows"] + second["rows"]] == list(range(1, 11))
    assert second["rows"][0]["previous"] == first["rows"][-1]["hash"]
    end = busy_hub.read(f"{path}?after=100000", by="administrator")
    assert end == {"rows": [], "next": 100000}


# Bodies and addresses that mean no good

HOSTILE: list[tuple[str, bytes]] = [
    ("nothing", b""),
    ("null", b"null"),
    ("a list", b"[]"),
    ("a string", b'"x"'),
    ("no JSON", b"{"),
    ("two values", b"{}{}"),
    ("an unknown field", b'{"reason":"x","admin":true}'),
    ("an unknown field of a megabyte", b'{"reason":"x","' + b"a" * 1_000_000 + b'":1}'),
    ("a thousand unknown fields", json.dumps({str(n): n for n in range(1000)}).encode()),
    ("the wrong type", b'{"reason":1}'),
    ("a list for a string", b'{"reason":["x"]}'),
    ("an empty string", b'{"reason":""}'),
    ("NUL", b'{"reason":"a\\u0000b"}'),
    ("a raw NUL", b'{"reason":"a\x00b"}'),
    ("a lone surrogate", b'{"reason":"\\ud800"}'),
    ("a lone surrogate as a field", b'{"reason":"x","\\udfff":1}'),
    ("invalid UTF-8", b'{"reason":"\xff\xfe"}'),
    ("Latin-1", b'{"reason":"\xe9"}'),
    ("deep JSON", b'{"reason":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    ("deeper objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    ("a number of ten thousand digits", b'{"reason":' + b"1" * 10_000 + b"}"),
    ("not a number", b'{"reason":NaN}'),
    ("infinity", b'{"reason":1e999999}'),
    ("too long a string", b'{"reason":"' + b"a" * 10_001 + b'"}'),
]


def test_a_body_that_does_not_fit_is_refused(busy_hub: Hub) -> None:
    tag = busy_hub.etag("drafted")
    busy_hub.token("author")
    before = contents(busy_hub.world.engine)
    path = f"{version_path('drafted')}/abandonment"
    for name, body in HOSTILE:
        answer = busy_hub.ask("PUT", path, body, by="author", if_match=tag)
        assert answer.status_code in (400, 422), (name, answer.status_code)
        refused(answer, answer.status_code, answer.json()["code"])
        assert len(answer.content) < 20_000, name
    assert contents(busy_hub.world.engine) == before


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "x"]
)
def test_a_body_says_that_it_is_json(busy_hub: Hub, content_type: str) -> None:
    answer = busy_hub.ask(
        "PUT",
        f"{version_path('drafted')}/abandonment",
        REASON,
        by="author",
        if_match=busy_hub.etag("drafted"),
        headers={"Content-Type": content_type},
    )
    refused(answer, 422, "bad-input")


def test_false_is_no_number_and_one_is_no_truth(busy_hub: Hub) -> None:
    for number in (False, True, 1.0, "1", -1, 0, 2**63, 1_000_001):
        body = entry("drafted") | {"version": number}
        refused(busy_hub.ask("POST", "/v1/editing/drafts", body, by="author"), 422, "bad-input")
        answer = busy_hub.ask("POST", STATEMENTS, {"versions": [body]}, by="editor")
        refused(answer, 422, "bad-input")
    for truth in (1, 0, "true", None):
        answer = busy_hub.review("reviewed", "lay", "lay", interests_relevant=truth)
        refused(answer, 422, "bad-input")


def test_a_body_over_the_limit_is_refused_and_one_under_it_is_not(sqlite_hub: Hub) -> None:
    def sent(size: int) -> Response:
        body = b'{"markdown":"' + b"a" * (size - 15) + b'"}'
        return sqlite_hub.ask("POST", IMPORTS, body, by="author")

    refused(sent(25_000_000), 413, "input-too-large")
    refused(sent(BODY_BYTES_MAX + 1), 413, "input-too-large")
    refused(sent(BODY_BYTES_MAX), 422, "bad-input")  # the page itself is too long


@pytest.mark.parametrize(
    ("name", "value"),
    [("a.svg", "no base64!"), ("a.svg", 7), ("a.svg", "YWJj\n"), ("a.svg", "é"), ("a.svg", "YQ")],
)
def test_a_figure_that_is_not_base64_is_refused(sqlite_hub: Hub, name: str, value: Any) -> None:
    body = {"markdown": ONE_SECTION, "figures": {name: value}}
    told = refused(sqlite_hub.ask("POST", IMPORTS, body, by="author"), 422, "bad-input")
    assert told["errors"][0]["field"] == "body.figures.a.svg"


def test_a_page_with_mistakes_lists_them_all(sqlite_hub: Hub) -> None:
    body = {"markdown": "# No front matter\n\n<script>alert(1)</script>\n"}
    told = refused(sqlite_hub.ask("POST", IMPORTS, body, by="author"), 422, "page-has-mistakes")
    assert {"line", "code", "message"} == set(told["mistakes"][0])
    body = {"markdown": ONE_SECTION.replace("locale: en", "locale: es")}
    refused(sqlite_hub.ask("POST", IMPORTS, body, by="author"), 422, "locale-unknown")


ODD_SLUGS = [
    "' OR '1'='1",
    "benefits'; DROP TABLE version; --",
    "..%2F..%2Fetc%2Fpasswd",
    "benefits%00",
    "benefits%0D%0AX-Evil:%201",
    "benefits%0d%0a%0d%0a%3Cscript%3E",
    "%FF%FE",
    "💊",
    "BENEFITS",
    "a" * 5000,
    "*",
]


ODD_LOCALES = [
    *("fr%0D%0ASet-Cookie:%20a=b", "fr%00", "%E2%80%AEfr", "f" * 36, "a-b", "*", "-", "'--"),
]
NUMBERS = [2**31 - 1, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, -1, -(2**31)]


def test_an_odd_slug_is_nothing_and_breaks_nothing(hub: Hub) -> None:
    forms = (
        "/v1/sections/{}",
        "/v1/sections/{}/fr",
        "/v1/sections/{}/fr/versions",
        "/v1/sections/{}/fr/versions/1",
        "/v1/pages/{}/fr",
        "/v1/editing/sections/{}/fr/1",
        "/v1/sections?page={}",
        "/v1/changes?page={}",
        "/v1/editing/versions?section={}",
        "/v1/editing/ledger?subject={}",
    )
    for path in (form.format(slug) for form in forms for slug in ODD_SLUGS):
        answer = hub.get(path, by="editor")
        assert "x-evil" not in answer.headers
        if answer.status_code == 200:
            assert "?" in path
        else:
            assert answer.status_code in (400, 404, 422), (path, answer.status_code)
            refused(answer, answer.status_code, answer.json()["code"])
    assert hub.read("/v1/sections/benefits/fr")["version"] == 1


def test_an_odd_locale_is_refused(hub: Hub) -> None:
    forms = (
        "/v1/sections/benefits/{}",
        "/v1/pages/treatment/{}",
        "/v1/sections/benefits/{}/versions",
        "/v1/sections/benefits/en?fallback={}",
        "/v1/sections?locale={}",
        "/v1/changes?locale={}",
        "/v1/editing/versions?locale={}",
        "/v1/editing/sections/benefits/{}/1",
    )
    for path in (form.format(locale) for form in forms for locale in ODD_LOCALES):
        answer = hub.get(path, by="editor")
        assert answer.status_code in (400, 404, 422), (path, answer.text)
        refused(answer, answer.status_code, answer.json()["code"])
        assert "set-cookie" not in answer.headers


def test_numbers_at_the_edge_of_what_a_database_holds(hub: Hub) -> None:
    forms = (
        "/v1/changes?after={}",
        "/v1/changes?limit={}",
        "/v1/sections?limit={}",
        "/v1/editing/versions?after={}",
        "/v1/editing/versions?limit={}",
        "/v1/editing/ledger?after={}",
        "/v1/sections/benefits/en/versions/{}",
        "/v1/editing/sections/benefits/en/{}",
    )
    for path in (form.format(number) for form in forms for number in NUMBERS):
        answer = hub.get(path, by="editor")
        assert answer.status_code in (200, 422), (path, answer.text)
    for number in NUMBERS:
        body = entry("benefits", number=number)
        refused(hub.ask("POST", "/v1/editing/drafts", body, by="editor"), 422, "bad-input")
        answer = hub.ask("POST", STATEMENTS, {"versions": [body]}, by="editor")
        refused(answer, 422, "bad-input")
        body = {"label": "x", "days": number}
        answer = hub.ask("POST", f"{PEOPLE}/author/tokens", body, by="administrator")
        refused(answer, 422, "bad-input")


def test_odd_tokens_let_nobody_in(hub: Hub) -> None:
    for secret in ("", " ", "a" * 60_000, "\xe9", "' OR 1=1", "msif_", "Bearer x", "x,y"):
        headers = {b"Authorization": b"Bearer " + secret.encode("latin-1")}
        answer = hub.client.get(f"{PEOPLE}/me", headers=headers)
        refused(answer, 401, answer.json()["code"])


def test_no_text_with_nul_reaches_a_database(hub: Hub) -> None:
    """PostgreSQL would break on it; so it is refused on both."""
    hub.ask("POST", IMPORTS, {"markdown": FIVE}, by="author")
    nul = "a\x00b"
    asked = [
        hub.change("abandonment", "benefits", "en", 2, {"reason": nul}, by="author"),
        hub.change("objection", "benefits", "en", 2, {"reason": nul}, by="board-1"),
        hub.review("benefits", "lay", "lay", number=2, interests=nul),
        hub.review("benefits", "lay", "lay", number=2, comment=nul),
        hub.ask("POST", "/v1/editing/drafts", entry(nul), by="author"),
        hub.ask("POST", "/v1/editing/drafts", entry("benefits", nul), by="author"),
        hub.ask("POST", STATEMENTS, {"versions": [entry(nul)]}, by="editor"),
        hub.ask("POST", PEOPLE, {"name": nul, "organisation": "x"}, by="administrator"),
        hub.ask("POST", PEOPLE, {"name": "x", "organisation": nul}, by="administrator"),
        hub.ask("POST", IMPORTS, {"markdown": FIVE + nul}, by="author"),
        hub.ask(
            "PUT",
            "/v1/editing/sections/benefits/withdrawal",
            {"reason": "error", "text": nul},
            by="duty-1",
        ),
        hub.ask(
            "PUT",
            "/v1/editing/sections/benefits/withdrawal",
            {"reason": "error", "text": "x", "replacement": nul},
            by="duty-1",
        ),
    ]
    for answer in asked:
        assert answer.status_code == 422, answer.text
        refused(answer, 422, answer.json()["code"])
    for path in (f"{PEOPLE}/a%00b/grants/board", f"{PEOPLE}/lay/grants/translator:fr%00"):
        refused(hub.ask("PUT", path, by="administrator"), 400, "unreadable")
    assert hub.get("/v1/sections/benefits/en").status_code == 200


def test_an_administrator_cannot_come_by_a_signature(new_hub: Hub) -> None:
    """Who hands out powers has none, and cannot make a token that has them."""
    grant = f"{PEOPLE}/administrator/grants/board"
    refused(new_hub.ask("PUT", grant, by="administrator"), 403, "four-eyes")
    second = {"id": "second", "name": "Second", "organisation": "MSIF"}
    assert new_hub.ask("POST", PEOPLE, second, by="administrator").status_code == 201
    made = new_hub.ask("PUT", f"{PEOPLE}/second/grants/administrator", by="administrator")
    assert made.json()["roles"] == ["administrator"]
    both = new_hub.ask("PUT", f"{PEOPLE}/second/grants/board", by="administrator")
    refused(both, 403, "four-eyes")
    path, wanted = f"{PEOPLE}/board-1/tokens", {"label": "x", "days": 1}
    asked = new_hub.ask("POST", path, wanted | {"scope": "sign-board"}, by="administrator")
    assert refused(asked, 403, "scope-missing")["permission"] == "sign-board"
    secret = new_hub.ask("POST", path, wanted, by="administrator").json()["token"]
    me = new_hub.ask("GET", f"{PEOPLE}/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert "read-drafts" in me["scope"]
    assert not {"sign-board", "withdraw", "object"} & set(me["scope"])
