"""A member's site about its own member."""

from fastapi import APIRouter, Response

from api.answers.members import MyMember
from api.dependencies import Reading
from api.editing.answers import private
from api.keys import CurrentBearer, KeyFirst
from api.problems import RESPONSES
from content.syndication import member

router = APIRouter(
    prefix="/v1/members/me", tags=["members"], responses=RESPONSES, route_class=KeyFirst
)


@router.get("", response_model=MyMember)
def read_my_member(bearer: CurrentBearer, session: Reading) -> Response:
    """See whose key this is, and what it is good for."""
    row = member.find(session, bearer.member)
    return private(
        {
            "id": row.id,
            "name": row.name,
            "country": row.country,
            "site": row.site,
            "locales": list(row.locale_tags),
            "key": {"name": bearer.key, "scope": sorted(bearer.scope)},
        }
    )
