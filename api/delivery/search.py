"""Search in what is in force."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import cursor
from api.answers.feed import SearchHits
from api.conditional import respond_json
from api.dependencies import ReadingNow
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.errors import BadInput
from content.publication import demo, envelope
from content.publication.search import hits
from content.publication.search.hits import LIMIT_MAX, OFFSET_MAX, Wanted
from content.publication.search.query import QUERY_MAX
from content.translation import locale as locales

router = APIRouter(
    prefix="/v1/search", tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired
)


@router.get("", response_model=SearchHits)
def search_texts(
    request: Request,
    session: ReadingNow,
    q: Annotated[str, Query(max_length=QUERY_MAX, description='Words, "words in a row", -without')],
    locale: Annotated[str, Query(max_length=35, description="This language only")] = "",
    page: Annotated[str, Query(max_length=80, description="This page only")] = "",
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 10,
    after: Annotated[
        str, Query(alias="cursor", max_length=200, description="Where the list before ended")
    ] = "",
) -> Response:
    """Search in what is in force.

    Texts that have all the words, the best first, with a part of each as safe HTML.
    """
    wanted = Wanted(
        text=q,
        locale=locales.read_tag(locale) if locale else "",
        page=page,
        offset=_offset(after) if after else 0,
        limit=limit,
    )
    found, more = hits.find(session, wanted)
    mark = envelope.demo_mark(demo.is_demo(session), wanted.locale or "en")
    told = {"hits": found, "more": more, **mark}
    headers = {"Demo": "true"} if mark else {}
    if more:
        following = cursor.write("search", str(wanted.offset + limit))
        address = request.url.include_query_params(cursor=following)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
        told["cursor"] = following
    return respond_json(request, told, headers=headers)


def _offset(text: str) -> int:
    """How many hits the reader has. Raises BadInput."""
    kind, number = cursor.read(text)
    if kind != "search" or not number.isascii() or not number.isdecimal():
        raise BadInput("That cursor is not one of a search; begin without it.")
    if len(number) > len(str(OFFSET_MAX)) or int(number) > OFFSET_MAX:
        raise BadInput("A search ends before that; look for more words.")
    return int(number)
