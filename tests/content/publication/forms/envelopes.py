"""Envelopes as values, for forms are made from nothing else; and what is known beside them."""

from datetime import UTC, datetime
from typing import Any

from content.publication.forms import FORMS, Outside, Title
from content.records.markdown import Block, block_html, write_block

OUTSIDE = Outside(
    datetime(2026, 11, 23, 9, tzinfo=UTC),
    {"lacking": Title("What it costs", "en", "/v1/sections/lacking/en")},
)
#: Text that would like to be something else.
HOSTILE = "</article><script>alert(1)</script> ]]> `a` **b** [c](javascript:d) \"' <!-- & &amp; #"


def envelope(*blocks: Block, locale: str = "fr", **more: Any) -> dict[str, Any]:
    """The envelope of a section that says these blocks."""
    section = more.get("section", "benefits")
    return {
        "section": section,
        "locale": locale,
        "version": 3,
        "status": "current",
        "title": "Bénéfices",
        "summary": None,
        "html": "\n".join(map(block_html, blocks)),
        "blocks": [{"type": one.type, "markdown": write_block(one)} for one in blocks],
        "evidence": [],
        "figures": [],
        "dir": "ltr",
        "audience": "Everybody",
        "authors": ["Ada Author"],
        "translation_of": None,
        "last_reviewed": "2026-11-20",
        "review_by": "2027-11-20",
        "approval": {"reviewed_by": []},
        "attribution": {"text": "MS International Federation", "url": "https://www.msif.org/"},
        "license": "CC-BY-4.0",
        "disclaimer": "It informs.",
        "sha256": "0a" * 32,
        "urls": {
            "self": f"/v1/sections/{section}/{locale}",
            "proof": f"/proof/{section}/{locale}",
            "page": f"/v1/pages/treatment/{locale}",
            "alternates": {},
        },
        **more,
    }


def page(*sections: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The envelope of a page."""
    return envelope(**more) | {"sections": list(sections), "missing": more.get("missing", [])}


def written(form: str, told: dict[str, Any]) -> str:
    """An envelope in a form."""
    return FORMS[form].render(told, OUTSIDE)
