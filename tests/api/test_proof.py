"""The page about a text: what it says, in which language, and what it says where there is none."""

import json
import re
from html import unescape
from pathlib import Path

import polib
import pytest
import time_machine

from api import pages
from api.conditional import IN_FORCE
from api.proof import words
from api.proof.pages import STATIC
from api.proof.reader import TEMPLATES
from content.database import writing
from content.people import person
from content.publication import audit, demo, forgetting, representation, take_down, withdrawal
from content.publication.answer import as_json, etag
from content.publication.representation import Representation
from content.review.review import Kind
from content.sign_off import short_code
from content.translation import phrases
from tests.api.hubs import Hub, refused
from tests.structure.sources import ROOT
from tests.tampering import tamper
from tests.world import page

FRENCH = "/proof/benefits/fr"
TABLES = (words.REVIEWS, words.ROLES, words.CHANGES, words.REASONS)
SAID = re.compile(r'say\("([^"]+)"')


def told(hub: Hub, path: str, status: int = 200) -> str:
    """The words of a page."""
    answer = hub.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    body = answer.text.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def change_a_byte(hub: Hub, digest: str) -> None:
    """Of a document."""
    changed = tamper(
        hub.world.engine,
        "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), 'MS', 'MX') AS BLOB)"
        " WHERE sha256 = :digest",
        digest=digest,
    )
    assert changed == 1


@pytest.mark.parametrize("locale", pages.WRITTEN[1:])
def test_every_sentence_is_translated(locale: str) -> None:
    said = {
        sentence
        for path in TEMPLATES.glob("*.html")
        for sentence in SAID.findall(path.read_text("utf-8"))
    }
    said |= {
        *(one for table in TABLES for one in table.values()),
        *(words.ERASED, words.NONE, phrases.DEMO_NOTICE),
    }
    catalogue = polib.pofile(str(ROOT / "locales" / locale / "LC_MESSAGES" / "desk.po"))
    translated = {entry.msgid for entry in catalogue.translated_entries()}
    assert len(said) > 80
    assert said <= translated


def test_there_are_words_for_everything_that_can_be_said() -> None:
    own = {withdrawal.SOURCE_SAFETY_CHANGE, withdrawal.REVIEW_LAPSED}
    assert set(words.REASONS) == own | set(take_down.REASONS)
    assert set(words.REVIEWS) == {kind.value for kind in Kind}


@pytest.mark.parametrize(
    ("lang", "facts"),
    [
        (
            "",  # the language of the text
            [
                "Version 1, en vigueur depuis le 23 novembre 2026 · français",
                "À jour. Ce texte est en vigueur",
                "Signé par Language-2-Fr , Organisation of language-2-fr "
                "au titre de la relecture médicale de la traduction, "
                "23 novembre 2026, 09:00 UTC "
                "Liens d’intérêts déclarés\u00a0: aucun".replace("\u00a0", " "),
                "Relu par Reviser-Fr , Organisation of reviser-fr "
                "Comparaison avec le texte d’origine, 23 novembre 2026 "
                "Language-1-Fr , Organisation of language-1-fr "
                "Relecture par une clinicienne ou un clinicien de cette langue, 23 novembre 2026",
                "Traduit par Translator-Fr , Organisation of translator-fr",
                "Rédigé par Test author",
                "Il s’agit de la première version.",
                "Version 1 · anglais Sa formulation n’a pas changé depuis.",
                "Dernier examen 20 novembre 2026",
                "Prochain examen au plus tard le 20 novembre 2027",
                "Signatures nécessaires : 1",
            ],
        ),
        (
            "en",
            ["in force since 23 November 2026 · French", "Signed by", "Interests declared: none"],
        ),
        (
            "it",
            [
                "in vigore dal giorno 23 novembre 2026 · francese",
                "Firmato da",
                "Interessi dichiarati",
            ],
        ),
        (
            "de",
            [
                "in Kraft seit dem 23. November 2026 · Französisch",
                "Unterschrieben von",
                "Übersetzt von",
            ],
        ),
        ("pt", ["en vigueur depuis le 23 novembre 2026"]),
        ("no tag", ["en vigueur depuis le 23 novembre 2026"]),
    ],
)
def test_the_facts_are_told_in_the_readers_language(
    sqlite_hub: Hub, lang: str, facts: list[str]
) -> None:
    said = told(sqlite_hub, f"{FRENCH}?lang={lang}")
    envelope = sqlite_hub.read("/v1/sections/benefits/fr")
    digests = [envelope["sha256"], envelope["approval"]["sign_off"]]
    for fact in [*facts, *digests, short_code.of(digests[1]), envelope["disclaimer"]]:
        assert fact in said, said
    language = lang if lang in pages.WRITTEN else "fr"
    answer = sqlite_hub.get(f"{FRENCH}?lang={lang}")
    assert f'<html lang="{language}" dir="ltr">' in answer.text
    assert answer.headers["content-language"] == language
    for url in ("content", "sign_off", "history"):
        assert f'href="{envelope["urls"][url]}"' in answer.text


