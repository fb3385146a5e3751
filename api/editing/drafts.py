"""Beginning a draft from an old version's text."""

from fastapi import Response
from pydantic import Field

from api.answers.versions import VersionSummary
from api.dependencies import CurrentActor, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import NUMBER_MAX
from api.models import RequestModel
from content.people.role import Permission
from content.records import draft

router = routes.below("/drafts")


class DraftRequest(RequestModel):
    """The version whose text the new draft begins with."""

    section: str = Field(max_length=80, description="The section")
    locale: str = Field(max_length=35, description="The language of the source text")
    version: int = Field(ge=1, le=NUMBER_MAX, description="The number of the old version")


@router.post("", status_code=201, response_model=VersionSummary)
def begin_draft(actor: CurrentActor, session: Writing, body: DraftRequest) -> Response:
    """Begin a draft from an old version's text.

    A draft of a source text; the old version stays what it is.
    """
    actor.must(Permission.WRITE_SOURCE)
    old = named.seen(session, actor, body.section, body.locale, body.version)
    begun = draft.begin_again(session, actor, old)
    return private(
        named.summary(begun),
        status=201,
        etag=named.etag(session, begun),
        location=named.path(begun),
    )
