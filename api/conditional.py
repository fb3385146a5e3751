"""Validators and caching: ETag, If-None-Match, If-Match, Cache-Control (RFC 9110, 13; RFC 9111)."""

from typing import Any

from fastapi import Request, Response

from api.decide import has_it
from content.errors import PreconditionMissing, PreconditionStale
from content.publication.answer import JSON_TYPE, as_json, etag
from content.publication.caching import IMMUTABLE_DAY as IMMUTABLE_DAY
from content.publication.caching import IMMUTABLE_YEAR as IMMUTABLE_YEAR
from content.publication.caching import IN_FORCE as IN_FORCE
from content.publication.caching import NO_STORE as NO_STORE

#: How far the feed had come when an answer was read.
CONTENT_SEQ = "Content-Seq"

#: Headers of a 200 that a 304 repeats (RFC 9110, 15.4.5), with ours that name the answer.
KEPT_ON_304 = (
    *("etag", "cache-control", "vary", "content-location", "last-modified", "link"),
    *("surrogate-key", "cache-tag", "demo", "content-seq"),
    *("access-control-allow-origin", "access-control-expose-headers"),
)


def respond(
    request: Request,
    body: bytes,
    *,
    tag: str | None = None,
    status: int = 200,
    cache: str = IN_FORCE,
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer, or 304 where the client has it already."""
    tag = tag or etag(body)
    shared = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    told = {"Content-Type": JSON_TYPE} | (headers or {})
    held = ",".join(request.headers.getlist("if-none-match")).encode("latin-1")
    if status == 200 and has_it(held, tag.encode()):
        kept = {name: value for name, value in told.items() if name.lower() in KEPT_ON_304}
        return Response(status_code=304, headers=shared | kept)
    return Response(body, status_code=status, headers=shared | told)


def respond_json(
    request: Request, told: Any, *, cache: str = IN_FORCE, headers: dict[str, str] | None = None
) -> Response:
    """The same for a value."""
    return respond(request, as_json(told), cache=cache, headers=headers)


def require_match(if_match: str | None, tag: str) -> None:
    """Raises PreconditionMissing without If-Match, PreconditionStale where it names another state.

    Strong comparison: a weak tag never matches (RFC 9110, 13.1.1). `*` never does either: whoever
    writes has read what they write over.
    """
    if if_match is None:
        raise PreconditionMissing
    if tag not in [one.strip() for one in if_match.split(",")]:
        raise PreconditionStale(etag=tag)
