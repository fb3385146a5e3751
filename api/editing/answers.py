"""Answers to people who are signed in: never kept in a cache."""

from typing import Any

from fastapi import Response

from api.conditional import NO_STORE
from content.publication.answer import JSON_TYPE, as_json


def private(told: Any, *, status: int = 200, etag: str = "", location: str = "") -> Response:
    headers = {"Cache-Control": NO_STORE}
    if etag:
        headers["ETag"] = etag
    if location:
        headers["Location"] = location
    return Response(as_json(told), status_code=status, media_type=JSON_TYPE, headers=headers)


def private_bytes(body: bytes) -> Response:
    """What is JSON already."""
    return Response(body, media_type=JSON_TYPE, headers={"Cache-Control": NO_STORE})
