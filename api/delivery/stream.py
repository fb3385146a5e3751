"""The feed as server-sent events: the same events, told as they come.

An `id` is a seq, so that a reader that was cut off goes on where it was, without a gap.
"""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Header
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.conditional import NO_STORE
from api.delivery.changes import Asked, Part, Wanted, read
from api.dependencies import CurrentHub, Hub
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.errors import BadInput
from content.publication.answer import as_json

#: A proxy may end a connection on which nothing comes for a while.
SECONDS_OF_SILENCE_MAX = 15
#: A stream ends after this long, and its reader connects again: no server is held by one for ever.
STREAM_SECONDS_MAX = 600
#: What a reader waits before it connects again.
RETRY_MILLISECONDS = 3_000
EVENT_STREAM = "text/event-stream"
#: Digits of the largest seq.
ID_DIGITS_MAX = 10


class EventStream(StreamingResponse):
    """A stream whose place is free at once when its reader goes, not when its memory is."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parts: Any = self.body_iterator
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await parts.aclose()


router = APIRouter(
    prefix="/v1/changes", tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired
)


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {}}, "description": "Events, as they come"}},
)
async def stream_changes(
    hub: CurrentHub,
    wanted: Wanted,
    last_event_id: Annotated[
        str, Header(max_length=ID_DIGITS_MAX, description="The last seq you have")
    ] = "",
) -> StreamingResponse:
    """Follow the feed as server-sent events.

    `Last-Event-ID` goes before `after`.
    """
    if last_event_id:
        wanted = replace(wanted, after=_seq(last_event_id))
    # What is wrong is said before the first byte goes out.
    first = await run_in_threadpool(read, hub, wanted)
    hub.newest.require_place()
    return EventStream(
        _told(hub, wanted, first),
        media_type=EVENT_STREAM,
        headers={"Cache-Control": NO_STORE, "X-Accel-Buffering": "no"},
    )


def _seq(last_event_id: str) -> int:
    if not last_event_id.isdecimal():
        raise BadInput("`Last-Event-ID` is the number of an event.")
    return int(last_event_id)


async def _told(hub: Hub, wanted: Asked, found: Part) -> AsyncIterator[bytes]:
    until = time.monotonic() + STREAM_SECONDS_MAX
    yield b"retry: %d\n\n" % RETRY_MILLISECONDS
    with hub.newest.place():
        while True:
            for event in found.events:
                yield b"id: %d\nevent: %s\ndata: %s\n\n" % (
                    event["seq"],
                    event["type"].encode(),
                    as_json(event),
                )
            # Also where nothing was told: whoever comes again need not read over it once more.
            yield b"id: %d\n\n" % found.following
            if not found.more:
                left = until - time.monotonic()
                if left <= 0:
                    return
                await hub.newest.beyond(found.following, min(left, SECONDS_OF_SILENCE_MAX))
            found = await run_in_threadpool(read, hub, replace(wanted, after=found.following))
