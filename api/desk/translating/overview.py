"""What there is to translate: every page, and how much of it is done in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, ReadingNow
from api.desk import words
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from api.desk.translating import ground
from content.errors import NotFound
from content.records import tree
from content.translation import board, standing
from content.translation.report import Coverage

router = APIRouter(prefix="/translate", route_class=SignedInRoute)

#: Pages on one page.
TOGETHER = 10
FROM_MAX = 10_000


@dataclass(frozen=True)
class Line:
    """One page in one language. Frozen."""

    tag: str
    base: str | None
    counted: Coverage

    @property
    def per_cent(self) -> int:
        """Rounded down: 100 is whole."""
        return 100 * self.counted.done // self.counted.messages if self.counted.messages else 0


@dataclass(frozen=True)
class Subject:
    """One page, and each language that somebody may read of it. Frozen."""

    slug: str
    title: str
    lines: tuple[Line, ...]


@router.get("")
def show_translations(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    begin: Annotated[int, Query(alias="from", ge=0, le=FROM_MAX)] = 0,
) -> Response:
    """See what there is to translate."""
    mine = ground.readable(hub, visitor.actor)
    if not mine:
        raise NotFound
    children = tree.working_children(session)
    roots = tree.roots(children)
    pages = {
        root: [slug for slug, _ in tree.walk(children, root)]
        for root in roots[begin : begin + TOGETHER]
    }
    return show(
        request,
        "translating/overview.html",
        visitor=visitor,
        subjects=_subjects(session, pages, mine),
        names=ground.names_of(mine, words.language_of(request)),
        before=max(0, begin - TOGETHER) if begin else None,
        behind=begin + TOGETHER if begin + TOGETHER < len(roots) else None,
    )


def _subjects(
    session: Session, pages: Mapping[str, Sequence[str]], mine: Mapping[str, str | None]
) -> list[Subject]:
    slugs = [slug for listed in pages.values() for slug in listed]
    found = standing.of_languages(session, slugs, mine)
    subjects = []
    for root, listed in pages.items():
        lines, title, within = [], root, frozenset(listed)
        for tag, base in mine.items():
            here = [now for now in found[tag] if now.section in within and now.source.locale != tag]
            own = next((now for now in here if now.section == root), None)
            # Of a variant it would be the title of its base text.
            title = board.title_of(own) if own and not base else title
            if here:
                lines.append(Line(tag, base, board.together(here)))
        subjects.append(Subject(root, title, tuple(lines)))
    return subjects
