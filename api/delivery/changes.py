"""The feed: what changed, in order, numbered without a gap. To poll, and to wait for."""

import time
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.answers.feed import Changes
from api.conditional import CONTENT_SEQ, IN_FORCE, NO_STORE, respond_json
from api.dependencies import CurrentHub, Hub
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.database import reading
from content.errors import BadInput
from content.publication import demo, envelope, release
from content.publication.release import FEED_MAX
from content.translation import locale as locales

#: Seconds that a request may wait for something to come.
WAIT_SECONDS_MAX = 30

router = APIRouter(
    prefix="/v1/changes", tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired
)


@dataclass(frozen=True)
class Asked:
    """What a reader of the feed wants. Empty fields do not narrow it."""

    after: int
    locale: str
    page: str
    limit: int


@dataclass(frozen=True)
class Part:
    """A part of the feed, and where to go on."""

    events: list[dict[str, Any]]
    following: int
    more: bool
    mark: dict[str, Any]
    #: How far the feed has come.
    seq: int


def asked(
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The last seq you have")] = 0,
    locale: Annotated[str, Query(max_length=35, description="This language only")] = "",
    page: Annotated[str, Query(max_length=80, description="This page only")] = "",
    limit: Annotated[int, Query(ge=1, le=FEED_MAX, description="How many at most")] = 100,
) -> Asked:
    """Raises BadInput for a locale that is none."""
    return Asked(after, locales.read_tag(locale) if locale else "", page, limit)


Wanted = Annotated[Asked, Depends(asked)]


@router.get("", response_model=Changes)
async def read_changes(
    request: Request,
    hub: CurrentHub,
    wanted: Wanted,
    wait: Annotated[
        int, Query(ge=0, le=WAIT_SECONDS_MAX, description="Seconds to wait for something to come")
    ] = 0,
) -> Response:
    """Poll the feed of what changed.

    Events after a seq. Withdrawals and trust files are told whatever the
    filter; go on with `next`. With `wait` an answer that would be empty is held until something
    comes.
    """
    found = await run_in_threadpool(read, hub, wanted)
    if wait and not found.events:
        found = await _waited(hub, replace(wanted, after=found.following), wait)
    told = {"events": found.events, "next": found.following, "more": found.more, **found.mark}
    cache = NO_STORE if wait else IN_FORCE
    return respond_json(request, told, cache=cache, headers={CONTENT_SEQ: str(found.seq)})


def read(hub: Hub, wanted: Asked) -> Part:
    """What there is now. Raises BadInput for a number that this hub never came to."""
    hub.catch_up()
    with reading(hub.engine) as session:
        newest = release.newest_seq(session)
        if wanted.after > newest:
            raise BadInput(
                f"This hub is at {newest}, behind {wanted.after}: it was restored from a backup. "
                "Take everything anew, then go on from there.",
                newest=newest,
            )
        events, following, more = release.after(
            session, wanted.after, locale=wanted.locale, page=wanted.page, limit=wanted.limit
        )
        mark = envelope.demo_mark(demo.is_demo(session), wanted.locale or "en")
        return Part([release.told(event) for event in events], following, more, mark, newest)


async def _waited(hub: Hub, wanted: Asked, seconds: int) -> Part:
    """The first events that come, or none when the time is over."""
    until = time.monotonic() + seconds
    found = Part([], wanted.after, False, {}, wanted.after)
    with hub.newest.place():
        while not found.events:
            left = until - time.monotonic()
            came = await hub.newest.beyond(found.following, left)
            found = await run_in_threadpool(read, hub, replace(wanted, after=found.following))
            if not came:
                break
    return found
