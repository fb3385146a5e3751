"""The documents and signed lists of a hub that was grown: as short as they may be, and whole."""

from datetime import datetime
from typing import Any

from content.records.document import Document
from content.sign_off.block import Block, Meaning
from tests.world import NO_INTERESTS

STAMP = "2026-11-20T09:00:00Z"
REVIEW_BY = "2027-11-20"
#: What is put in place of these makes each document another one. Digits stay a number.
SLUG, TAG, NUMBER, ABOVE = "@slug@", "@tag@", 987_654, "@above@"
TEXT = "It may help some people, and it does not help all of them. " * 4


def item(slug: str, locale: str, number: int, digest: str, source: str | None) -> dict[str, Any]:
    return {
        "section": slug,
        "locale": locale,
        "version": number,
        "sha256": digest,
        "source": source,
        "review_by": REVIEW_BY,
    }


def block(statement: str, signer: str) -> bytes:
    at = datetime.fromisoformat(STAMP)
    return Block(statement, signer, signer.title(), Meaning.APPROVAL, NO_INTERESTS, at).body


def template(is_translation: bool, below: tuple[str, ...]) -> bytes:
    source = {"locale": "en", "version": NUMBER, "sha256": ABOVE} if is_translation else None
    told = {
        "section": SLUG,
        "locale": TAG,
        "version": NUMBER,
        "title": f"About {SLUG}",
        "summary": None,
        "blocks": [
            {
                "type": "paragraph",
                "units": ["u1"],
                "markdown": f"{TEXT} {TAG} {NUMBER}",
                "html": f"<p>{TEXT} {TAG} {NUMBER}</p>",
            }
        ],
        "children": below,
        "evidence": [],
        "figures": [],
        "authors": ["Grown"],
        "audience": "People with MS",
        "attribution": {"text": "MSIF", "url": "https://www.msif.org/"},
        "license": "CC-BY-4.0",
        "disclaimer": "Ask your neurologist.",
        "translation_of": source,
        "change": {"kind": "clinical", "summary": "Grown"},
        "last_reviewed": "2026-11-20",
        "review_by": REVIEW_BY,
        "units": {"title": "t", "summary": None, "audience": "a", "disclaimer": "d"},
    }
    return Document.model_validate(told).canonical()
