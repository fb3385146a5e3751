"""The worker of a server: it sends webhooks in a thread of its own, beside the answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event, Thread

import anyio.to_thread

from api.dependencies import Hub
from content.syndication import postman


@asynccontextmanager
async def at_work(hub: Hub) -> AsyncIterator[None]:
    """As long as the server runs; not at all with MSIF_WORKER=off."""
    if hub.settings.worker == "off":
        yield
        return
    stop = Event()
    worker = postman.at_work(hub.engine, hub.settings, hub.tidings)
    thread = Thread(target=worker.run, args=(stop,), name="webhooks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        hub.tidings.set()
        # It gives attempts that are being made a few seconds, and ends; others repeat the rest.
        await anyio.to_thread.run_sync(thread.join)
