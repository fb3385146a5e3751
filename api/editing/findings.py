"""Findings: what the checks say of a translation, and a language reviewer's answer to a warning."""

from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from api.dependencies import CurrentActor, Reading, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import IfMatch, Number, Slug, Tag
from api.models import RequestModel
from content import clock
from content.review import scrutiny
from content.review.declaration import WORDS_MAX
from content.review.scrutiny import Found
from content.translation import findings

router = routes.below("/sections/{slug}/{locale}/{number}/findings")


class AcknowledgementRequest(RequestModel):
    """Why the warning is no fault."""

    reason: str = Field(min_length=1, max_length=WORDS_MAX)


@router.get("")
def list_findings(
    actor: CurrentActor, session: Reading, slug: Slug, locale: Tag, number: Number
) -> Response:
    """Every finding, unit by unit, with the acknowledgement where there is one."""
    version = named.seen(session, actor, slug, locale, number)
    found = scrutiny.of_version(session, version).found
    return private({"findings": [told(one) for one in found]}, etag=named.etag(session, version))


@router.put("/{unit}/{code}/acknowledgement")
def acknowledge(
    actor: CurrentActor,
    session: Writing,
    slug: Slug,
    locale: Tag,
    number: Number,
    unit: Annotated[str, Path(max_length=80)],
    code: Annotated[str, Path(max_length=80)],
    body: AcknowledgementRequest,
    if_match: IfMatch = None,
) -> Response:
    """Say why a warning is no fault; it is on record for these words. An error is mended."""
    version = named.matched(session, actor, slug, locale, number, if_match)
    given = scrutiny.acknowledge(session, actor, version, unit, code, body.reason)
    answer = {"unit": given.unit, "code": given.code, "reason": given.reason}
    return private(answer, etag=named.etag(session, version))


def told(one: Found) -> dict[str, Any]:
    """A finding in an answer, in its unit."""
    given = one.acknowledgement
    return {
        "unit": one.unit,
        **findings.told(one.finding),
        "acknowledged": given
        and {"person": given.person, "reason": given.reason, "at": clock.stamp(given.at)},
    }
