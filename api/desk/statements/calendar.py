"""The calendar: what is late, and what falls due in the next twelve months."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import CurrentHub, ReadingNow
from api.desk import titles, words
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from api.desk.statements import calendar_picture
from api.desk.words import later as N_
from content import clock
from content.people.role import Permission
from content.publication import calendar
from content.publication.calendar import Entry, Kind

router = APIRouter(prefix="/calendar", route_class=SignedInRoute)

#: Rows that are shown at a time, and the last page that can be asked for.
ROWS = 50
PAGES_MAX = 10_000
#: What each sign in the picture stands for.
NAMES = {
    Kind.CONFIRM: N_("A withdrawal to be confirmed"),
    Kind.OUTDATED: N_("Outdated"),
    Kind.EFFECTIVE: N_("Comes into force"),
    Kind.REVIEW: N_("Review due"),
    Kind.LEAVES: N_("Leaves force"),
    Kind.LAPSES: N_("Statement lapses"),
}
#: The same of one thing on its day; what is late in other words.
TOLD = {
    Kind.CONFIRM: N_("A second person has to confirm its withdrawal by %(day)s"),
    Kind.OUTDATED: N_("Outdated since %(day)s: the text that it follows has changed"),
    Kind.EFFECTIVE: N_("Comes into force on %(day)s"),
    Kind.REVIEW: N_("To be reviewed again by %(day)s"),
    Kind.LEAVES: N_("Leaves force on %(day)s if it is not reviewed before"),
    Kind.LAPSES: N_("Lapses on %(day)s if too few have signed"),
}
LATE = {
    Kind.CONFIRM: N_("A second person should have confirmed its withdrawal by %(day)s"),
    Kind.EFFECTIVE: N_("Should be in force since %(day)s: its signatures do not hold at present"),
    Kind.REVIEW: N_("Should have been reviewed again by %(day)s"),
}


@router.get("")
def show_calendar(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    page: Annotated[int, Query(ge=1, le=PAGES_MAX)] = 1,
) -> Response:
    """See what is late and what falls due."""
    rows = calendar.rows(session, visitor.actor, hub.policy(session))
    start = (page - 1) * ROWS
    shown = rows[start : start + ROWS]
    entries = [entry for row in shown for entry in row.entries]
    language = words.language_of(request)
    references = {one.subject: one.reference(language) for one in entries if one.numbers}
    texts = titles.texts_of(session, set(references.values()))
    named = {key: texts[one].title for key, one in references.items() if one in texts}
    return show(
        request,
        "calendar.html",
        visitor=visitor,
        late=sorted((one for one in entries if one.is_late), key=lambda one: one.day),
        months=by_month(entries),
        picture=calendar_picture.of(shown, named, clock.today(), language),
        named=named,
        names=NAMES,
        told=TOLD,
        told_late=LATE,
        late_count=sum(entry.is_late for row in rows for entry in row.entries),
        page=page,
        more=len(rows) > start + ROWS,
        may_confirm=visitor.actor.may(Permission.WITHDRAW),
    )


def by_month(entries: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    """What is not late yet, by the first day of its month, in the order of time."""
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: (one.day, one.kind, one.subject)):
        if not entry.is_late:
            found[entry.day.replace(day=1)].append(entry)
    return sorted(found.items())
