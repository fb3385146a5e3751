"""The interface as a page for people, made of its description. It loads one style and no script."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from api import pages
from api.conditional import respond
from api.problems import RESPONSES
from api.reference import refusals
from api.reference.operation import Operation
from api.reference.shape import Schema, Shape
from content.errors import NotFound

router = APIRouter(prefix="/reference", tags=["delivery"], responses=RESPONSES)

HERE = Path(__file__).parent
STYLE = HERE / "static" / "reference.css"
#: Tag to its heading, in the order of the page.
TAGS = {
    "delivery": "For member sites",
    "trust": "Trust",
    "log": "The log",
    "proof": "For readers",
    "members": "With a member's key",
    "webhooks": "Webhooks",
    "editing": "For people who work on texts",
    "signing": "Signing",
    "operation": "For operators",
}


@router.get("")
def show_reference(request: Request) -> Response:
    """Read this interface as a page.

    Every operation, with its fields, an example and what it refuses.
    """
    state = request.app.state
    # It changes with the program alone; made once, for whoever asks first.
    if not hasattr(state, "reference"):
        state.reference = page(request.app.openapi()).encode()
    return respond(request, state.reference, cache=pages.PROGRAM, headers=pages.GUARDS | pages.HTML)


@router.get("/{name}")
def read_reference_file(request: Request, name: pages.FileName) -> Response:
    """Fetch the style of this page."""
    if name != STYLE.name:
        raise NotFound
    return pages.program(request, STYLE)


def page(schema: dict[str, Any]) -> str:
    """The page of this description."""
    return (
        pages.templates(HERE / "templates")
        .get_template("reference.html")
        .render(
            about=schema["info"],
            chapters=list(_chapters(schema)),
            shapes=_shapes(schema["components"]["schemas"]),
            refusals=[
                (status, refusals.description(status), examples)
                for status, examples in refusals.by_status().items()
            ],
        )
    )


def _chapters(schema: dict[str, Any]) -> Iterator[tuple[str, str, list[Operation]]]:
    """(tag, heading, operations)."""
    schemas = schema["components"]["schemas"]
    found: dict[str, list[Operation]] = {tag: [] for tag in TAGS}
    for path, operations in schema["paths"].items():
        for method, told in operations.items():
            found[told["tags"][0]].append(Operation(method.upper(), path, told, schemas))
    for tag, listed in found.items():
        yield tag, TAGS[tag], listed


def _shapes(schemas: dict[str, Schema]) -> list[Shape]:
    """What bodies are made of, by name. What is a list of values is told where it stands."""
    return [
        Shape(name, told, schemas)
        for name, told in sorted(schemas.items(), key=lambda one: one[0].lower())
    ]
