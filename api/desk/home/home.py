"""The first page: what waits for me, and what I did lately."""

from fastapi import APIRouter, Request, Response

from api.dependencies import CurrentHub, ReadingNow
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.home import doings, tasks
from api.desk.pages import show
from api.desk.roles import NAMES
from api.desk.titles import texts_of
from content import clock
from content.publication import waiting

router = APIRouter(route_class=SignedInRoute)

#: Lines that are shown; it is said how many there are in all.
SHOWN = 30


@router.get("")
def show_home(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, session: ReadingNow
) -> Response:
    """See what waits for you."""
    policy = hub.policy(session)
    found = waiting.waiting(session, visitor.actor, policy, hub.settings.locale_tags)
    shown, rows = found[:SHOWN], doings.rows_of(session, visitor.actor.id)
    texts = texts_of(session, {*tasks.about(shown), *doings.about(rows)})
    return show(
        request,
        "home.html",
        visitor=visitor,
        lines=tasks.lines(session, shown, texts, clock.today()),
        more=max(0, len(found) - SHOWN),
        doings=doings.told(rows, texts),
        role_names=NAMES,
        grants=sorted(visitor.actor.grants),
    )
