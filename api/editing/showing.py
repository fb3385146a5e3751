"""Which member shows what, and how far behind, for editors and the board."""

from typing import Annotated, Any

from fastapi import Query, Request, Response

from api import cursor
from api.answers.members import Showing
from api.delivery.showing import in_brief, tell
from api.dependencies import CurrentActor, ReadingNow
from api.editing import routes
from api.editing.answers import private
from content import clock
from content.people.role import Permission
from content.records.section import SLUG_MAX
from content.syndication import member, showing
from content.syndication.member import ID_MAX
from content.syndication.showing import Wanted
from content.translation.locale import TAG_MAX, read_tag

#: Rows in one answer: what 50 members show of 200 sections.
LIMIT_MAX = 10_000

router = routes.at("/v1/showing")


@router.get("", response_model=Showing)
def list_showing(
    actor: CurrentActor,
    request: Request,
    session: ReadingNow,
    section: Annotated[str, Query(max_length=SLUG_MAX, description="This section only")] = "",
    locale: Annotated[str, Query(max_length=TAG_MAX, description="This language only")] = "",
    of: Annotated[
        str, Query(alias="member", max_length=ID_MAX, description="This member only")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 1_000,
    after: Annotated[
        str, Query(alias="cursor", max_length=2_000, description="Where the list before ended")
    ] = "",
) -> Response:
    """See which member shows what.

    By section, locale, member and address, a page of the list at a time.
    """
    actor.must(Permission.READ_SHOWING)
    wanted = Wanted(
        section=section,
        locale=read_tag(locale) if locale else "",
        member=of,
        after=cursor.read_parts(after, 4) if after else (),
        limit=limit,
    )
    rows, more = showing.listed(session, wanted)
    told = tell(session, rows, in_brief)
    answer = {"members": _members(session), "showing": told, "more": more}
    if more:
        last = rows[-1]
        answer["cursor"] = cursor.write(last.section, last.locale, last.member, last.url)
    found = private(answer)
    if more:
        address = request.url.include_query_params(cursor=answer["cursor"])
        found.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return found


def _members(session: Any) -> list[dict[str, Any]]:
    """Each member, and when it last said what it shows: what is long ago may be true no more."""
    seen = showing.reports(session)
    return [
        {
            "id": one.id,
            "name": one.name,
            "reported_at": clock.stamp(seen[one.id]) if one.id in seen else None,
            "stale": one.id not in seen or showing.is_stale(seen[one.id]),
            "closed": one.closed_at is not None,
        }
        for one in member.listed(session)
    ]
