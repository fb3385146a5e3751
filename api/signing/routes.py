"""Routes for people who hold a link and no token: what they send is small, or is not read."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from api.problems import RESPONSES
from content.errors import InputTooLarge

#: Of what a browser sends about one passkey.
BODY_BYTES_MAX = 32_768


class SmallBody(APIRoute):
    """A route that anybody may ask: at most BODY_BYTES_MAX are read, and then parsed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_to_little(request: Request) -> Response:
            await _read(request)
            return await answer(request)

        return answer_to_little


async def _read(request: Request) -> None:
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > BODY_BYTES_MAX:
            raise InputTooLarge(f"Send at most {BODY_BYTES_MAX:,} bytes here.")
    # Where Starlette keeps a body that was read; FastAPI takes it from there.
    request._body = bytes(read)


def at(path: str) -> APIRouter:
    return APIRouter(prefix=path, tags=["signing"], responses=RESPONSES, route_class=SmallBody)
