"""JSON-LD: each term is one of schema.org's, on a type that has it, with a value that it takes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from content.people.person import ERASED_NAME
from content.publication.forms import licence_url
from content.records.markdown import Block
from tests.content.publication.forms.envelopes import HOSTILE, envelope, page, written
from tests.content.records.markdown.strategies import texts, trees

TERMS = json.loads(Path(__file__).with_name("schema_org_terms.json").read_text("utf-8"))
ABSOLUTE_OR_PATH = re.compile(r"(https?://|/)[!-~]+")
#: What a string may be, by the type that is asked for.
LITERALS = {
    "Text": re.compile(r"(?s).+"),
    "URL": ABSOLUTE_OR_PATH,
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "DateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
}


def kinds(name: str) -> set[str]:
    """The type and all it is a kind of."""
    return {name} | {above for one in TERMS["types"][name] for above in kinds(one)}


def faults(node: dict[str, Any]) -> Iterator[str]:
    """What is no good schema.org in a node and in all within it; without a type it is a Thing."""
    known = kinds(node["@type"]) if "@type" in node else {"Thing"}
    for name, value in node.items():
        if name.startswith("@"):
            continue
        term = TERMS["properties"].get(name, {"of": [], "is": []})
        if not known & set(term["of"]):
            yield f"{node.get('@type')} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            yield from _faults_of_value(name, one, set(term["is"]))


def _faults_of_value(name: str, value: Any, taken: set[str]) -> Iterator[str]:
    if isinstance(value, dict):
        if "@type" in value and not kinds(value["@type"]) & taken:
            yield f"{name} is no {value['@type']}"
        yield from faults(value)
    elif isinstance(value, str):
        if not any(LITERALS[one].fullmatch(value) for one in taken & set(LITERALS)):
            yield f"{name} is not {value!r}"
    elif not (isinstance(value, int) and "Number" in taken):
        yield f"{name} is not {value!r}"


def read(told: dict[str, Any]) -> dict[str, Any]:
    node: dict[str, Any] = json.loads(written("jsonld", told))
    assert node.pop("@context") == "https://schema.org"
    assert list(faults(node)) == []
    return node


REVIEWED = {
    "reviewed_by": [
        {"name": "Dr Nina Exemple", "kind": "language", "organisation": "Hôpital"},
        {"name": "Dr Nina Exemple", "kind": "medical", "organisation": "Hôpital"},
        {"name": ERASED_NAME, "kind": "revision", "organisation": "-"},
    ]
}
NINA = {
    "@type": "Person",
    "name": "Dr Nina Exemple",
    "affiliation": {"@type": "Organization", "name": "Hôpital"},
}
FULL: dict[str, Any] = {
    "summary": "En bref.",
    "demo": True,
    "demo_notice": "Démonstration.",
    "approval": REVIEWED,
    "evidence": [
        {"title": "MIST", "url": "https://x.org/", "registry": "NCT1"},
        {"title": "RAM", "url": "https://y.org/", "registry": None},
    ],
    "figures": [
        {"url": "/v1/figures/0a", "alt": "A", "credit": "P. Painter", "license": "All rights"}
    ],
    "translation_of": {"locale": "en", "version": 2, "sha256": "0b" * 32},
}


def urls(kind: str, locale: str, *others: str) -> dict[str, Any]:
    return {
        "self": f"/v1/{kind}/benefits/{locale}",
        "proof": f"/proof/benefits/{locale}",
        "page": f"/v1/pages/treatment/{locale}",
        "alternates": {other: f"/v1/{kind}/benefits/{other}" for other in others},
    }


def test_a_page_is_a_medical_web_page_with_its_sections_as_parts() -> None:
    node = read(page(page(section="risks"), **FULL, urls=urls("pages", "fr", "en")))
    assert node["@type"] == "MedicalWebPage"
    assert node["lastReviewed"] == "2026-11-20"
    assert node["reviewedBy"] == [NINA, {"@type": "Person"}]
    assert node["dateModified"] == "2026-11-23T09:00:00Z"
    assert [one["@type"] for one in node["hasPart"]] == ["WebPageElement"]
    assert node["translationOfWork"] == {
        "@type": "MedicalWebPage",
        "@id": "/v1/pages/benefits/en",
        "inLanguage": "en",
        "version": 2,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": "0b" * 32},
    }
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["image"][0]["license"] == {"@type": "CreativeWork", "name": "All rights"}
    assert [one.get("identifier") for one in node["citation"]] == ["NCT1", None]


def test_a_section_is_an_element_of_its_page_and_has_reviews() -> None:
    node = read(envelope(**FULL))
    assert node["@type"] == "WebPageElement"
    assert node["isPartOf"] == {"@type": "MedicalWebPage", "@id": "/v1/pages/treatment/fr"}
    assert [one["reviewAspect"] for one in node["review"]] == ["language", "medical", "revision"]
    assert "lastReviewed" not in node
    assert "@id" not in node["translationOfWork"], "the source is not in force"


def test_a_regional_variant_is_based_on_a_text_and_is_no_translation_of_it() -> None:
    node = read(envelope(locale="en-AU", translation_of=FULL["translation_of"]))
    assert "translationOfWork" not in node
    assert node["isBasedOn"]["inLanguage"] == "en"
    source = read(envelope(locale="en", urls=urls("sections", "en", "fr", "en-AU")))
    assert [one["@id"] for one in source["workTranslation"]] == ["/v1/sections/benefits/fr"]


def test_nothing_in_it_ends_a_script_element() -> None:
    told = page(
        page(section="risks", title=HOSTILE),
        title=f"{HOSTILE}\u2028",
        disclaimer=HOSTILE,
        authors=[HOSTILE],
    )
    assert not set(written("jsonld", told)) & set("<>&\u2028\u2029")
    node = read(told)
    assert node["name"] == f"{HOSTILE}\u2028"
    assert node["author"] == [{"name": HOSTILE}]


@given(texts.filter(str.strip), trees)
def test_whatever_is_written_it_stays_json_and_schema_org(title: str, tree: object) -> None:
    told = envelope(Block(tree), title=title)  # type: ignore[arg-type]
    assert read(told)["name"] == title
    assert "<" not in written("jsonld", told)


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "WebPageElement", "lastReviewed": "2026-11-20"}, "has no lastReviewed"),
        ({"@type": "WebPage", "lastReviewed": "yesterday"}, "is not 'yesterday'"),
        ({"@type": "WebPage", "publisher": {"@type": "Review"}}, "publisher is no Review"),
        ({"@type": "WebPage", "titel": "x"}, "has no titel"),
        ({"@type": "WebPage", "name": None}, "is not None"),
    ],
)
def test_the_check_finds_what_is_no_schema_org(node: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in faults(node))


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/l", "https://example.org/l"),
        ("https://", ""),
        ("All rights reserved", ""),
        ('https://x.org/>; rel="next"', "https://x.org/%3E;%20rel=%22next%22"),
    ],
)
def test_the_address_of_a_licence(name: str, url: str) -> None:
    assert licence_url(name) == url
