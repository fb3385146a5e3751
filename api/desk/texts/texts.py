"""All texts: the tree of pages and sections, and how each stands in each language."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import CurrentHub, ReadingNow
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from api.desk.texts import labels, standings
from api.desk.texts.standings import OUTDATED, Row
from api.desk.texts.states import STATES, Told
from content.people.role import Permission
from content.records.version import State

router = APIRouter(prefix="/sections", route_class=SignedInRoute)

#: Sections on one page of the list.
ROWS = 50
#: Characters of a word that is looked for.
WORD_MAX = 100
PAGES_MAX = 1_000
#: Of texts in these states there is always a newer one in the list.
PASSED = (State.SUPERSEDED, State.ABANDONED)
#: How a text can stand that is looked for.
SOUGHT = (*(one.value for one in State if one not in PASSED), OUTDATED)
#: By how a text stands.
BADGES = {state.value: told for state, told in STATES.items()} | {
    OUTDATED: Told(labels.OUTDATED.name, labels.OUTDATED.sentence, "warned")
}


@router.get("")
def show_texts(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    word: Annotated[str, Query(max_length=WORD_MAX)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    part: Annotated[int, Query(ge=1, le=PAGES_MAX)] = 1,
) -> Response:
    """See all texts and how they stand."""
    if not visitor.actor.may_somewhere(Permission.READ_DRAFTS):
        visitor.actor.must(Permission.READ_DRAFTS)
    locales = standings.readable(visitor.actor, hub.settings.locale_tags)
    listed = standings.rows(session, locales)
    sought = state if state in SOUGHT else ""
    found = [one for one in listed if _fits(one, word.strip().casefold(), sought)]
    parts = max(1, -(-len(found) // ROWS))
    part = min(part, parts)
    return show(
        request,
        "texts.html",
        visitor=visitor,
        rows=found[(part - 1) * ROWS : part * ROWS],
        locales=_columns(listed, locales),
        count=len(found),
        is_cut=bool(word.strip() or sought),
        word=word,
        sought=sought,
        badges=BADGES,
        offered=SOUGHT,
        part=part,
        parts=parts,
        at=lambda number: _address(word, sought, number),
    )


def _fits(row: Row, word: str, sought: str) -> bool:
    """Whether it has the word in its title or name, and stands so in some language."""
    if word and word not in row.title.casefold() and word not in row.slug:
        return False
    if not sought:
        return True
    return any(sought in (one.how, one.state) for told in row.standings.values() for one in told)


def _columns(rows: list[Row], locales: list[str]) -> list[str]:
    """Each language that texts are written in, then those of the hub that there is a text in."""
    written = sorted({row.source_locale for row in rows})
    there = {tag for row in rows for tag in row.versions}
    return [*written, *(tag for tag in locales if tag in there and tag not in written)]


def _address(word: str, sought: str, part: int) -> str:
    told = {"word": word, "state": sought, "part": part if part > 1 else ""}
    return f"/desk/sections?{urlencode({name: value for name, value in told.items() if value})}"
