"""Which member shows what, and how far behind, for editors and the board."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import Query, Request, Response
from sqlmodel import Session

from api import cursor
from api.answers.members import Showing
from api.delivery.showing import in_brief, judge
from api.dependencies import CurrentActor, ReadingNow
from api.editing import routes
from api.editing.answers import private_bytes
from content import clock
from content.people.role import Permission
from content.publication.answer import as_json
from content.records.section import SLUG_MAX
from content.syndication import member, showing
from content.syndication.member import ID_MAX
from content.syndication.showing import Shown, Wanted
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
    following = cursor.write(*rows[-1][:4]) if more else ""
    found = private_bytes(_written(_members(session), _told(session, rows), following))
    if more:
        address = request.url.include_query_params(cursor=following)
        found.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return found


def _written(members: list[dict[str, Any]], rows: str, following: str) -> bytes:
    """The answer; `rows` are JSON already."""
    more = {"more": bool(following)} | ({"cursor": following} if following else {})
    return b'{"members":%b,"showing":[%b],%b' % (as_json(members), rows.encode(), as_json(more)[1:])


def _told(session: Session, rows: Sequence[Shown]) -> str:
    """Each row and how it stands, as JSON without its brackets.

    There are thousands, of which many say the same: what is the same is written once.
    """
    stands = judge(session, rows, in_brief)
    text, stamp = cache(json.encoder.encode_basestring), cache(clock.stamp)

    @cache
    def standing(section: str, locale: str, version: int) -> str:
        return as_json(stands(section, locale, version))[1:].decode()

    return ",".join(
        f'{{"section":{text(section)},"locale":{text(locale)},"member":{text(member)},'
        f'"version":{version},"url":{json.encoder.encode_basestring(url)},'
        f'"shown_since":"{stamp(since)}",{standing(section, locale, version)}'
        for section, locale, member, url, version, since in rows
    )


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