def test_a_source_text_follows_nothing_and_has_no_translator(sqlite_hub: Hub) -> None:
    said = told(sqlite_hub, "/proof/benefits/en")
    assert "Translated by" not in said
    assert "The text it follows" not in said
    assert said.count("for the board, 23 November 2026") == 3
    assert "Lay , Organisation of lay Review as a reader" in said
    assert "Signatures needed: 3" in said


def test_a_text_in_a_language_that_the_pages_are_not_written_in(sqlite_hub: Hub) -> None:
    sqlite_hub.world.staff("ar")
    sqlite_hub.world.publish_translation("ar")
    answer = sqlite_hub.get("/proof/benefits/ar")
    assert answer.headers["content-language"] == "en"
    assert '<h1 lang="ar" dir="rtl">' in answer.text
    assert '<html lang="en" dir="ltr">' in answer.text


def test_a_variant_is_told_as_one(sqlite_hub: Hub) -> None:
    sqlite_hub.world.staff("fr-CH")
    sqlite_hub.world.publish_variant("fr-CH")
    answer = sqlite_hub.get("/proof/benefits/fr-CH")
    assert answer.headers["content-language"] == "fr-CH"
    assert "Adapté à la région par" in answer.text
    assert '<a href="/proof/benefits/fr" hreflang="fr">français</a>' in answer.text


def test_what_changed_since_is_told(sqlite_hub: Hub, traveller: time_machine.Traveller) -> None:
    world = sqlite_hub.world
    source = page(kind="clinical", summary="A larger trial").replace(b"4 of 10", b"5 of 10")
    world.publish_page(source)
    said = told(sqlite_hub, "/proof/benefits/en")
    assert "Version 2, in force since" in said
    assert "The medical content changed. A larger trial" in said
    said = told(sqlite_hub, f"{FRENCH}?lang=en")
    assert "Out of date. The text that it follows has changed since" in said
    assert "It has changed since 23 November 2026: The medical content changed. A larger" in said
    traveller.move_to("2027-11-21T00:00:00Z")
    assert "Due for review. It is still in force" in told(sqlite_hub, "/proof/benefits/en")


