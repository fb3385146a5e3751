"""Reviews: what reviewers say of a version."""

from fastapi import Response
from pydantic import Field

from api.answers.versions import ReviewGiven
from api.dependencies import CurrentActor, CurrentHub, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import VersionToChange
from api.models import RequestModel
from content.review.declaration import WORDS_MAX
from content.review.review import Kind, Verdict
from content.sign_off import judgement

router = routes.below("/sections/{slug}/{locale}/{number}/reviews")


class ReviewRequest(RequestModel):
    """A verdict. A relevant interest makes it a recusal; a return says why in the comment."""

    kind: Kind = Field(strict=False, description="What is judged")
    verdict: Verdict = Field(strict=False, description="What you say")
    interests: str = Field(
        min_length=1,
        max_length=WORDS_MAX,
        examples=["none declared"],
        description="What you declare, in words",
    )
    interests_relevant: bool = Field(default=False, description="Whether one is relevant here")
    comment: str = Field(default="", max_length=WORDS_MAX, description="For whoever wrote it")


@router.post("", status_code=201, response_model=ReviewGiven)
def give_review(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    version: VersionToChange,
    body: ReviewRequest,
) -> Response:
    """Review a version.

    Puts a verdict on record. It counts for the document that If-Match stands for.
    """
    given = judgement.give_review(
        session,
        actor,
        version,
        hub.policy(session),
        kind=body.kind,
        verdict=body.verdict,
        interests=body.interests,
        interests_relevant=body.interests_relevant,
        comment=body.comment,
    )
    told = {"verdict": given.verdict, "kind": given.kind, "version": named.summary(version)}
    return private(told, status=201, etag=named.etag(session, version))
