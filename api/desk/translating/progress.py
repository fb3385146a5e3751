"""One page in one language: how far it is, section by section, its files, and what was sent."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, ReadingNow
from api.desk import words
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, show
from api.desk.translating import chart, ground
from api.desk.translating.ground import CurrentGround, Ground, sections_of
from api.desk.translating.refused import refused
from api.desk.translating.sayings import STAGES
from api.problems import status_of
from content.database import reading
from content.errors import ContentError, NotAllowed, NotFound
from content.people.role import Permission
from content.translation import board, upload_history

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=SignedInRoute)

#: Sections, and uploads, on one page.
SECTIONS_TOGETHER = 50
UPLOADS_TOGETHER = 10
FROM_MAX = 100_000
From = Annotated[int, Query(alias="from", ge=0, le=FROM_MAX)]
Sent = Annotated[int, Query(ge=0, le=FROM_MAX)]


@router.get("")
def show_progress(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    here: CurrentGround,
    begin: From = 0,
    sent: Sent = 0,
) -> Response:
    """See how far a page is in a language."""
    return draw(request, visitor, hub, session, here, begin=begin, sent=sent)


def refuse(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    here: Ground,
    error: ContentError,
    *,
    said: str = "",
) -> Response:
    """The page again, and above it why something was not taken; `said` where that needs no more."""
    if isinstance(error, NotFound | NotAllowed):
        raise error
    with reading(hub.engine) as session:
        return draw(request, visitor, hub, session, here, error=error, said=said)


def draw(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    session: Session,
    here: Ground,
    *,
    begin: int = 0,
    sent: int = 0,
    error: ContentError | None = None,
    said: str = "",
) -> Response:
    """Made for whoever asks; `error` is what was refused, `said` its words where they are ours."""
    slugs = sections_of(session, here)
    mine = ground.readable(hub, visitor.actor)
    # This language first, then the others; what a section was written in has no square.
    tags = [here.tag, *(tag for tag in mine if tag != here.tag)]
    shown = slugs[begin : begin + SECTIONS_TOGETHER]
    found = board.squares(session, shown, {tag: mine[tag] for tag in tags})
    drawn = [tag for tag in tags if any(one.locale == tag for row in found.values() for one in row)]
    uploads = upload_history.recent(
        session, here.page, here.tag, most=UPLOADS_TOGETHER + 1, skip=sent
    )
    return show(
        request,
        "translating/progress.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        here_is=here,
        titles={slug: chart.title_of(row) for slug, row in found.items() if row},
        names=ground.names_of(mine, words.language_of(request)),
        squares={slug: {one.locale: one for one in row} for slug, row in found.items()},
        chart=chart.draw(found, drawn),
        tags=drawn,
        stages=STAGES,
        not_yet=[slug for slug in shown if not found[slug]],
        uploads=uploads[:UPLOADS_TOGETHER],
        older=sent + UPLOADS_TOGETHER if len(uploads) > UPLOADS_TOGETHER else None,
        before=max(0, begin - SECTIONS_TOGETHER) if begin else None,
        behind=begin + SECTIONS_TOGETHER if begin + SECTIONS_TOGETHER < len(slugs) else None,
        may_translate=visitor.actor.may(Permission.TRANSLATE, here.tag),
        refused=said or (refused(error) if error else ""),
        detail=error.message if error and not said else "",
    )
