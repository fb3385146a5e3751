"""The facts above a draft: what the page says, and TODO for what its author must decide."""

from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from content.records.existing_page.page import Figure

TODO = "TODO"


@dataclass(frozen=True)
class Known:
    """What a page says of itself; None where it does not. Frozen."""

    locale: str | None = None
    title: str | None = None
    site: str | None = None


def front_matter(known: Known, address: str | None, figures: Iterable[Figure]) -> str:
    """The block between the two lines `---`, both included."""
    facts: dict[str, object] = {
        "locale": known.locale or TODO,
        "audience": TODO,
        "authors": [TODO],
        "license": TODO,
        "attribution": {"text": known.site or TODO, "url": address or TODO},
        "disclaimer": TODO,
        "last_reviewed": TODO,
        "review_by": TODO,
        "change": {"kind": TODO, "summary": TODO},
    }
    if entries := _figure_entries(figures):
        facts["figures"] = entries
    written = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{written}---\n"


def _figure_entries(figures: Iterable[Figure]) -> list[dict[str, str]]:
    """One entry for each file; of several places it stands in, the first that names a credit."""
    credits: dict[str, str | None] = {}
    for figure in figures:
        credits[figure.file] = credits.get(figure.file) or figure.credit
    return [
        {"file": file, "credit": credit or TODO, "license": TODO}
        for file, credit in credits.items()
    ]
