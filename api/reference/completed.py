"""What the framework says of the interface, completed: summaries, examples, every refusal.

The framework knows what each route takes, and by api/answers what it gives. Examples stand in
examples.json, recorded by a test from a hub at work; which refusals an operation can give follows
from what it takes, and what it is called from its docstring.
"""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from fastapi.routing import APIRoute

from api.keys import KeyIfRequired, KeyIfSent
from api.reference import refusals
from content.publication.problem import MEDIA_TYPE

EXAMPLES = Path(__file__).with_name("examples.json")
#: What is not JSON has no more to be said of it.
TEXT = {"type": "string"}
#: Parts of the description that are values, and no schemas.
LITERAL = {"example", "examples", "enum"}
#: Operations that take nothing, and whose answer is not there in every hub.
NOT_IN_EVERY_HUB = {
    "GET /.well-known/security.txt",
    "GET /log/checkpoint",
    "GET /v1/webhook-key",
}
#: Operations that read what has to be signed for first.
NEED_TRUST = {"GET /v1/register", "GET /v1/trust"}
#: Operations on what was in force, which may have been withdrawn.
WITHDRAWN = (
    "GET /v1/content/",
    "GET /v1/pages/",
    "GET /v1/sections/",
    "GET /proof/{slug}/",
)


def completed(schema: dict[str, Any], routes: Iterable[Any]) -> dict[str, Any]:
    """The same description with all that it lacks. What came in is left as it is."""
    schema = deepcopy(schema)
    kept = json.loads(EXAMPLES.read_text("utf-8"))
    kinds = dict(_kinds(routes))
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            name = f"{method.upper()} {path}"
            _call(operation)
            _refuse(name, operation, kinds.get(name))
            _show(operation, kept.get(name, {}))
    components = schema.setdefault("components", {})
    components["responses"] = refusals.responses()
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(refusals.schemas())
    found: dict[str, Any] = _untitled(schema)
    return found


def _kinds(routes: Iterable[Any]) -> Iterator[tuple[str, type[Any]]]:
    """(operation, class of its route)."""
    for route in routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                yield f"{method} {route.path_format}", type(route)
        elif router := getattr(route, "original_router", None):
            yield from _kinds(router.routes)


def _call(operation: dict[str, Any]) -> None:
    """The first line of a docstring says what one can do, the rest what to know besides."""
    paragraphs = operation.pop("description").split("\n\n")
    first, *rest = (" ".join(one.split()) for one in paragraphs)
    operation["summary"] = first.removesuffix(".")
    if rest:
        operation["description"] = "\n\n".join(rest)


def _untitled(part: Any) -> Any:
    """Without the names of fields said again as titles, which tell nobody anything."""
    if isinstance(part, list):
        return [_untitled(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {field: _untitled(_bare(told)) for field, told in one.items()}
        if name == "properties"
        else _untitled(_bare(one) if name == "schema" else one)
        for name, one in part.items()
        if name not in LITERAL
    } | {name: one for name, one in part.items() if name in LITERAL}


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in schema.items() if name != "title"}


def _refuse(name: str, operation: dict[str, Any], kind: type[Any] | None) -> None:
    """List the refusals that this operation can give, and no others."""
    declared = operation["responses"]
    told = {status: one for status, one in declared.items() if status.startswith("2")}
    for status in sorted(_refusals(name, operation, kind or APIRoute)):
        # A page for people says some things in words.
        own = declared.get(str(status), {})
        others = {
            media_type: said
            for media_type, said in own.get("content", {}).items()
            if media_type != MEDIA_TYPE
        }
        told[str(status)] = (
            refusals.told(status, own["description"], others)
            if others
            else {"$ref": f"#/components/responses/{refusals.NAMES[status]}"}
        )
    operation["responses"] = told


def _refusals(name: str, operation: dict[str, Any], kind: type[Any]) -> set[int]:
    parameters = {one["name"].lower(): one["in"] for one in operation.get("parameters", ())}
    names_something = bool({"path", "query"} & set(parameters.values()))
    has_body = "requestBody" in operation
    needs_match = "if-match" in parameters
    when = {
        # An address with a NUL.
        400: True,
        401: bool(operation.get("security")) or issubclass(kind, KeyIfSent),
        403: bool(operation.get("security")) or issubclass(kind, KeyIfRequired),
        404: names_something or has_body or name in NOT_IN_EVERY_HUB,
        409: name in NEED_TRUST or not name.startswith("GET"),
        410: name.startswith(WITHDRAWN),
        412: needs_match,
        413: has_body,
        # `Min-Content-Seq` that is no number, and one that is too far.
        422: True,
        428: needs_match,
        503: True,
    }
    return {status for status, can_be in when.items() if can_be}


def _show(operation: dict[str, Any], example: dict[str, Any]) -> None:
    """Put the examples where they belong."""
    values = example.get("parameters", {})
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in values:
            parameter["example"] = values[parameter["name"]]
    if "body" in example:
        for media_type, told in operation["requestBody"]["content"].items():
            if not media_type.startswith("multipart/"):
                told["example"] = example["body"]
    if "answer" in example:
        _answer(operation["responses"], example["answer"])


def _answer(responses: dict[str, Any], recorded: dict[str, Any]) -> None:
    """The media types are those of the answers that were recorded, and what a route declares."""
    (response,) = (one for status, one in responses.items() if status.startswith("2"))
    if not recorded:
        response.pop("content", None)  # 204 has no body
        return
    declared = response.get("content", {})
    # The framework's word for a route that says nothing of it.
    if declared == {"application/json": {"schema": {}}}:
        declared = {}
    response["content"] = declared | {
        media_type: {"schema": TEXT} | declared.get(media_type, {}) | {"example": value}
        for media_type, value in recorded.items()
    }
