"""What the desk refuses, as pages: what happened, and what to do."""

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api.desk.pages import show, to_sign_in
from api.desk.words import later as N_
from api.problems import status_of
from content import errors, log_lines

#: By status: what is said to people. Anything else is OTHERWISE.
TOLD = {
    403: N_("You may not do this."),
    404: N_("There is nothing at this address."),
    405: N_("There is nothing at this address."),
    422: N_("What was sent cannot be taken. Go back and try again."),
    429: N_("Too many attempts to sign in failed. Wait ten minutes and try again."),
    503: N_("The hub is busy. Try again in a minute."),
}
OTHERWISE = N_("This is our fault. It was written down; try again later.")
ORIGIN = N_(
    "This came from a page of another site, so nothing was done. Open the desk and try again."
)

log = logging.getLogger(__name__)


def install(site: FastAPI) -> None:
    """Let the desk answer every refusal with a page."""
    site.add_exception_handler(errors.SessionOver, _signed_out)
    site.add_exception_handler(errors.ContentError, _refused)
    site.add_exception_handler(RequestValidationError, _malformed)
    site.add_exception_handler(HTTPException, _by_framework)
    site.add_exception_handler(OperationalError, _unreachable)
    site.add_exception_handler(PoolTimeout, _unreachable)
    site.add_exception_handler(Exception, _broken)


async def _signed_out(request: Request, _error: Any) -> Response:
    return to_sign_in(request)


async def _refused(request: Request, error: Any) -> Response:
    status = status_of(error)
    told = ORIGIN if isinstance(error, errors.OriginRefused) else TOLD.get(status, OTHERWISE)
    return _page(request, status, told)


async def _malformed(request: Request, _error: Any) -> Response:
    return _page(request, 422, TOLD[422])


async def _by_framework(request: Request, error: Any) -> Response:
    answer = _page(request, error.status_code, TOLD.get(error.status_code, TOLD[422]))
    answer.headers.update(error.headers or {})
    return answer


async def _unreachable(request: Request, error: Any) -> Response:
    log.error("The database cannot be reached: %s", type(error.__cause__ or error).__name__)
    return _page(request, 503, TOLD[503])


async def _broken(request: Request, _error: Any) -> Response:
    answer = _page(request, 500, OTHERWISE)
    answer.headers["X-Request-Id"] = log_lines.request_id()
    return answer


def _page(request: Request, status: int, told: str) -> Response:
    return show(request, "refused.html", status=status, told=told)
