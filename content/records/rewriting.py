"""Writing the draft of one section anew, without the file of its page.

What the file says for the whole page (licence, attribution, disclaimer) stays as it is, and so do
the sections below. Works and pictures are those that the section's texts name already; new ones
come with the page's file.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from content.errors import BadInput, PageHasMistakes, PreconditionStale
from content.people.actor import Actor
from content.people.role import Permission
from content.records import document as documents
from content.records import draft, message
from content.records import version as versions
from content.records.composition import compose
from content.records.document import ChangeKind, Document
from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    Evidence,
    Figure,
    PageFacts,
    SectionFacts,
    Words,
    write_blocks,
    write_page,
)
from content.records.page_export import authored_evidence, authored_section
from content.records.page_import import read_authored
from content.records.version import State, Version

#: Where in a file a mistake is that stands before the text: in the fields around it.
BEFORE_THE_TEXT = 0
_CITED = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True)
class Writing:
    """What an author writes for one section. Frozen. Title and summary are one line each."""

    title: str
    summary: str
    #: The text below the heading, in the authoring format.
    text: str
    change_kind: ChangeKind
    change_summary: str
    last_reviewed: date
    review_by: date


def written(document: Document) -> Writing:
    """What somebody would have written for this document."""
    section = authored_section(document)
    return Writing(
        document.title,
        document.summary or "",
        write_blocks(section.blocks),
        document.change.kind,
        document.change.summary,
        document.last_reviewed,
        document.review_by,
    )


def rewrite(session: Session, actor: Actor, version: Version, writing: Writing) -> None:
    """Put this into the draft. Nothing happens where it says what the draft says already.

    Raises RoleMissing, BadInput for a translation, PreconditionStale for what is no draft any more,
    PageHasMistakes with the lines of the text, 0 for what stands before it.
    """
    actor.must(Permission.WRITE_SOURCE)
    if version.is_translation:
        raise BadInput("A translation is written by its catalogue: pull it and push it.")
    if version.state != State.DRAFT:
        raise PreconditionStale(version=version.reference)
    assert version.document is not None  # noqa: S101 (a source version always has one)
    before = documents.load(session, version.document)
    page, section = _read(_frame(session, version, before, writing), writing.text)
    made = compose(
        page,
        replace(section, children=before.children),
        number=version.number,
        before=message.of_document(session, version.document),
        digests={one.file: one.sha256 for one in before.figures},
    )
    if made != before:
        draft.save(session, actor, version, made)


def _frame(session: Session, version: Version, before: Document, writing: Writing) -> AuthoredPage:
    """The page around the text, with this section alone and nothing below its heading yet."""
    cited = set(_CITED.findall(writing.text))
    section = AuthoredSection(
        before.section,
        Words("title", _line(writing.title)),
        Words("summary", _line(writing.summary)) if writing.summary.strip() else None,
        (),
        (),
        SectionFacts(before.audience, before.authors, writing.last_reviewed, writing.review_by),
    )
    return AuthoredPage(
        before.locale,
        _facts(before, writing),
        tuple(one for one in _works(session, version, before) if one.id in cited),
        tuple(
            Figure(one.file, one.credit, one.license)
            for one in {one.file: one for one in before.figures}.values()
            if one.file in writing.text
        ),
        (section,),
    )


def _facts(before: Document, writing: Writing) -> PageFacts:
    return PageFacts(
        audience=before.audience,
        authors=before.authors,
        license=before.license,
        attribution_text=before.attribution.text,
        attribution_url=before.attribution.url,
        disclaimer=before.disclaimer,
        last_reviewed=writing.last_reviewed,
        review_by=writing.review_by,
        change_kind=writing.change_kind,
        change_summary=_line(writing.change_summary),
    )


def _works(session: Session, version: Version, before: Document) -> Collection[Evidence]:
    """Those that the draft cites, then those that what is in force cites."""
    texts = [before]
    in_force = versions.in_force(session, version.section, version.locale)
    if in_force is not None and in_force.document is not None:
        texts.append(documents.load(session, in_force.document))
    known: dict[str, Evidence] = {}
    for text in texts:
        for one in text.evidence:
            known.setdefault(one.id, authored_evidence(one))
    return known.values()


def _read(frame: AuthoredPage, text: str) -> tuple[AuthoredPage, AuthoredSection]:
    """The section with its text, and the page that it is alone on."""
    if not frame.sections[0].title.text:
        raise PageHasMistakes(mistakes=[_mistake(BEFORE_THE_TEXT, "root-missing", NO_TITLE)])
    above = f"{write_page(frame)}\n"
    lines = above.count("\n")
    try:
        page = read_authored(f"{above}{text}\n".encode())
    except PageHasMistakes as refused:
        raise PageHasMistakes(
            mistakes=[
                one | {"line": max(BEFORE_THE_TEXT, one["line"] - lines)}
                for one in refused.context["mistakes"]
            ]
        ) from None
    first, *others = page.sections
    if others:
        raise PageHasMistakes(mistakes=list(_headings(others, lines)))
    return page, first


NO_TITLE = "a section has a title"
NO_HEADING = "a section has no further headings; new sections come with the page's file"


def _headings(others: Iterable[AuthoredSection], lines: int) -> Iterable[dict[str, object]]:
    return (_mistake(one.line - lines, "root-second", NO_HEADING) for one in others)


def _mistake(line: int, code: str, text: str) -> dict[str, object]:
    return {"line": line, "code": code, "message": text}


def _line(text: str) -> str:
    """On one line, whatever was typed."""
    return " ".join(text.split())
