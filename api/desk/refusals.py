"""What the desk refuses, as pages: what happened, and what to do."""

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from api.desk import told as words
from api.desk.pages import show, to_sign_in
from api.desk.told import BY_STATUS, OTHERWISE
from api.problems import status_of
from content import errors, log_lines

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
    return _page(request, status_of(error), words.refused(error))


async def _malformed(request: Request, _error: Any) -> Response:
    return _page(request, 422, BY_STATUS[422])


async def _by_framework(request: Request, error: Any) -> Response:
    answer = _page(request, error.status_code, BY_STATUS.get(error.status_code, BY_STATUS[422]))
    answer.headers.update(error.headers or {})
    return answer


async def _unreachable(request: Request, error: Any) -> Response:
    log.error("The database cannot be reached: %s", type(error.__cause__ or error).__name__)
    return _page(request, 503, BY_STATUS[503])


async def _broken(request: Request, _error: Any) -> Response:
    answer = _page(request, 500, OTHERWISE)
    answer.headers["X-Request-Id"] = log_lines.request_id()
    return answer


def _page(request: Request, status: int, told: str) -> Response:
    return show(request, "refused.html", status=status, told=told)
