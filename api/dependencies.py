"""The dependencies of the project: sessions to read and to write with, and who is asking. Two more
stand elsewhere: the version that a path names in `editing/named.py`, the member whose key it is in
`keys.py`.

`Writing` commits before the answer leaves: a plain `yield` dependency would commit after the client
already had its 201. Who may see something only with a token is asked for it by `TokenFirst`, before
FastAPI reads the body.
"""

from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.datastructures import UploadFile

from api.desk.signing_in.attempts import BEGUN_MAX, Attempts
from api.first_look import FirstLook
from api.key_uses import KeyUses
from api.metrics import Metrics
from api.newest import Newest
from api.table import Table
from content.database import reading, writing
from content.errors import BadInput, TokenMissing
from content.people import token
from content.people.actor import Actor
from content.publication import demo, due
from content.publication.register_desk import RegisterDesk
from content.review.policy import Policy
from content.settings import Settings
from content.syndication import recall


@dataclass(frozen=True)
class Hub:
    """What the application was made with."""

    settings: Settings
    engine: Engine
    registers: RegisterDesk
    table: Table
    newest: Newest = field(default_factory=Newest)
    first_look: FirstLook = field(default_factory=FirstLook)
    metrics: Metrics = field(default_factory=Metrics)
    #: Attempts to sign in that failed, and ceremonies that were begun.
    attempts: Attempts = field(default_factory=Attempts)
    begun: Attempts = field(default_factory=lambda: Attempts(BEGUN_MAX))
    uses: KeyUses = field(default_factory=KeyUses)
    #: Set after a change: there may be something to tell by webhook.
    tidings: Event = field(default_factory=Event)
    #: Set once it is known that this is a demonstration.
    demonstrates: Event = field(default_factory=Event)

    def is_demo(self, session: Session) -> bool:
        """Whether this is a demonstration. The mark is never taken away: it is seen once."""
        if not self.demonstrates.is_set() and demo.is_demo(session):
            self.demonstrates.set()
        return self.demonstrates.is_set()

    def policy(self, session: Session) -> Policy:
        """The policy that holds in this hub."""
        return demo.policy_for(self.settings, lambda: self.is_demo(session))

    def catch_up(self) -> None:
        """Carry out what time has made due; whoever reads next reads what is true now."""
        with reading(self.engine) as session:
            if not due.may_be_due(session, self.policy):
                return
            if not due.anything_due(session, self.policy(session)):
                return
        with writing(self.engine) as session:
            due.carry_out(session, self.policy(session))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at its end, with what that makes due; nothing where it fails."""
        with writing(self.engine) as session:
            yield session
            due.carry_out(session, self.policy(session))
        self.tidings.set()

    def look(self) -> int:
        """See how things stand; how far the feed has come. Whoever waits is told what is due."""
        if self.newest.waiting:
            self.catch_up()
        return self.table.look().seq

    def follow_withdrawals(self) -> None:
        """Open the recalls of what was withdrawn; whoever reads next finds them."""
        self.catch_up()
        with reading(self.engine) as session:
            if not recall.anything_due(session):
                return
        with writing(self.engine) as session:
            recall.open_due(session)


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
    with _hub(request).writing() as session:
        yield session


_bearer = HTTPBearer(auto_error=False, description="A token that `msif people token` made.")


class TokenFirst(APIRoute):
    """A route for people: who asks is known before a byte of the body is read.

    FastAPI reads and parses a body before it asks any dependency, so that without this anybody
    could have the hub parse megabytes.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_to_bearer(request: Request) -> Response:
            credentials = await _bearer(request)
            if credentials is None:
                raise TokenMissing
            secret = credentials.credentials
            request.state.actor = await run_in_threadpool(_bearer_of, _hub(request), secret)
            return await answer(request)

        return answer_to_bearer


def _bearer_of(hub: Hub, secret: str) -> Actor:
    with reading(hub.engine) as session:
        return token.authenticate(session, secret)


def _current_actor(
    request: Request,
    # Names the scheme in openapi.json; TokenFirst has looked at what it finds.
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    actor: Actor = request.state.actor
    return actor


async def _sent_file(request: Request) -> bytes:
    """The file of a request: its body, or the one file of a form (`curl -F file=@page.po`)."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form(max_files=1, max_fields=1) as form:
        files = [part for part in form.values() if isinstance(part, UploadFile)]
        if not files:
            raise BadInput("The form has no file; send it as `file`.")
        return await files[0].read()


CurrentHub = Annotated[Hub, Depends(_hub)]
Reading = Annotated[Session, Depends(_reading, scope="function")]
#: For what members read and is not stored as an answer: lists, the feed, documents.
ReadingNow = Annotated[Session, Depends(_reading_now, scope="function")]
Writing = Annotated[Session, Depends(_writing, scope="function")]
CurrentActor = Annotated[Actor, Depends(_current_actor)]
#: Whole, in memory: LimitBody has a limit, and so has whoever reads it.
SentFile = Annotated[bytes, Depends(_sent_file)]
