"""The page of an invitation link: what is sent, in which language, and to whom it talks."""

import re

import polib
import pytest

from api import pages
from api.signing.pages import HERE, STATIC
from api.signing.routes import BODY_BYTES_MAX
from content.database import writing
from content.people import invitation
from content.samples import authenticator
from tests.api.hubs import Hub, refused
from tests.structure.sources import ROOT

ORIGIN = "http://localhost:8000"
GAP = re.compile(r"\{\w+\}")
SAID = re.compile(r'say\("([^"]+)"\)')


def secret_for(hub: Hub, who: str) -> str:
    with writing(hub.world.engine) as session:
        return invitation.make(session, who, by="operator", days=1)


@pytest.mark.parametrize("locale", pages.WRITTEN[1:])
def test_every_sentence_of_the_page_is_translated(locale: str) -> None:
    templates = sorted((HERE / "templates").iterdir())
    said = [phrase for one in templates for phrase in SAID.findall(one.read_text("utf-8"))]
    catalogue = polib.pofile(str(ROOT / "locales" / locale / "LC_MESSAGES" / "desk.po"))
    translated = {entry.msgid for entry in catalogue.translated_entries()}
    assert len(said) > 100
    assert set(said) <= translated


@pytest.mark.parametrize("locale", pages.WRITTEN[1:])
def test_a_translation_has_the_gaps_that_the_script_fills(locale: str) -> None:
    catalogue = polib.pofile(str(ROOT / "locales" / locale / "LC_MESSAGES" / "desk.po"))
    for entry in catalogue:
        assert sorted(GAP.findall(entry.msgstr)) == sorted(GAP.findall(entry.msgid)), entry.msgid


def test_the_scripts_say_what_the_pages_have_words_for() -> None:
    phrases = (HERE / "templates" / "phrases.html").read_text("utf-8")
    known = set(re.findall(r'phrase\("([^"]+)"', phrases))
    scripts = "".join(one.read_text("utf-8") for one in (HERE / "static").glob("*.js"))
    whole = set(re.findall(r'\bsay\("([^"]+)"', scripts))
    assert len(whole) > 30
    assert whole <= known
    begun = set(re.findall(r"\bsay\(`([^`$]+)\$", scripts))
    assert all(any(one.startswith(part) for one in known) for part in begun)


def test_a_statements_page_says_nothing_of_it(sqlite_hub: Hub) -> None:
    for kind in ("statements", "trust"):
        one, other = (sqlite_hub.get(f"/signing/{kind}/{sign * 64}") for sign in "ab")
        assert one.status_code == 200
        assert one.content == other.content
        assert "a" * 64 not in one.text
        refused(sqlite_hub.get(f"/signing/{kind}/2026-0001"), 422, "bad-input")


def test_the_six_words_are_those_of_the_list(sqlite_hub: Hub) -> None:
    listed = sqlite_hub.read("/signing/words.json")
    assert (len(listed), listed[0], listed[-1]) == (2048, "abandon", "zoo")


@pytest.mark.parametrize(
    ("address", "header", "locale"),
    [
        ("", "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("", "pt-BR, de;q=0.5", "de"),
        ("", "*, not a tag;q=1, it", "it"),
        ("", "pt", "en"),
        ("?lang=it", "fr", "it"),
        ("?lang=%3Cscript%3E", "", "en"),
    ],
)
def test_the_page_comes_in_the_readers_language(
    sqlite_hub: Hub, address: str, header: str, locale: str
) -> None:
    answer = sqlite_hub.get(f"/signing/register{address}", **{"Accept-Language": header})
    assert answer.status_code == 200
    assert f'<html lang="{locale}" dir="ltr">' in answer.text
    assert answer.headers["content-language"] == locale
    assert "Accept-Language" in answer.headers["vary"]
    assert "<script>" not in answer.text


def test_the_page_runs_our_own_script_and_stands_in_no_frame(sqlite_hub: Hub) -> None:
    for path in ("register", f"statements/{'a' * 64}", f"trust/{'a' * 64}", *STATIC):
        answer = sqlite_hub.get(f"/signing/{path}")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert sqlite_hub.get("/signing/register.js").headers["content-type"].startswith("text/java")
    for strange in ("pages.py", "..%2Fpages.py", "register.html"):
        refused(sqlite_hub.get(f"/signing/{strange}"), 404, "not-found")


def test_a_link_registers_a_key_over_http(sqlite_hub: Hub) -> None:
    secret = secret_for(sqlite_hub, "board-1")
    asked = sqlite_hub.ask("POST", "/v1/passkeys/options", {"invitation": secret})
    assert asked.status_code == 200
    assert asked.headers["cache-control"] == "no-store"
    credential = authenticator.made_for("board-1", 2).create(asked.json()["publicKey"], ORIGIN)
    body = {"invitation": secret, "label": "phone", "credential": credential}
    answer = sqlite_hub.ask("POST", "/v1/passkeys", body)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["person"], told["label"], told["keys_left"]) == ("board-1", "phone", 1)
    assert re.fullmatch("([0-9a-f]{4} ){3}[0-9a-f]{4}", told["fingerprint"])
    refused(sqlite_hub.ask("POST", "/v1/passkeys", body), 404, "invitation-unknown")


def test_a_stranger_makes_the_hub_read_little(sqlite_hub: Hub) -> None:
    body = {"invitation": "x", "label": "x", "credential": {"a": "b" * BODY_BYTES_MAX}}
    refused(sqlite_hub.ask("POST", "/v1/passkeys", body), 413, "input-too-large")
