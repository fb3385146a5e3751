"""When a server audits what it serves: before its first answer, and each hour after that."""

import logging

import anyio
import anyio.to_thread

from api.dependencies import Hub
from content.database import reading, writing
from content.errors import ContentError
from content.publication import audit, representation

SECONDS_BETWEEN = 3_600
#: The stored answers are compared a minute after the start: many of them take a while.
SECONDS_TO_BEGIN_WITH = 60
NOT_CARRIED_OUT = "The audit could not be carried out: %s"

log = logging.getLogger(__name__)


def at_start(hub: Hub) -> None:
    """Before the first answer. A hub that cannot look is not ready, and says why in /readyz."""
    try:
        refuse_what_fails(hub)
    except ContentError as error:
        log.error(NOT_CARRIED_OUT, error.message)


def refuse_what_fails(hub: Hub) -> None:
    """Look at the signatures of all that is in force."""
    with reading(hub.engine) as session:
        policy = hub.policy(session)
        called_for = audit.is_called_for(session, policy)
    if called_for:
        with writing(hub.engine) as session:
            _tell(len(audit.carry_out(session, policy)))


def whole(hub: Hub) -> None:
    """Look at everything: signatures, and each stored answer against what it is made from."""
    refuse_what_fails(hub)
    with reading(hub.engine) as session:
        wrong = representation.differing(session, hub.policy(session))
    if wrong:
        log.error("%d stored answers were not what they are made from.", len(wrong))
        with writing(hub.engine) as session:
            representation.rebuild(session, hub.policy(session))


async def each_hour(hub: Hub) -> None:
    """Go on until it is cancelled. What goes wrong once is tried again in the next hour."""
    await anyio.sleep(SECONDS_TO_BEGIN_WITH)
    while True:
        try:
            await anyio.to_thread.run_sync(whole, hub)
        except ContentError as error:
            log.error(NOT_CARRIED_OUT, error.message)
        await anyio.sleep(SECONDS_BETWEEN)


def _tell(refused: int) -> None:
    if refused:
        log.error("%d texts in force have no valid sign-off and are not served.", refused)
