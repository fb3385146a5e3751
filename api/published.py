"""Answers in force from memory, before everything else: no routing, no session, no serialisation.

Plain ASGI, for any server. What is not in the table goes the ordinary way, whose answer enters it.
Nothing here asks who reads: where reading needs a key, the table stays empty.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from api.decide import decide
from api.first_look import FirstLook
from api.memo import Memo
from api.newest import Newest
from api.problems import refusal
from api.reference.completed import completed
from api.table import Table
from content.errors import BadInput, ContentError, NotThatFar

#: How long a request waits for a number of the feed that this process has not come to.
MIN_SEQ_SECONDS_MAX = 2.0
#: Digits of the largest number.
SEQ_DIGITS_MAX = 10
MIN_CONTENT_SEQ = b"min-content-seq"


class Published(FastAPI):
    """The framework's application, behind the answers that are in memory."""

    table: Table
    newest: Newest
    first_look: FirstLook
    #: Looks at one section; see FirstLook.admit.
    look_at: Callable[[str], bool]
    #: For the lane; None where it is off.
    memo: Memo | None = None
    #: The description, once somebody asked for it: one for all applications of a process, for it
    #: changes with the program alone.
    described: ClassVar[dict[str, Any] | None] = None

    def openapi(self) -> dict[str, Any]:
        """The description of the interface, complete."""
        if Published.described is None:
            Published.described = completed(super().openapi(), self.routes)
        return Published.described

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # In one piece: each call that an answer goes through costs a part of it.
        if scope["type"] == "http" and not scope["query_string"]:
            table = self.table
            target = scope.get("raw_path", b"")
            answer = None
            # In this order: what is looked up counted when it was asked whether it does.
            if target in table.entries and (table.holds() or await table.renew()):
                answer = decide(table.entries, scope["method"], target, scope["headers"])
            if answer is not None:
                table.given[answer.status] += 1
                await send(
                    {
                        "type": "http.response.start",
                        "status": answer.status,
                        "headers": answer.headers,
                    }
                )
                await send({"type": "http.response.body", "body": answer.body})
                if table.is_filling:
                    table.touch(target)
                return
        await self._otherwise(scope, receive, send)

    async def ordinary(self, scope: Scope, receive: Receive, send: Send) -> None:
        """By the routes."""
        await super().__call__(scope, receive, send)

    async def _otherwise(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is not in memory, once this process has come to the number that is asked for."""
        if scope["type"] == "http" and not self.first_look.is_over:
            try:
                await self.first_look.admit(scope["path"], self.look_at)
            except ContentError as error:
                await refusal(error)(scope, receive, send)
                return
        if scope["type"] != "http" or all(one != MIN_CONTENT_SEQ for one, _ in scope["headers"]):
            await self.ordinary(scope, receive, send)
            return
        others = [(name, value) for name, value in scope["headers"] if name != MIN_CONTENT_SEQ]
        try:
            await self._wait(_wanted(scope))
        except ContentError as error:
            await refusal(error)(scope, receive, send)
            return
        await self({**scope, "headers": others}, receive, send)

    async def _wait(self, seq: int) -> None:
        standing = self.table.standing
        if standing is not None and standing.seq >= seq and self.table.is_confirmed():
            return
        with self.newest.place():
            if not await self.newest.beyond(seq - 1, MIN_SEQ_SECONDS_MAX):
                raise NotThatFar(seq=standing.seq if standing else 0)


def _wanted(scope: Scope) -> int:
    values = [value for name, value in scope["headers"] if name == MIN_CONTENT_SEQ]
    if len(values) != 1 or len(values[0]) > SEQ_DIGITS_MAX or not values[0].isdigit():
        raise BadInput("`Min-Content-Seq` is a number of the feed.")
    return int(values[0])
