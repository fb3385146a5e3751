"""A page written as a canonical authoring file: reading it again gives the same page."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from content.records.markdown.block_writer import text_lines, write_blocks
from content.records.markdown.front_matter import section_facts
from content.records.markdown.inline import words_markdown
from content.records.markdown.page import (
    AuthoredPage,
    AuthoredSection,
    Evidence,
    Figure,
    PageFacts,
    SectionFacts,
)

_Value = str | date | Sequence[str]

#: Text that YAML reads as itself without quotes (YAML 1.2.2, 7.3.3, and narrower).
_PLAIN = re.compile(r"[^\W_](?:[^:#\\\"\n]|:(?=[^\s:]))*(?<![\s:])")
_NOTHING = ("null", "Null", "NULL")


def write_page(page: AuthoredPage) -> str:
    """The file of a page. `read_page(write_page(page).encode()) == page`, `sha256` apart."""
    levels = _levels(page.sections)
    sections = [_section(section, levels[section.slug]) for section in page.sections]
    return "\n".join(
        ["---", *_front_matter(page), "---", "", *"\n\n".join(sections).split("\n"), ""]
    )


def _levels(sections: Sequence[AuthoredSection]) -> dict[str, int]:
    """The level of each heading, the root's 1. Parents stand before their children."""
    levels: dict[str, int] = {}
    for section in sections:
        level = levels.setdefault(section.slug, 1)
        levels.update(dict.fromkeys(section.children, level + 1))
    return levels


def _section(section: AuthoredSection, level: int) -> str:
    parts = [f"{'#' * level} {words_markdown(section.title)} {{#{section.slug}}}"]
    if section.summary:
        parts.append(f"::: summary\n{text_lines(section.summary)}\n:::")
    if section.blocks:
        parts.append(write_blocks(section.blocks))
    return "\n\n".join(parts)


def _front_matter(page: AuthoredPage) -> Iterator[str]:
    facts = page.facts
    yield from _entry("locale", page.locale)
    yield from _entry("audience", facts.audience)
    yield from _entry("authors", facts.authors)
    yield from _entry("license", facts.license)
    yield "attribution:"
    yield from _entry("text", facts.attribution_text, "  ")
    yield from _entry("url", facts.attribution_url, "  ")
    yield from _entry("disclaimer", facts.disclaimer)
    yield from _entry("last_reviewed", facts.last_reviewed)
    yield from _entry("review_by", facts.review_by)
    yield "change:"
    yield from _entry("kind", facts.change_kind, "  ")
    yield from _entry("summary", facts.change_summary, "  ")
    yield from _entries("evidence", [_evidence(entry) for entry in page.evidence])
    yield from _entries("figures", [_figure(entry) for entry in page.figures])
    yield from _overrides(page)


def _overrides(page: AuthoredPage) -> Iterator[str]:
    own = {section.slug: _own_facts(section.facts, page.facts) for section in page.sections}
    if any(own.values()):
        yield "sections:"
    for slug, facts in own.items():
        if facts:
            yield f"  {_scalar(slug)}:"
            for key, value in facts.items():
                yield from _entry(key, value, "    ")


def _own_facts(facts: SectionFacts, page: PageFacts) -> dict[str, _Value]:
    """The facts of a section that differ from its page's."""
    common = section_facts(page)
    names = ("audience", "authors", "last_reviewed", "review_by")
    return {
        name: getattr(facts, name)
        for name in names
        if getattr(facts, name) != getattr(common, name)
    }


def _evidence(entry: Evidence) -> dict[str, str]:
    shown = {"id": entry.id, "type": entry.type, "title": entry.title, "url": entry.url}
    return shown | ({"registry": entry.registry} if entry.registry else {})


def _figure(entry: Figure) -> dict[str, str]:
    return {"file": entry.file, "credit": entry.credit, "license": entry.license}


def _entries(name: str, entries: Sequence[Mapping[str, str]]) -> Iterator[str]:
    if entries:
        yield f"{name}:"
    for entry in entries:
        for place, (key, value) in enumerate(entry.items()):
            yield from _entry(key, value, "    " if place else "  - ")


def _entry(key: str, value: _Value, indent: str = "") -> Iterator[str]:
    if isinstance(value, str | date):
        yield f"{indent}{key}: {_scalar(str(value))}"
    else:
        yield f"{indent}{key}:"
        yield from (f"{indent}  - {_scalar(text)}" for text in value)


def _scalar(text: str) -> str:
    """The text as YAML, in quotes only where it needs them."""
    if _PLAIN.fullmatch(text) and text not in _NOTHING:
        return text
    return json.dumps(text, ensure_ascii=False)
