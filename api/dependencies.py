"""The only dependencies of the project: sessions to read and to write with, and who is asking.

`Writing` commits before the answer leaves: a plain `yield` dependency would commit after the client
already had its 201.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine
from sqlmodel import Session

from content.database import reading, writing
from content.errors import TokenMissing
from content.people import token
from content.people.actor import Actor
from content.publication import demo, due
from content.review.policy import Policy
from content.settings import Settings


@dataclass(frozen=True)
class Hub:
    """What the application was made with."""

    settings: Settings
    engine: Engine

    def policy(self, session: Session) -> Policy:
        """The policy that holds in this hub."""
        return demo.policy_of(session, self.settings)

    def catch_up(self) -> None:
        """Carry out what time has made due; whoever reads next reads what is true now."""
        with reading(self.engine) as session:
            if not due.anything_due(session, self.policy(session)):
                return
        with writing(self.engine) as session:
            due.carry_out(session, self.policy(session))


def _hub(request: Request) -> Hub:
    hub: Hub = request.app.state.hub
    return hub


def _reading(request: Request) -> Iterator[Session]:
    with reading(_hub(request).engine) as session:
        yield session


def _reading_now(request: Request) -> Iterator[Session]:
    _hub(request).catch_up()
    yield from _reading(request)


def _writing(request: Request) -> Iterator[Session]:
    hub = _hub(request)
    with writing(hub.engine) as session:
        yield session
        due.carry_out(session, hub.policy(session))


_bearer = HTTPBearer(auto_error=False, description="A token that `msif people token` made.")


def _current_actor(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    if credentials is None:
        raise TokenMissing
    with reading(_hub(request).engine) as session:
        return token.authenticate(session, credentials.credentials)


CurrentHub = Annotated[Hub, Depends(_hub)]
Reading = Annotated[Session, Depends(_reading, scope="function")]
#: For what members read and is not stored as an answer: lists, the feed, documents.
ReadingNow = Annotated[Session, Depends(_reading_now, scope="function")]
Writing = Annotated[Session, Depends(_writing, scope="function")]
CurrentActor = Annotated[Actor, Depends(_current_actor)]
