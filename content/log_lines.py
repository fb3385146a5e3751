"""What the hub writes to standard error: a line for each thing that happened, for people or JSON.

Everything goes this way: our own words, the server's, and what libraries say. No line names a
reader: neither an address, nor a browser, nor what somebody searched for. Which page about a
treatment a person reads is nobody's affair.
"""

import logging
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

Form = Literal["text", "json"]

#: Loggers that come with handlers of their own, or would tell of each request.
QUIET = {
    "uvicorn.access": logging.CRITICAL,
    "httpx2": logging.WARNING,
    "httpcore2": logging.WARNING,
}


def configure(form: Form, stream: TextIO | None = None) -> None:
    """From now on this process writes its log in this form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        *([structlog.processors.format_exc_info] if form == "json" else []),
        _without_doubles,
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared)
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)


def _without_doubles(_logger: object, _method: str, told: EventDict) -> EventDict:
    """The server says its message twice, the second time for terminals with colours."""
    told.pop("color_message", None)
    return told


def begin_request(request_id: str) -> None:
    """Every line that this task writes from now on has this id."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=request_id)


def request_id() -> str:
    """The id of the request that this task answers; empty outside of one."""
    bound: dict[str, Any] = structlog.contextvars.get_contextvars()
    return str(bound.get("request", ""))
