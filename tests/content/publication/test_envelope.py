"""The answers member sites read: exactly the fields of the contract, and what is documented."""

import re
from typing import Any

import pytest

from content.database import writing
from content.publication import demo
from content.translation import phrases
from tests.reader import TODAY, Answer, ask, nested, read, read_page
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

#: The envelope as members were promised it, in its order.
CONTRACT = (
    "section locale version status title summary html markdown blocks children page evidence "
    "figures links dir translation_of last_reviewed review_by change approval attribution "
    "license disclaimer notice sha256 seq urls"
)
#: Further fields of a section's envelope.
EXTRAS = {"audience", "authors"}
URLS = ["self", "content", "sign_off", "history", "proof", "page", "alternates"]
DEMO = {"demo", "demo_notice"}


def names(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_section_has_the_fields_of_the_contract_in_its_order(
    published: World, locale: str
) -> None:
    body = read(published, "benefits", locale)
    assert set(body) - EXTRAS == set(names(CONTRACT))
    assert [name for name in body if name not in EXTRAS] == names(CONTRACT)
    assert list(body["urls"]) == URLS
    assert list(body["approval"]) == ["sign_off", "signed_by", "reviewed_by"]
    assert {tuple(one) for one in body["approval"]["signed_by"]} == {
        ("name", "role", "organisation", "at")
    }
    assert {tuple(one) for one in body["approval"]["reviewed_by"]} == {
        ("name", "kind", "organisation")
    }
    assert list(body["change"]) == ["kind", "summary"]
    assert list(body["attribution"]) == ["text", "url"]


def test_a_page_has_two_more_fields(published: World) -> None:
    body = read_page(published)
    assert set(body) == set(names(CONTRACT)) | EXTRAS | {"sections", "missing"}
    assert body["urls"]["self"] == "/v1/pages/treatment/en"
    assert body["urls"]["alternates"] == {"fr": "/v1/pages/treatment/fr"}
    assert body["seq"] == 3, "the last event of any of its sections"
    assert nested(body) == ["treatment", ["benefits"], ["risks"]]
    assert set(body["sections"][0]) == set(names(CONTRACT)) | EXTRAS | {"sections"}


def test_what_a_translation_says_of_its_source(published: World) -> None:
    assert read(published, "benefits")["translation_of"] is None
    assert read(published, "benefits", "fr")["translation_of"] == {
        "locale": "en",
        "version": 1,
        "sha256": published.version("benefits").document,
        "current_version": 1,
        "outdated_since": None,
        "change": None,
    }


def test_texts_links_and_neighbours(published: World) -> None:
    body = read(published, "benefits", "fr")
    assert body["title"] == "fr – Benefits"
    assert body["html"].startswith("<p>fr – It may help 4 of 10 people.</p>\n<ul>")
    assert body["markdown"].startswith("fr – It may help 4 of 10 people.\n\n- fr – It may slow MS.")
    assert body["links"] == [{"text": "the register", "url": "https://example.org/register"}]
    assert body["page"] == "treatment"
    assert body["dir"] == "ltr"
    assert body["sha256"] == published.version("benefits", "fr").document
    assert body["urls"]["alternates"] == {"en": "/v1/sections/benefits/en"}
    assert read(published, "treatment", "fr")["children"] == [
        {"section": "benefits", "title": "fr – Benefits", "url": "/v1/sections/benefits/fr"},
        {"section": "risks", "title": "fr – Risks", "url": "/v1/sections/risks/fr"},
    ]
    assert body["approval"]["signed_by"] == [
        {
            "name": "Language-2-Fr",
            "role": "language-reviewer:fr",
            "organisation": "Organisation of language-2-fr",
            "at": TODAY,
        }
    ]


def test_the_source_stands_first_among_the_locales(published: World) -> None:
    published.publish_translation("de")
    body = ask(published, "/v1/sections/benefits").body
    assert [one["locale"] for one in body["locales"]] == ["en", "de", "fr"]
    assert body == {
        "section": "benefits",
        "source_locale": "en",
        "page": "treatment",
        "parent": "treatment",
        "children": [],
        "locales": body["locales"],
        "withdrawn": [],
    }
    assert body["locales"][1] == {
        "locale": "de",
        "version": 1,
        "sha256": published.version("benefits", "de").document,
        "status": "current",
        "title": "de – Benefits",
        "url": "/v1/sections/benefits/de",
    }


@pytest.mark.begins_with("en")
def test_what_is_not_translated_is_missing_and_nothing_else_is_served(
    sqlite_world: World,
) -> None:
    sqlite_world.translate("fr")
    sqlite_world.publish("risks", locale="fr")
    assert ask(sqlite_world, "/v1/pages/treatment/fr") == Answer(404)
    assert ask(sqlite_world, "/v1/sections/benefits/fr") == Answer(404)
    sqlite_world.publish("treatment", locale="fr")
    body = read_page(sqlite_world, "fr")
    assert nested(body) == ["treatment", ["risks"]]
    assert body["missing"] == ["benefits"]
    assert [one["section"] for one in body["children"]] == ["risks"]


def test_sections_nest_in_the_order_of_the_text(sqlite_world: World) -> None:
    deep = TEXT + "\n### Rare {#rare}\n\nRare.\n\n#### Rarest {#rarest}\n\nRarest.\n"
    deep += "\n### Common {#common}\n\nCommon.\n"
    sqlite_world.publish_page(page(deep))
    tree = ["treatment", ["benefits"], ["risks", ["rare", ["rarest"]], ["common"]]]
    assert nested(read_page(sqlite_world)) == tree
    assert ask(sqlite_world, "/v1/pages/risks/en").status == 404, "it is no page of its own"


def test_headers_of_an_answer(published: World) -> None:
    answer = ask(published, "/v1/sections/benefits/fr")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Content-Language"] == "fr"
    assert answer.headers["Content-Location"] == "/v1/sections/benefits/fr"
    assert answer.headers["Last-Modified"] == "Mon, 23 Nov 2026 09:00:00 GMT"
    assert answer.headers["Link"] == ('</v1/sections/benefits/en>; rel="alternate"; hreflang="en"')
    assert answer.headers["Surrogate-Key"] == "section:benefits locale:fr page:treatment"
    assert answer.headers["Cache-Tag"] == "section:benefits,locale:fr,page:treatment"
    assert "Link" not in ask(alone(published), "/v1/sections/risks/en").headers


def alone(world: World) -> World:
    world.withdraw("risks", "fr")
    return world


def test_a_demonstration_says_so_everywhere_in_the_readers_language(published: World) -> None:
    with writing(published.engine) as session:
        demo.mark(session)
        demo.mark(session)
        assert demo.is_demo(session)
    published.publish_page(page(TEXT.replace("nerves", "any nerves"), summary="Clearer"))
    published.withdraw("benefits", "fr")

    def marked(path: str, locale: str) -> Any:
        body = ask(published, path).body
        assert body["demo"] is True
        assert body["demo_notice"] == phrases.say(locale, phrases.DEMO_NOTICE)
        return body

    body = marked("/v1/sections/benefits/en", "en")
    assert set(body) == set(names(CONTRACT)) | EXTRAS | DEMO
    for locale in ("en", "fr"):
        marked(f"/v1/pages/treatment/{locale}", locale)
        marked(f"/v1/sections/risks/{locale}", locale)
    marked("/v1/sections/risks", "en")
    marked("/v1/sections/benefits/fr", "fr")
