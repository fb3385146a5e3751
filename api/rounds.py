"""What a server does every minute, beside answering."""

import logging

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from api.dependencies import Hub
from content.database import writing
from content.errors import ContentError
from content.syndication import member_key, reminding

SECONDS_BETWEEN = 60

log = logging.getLogger(__name__)


async def go_on(hub: Hub) -> None:
    """Go round again and again, until it is cancelled."""
    while True:
        await anyio.sleep(SECONDS_BETWEEN)
        await anyio.to_thread.run_sync(go_round, hub)


def go_round(hub: Hub) -> None:
    note_uses(hub)
    try:
        hub.follow_withdrawals()
    except (ContentError, SQLAlchemyError) as error:
        log.error("Recalls could not be opened: %s", type(error).__name__)
    remind(hub)


def remind(hub: Hub) -> None:
    """Write to members whose line in a recall is open; not with MSIF_WORKER=off."""
    if hub.settings.worker == "off":
        return
    try:
        reminding.go_round(hub.engine, hub.settings)
    except (ContentError, SQLAlchemyError) as error:
        log.error("Members could not be reminded: %s", type(error).__name__)


def note_uses(hub: Hub) -> None:
    """Write down which keys were used. Where that fails, their next use is noted."""
    if uses := hub.uses.take():
        try:
            with writing(hub.engine) as session:
                member_key.note_uses(session, uses)
        except (ContentError, SQLAlchemyError) as error:
            log.error("The use of keys could not be noted: %s", type(error).__name__)
