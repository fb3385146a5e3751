"""Findings: what the checks say of a translation, and a language reviewer's answer to a warning."""

from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from api.answers.versions import FindingAcknowledged, FindingList
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import VersionToChange, VersionToRead
from api.models import RequestModel
from content import clock
from content.review import scrutiny
from content.review.declaration import WORDS_MAX
from content.review.scrutiny import Found
from content.sign_off import judgement
from content.translation import findings

router = routes.below("/sections/{slug}/{locale}/{number}/findings")


class AcknowledgementRequest(RequestModel):
    """Why the warning is no fault."""

    reason: str = Field(min_length=1, max_length=WORDS_MAX, description="On record, with a name")


@router.get("", response_model=FindingList)
def list_findings(session: Reading, version: VersionToRead) -> Response:
    """List what the checks say of a translation.

    Unit by unit, with the acknowledgement where there is one.
    """
    found = scrutiny.of_version(session, version).found
    return private({"findings": [told(one) for one in found]}, etag=named.etag(session, version))


@router.put("/{unit}/{code}/acknowledgement", response_model=FindingAcknowledged)
def acknowledge_finding(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    version: VersionToChange,
    unit: Annotated[str, Path(max_length=80, description="The id of the unit")],
    code: Annotated[str, Path(max_length=80, description="The code")],
    body: AcknowledgementRequest,
) -> Response:
    """Acknowledge a warning.

    Say why it is no fault; it is on record for these words. An error is mended.
    """
    policy = hub.policy(session)
    given = judgement.acknowledge(session, actor, version, policy, unit, code, body.reason)
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
