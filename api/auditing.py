"""When a server audits what it serves: before its first answer, and each hour after that."""

import logging

import anyio
import anyio.to_thread

from api.dependencies import Hub
from content.database import reading, writing
from content.errors import ContentError
from content.publication import audit

SECONDS_BETWEEN = 3_600

log = logging.getLogger(__name__)


def at_start(hub: Hub) -> None:
    """Nothing is served before it was looked at. A hub that cannot look serves no text at all."""
    with reading(hub.engine) as session:
        policy = hub.policy(session)
        called_for = audit.is_called_for(session, policy)
    if called_for:
        with writing(hub.engine) as session:
            _tell(len(audit.carry_out(session, policy)))


def whole(hub: Hub) -> None:
    """Look at everything: signatures, and each stored answer."""
    with writing(hub.engine) as session:
        _tell(len(audit.everything(session, hub.policy(session))))


async def each_hour(hub: Hub) -> None:
    """Go on until it is cancelled. What goes wrong once is tried again in the next hour."""
    while True:
        try:
            await anyio.to_thread.run_sync(whole, hub, abandon_on_cancel=True)
        except ContentError as error:
            log.error("The audit could not be carried out: %s", error.message)
        await anyio.sleep(SECONDS_BETWEEN)


def _tell(refused: int) -> None:
    if refused:
        log.error("%d texts in force have no valid sign-off and are not served.", refused)
