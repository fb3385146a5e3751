"""Importing an authored page."""

from base64 import b64decode
from dataclasses import asdict
from typing import Annotated

from fastapi import Query, Response
from pydantic import BeforeValidator, Field, WithJsonSchema

from api.answers.versions import ImportReport
from api.dependencies import CurrentActor, CurrentHub, Writing
from api.editing import routes
from api.editing.answers import private
from api.models import RequestModel
from content.records import page_import

router = routes.below("/imports")


def _decoded(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("a figure is a string in base64")
    return b64decode(text, validate=True)


InBase64 = Annotated[
    bytes,
    BeforeValidator(_decoded),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]


class ImportRequest(RequestModel):
    """A page in the authoring format, and the figure files it names, in base64."""

    markdown: str = Field(
        min_length=1, max_length=8_000_000, description="The page, as docs/authoring.md has it"
    )
    figures: dict[str, InBase64] = Field(
        default={}, max_length=200, description="The files of its figures, by their names"
    )


@router.post("", response_model=ImportReport)
def import_page(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    body: ImportRequest,
    dry_run: Annotated[bool, Query(description="Report, and change nothing")] = False,
) -> Response:
    """Import a page in the authoring format.

    Makes drafts of what changed, all or nothing; says section by section what was done.
    """
    outcomes = page_import.import_page(
        session, actor, body.markdown.encode(), body.figures, hub.settings.locale_tags
    )
    if dry_run:
        session.rollback()
    return private({"dry_run": dry_run, "sections": [asdict(outcome) for outcome in outcomes]})
