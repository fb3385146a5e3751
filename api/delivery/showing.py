"""What a member's site shows: it says so, and is told what to do about each text."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import Field
from sqlmodel import Session

from api.answers.members import MyShowing
from api.dependencies import CurrentHub, Reading
from api.editing.answers import private
from api.keys import CurrentBearer, KeyFirst
from api.models import RequestModel
from api.problems import RESPONSES
from content import clock
from content.database import reading, writing
from content.publication import envelope
from content.records.section import SLUG_MAX
from content.syndication import recall, showing, standing
from content.syndication.member_key import Bearer, Scope
from content.syndication.showing import ENTRIES_MAX, URL_MAX, VERSION_MAX, Entry, Shown
from content.syndication.standing import NOWHERE, Newest, Standing, State, Taken
from content.translation.locale import TAG_MAX

router = APIRouter(
    prefix="/v1/members/me/showing", tags=["members"], responses=RESPONSES, route_class=KeyFirst
)


class ShownRequest(RequestModel):
    """A text that the site shows: `section`, `locale` and `version` as the hub gave them."""

    section: str = Field(min_length=1, max_length=SLUG_MAX, description="The section")
    locale: str = Field(min_length=1, max_length=TAG_MAX, description="The language")
    version: int = Field(ge=1, le=VERSION_MAX, description="The number of the version")
    url: str = Field(
        min_length=1, max_length=URL_MAX, description="Where the site shows it; never fetched"
    )


@router.put("", response_model=MyShowing)
def report_showing(
    bearer: CurrentBearer,
    hub: CurrentHub,
    body: Annotated[list[ShownRequest], Body(max_length=ENTRIES_MAX)],
) -> Response:
    """Report what your site shows.

    All that it shows now, in place of what it said before.
    """
    bearer.must(Scope.SHOWING)
    told = [Entry(one.section, one.locale, one.url, one.version) for one in body]
    entries = showing.checked(told)
    hub.catch_up()
    # The answer is put together when the writer's place is free again for others.
    with writing(hub.engine) as session:
        # What was withdrawn meanwhile is held against what the site showed until now.
        recall.open_due(session)
        if showing.report(session, bearer.member, entries):
            recall.heard(session, bearer.member)
    with reading(hub.engine) as session:
        return _answer(session, bearer)


@router.get("", response_model=MyShowing)
def read_my_showing(bearer: CurrentBearer, hub: CurrentHub, session: Reading) -> Response:
    """See what to do about each text that your site shows.

    What it last said that it shows, and how each text stands now.
    """
    bearer.must(Scope.SHOWING)
    return _answer(session, bearer)


def _answer(session: Session, bearer: Bearer) -> Response:
    rows = showing.rows(session, bearer.member)
    seen_at = showing.reports(session).get(bearer.member)
    told = tell(session, rows, _in_full)
    counts = Counter(one["state"] for one in told)
    return private(
        {
            "member": bearer.member,
            "reported_at": clock.stamp(seen_at) if seen_at else None,
            "counts": {state.value: counts[state.value] for state in State},
            "showing": told,
        }
    )


def tell(
    session: Session, rows: Sequence[Shown], words: Callable[[Standing, str], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Each row, and how it stands."""
    stands = judge(session, rows, words)
    stamp = cache(clock.stamp)
    return [
        {
            "section": section,
            "locale": locale,
            "member": member,
            "version": version,
            "url": url,
            "shown_since": stamp(since),
            **stands(section, locale, version),
        }
        for section, locale, member, url, version, since in rows
    ]


def judge(
    session: Session, rows: Sequence[Shown], words: Callable[[Standing, str], dict[str, Any]]
) -> Callable[[str, str, int], dict[str, Any]]:
    """How a version of these rows stands. Many members show the same: it is judged once."""
    places = {(section, locale) for section, locale, *_ in rows}
    courses = standing.courses(session, places)

    @cache
    def stands(section: str, locale: str, version: int) -> dict[str, Any]:
        course = courses.get((section, locale), NOWHERE)
        return words(standing.judge(course, version), locale)

    return stands


def in_brief(found: Standing, _locale: str) -> dict[str, Any]:
    return {
        "state": found.state.value,
        "behind_by": found.behind_by,
        "since": clock.stamp(found.since) if found.since else None,
    }


def _in_full(found: Standing, locale: str) -> dict[str, Any]:
    return in_brief(found, locale) | {
        "newest": _newest(found.newest),
        "withdrawal": _withdrawal(found.taken, locale),
    }


def _newest(found: Newest | None) -> dict[str, Any] | None:
    return vars(found) if found else None


def _withdrawal(found: Taken | None, locale: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "reason": found.reason,
        "text": found.text,
        "at": clock.stamp(found.at),
        "replacement": _pointer(found.replacement, locale),
        "notice": _pointer(found.notice, locale),
    }


def _pointer(slug: str | None, locale: str) -> dict[str, str] | None:
    """Where to read instead, in the language of the text; its address says if it is not there."""
    return {"section": slug, "url": envelope.section_path(slug, locale)} if slug else None
