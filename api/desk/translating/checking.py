"""What the checks say of a text while somebody types it."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.dependencies import ReadingNow
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from api.desk.translating.editor import now_of
from api.desk.translating.ground import CurrentGround, Section
from api.desk.translating.typed import TEXT_MAX, UNIT_MAX
from content.errors import NotFound, WordsNotAccepted
from content.people.role import Permission
from content.translation import findings, glossary
from content.translation.assembly import accept
from content.translation.checks import check_terms
from content.translation.incoming import entry_of
from content.translation.merge import Rendering

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=SignedInRoute)


@router.post("/{section}/check")
def check_text(
    request: Request,
    visitor: CurrentVisitor,
    session: ReadingNow,
    here: CurrentGround,
    section: Section,
    unit: Annotated[str, Form(max_length=UNIT_MAX)],
    target: Annotated[str, Form(max_length=TEXT_MAX)] = "",
) -> Response:
    """See what the checks say of a text before it is saved."""
    visitor.actor.must(Permission.TRANSLATE, here.tag)
    now = now_of(session, here, section)
    one = next((one for one in now.renderings if one.message.unit == unit), None)
    if one is None:
        raise NotFound
    entry = entry_of(unit, one.message.text, (target.replace("\r\n", "\n"),), False, 0, here.tag)
    terms = glossary.agreed(session, now.locale, now.source.locale)
    found = (
        *findings.of_text(one.message, entry.target, now.locale, now.source.locale),
        *(check_terms(one.message, entry.target, terms) if entry.texts else ()),
    )
    return show(
        request,
        "translating/findings.html",
        visitor=visitor,
        findings=found,
        problem="" if found or not entry.texts else _problem(one, entry.target),
        fixes=entry.fixes if entry.texts else (),
    )


def _problem(one: Rendering, target: str) -> str:
    """Why words cannot stand there, where no check says so."""
    try:
        accept(one.message, target, one.own_links)
    except WordsNotAccepted as refused:
        return refused.message
    return ""
