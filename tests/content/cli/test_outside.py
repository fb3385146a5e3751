"""A hub seen from the outside that tells little, or something odd."""

import json

import pytest

from clients import check_log
from clients.check_log import NotThere, Unreadable
from content.cli import outside
from content.cli.outside import Outside

TRUST, CONTENT = "/v1/trust/1", "/v1/content/d"


def hub(**told: object) -> Outside:
    """One that answered these addresses."""
    fetched = {path: json.dumps(answer).encode() for path, answer in told.items()}
    return Outside("http://hub", {}, fetched)


@pytest.fixture(autouse=True)
def _nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(address: str) -> bytes:
        raise NotThere(address)

    monkeypatch.setattr(check_log, "fetch", fetch)


def test_trust_files_that_members_do_not_follow_end_it() -> None:
    (found,) = hub(**{TRUST: {"kind": "msif.trust/2", "version": 1}}).findings("")
    assert (found.told, found.advice) == ("trust-kind", "Members do not follow these trust files.")


def test_what_is_no_json_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="is no JSON"):
        Outside("http://hub", {}, {TRUST: b"<html>"}).told(TRUST)


def test_what_was_withdrawn_needs_no_signature() -> None:
    register = {"entries": [{"state": "withdrawn"}]}
    assert [one.told for one in hub()._texts(register, {})] == ["0 verified"]


def test_a_text_without_a_sign_off_has_none() -> None:
    entry = {"section": "s", "sign_off": None, "sha256": "d"}
    assert hub()._sign_offs(entry) == []


def test_a_source_that_no_history_names_has_no_sign_off(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "/v1/sign-offs/a": {"statement": ""},
        CONTENT: {"translation_of": {"locale": "en", "sha256": "e"}},
        "/v1/sections/s/en/versions": {"versions": [{"sha256": "f", "sign_off": "b"}]},
    }
    entry = {"section": "s", "sign_off": "a", "sha256": "d"}
    assert hub(**told)._sign_offs(entry) == [{"statement": ""}]
    monkeypatch.setattr(outside, "CHAIN_MAX", 1)
    assert hub(**told)._sign_offs(entry) == [{"statement": ""}]


def test_a_hub_without_a_log_has_none_to_look_at() -> None:
    (found,) = hub()._log({}, {"log": None})
    assert (found.told, found.advice) == ("the trust file names none", "")
