"""Answers in force from memory, before everything else: no routing, no session, no serialisation.

Plain ASGI, for any server. What is not in the table goes the ordinary way, whose answer enters it.
Nothing here asks who reads: a hub whose reading needs a key must not have this in front.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.decide import Answer, decide
from api.newest import Newest
from api.problems import refusal
from api.table import Table
from content.errors import BadInput, ContentError, NotThatFar

#: How long a request waits for a number of the feed that this process has not come to.
MIN_SEQ_SECONDS_MAX = 2.0
#: Digits of the largest number.
SEQ_DIGITS_MAX = 10
MIN_CONTENT_SEQ = b"min-content-seq"


class Published:
    """The front of an application."""

    def __init__(self, ordinary: ASGIApp, table: Table, newest: Newest) -> None:
        self._ordinary = ordinary
        self._table = table
        self._newest = newest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            answer = await self._at_hand(scope)
            if answer is not None:
                self._table.given[answer.status] += 1
                await send(
                    {
                        "type": "http.response.start",
                        "status": answer.status,
                        "headers": answer.headers,
                    }
                )
                await send({"type": "http.response.body", "body": answer.body})
                return
            if any(name == MIN_CONTENT_SEQ for name, _ in scope["headers"]):
                await self._when_that_far(scope, receive, send)
                return
        await self._ordinary(scope, receive, send)

    async def _at_hand(self, scope: Scope) -> Answer | None:
        """The answer from memory; None where it is not there, or does not count now."""
        table = self._table
        target = scope.get("raw_path")
        if scope["query_string"] or target is None:
            return None
        answer = decide(table.entries, scope["method"], target, scope["headers"])
        if answer is not None and not table.holds():
            still = await table.renew()
            entries = table.entries
            answer = decide(entries, scope["method"], target, scope["headers"]) if still else None
        if answer is not None:
            table.touch(target)
        return answer

    async def _when_that_far(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Go on once this process has come to the number that the client asks for."""
        others = [(name, value) for name, value in scope["headers"] if name != MIN_CONTENT_SEQ]
        try:
            await self._wait(_wanted(scope))
        except ContentError as error:
            await refusal(error)(scope, receive, send)
            return
        await self({**scope, "headers": others}, receive, send)

    async def _wait(self, seq: int) -> None:
        standing = self._table.standing
        if standing is not None and standing.seq >= seq and self._table.is_confirmed():
            return
        with self._newest.place():
            if not await self._newest.beyond(seq - 1, MIN_SEQ_SECONDS_MAX):
                raise NotThatFar(seq=standing.seq if standing else 0)


def _wanted(scope: Scope) -> int:
    values = [value for name, value in scope["headers"] if name == MIN_CONTENT_SEQ]
    if len(values) != 1 or len(values[0]) > SEQ_DIGITS_MAX or not values[0].isdigit():
        raise BadInput("`Min-Content-Seq` is a number of the feed.")
    return int(values[0])
