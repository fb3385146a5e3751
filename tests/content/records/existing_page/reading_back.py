"""A draft as its author would hand it in: every TODO filled in."""

import yaml

from content.records.existing_page import Draft
from content.records.markdown import AuthoredPage, read_page

FACTS = {
    "audience": "People with MS",
    "authors": ["MSIF editorial team"],
    "license": "CC-BY-4.0",
    "attribution": {"text": "MSIF", "url": "https://www.msif.org/"},
    "disclaimer": "This page informs.",
    "last_reviewed": "2026-11-20",
    "review_by": "2027-11-20",
    "change": {"kind": "clinical", "summary": "First edition"},
}


def facts_of(markdown: str) -> dict[str, object]:
    """The front matter of a draft."""
    facts = yaml.safe_load(markdown.split("---\n")[1])
    assert isinstance(facts, dict)
    return facts


def body_of(markdown: str) -> str:
    """What stands below the front matter."""
    return markdown.split("---\n", 2)[2]


def filled_in(draft: Draft) -> AuthoredPage:
    """The page the reader makes of the draft once its author has filled in the facts."""
    facts = facts_of(draft.markdown) | FACTS
    facts["locale"] = "en" if facts["locale"] == "TODO" else facts["locale"]
    written = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False).replace("'20", "20")
    written = written.replace("-20'", "-20")
    return read_page(f"---\n{written}---\n{body_of(draft.markdown)}".encode())
