"""How refusals look on the wire: one table from error to status, rendered as RFC 9457."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from content import errors, log_lines
from content.publication.answer import as_json
from content.publication.problem import MEDIA_TYPE, problem

#: Error class to status. A class that is missing here takes its parent's.
STATUS: dict[type[errors.ContentError], int] = {
    errors.BadInput: 422,
    errors.InputTooLarge: 413,
    errors.NotSignedIn: 401,
    errors.TooManyAttempts: 429,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.Conflict: 409,
    errors.PreconditionMissing: 428,
    errors.PreconditionStale: 412,
    errors.Precondition: 412,
    errors.Broken: 503,
}
#: What is refused before any of our code sees it: status to (code, what to do).
FRAMEWORK: dict[int, tuple[str, str]] = {
    400: ("unreadable", "The request cannot be read; send valid JSON, in UTF-8."),
    404: ("not-found", "There is nothing at this address; `/v1` links to what there is."),
    405: ("method-not-allowed", "This address does not take that method; `Allow` lists those."),
}
#: Fields of a body that are listed when they do not fit, and characters of their names.
FIELDS_MAX = 50
FIELD_NAME_MAX = 200
#: How SQLite begins what it says of a table or a column that is not there.
NO_SUCH = "no such "
#: Seconds after which a busy hub is worth another try.
RETRY_AFTER_SECONDS = 1

#: What is said about refusals; api/reference leaves those that a route can give.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {MEDIA_TYPE: {}}}
    for status, description in (
        (400, "The request cannot be read"),
        (401, "Nobody is signed in"),
        (403, "Not allowed"),
        (404, "Nothing here"),
        (409, "Not in this state"),
        (410, "Withdrawn"),
        (412, "It changed since you read it"),
        (413, "Too large"),
        (422, "The content cannot be taken"),
        (428, "If-Match is missing"),
        (503, "Busy; try again"),
    )
}

log = logging.getLogger(__name__)

Handler = Callable[[Request, Any], Awaitable[Response]]


def status_of(error: errors.ContentError) -> int:
    """The status of an error: that of its class, or of the nearest class above it."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def install(app: FastAPI) -> None:
    """Let the application answer every refusal as a problem."""
    app.add_exception_handler(errors.ContentError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _by_framework)
    app.add_exception_handler(OperationalError, _unreachable)
    app.add_exception_handler(PoolTimeout, _unreachable)
    app.add_exception_handler(Exception, _broken)


def render(told: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(
        as_json(told),
        status_code=told["status"],
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


async def _refused(_request: Request, error: Any) -> Response:
    return refusal(error)


def refusal(error: errors.ContentError) -> Response:
    """What is answered where this is raised."""
    status = status_of(error)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return render(problem(error.code, status, error.message, **error.context), headers)


async def _unreachable(_request: Request, error: Any) -> Response:
    """What the driver says is for the log: it names hosts."""
    if NO_SUCH in str(getattr(error, "orig", "")):
        raise error  # SQLite calls it by the same name when a statement of ours is wrong
    log.error("The database cannot be reached: %s", type(error.__cause__ or error).__name__)
    return refusal(errors.DatabaseUnreachable())


async def _malformed(_request: Request, error: Any) -> Response:
    """A body or parameter that does not fit. What was sent is not repeated."""
    found = [
        {"field": ".".join(map(str, one["loc"]))[:FIELD_NAME_MAX], "message": one["msg"]}
        for one in error.errors()[:FIELDS_MAX]
    ]
    return render(problem("bad-input", 422, "Correct the fields that are listed.", errors=found))


async def _by_framework(request: Request, error: Any) -> Response:
    code, told = FRAMEWORK.get(error.status_code, FRAMEWORK[400])
    headers = {"Allow": _allowed(request, error)} if error.status_code == 405 else {}
    return render(problem(code, error.status_code, told), headers)


def _allowed(request: Request, error: Any) -> str:
    """Every method of the address; the framework names those of one route (RFC 9110, 15.5.6)."""
    methods = set(error.headers["Allow"].split(", "))
    for path, operations in request.app.openapi()["paths"].items():
        if compile_path(path)[0].match(request.url.path):
            methods |= {method.upper() for method in operations}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


async def _broken(_request: Request, _error: Any) -> Response:
    told = "This is our fault. It was written to the log, under the id that is in `request`."
    request_id = log_lines.request_id()
    return render(problem("broken", 500, told, request=request_id), {"X-Request-Id": request_id})
