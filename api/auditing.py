"""When a server audits what it serves: as it starts, and every few minutes after.

Until the first look is over, each section is looked at before it is answered: see first_look.py.
"""

import logging

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from api.dependencies import Hub
from content.database import reading, writing
from content.errors import ContentError, NotSignedOff
from content.publication import audit, representation
from content.publication.search import index
from content.records import document as documents
from content.records import version as versions

#: Between two looks at the signatures and the bytes of all that is in force.
SECONDS_BETWEEN = 300
#: Every so many looks, and at the second, each stored answer is compared with what it is made from.
LOOKS_TO_A_COMPARISON = 12
#: The second look comes this soon: many answers take a while, and the first was for signatures.
SECONDS_TO_BEGIN_WITH = 60
NOT_CARRIED_OUT = "The audit could not be carried out: %s"

log = logging.getLogger(__name__)


async def begin(hub: Hub) -> None:
    """Take the first look, which `hub.first_look` was told of."""
    try:
        await anyio.to_thread.run_sync(at_start, hub)
    except Exception as error:  # whatever somebody wrote into the database
        log.critical(NOT_CARRIED_OUT, type(error).__name__)
        hub.first_look.fail()
    else:
        hub.first_look.end()


def at_start(hub: Hub) -> None:
    """The whole look. A hub that cannot look is not ready, and says why in /readyz."""
    _try(hub, compare=False)
    fill_the_index(hub)


def look_at(hub: Hub, section: str) -> bool:
    """Look at this section and at what its answers are made from, and refuse what fails.

    False where there is no such section, or where it cannot be looked at.
    """
    try:
        with reading(hub.engine) as session:
            policy = hub.policy(session)
            sections = representation.rests_on(session, section)
            called_for = audit.is_called_for(session, policy, sections)
        if called_for:
            with writing(hub.engine) as session:
                audit.carry_out(session, policy, sections)
        return bool(sections)
    except Exception as error:  # whatever somebody wrote into the database
        log.error(NOT_CARRIED_OUT, type(error).__name__)
        return False


def load_whole(hub: Hub, session: Session, document: str) -> bytes:
    """The bytes of a document. Raises DocumentNotFound, NotSignedOff.

    Where they were changed, whoever asks next for its section is not given them either.
    """
    try:
        return documents.load_whole(session, document)
    except NotSignedOff:
        if version := versions.named_by(session, document):
            look_at(hub, version.section)
        raise


def fill_the_index(hub: Hub) -> None:
    """After an upgrade from a program that had no search: what is in force can be found at once."""
    try:
        with reading(hub.engine) as session:
            unfilled = index.is_unfilled(session)
        if unfilled:
            with writing(hub.engine) as session:
                representation.rebuild(session, hub.policy(session))
    except (ContentError, SQLAlchemyError) as error:
        log.error("The index of the search could not be filled: %s", type(error).__name__)


def refuse_what_fails(hub: Hub) -> None:
    """Look at the signatures and the bytes of all that is in force."""
    with reading(hub.engine) as session:
        policy = hub.policy(session)
        called_for = audit.is_called_for(session, policy)
    if called_for:
        with writing(hub.engine) as session:
            _tell(len(audit.carry_out(session, policy)))


def compare_answers(hub: Hub) -> None:
    """Look at each stored answer, and make them anew where one is not what it is made from."""
    with reading(hub.engine) as session:
        wrong = representation.differing(session, hub.policy(session))
    if wrong:
        log.error("%d stored answers were not what they are made from.", len(wrong))
        with writing(hub.engine) as session:
            representation.rebuild(session, hub.policy(session))


async def go_on(hub: Hub) -> None:
    """Look again and again, until it is cancelled. What goes wrong once is tried the next time."""
    await anyio.sleep(SECONDS_TO_BEGIN_WITH)
    looks = 0
    while True:
        await anyio.to_thread.run_sync(_try, hub, looks % LOOKS_TO_A_COMPARISON == 0)
        looks += 1
        await anyio.sleep(SECONDS_BETWEEN)


def _try(hub: Hub, compare: bool) -> None:
    """Nothing that is wrong with the database ends the server: it says so where it is asked."""
    try:
        refuse_what_fails(hub)
        if compare:
            compare_answers(hub)
    except ContentError as error:
        log.error(NOT_CARRIED_OUT, error.message)
    except SQLAlchemyError as error:
        log.error(NOT_CARRIED_OUT, type(error).__name__)


def _tell(refused: int) -> None:
    if refused:
        log.error("%d texts in force have no valid sign-off and are not served.", refused)
