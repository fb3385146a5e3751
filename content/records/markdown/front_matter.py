"""The facts of a page, between two lines `---` at the beginning of its file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import cast, get_args

from content.records.markdown.form import Form
from content.records.markdown.log import MistakeLog
from content.records.markdown.page import (
    ChangeKind,
    Evidence,
    EvidenceType,
    Figure,
    PageFacts,
    SectionFacts,
)
from content.records.markdown.yaml_tree import YamlRefused, read_yaml

FRONT_MATTER_BYTES_MAX = 500_000
FRONT_MATTER_LINE = 2
AUTHORS_MAX = 20

_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # RFC 5646, 2.1, without private use
_FILE = re.compile(r"[^./\\:\s][^/\\:\n]*\.(?:svg|png|jpe?g|webp)", re.IGNORECASE)
_FILE_CHARACTERS_MAX = 255


@dataclass(frozen=True)
class FrontMatter:
    """What the front matter says. Frozen. Lines are those of the file, for mistakes found later.

    With mistakes noted, values may be empty; nothing is built from them.
    """

    locale: str
    facts: PageFacts
    evidence: tuple[Evidence, ...]
    figures: tuple[Figure, ...]
    overrides: dict[str, SectionFacts]
    lines: dict[str, int]


def read_front_matter(text: str, first_line: int, log: MistakeLog) -> FrontMatter | None:
    """The front matter, or None: it is not YAML. Every mistake is noted."""
    if len(text.encode()) > FRONT_MATTER_BYTES_MAX:
        message = f"the front matter is over {FRONT_MATTER_BYTES_MAX:,} bytes"
        log.add(first_line, "too-large", message)
        return None
    try:
        mapping = read_yaml(text)
    except YamlRefused as refused:
        log.add(first_line + refused.line, "front-matter-broken", refused.message)
        return None
    return _read(Form(mapping, first_line, log), log)


def _read(form: Form, log: MistakeLog) -> FrontMatter:
    lines: dict[str, int] = {}
    facts = _facts(form)
    evidence = tuple(_evidence(child, lines, log) for child in form.children("evidence"))
    figures = tuple(_figure(child, lines, log) for child in form.children("figures"))
    locale = form.text("locale", _LOCALE, "is a language tag such as en or de-CH")
    overrides = {}
    for slug, line, child in form.named_children("sections"):
        overrides[slug] = _override(child, facts)
        lines[f"section {slug}"] = line
    form.close()
    return FrontMatter(locale, facts, evidence, figures, overrides, lines)


def _facts(form: Form) -> PageFacts:
    attribution, change = form.child("attribution"), form.child("change")
    facts = PageFacts(
        audience=form.text("audience"),
        authors=form.texts("authors", AUTHORS_MAX),
        license=form.text("license"),
        attribution_text=attribution.text("text"),
        attribution_url=attribution.url("url"),
        disclaimer=form.text("disclaimer"),
        last_reviewed=form.date("last_reviewed") or date.min,
        review_by=form.date("review_by") or date.max,
        change_kind=cast(ChangeKind, change.choice("kind", get_args(ChangeKind))),
        change_summary=change.text("summary"),
    )
    attribution.close()
    change.close()
    if facts.review_by <= facts.last_reviewed:
        form.refuse("review_by", "is later than `last_reviewed`")
    return facts


def section_facts(facts: PageFacts) -> SectionFacts:
    """The facts of a section that says nothing of its own."""
    return SectionFacts(facts.audience, facts.authors, facts.last_reviewed, facts.review_by)


def _override(form: Form, page: PageFacts) -> SectionFacts:
    facts = section_facts(page)
    if form.has("audience"):
        facts = replace(facts, audience=form.text("audience"))
    if form.has("authors"):
        facts = replace(facts, authors=form.texts("authors", AUTHORS_MAX))
    if form.has("last_reviewed"):
        facts = replace(facts, last_reviewed=form.date("last_reviewed") or date.min)
    if form.has("review_by"):
        facts = replace(facts, review_by=form.date("review_by") or date.max)
    form.close()
    if facts.review_by <= facts.last_reviewed:
        form.refuse("review_by", "is later than `last_reviewed`")
    return facts


def _evidence(form: Form, lines: dict[str, int], log: MistakeLog) -> Evidence:
    evidence = Evidence(
        id=form.identifier("id"),
        type=cast(EvidenceType, form.choice("type", get_args(EvidenceType))),
        title=form.text("title"),
        url=form.url("url"),
        registry=form.optional_text("registry"),
    )
    form.close()
    _once(f"evidence {evidence.id}", form.line_of("id"), lines, log)
    return evidence


def _figure(form: Form, lines: dict[str, int], log: MistakeLog) -> Figure:
    file = form.text(
        "file", _FILE, "is the name of an SVG, PNG, JPEG or WebP file, without folders"
    )
    if len(file) > _FILE_CHARACTERS_MAX:
        form.refuse("file", f"is at most {_FILE_CHARACTERS_MAX} characters")
    figure = Figure(file, form.text("credit"), form.text("license"))
    form.close()
    _once(f"figure {file}", form.line_of("file"), lines, log)
    return figure


def _once(name: str, line: int, lines: dict[str, int], log: MistakeLog) -> None:
    """Remember the line of an entry; note it if there was one of that name before."""
    kind, _, id_ = name.partition(" ")
    if id_ and name in lines:
        log.add(line, f"{kind}-duplicate", f"`{id_}` is listed twice under `{kind}`")
    lines.setdefault(name, line)


def entry_lines(names: Iterable[str], kind: str, lines: dict[str, int]) -> dict[str, int]:
    """The lines of the entries of a kind."""
    return {name: lines[f"{kind} {name}"] for name in names if name}
