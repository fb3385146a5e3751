"""Terms and memories over HTTP: files in and out, row by row, and dry runs that leave nothing."""

from typing import Any

import pytest
from httpx2 import Response

from content.translation.exchange.tbx import read_tbx, write_tbx
from content.translation.exchange.term import Term
from content.translation.exchange.tmx import Pair, read_tmx, write_tmx
from tests.api.hubs import Hub, contents, refused

TERMS = b"source,preferred,forbidden,note\nrelapse,pouss\xc3\xa9e,rechute,\nMS,,,\n"
BENEFIT = "It may help 4 of 10 people."
FR = "translator-fr"


def put(hub: Hub, path: str, body: bytes, by: str = FR, **headers: str) -> Response:
    return hub.ask("PUT", path, body, by=by, headers=headers)


def hits(hub: Hub, asked: str, more: str = "", locale: str = "fr") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hub.read(f"/v1/memory/{locale}?q={asked}{more}", by=FR)["hits"]
    return found


def test_terms_come_in_row_by_row(hub: Hub) -> None:
    told = put(hub, "/v1/glossary/fr.csv", TERMS).json()
    assert told == {
        "dry_run": False,
        "locale": "fr",
        "counts": {"added": 1, "refused": 1},
        "terms": [
            {"line": 2, "source": "relapse", "outcome": "added", "why": ""},
            {"line": 3, "source": "MS", "outcome": "refused", "why": "It has no preferred term."},
        ],
    }
    listed = hub.read("/v1/glossary/fr", by="editor")
    assert listed["source_locale"] == "en"
    (term,) = listed["terms"]
    assert term.pop("at").endswith("Z")
    assert term == {
        "source": "relapse",
        "preferred": ["poussée"],
        "forbidden": ["rechute"],
        "note": "",
        "status": "agreed",
        "who": FR,
    }


def test_a_glossary_is_saved_and_comes_back(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    put(hub, "/v1/glossary/fr.csv", TERMS)
    for ending, media_type in (("csv", "text/csv; charset=utf-8"), ("tbx", "application/xml")):
        path = f"/v1/glossary/fr.{ending}"
        answer = hub.get(path, by=FR)
        assert answer.headers["content-type"] == media_type
        named = f'attachment; filename="glossary-fr.{ending}"'
        assert answer.headers["content-disposition"] == named
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert put(hub, path, answer.content).json()["counts"] == {"unchanged": 1}
    (read,) = read_tbx(hub.get("/v1/glossary/fr.tbx", by=FR).content, "fr", "en")
    assert read.term == Term("relapse", ("poussée",), ("rechute",))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/glossary/fr.csv", TERMS),
        ("/v1/glossary/fr.tbx", write_tbx([Term("MS", ("SEP",))], "fr", "en")),
        ("/v1/memory/fr.tmx", write_tmx([Pair("A", "B", "en", "fr")], "fr")),
    ],
)
def test_a_dry_run_says_the_same_and_changes_nothing(
    sqlite_hub: Hub, path: str, body: bytes
) -> None:
    hub = sqlite_hub
    hub.token(FR)
    before = contents(hub.world.engine)
    tried = put(hub, f"{path}?dry_run=true", body).json()
    assert contents(hub.world.engine) == before
    assert tried["dry_run"] is True
    assert put(hub, path, body).json() == tried | {"dry_run": False}
    assert contents(hub.world.engine) != before


def test_what_was_approved_is_found_with_who_signed_it(hub: Hub) -> None:
    (hit,) = hits(hub, BENEFIT)
    assert hit == {
        "source": BENEFIT,
        "text": f"fr – {BENEFIT}",
        "score": 100.0,
        "section": "benefits",
        "version": 1,
        "locale": "fr",
        "approvers": ["language-2-fr"],
        "origin": "approved",
    }
    assert hits(hub, "It may help 5 of 10 men.")[0]["score"] < 100
    assert hits(hub, "It may help 5 of 10 men.", "&score=100") == []


def test_a_memory_is_saved_and_one_of_others_is_added(sqlite_hub: Hub) -> None:
    hub = sqlite_hub
    pairs = [Pair("A relapse", "Une poussée", "en", "fr")]
    source = write_tmx(pairs, "fr").replace(b"</body>", b"<tu/></body>")
    told = put(hub, "/v1/memory/fr.tmx", source).json()
    assert told["counts"] == {"added": 1, "refused": 1}
    assert [(one["outcome"], "no text" in one["why"]) for one in told["refused"]] == [
        ("refused", True)
    ]
    (hit,) = hits(hub, "A relapse")
    assert (hit["origin"], hit["section"], hit["approvers"]) == ("import", None, [])
    answer = hub.get("/v1/memory/fr.tmx", by=FR)
    assert 'filename="memory-fr.tmx"' in answer.headers["content-disposition"]
    read = [one.pair for one in read_tmx(answer.content, "fr", "en")]
    assert {pair.origin for pair in read if pair} == {"approved", "import"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/glossary/nl", 422, "locale-unknown"),
        ("GET", "/v1/glossary/nl.csv", 422, "locale-unknown"),
        ("GET", "/v1/glossary/fr.xls", 422, "locale-malformed"),
        ("GET", "/v1/memory/nl?q=x", 422, "locale-unknown"),
        ("GET", "/v1/memory/fr", 422, "bad-input"),
        ("GET", "/v1/memory/fr?q=x&score=1", 422, "bad-input"),
        ("PUT", "/v1/glossary/fr", 405, "method-not-allowed"),
        ("PUT", "/v1/glossary/nl.tbx", 422, "locale-unknown"),
        ("PUT", "/v1/glossary/fr.csv", 422, "exchange-refused"),
        ("PUT", "/v1/glossary/fr.tbx", 422, "exchange-refused"),
        ("PUT", "/v1/memory/fr.tmx", 422, "exchange-refused"),
    ],
)
def test_what_cannot_be_done_is_told(
    sqlite_hub: Hub, method: str, path: str, status: int, code: str
) -> None:
    body = b"<html/>" if method == "PUT" else None
    answer = sqlite_hub.ask(method, path, body, by="editor")
    told = refused(answer, status, code)
    if code == "exchange-refused":
        assert told["line"] == 1


def test_a_body_is_the_file_and_nothing_that_has_to_be_guessed(sqlite_hub: Hub) -> None:
    as_json = {"Content-Type": "application/json"}
    answer = put(sqlite_hub, "/v1/glossary/fr.csv", b'"source,preferred"', **as_json)
    refused(answer, 422, "bad-input")
    refused(sqlite_hub.ask("PUT", "/v1/glossary/fr.csv", by=FR), 422, "bad-input")
    large = b"source,preferred\n" + b"a,b\n" * 1_100_000
    refused(put(sqlite_hub, "/v1/glossary/fr.csv", large), 413, "input-too-large")
