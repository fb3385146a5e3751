"""A text as JSON-LD in the vocabulary of schema.org: a page, or an element of one.

Says what the envelope says and nothing besides: what a text is about, or whether its author is a
person, is noted nowhere. Addresses are paths on the hub. Safe inside a `script` element: no `<`
leaves unescaped, so none can end it.
"""

import json
import re
from typing import Any

from content.people import person
from content.publication.forms.licence import licence_url
from content.publication.forms.plain import Targets, blocks_text
from content.publication.forms.surroundings import Envelope, Outside, references
from content.translation import locale as locales

Node = dict[str, Any]

CONTEXT = "https://schema.org"
PAGE, ELEMENT = "MedicalWebPage", "WebPageElement"
#: What may end a script element or a line of a script. JSON reads them back as they were.
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_ACTIVE = re.compile(f"[{''.join(_ESCAPES)}]")


def render(told: Envelope, outside: Outside) -> str:
    """The text of a section or a whole page as one node with its parts."""
    node = {"@context": CONTEXT} | _whole(told)
    node["dateModified"] = outside.changed_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    cited = [_work(one) for one in references(told)]
    written = _compact(node | _some({"citation": cited}))
    return _ACTIVE.sub(lambda found: _ESCAPES[found[0]], written)


def _whole(told: Envelope) -> Node:
    """The node of the envelope itself, with the page that it stands on."""
    if "sections" in told:
        return _node(told, PAGE)
    above = {"@type": PAGE, "@id": told["urls"]["page"]}
    return _node(told, ELEMENT) | {"isPartOf": above}


def _node(told: Envelope, kind: str) -> Node:
    node = {
        "@type": kind,
        "@id": told["urls"]["self"],
        "name": told["title"],
        "description": told["summary"],
        "disambiguatingDescription": told.get("demo_notice"),
        "inLanguage": told["locale"],
        "version": told["version"],
        "creativeWorkStatus": told["status"],
        "identifier": _digest(told["sha256"]),
        "text": "\n\n".join(blocks_text(told["blocks"], Targets())),
        "audience": {"@type": "Audience", "audienceType": told["audience"]},
        "author": [{"name": name} for name in told["authors"]],
        "publisher": {
            "@type": "Organization",
            "name": told["attribution"]["text"],
            "url": told["attribution"]["url"],
        },
        "creditText": told["attribution"]["text"],
        "license": _licence(told["license"]),
        "usageInfo": {"@type": "CreativeWork", "text": told["disclaimer"]},
        "image": [_image(one) for one in told["figures"]],
        "subjectOf": {"@type": "WebPage", "@id": told["urls"]["proof"]},
        "hasPart": [_node(below, ELEMENT) for below in told.get("sections", ())],
    }
    return _some(node | _reviewed(told, kind) | _course(told, kind))


def _reviewed(told: Envelope, kind: str) -> Node:
    """A page has a date of review and reviewers; any other work has reviews, which name theirs."""
    listed = told["approval"]["reviewed_by"]
    if kind == PAGE:
        people = {json.dumps(_person(one)): _person(one) for one in listed}
        return {"lastReviewed": told["last_reviewed"], "reviewedBy": list(people.values())}
    reviews = [
        {"@type": "Review", "author": _person(one), "reviewAspect": one["kind"]} for one in listed
    ]
    return {"review": reviews}


def _person(reviewer: dict[str, str]) -> Node:
    """Whoever was erased has no name and belongs to nobody."""
    if reviewer["name"] == person.ERASED_NAME:
        return {"@type": "Person"}
    organisation = {"@type": "Organization", "name": reviewer["organisation"]}
    return {"@type": "Person", "name": reviewer["name"], "affiliation": organisation}


def _course(told: Envelope, kind: str) -> Node:
    """What the text follows, and what follows it. A regional variant is no translation."""
    source = told["translation_of"]
    others = told["urls"]["alternates"]
    if source is None:
        translations = [tag for tag in others if not _same_language(tag, told["locale"])]
        return {"workTranslation": [_other(kind, tag, others[tag]) for tag in translations]}
    followed = _other(kind, source["locale"], others.get(source["locale"])) | {
        "version": source["version"],
        "identifier": _digest(source["sha256"]),
    }
    same = _same_language(source["locale"], told["locale"])
    return {"isBasedOn" if same else "translationOfWork": followed}


def _other(kind: str, locale: str, url: str | None) -> Node:
    return _some({"@type": kind, "@id": url, "inLanguage": locale})


def _same_language(one: str, other: str) -> bool:
    return locales.language(one) == locales.language(other)


def _digest(sha256: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": "sha256", "value": sha256}


def _licence(name: str) -> str | Node:
    return licence_url(name) or {"@type": "CreativeWork", "name": name}


def _image(figure: dict[str, str]) -> Node:
    return {
        "@type": "ImageObject",
        "contentUrl": figure["url"],
        "description": figure["alt"],
        "creditText": figure["credit"],
        "license": _licence(figure["license"]),
    }


def _work(cited: dict[str, Any]) -> Node:
    return _some(
        {
            "@type": "CreativeWork",
            "name": cited["title"],
            "url": cited["url"],
            "identifier": cited["registry"],
        }
    )


def _some(node: Node) -> Node:
    """Without what there is none of."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _compact(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))
