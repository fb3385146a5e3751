"""PostgreSQL calls when a machine has changed answers; each process listens on one connection."""

import logging

import anyio
import psycopg

from api.dependencies import Hub
from content.publication.generation import CHANNEL

#: Before it is tried again where it cannot be listened to.
SECONDS_TO_RECONNECT = 1

log = logging.getLogger(__name__)


async def go_on(hub: Hub) -> None:
    """Listen until it is cancelled. SQLite is on one machine, whose processes share a word."""
    if hub.engine.dialect.name != "postgresql":
        return
    while True:
        try:
            await _listen(hub)
        except psycopg.Error as error:
            log.error("The database cannot be listened to: %s", type(error).__name__)
        await anyio.sleep(SECONDS_TO_RECONNECT)


async def _listen(hub: Hub) -> None:
    words, named = hub.engine.dialect.create_connect_args(hub.engine.url)
    async with await psycopg.AsyncConnection.connect(*words, **named, autocommit=True) as there:
        await there.execute(f"LISTEN {CHANNEL}")
        hub.newest.call()  # for what was changed before
        async for _ in there.notifies():
            hub.newest.call()
