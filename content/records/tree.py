"""The tree of sections: structure is content, so it is read from the newest source documents."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlmodel import Session, col, func, select

from content.errors import SectionNotFound, TreeBroken
from content.records.document import StoredDocument
from content.records.kept import Kept
from content.records.section import Section
from content.records.version import State, Version

#: Sections below sections below sections ...; a page is never deeper.
DEPTH_MAX = 6

#: Documents whose children are kept at hand; a document never changes.
KEPT_MAX = 8_192

Children = Mapping[str, Sequence[str]]
_children: Kept[tuple[str, ...]] = Kept(KEPT_MAX)


def working_children(session: Session) -> dict[str, tuple[str, ...]]:
    """Section to children, as the newest source versions have it, drafts too."""
    newest = (
        select(Version.section, func.max(Version.number).label("number"))
        .join(
            Section,
            (col(Section.slug) == col(Version.section))
            & (col(Section.source_locale) == col(Version.locale)),
        )
        .where(col(Version.state) != State.ABANDONED)
        .group_by(Version.section)
        .subquery()
    )
    rows = session.exec(
        select(Version.section, StoredDocument.sha256)
        .join(Section, col(Section.slug) == col(Version.section))
        .join(StoredDocument, col(StoredDocument.sha256) == col(Version.document))
        .join(
            newest,
            (newest.c.section == col(Version.section)) & (newest.c.number == col(Version.number)),
        )
        .where(col(Version.locale) == col(Section.source_locale))
    ).all()
    children = _children_in(session, {document for _, document in rows})
    return {section: children[document] for section, document in rows}


def _children_in(session: Session, documents: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Digest to the children that the document names."""
    found = _children.found(documents)
    missing = [digest for digest in documents if digest not in found]
    if missing:
        stored = select(StoredDocument.sha256, StoredDocument.body)
        for digest, body in session.exec(stored.where(col(StoredDocument.sha256).in_(missing))):
            found[digest] = tuple(json.loads(body)["children"])
            _children.keep(digest, found[digest])
    return found


def require_sound(children: Children) -> None:
    """Raises TreeBroken where a section has two parents or stands below itself."""
    parent_of: dict[str, str] = {}
    for parent, slugs in children.items():
        for slug in slugs:
            if parent_of.setdefault(slug, parent) != parent or slugs.count(slug) > 1:
                raise TreeBroken(
                    f"`{slug}` would stand below `{parent_of[slug]}` and below `{parent}`; "
                    "take it out of one of them first.",
                    section=slug,
                )
    for slug in parent_of:
        _require_no_cycle(slug, parent_of)


def _require_no_cycle(slug: str, parent_of: Mapping[str, str]) -> None:
    above, steps = parent_of.get(slug), 0
    while above is not None:
        steps += 1
        if above == slug or steps > DEPTH_MAX:
            raise TreeBroken(
                f"`{slug}` would stand below itself, or more than {DEPTH_MAX} levels deep.",
                section=slug,
            )
        above = parent_of.get(above)


def walk(children: Children, root: str) -> Iterator[tuple[str, int]]:
    """(slug, depth) of the root and all below it, in reading order; the root has depth 0."""
    stack = [(root, 0)]
    while stack:
        slug, depth = stack.pop()
        yield slug, depth
        stack += [(child, depth + 1) for child in reversed(children.get(slug, ()))]


def page_sections(session: Session, root: str) -> list[str]:
    """The slugs of a page in reading order. Raises SectionNotFound where it is no section."""
    children = working_children(session)
    if root not in children:
        raise SectionNotFound(section=root)
    return [slug for slug, _ in walk(children, root)]


def roots(children: Children) -> list[str]:
    """Sections below no other: the pages."""
    below = {slug for slugs in children.values() for slug in slugs}
    return sorted(slug for slug in children if slug not in below)
