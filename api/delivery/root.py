"""Where a client begins: what there is, in which languages, and what a problem means."""

import inspect
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.answers.hub import HubRoot, LocaleCoverage
from api.conditional import IMMUTABLE_DAY, respond, respond_json
from api.dependencies import CurrentHub, ReadingNow
from api.keys import KeyIfRequired
from api.problems import FRAMEWORK, RESPONSES
from content import errors
from content.errors import ContentError, NotFound
from content.publication import demo, front_door, listing

router = APIRouter(tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired)
#: What a problem means is told to whoever got one.
open_router = APIRouter(tags=["delivery"], responses=RESPONSES)


@router.get("/v1", response_model=HubRoot)
def read_hub(request: Request, hub: CurrentHub, session: ReadingNow) -> Response:
    """Begin: the hub's name, its locales, and links to everything.

    With the number of the newest event of the feed.
    """
    return respond_json(request, front_door.told(session, hub.settings.locale_tags))


@router.get("/v1/locales", response_model=list[LocaleCoverage])
def list_locales(request: Request, hub: CurrentHub, session: ReadingNow) -> Response:
    """List the languages, and how much is in force in each."""
    headers = {"Demo": "true"} if demo.is_demo(session) else {}
    told = listing.locale_coverage(session, hub.settings.locale_tags)
    return respond_json(request, told, headers=headers)


@open_router.get("/problems/{code}")
def explain_problem(
    request: Request,
    code: Annotated[str, Path(max_length=60, pattern="^[a-z-]+$", description="The code")],
) -> Response:
    """Look up what a problem means.

    As plain text.
    """
    told = dict(_explanations()).get(code)
    if told is None:
        raise NotFound("There is no such problem.", code_asked=code)
    return respond(
        request,
        f"{code}\n\n{told}\n".encode(),
        cache=IMMUTABLE_DAY,
        headers={"Content-Type": "text/plain; charset=utf-8"},
    )


def _explanations() -> Iterator[tuple[str, str]]:
    yield from FRAMEWORK.values()
    for found in vars(errors).values():
        if inspect.isclass(found) and issubclass(found, ContentError):
            yield found.code, inspect.getdoc(found) or ""
