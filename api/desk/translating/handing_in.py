"""What goes on to its reviews: a section that is handed in, and what a variant inherits.

Who does so shows that it is they, as on the page of a text, where the same is done
(api/desk/texts/steps.py).
"""

from fastapi import APIRouter, Request, Response

from api.dependencies import CurrentHub
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import go_to
from api.desk.translating.editor import carry_out
from api.desk.translating.ground import CurrentGround, Section, sections_of
from api.desk.translating.progress import refuse
from api.desk.translating.typed import SentForm
from content.errors import ContentError
from content.people.role import Permission
from content.review import acceptance
from content.translation import overlay

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=DecidingRoute)


@router.post("/inherited/acceptance")
def accept_inherited(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, here: CurrentGround
) -> Response:
    """Accept the base text of a page in a regional variant."""
    visitor.actor.must(Permission.TRANSLATE, here.tag)
    try:
        with hub.writing() as session:
            sections_of(session, here)
            base = overlay.require_base(here.tag, hub.settings.locale_tags)
            acceptance.accept_page(
                session, visitor.actor, here.page, here.tag, base, hub.policy(session)
            )
    except ContentError as error:
        return refuse(request, visitor, hub, here, error)
    return go_to(f"{here.address}?done=inheritance-accepted")


@router.post("/{section}/hand-in")
def hand_in_section(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    here: CurrentGround,
    section: Section,
    sent: SentForm,
) -> Response:
    """Save what was typed, and hand the section in."""
    return carry_out(request, visitor, hub, here, section, sent, hands_in=True)
