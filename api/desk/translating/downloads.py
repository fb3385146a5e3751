"""Catalogues to save: for Poedit, Weblate, or any tool that reads XLIFF."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import catalogue_files
from api.dependencies import CurrentHub, Reading
from api.desk.doors import SignedInRoute
from api.desk.pages import GUARDS
from api.desk.translating.ground import CurrentGround, sections_of
from content.translation.catalogue import Only

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=SignedInRoute)

What = Annotated[Only, Query(description="`todo` leaves out what is done")]


@router.get(".po")
def save_catalogue(
    request: Request, hub: CurrentHub, session: Reading, ground: CurrentGround, only: What = "all"
) -> Response:
    """Save the catalogue of a page."""
    sections_of(session, ground)
    return _guarded(catalogue_files.po(request, hub, session, ground.page, ground.tag, only))


@router.get(".xlf")
def save_xliff(
    request: Request, hub: CurrentHub, session: Reading, ground: CurrentGround, only: What = "all"
) -> Response:
    """Save the catalogue of a page as XLIFF."""
    sections_of(session, ground)
    return _guarded(catalogue_files.xliff(request, hub, session, ground.page, ground.tag, only))


@router.get(".pot")
def save_template(request: Request, session: Reading, ground: CurrentGround) -> Response:
    """Save the template of a page, without translations."""
    sections_of(session, ground)
    return _guarded(catalogue_files.template(request, session, ground.page))


def _guarded(answer: Response) -> Response:
    for name, value in GUARDS.items():
        answer.headers[name] = value
    return answer
