"""One text: as it will appear, how it stands, what is needed, what was found and what happened."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, ReadingNow
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, show
from api.desk.texts import around, choices, comparisons, labels, requirements, talk, timeline
from api.desk.texts.chosen import Chosen, Numbered, Slug, Tag, below, choose
from api.desk.texts.review_words import KINDS, OFFERED, QUESTIONS, VERDICTS
from api.desk.texts.sent import Sent, seen
from api.desk.texts.states import CHANGE_KINDS, REASONS, STATES
from content import clock
from content.people.role import Permission
from content.publication import take_down
from content.publication.withdrawal import Withdrawal
from content.records import version as versions
from content.records.version import OPEN_STATES, State
from content.review import requirements as needed
from content.sign_off import listing, readiness
from content.sign_off.readiness import Judged
from content.sign_off.statement import StatementState
from content.translation import document
from content.translation import locale as locales

router = APIRouter(prefix="/sections/{slug}/{locale}", route_class=SignedInRoute)

Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


@router.get("")
def show_text(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    slug: Slug,
    locale: Tag,
    version: Numbered = None,
    before: Before = None,
) -> Response:
    """Read a text and decide about it."""
    chosen = choose(session, visitor.actor, slug, locale, version)
    return page(request, visitor, hub, session, chosen, before=before)


def page(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    session: Session,
    chosen: Chosen,
    *,
    sent: Sent | None = None,
    before: int | None = None,
) -> Response:
    """The page of a text; with `sent`, as after a form that was not taken."""
    version, actor = chosen.version, visitor.actor
    # What it translates is among the versions of its section.
    followed = versions.by_document(chosen.every)
    judged = readiness.judged(session, version, hub.policy(session), followed)
    withdrawal = session.get(Withdrawal, version.key) if version.state == State.WITHDRAWN else None
    people = around.people(session, version, _named(withdrawal, judged))
    statements = listing.of_version(session, version.key)
    text = document.of_version(session, version, judged.renderings)
    now = choices.Standing(chosen, people.parts, text is not None, _is_ready(judged), withdrawal)
    is_told = actor.may(Permission.READ_LEDGER)
    happened, older = (
        timeline.of_version(session, version, statements, before) if is_told else ([], None)
    )
    return show(
        request,
        "text.html",
        visitor=visitor,
        status=sent.status if sent else 200,
        chosen=chosen,
        version=version,
        text=text,
        title=text.title if text else around.title(session, version),
        units=() if text else judged.renderings,
        dir_of=lambda tag: locales.describe(tag).dir,
        states=STATES,
        labels=labels.of(session, chosen, clock.today()),
        change_kinds=CHANGE_KINDS,
        people=people,
        statement=next((one for one in statements if one.state == StatementState.OPEN), None),
        withdrawal=withdrawal,
        reasons=REASONS,
        reasons_offered=take_down.REASONS,
        needed=requirements.lines(judged.requirements) if version.state in OPEN_STATES else [],
        found=judged.scrutiny.found,
        reviews=judged.reviews,
        kinds=KINDS,
        questions=QUESTIONS,
        verdicts=VERDICTS,
        offered=OFFERED,
        is_told=is_told,
        happened=happened,
        older=older,
        comparisons=comparisons.offered(chosen),
        family=around.family(session, actor, chosen),
        can=choices.of(actor, now),
        sent=sent or Sent(),
        talk=talk.beside(session, actor, version),
        below=lambda what: below(version, what),
        seen=seen(version),
    )


def _is_ready(judged: Judged) -> bool:
    return not needed.unmet(judged.requirements)


def _named(withdrawal: Withdrawal | None, judged: Judged) -> set[str]:
    """Whose names are shown, besides those with a part in the text."""
    acknowledged = (one.acknowledgement for one in judged.scrutiny.found)
    named = {one.person for one in acknowledged if one}
    if withdrawal:
        named |= {one for one in (withdrawal.by, withdrawal.confirmed_by) if one}
    return named