def test_it_is_cached_as_the_text_is_and_links_to_the_other_languages(sqlite_hub: Hub) -> None:
    answer = sqlite_hub.get(FRENCH)
    assert answer.headers["cache-control"] == IN_FORCE
    assert "Accept-Language" not in answer.headers["vary"]
    assert answer.headers["content-location"] == FRENCH
    assert answer.headers["link"] == '</proof/benefits/en>; rel="alternate"; hreflang="en"'
    assert '<link rel="alternate" hreflang="en" href="/proof/benefits/en">' in answer.text
    assert "section:benefits" in answer.headers["surrogate-key"]
    tag = answer.headers["etag"]
    again = sqlite_hub.get(FRENCH, If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")
    head = sqlite_hub.ask("HEAD", FRENCH)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == tag
    assert sqlite_hub.get(f"{FRENCH}?lang=de").headers["etag"] != tag
    assert sqlite_hub.get(f"{FRENCH}-BE").headers["content-location"] == FRENCH


def test_it_runs_our_own_scripts_and_stands_in_no_frame(sqlite_hub: Hub) -> None:
    for path in (FRENCH, "/proof/nowhere/fr", *(f"/proof/{name}" for name in STATIC)):
        answer = sqlite_hub.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(
            r"<script(?! type=\"module\" src=)|<style| style=| on\w+=", answer.text
        )
    served = sqlite_hub.get("/proof/verify.mjs")
    assert served.content == (ROOT / "clients" / "verify.mjs").read_bytes()
    assert served.headers["content-type"].startswith("text/javascript")
    for strange in ("pages.py", "verify.py", "page.html"):
        refused(sqlite_hub.get(f"/proof/{strange}"), 404, "not-found")


def test_what_people_wrote_is_shown_and_never_run(sqlite_hub: Hub) -> None:
    evil = "<script>alert(1)</script>"
    with writing(sqlite_hub.world.engine) as session:
        person.find(session, "lay").name = evil
        row = session.get(Representation, "/v1/sections/treatment/en")
        assert row is not None
        change = {"kind": "clinical", "summary": evil}
        more = {"title": evil, "authors": [evil], "disclaimer": f'"{evil}', "change": change}
        row.body = as_json(json.loads(row.body) | more)
        row.etag = etag(row.body)
    answer = sqlite_hub.get("/proof/treatment/en")
    assert answer.status_code == 200
    assert answer.text.count("<script") == 1
    assert '<h1 lang="en" dir="ltr">&lt;script&gt;alert(1)&lt;/script&gt;</h1>' in answer.text
    assert answer.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 6
    assert sqlite_hub.get("/proof/%3Cscript%3E/en").text.count("<script") == 0


def test_who_was_erased_is_named_no_more_but_where_they_signed(sqlite_hub: Hub) -> None:
    assert "Translator-Fr" in told(sqlite_hub, FRENCH)
    for one in ("translator-fr", "language-1-fr", "language-2-fr"):
        with writing(sqlite_hub.world.engine) as session:
            forgetting.forget(session, one, sqlite_hub.world.policy, by="operator")
    said = told(sqlite_hub, FRENCH)
    assert "Translator-Fr" not in said
    assert "Language-1-Fr" not in said
    assert "Traduit par Nom effacé Rédigé par" in said
    assert "Nom effacé , Organisation of language-1-fr" in said
    # Those bytes cannot change.
    assert "Signé par Language-2-Fr , Organisation of language-2-fr" in said


def test_a_recusal_is_not_a_signature(sqlite_hub: Hub) -> None:
    world = sqlite_hub.world
    world.write(page("# New {#new}\n\nNew.\n"))
    digest = world.put_to_signature("new")
    world.sign(digest, "board-4", relevant=True)
    for signer in ("board-1", "board-2", "board-3"):
        world.sign(digest, signer)
    said = told(sqlite_hub, "/proof/new/en")
    assert said.count("for the board, 23 November 2026") == 3
    assert "Board-4" not in said


def test_reviews_of_words_that_were_taken_over_count(sqlite_hub: Hub) -> None:
    world = sqlite_hub.world
    wording = page(kind="wording", summary="A comma").replace(b"2000 mg a day", b"2000 mg daily")
    world.publish_page(wording)
    assert "Version 2" in told(sqlite_hub, "/proof/treatment/en")
    assert "Only the wording changed. A comma" in told(sqlite_hub, "/proof/treatment/en")


def test_a_withdrawn_text_says_why_and_what_to_read(sqlite_hub: Hub) -> None:
    world = sqlite_hub.world
    body = {"reason": "safety", "text": "A dose was wrong.", "replacement": "risks"}
    path = "/v1/editing/sections/benefits/fr/withdrawal"
    assert sqlite_hub.ask("PUT", path, body, by="duty-1").status_code == 200
    said = told(sqlite_hub, FRENCH, 410)
    assert "Ce texte a été retiré" in said
    assert "Il n’est plus en vigueur depuis le 23 novembre 2026, 09:00 UTC." in said
    assert "Il a été retiré pour la sécurité des patients. A dose was wrong." in said
    assert "À lire à la place fr – Risks" in said
    answer = sqlite_hub.get(FRENCH)
    assert 'href="/proof/risks/fr"' in answer.text
    assert answer.headers["cache-control"] == IN_FORCE
    assert "proof.js" not in answer.text
    world.withdraw("risks")
    said = told(sqlite_hub, f"{FRENCH}?lang=en", 410)
    assert "It was withdrawn for the safety of patients." in said
    assert "Read this instead" not in said


def test_a_refused_text_says_that_nobody_should_rely_on_it(sqlite_hub: Hub) -> None:
    digest = sqlite_hub.read("/v1/sections/benefits/fr")["sha256"]
    assert sqlite_hub.get(FRENCH).status_code == 200
    change_a_byte(sqlite_hub, digest)
    with writing(sqlite_hub.world.engine) as session:
        assert len(audit.carry_out(session, sqlite_hub.world.policy)) == 1
    said = told(sqlite_hub, FRENCH, 503)
    assert "Ne vous fiez pas à ce texte pour le moment" in said
    assert "fr – Benefits" not in said
    assert sqlite_hub.get(FRENCH).headers["cache-control"] == "no-store"
    for lang, heading in (
        ("en", "This text must not be relied on now"),
        ("it", "Per ora non faccia affidamento su questo testo"),
        ("de", "Verlassen Sie sich zurzeit nicht auf diesen Text"),
    ):
        assert heading in told(sqlite_hub, f"{FRENCH}?lang={lang}", 503)


def test_what_is_not_there_is_told_with_what_is(sqlite_hub: Hub) -> None:
    said = told(sqlite_hub, "/proof/benefits/it", 404)
    assert "Questo testo non è in vigore in questa lingua" in said
    assert "English Français" in said
    answer = sqlite_hub.get("/proof/benefits/es")
    assert answer.headers["content-language"] == "en"
    assert answer.headers["cache-control"] == "no-store"
    for tag in ("en", "fr"):
        assert f'href="/proof/benefits/{tag}"' in answer.text
    said = told(sqlite_hub, "/proof/nowhere/de", 404)
    assert "Ein solcher Text ist nicht in Kraft" in said
    assert "There is no such text in force" in told(sqlite_hub, "/proof/nowhere/no%20tag", 404)
    assert "There is no such text in force" in told(sqlite_hub, "/proof/nowhere/xx-ZZ", 404)


def test_a_draft_is_told_of_to_nobody(busy_hub: Hub) -> None:
    assert "There is no such text in force" in told(busy_hub, "/proof/drafted/en", 404)


def test_a_demonstration_says_that_it_is_one(sqlite_hub: Hub) -> None:
    assert phrases.DEMO_NOTICE not in told(sqlite_hub, f"{FRENCH}?lang=en")
    with writing(sqlite_hub.world.engine) as session:
        demo.mark(session)
        representation.rebuild(session, sqlite_hub.world.policy)
    assert phrases.DEMO_NOTICE in told(sqlite_hub, f"{FRENCH}?lang=en")
    assert phrases.DEMO_NOTICE in told(sqlite_hub, "/proof/nowhere/en", 404)
    assert sqlite_hub.get(FRENCH).headers["demo"] == "true"


def test_the_pages_come_with_the_program() -> None:
    assert all(path.is_file() for path in STATIC.values())
    assert {path.suffix for path in Path(TEMPLATES).iterdir()} == {".html"}
