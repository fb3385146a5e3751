"""The feed: what changed, in order, numbered without a gap."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.conditional import respond_json
from api.dependencies import ReadingNow
from api.problems import RESPONSES
from content import clock
from content.errors import BadInput
from content.publication import demo, envelope, release
from content.publication.release import FEED_MAX, Release
from content.translation import locale as locales

router = APIRouter(prefix="/v1/changes", tags=["delivery"], responses=RESPONSES)


@router.get("")
def changes(
    request: Request,
    session: ReadingNow,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The last seq you have")] = 0,
    locale: Annotated[str, Query(max_length=35)] = "",
    page: Annotated[str, Query(max_length=80)] = "",
    limit: Annotated[int, Query(ge=1, le=FEED_MAX)] = 100,
) -> Response:
    """Events after a seq. Withdrawals are told whatever the filter; go on with `next`."""
    tag = locales.read_tag(locale) if locale else ""
    newest = release.newest_seq(session)
    if after > newest:
        raise BadInput(
            f"This hub is at {newest}, behind {after}: it was restored from a backup. Take "
            "everything anew, then go on from there.",
            newest=newest,
        )
    events, following, more = release.after(session, after, locale=tag, page=page, limit=limit)
    told = {
        "events": [_told(event) for event in events],
        "next": following,
        "more": more,
        **envelope.demo_mark(demo.is_demo(session), tag or "en"),
    }
    return respond_json(request, told)


def _told(event: Release) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "type": event.type,
        "section": event.section,
        "locale": event.locale,
        "version": event.version,
        "sha256": event.document,
        "page": event.page,
        "at": clock.stamp(event.at),
        "change": {"kind": event.change_kind, "summary": event.change_summary},
        "reason": event.reason,
    }
