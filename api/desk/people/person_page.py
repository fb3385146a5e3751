"""The pages about one person, as they are shown."""

from datetime import timedelta
from typing import Any

from fastapi import Request, Response
from sqlmodel import Session

from api.dependencies import Hub
from api.desk import words
from api.desk.ledger import lines
from api.desk.pages import Visitor, show
from api.desk.people.permissions import MAY
from api.desk.people.refused_people import refused
from api.desk.roles import NAMES, OF_ALL, of_languages
from api.desk.signing_in.sessions import WAYS
from api.desk.tongues import called
from api.problems import status_of
from content import clock, ledger
from content.database import reading
from content.errors import ContentError
from content.people import invitation, passkey, person, token
from content.people import session as sessions
from content.people.role import ALLOWED, DECIDING, Permission
from content.people.token import LABEL_MAX

#: Rows of the ledger that are looked at, and lines that are shown of them.
ROWS = 60
SHOWN = 12
#: Ended tokens that are still listed.
ENDED_MAX = 20
#: What is offered at first: a quarter of a year for a token, a week for a link.
TOKEN_DAYS, LINK_DAYS = 90, 7


def show_one(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    session: Session,
    person_id: str,
    error: ContentError | None = None,
    **typed: Any,
) -> Response:
    """The page of a person; after a refusal with what was typed. Raises PersonNotFound."""
    one, held = person.find_with_grants(session, person_id)
    grants = sorted(held)
    tokens = token.of_person(session, person_id)
    language = words.language_of(request)
    allowed = frozenset[Permission]().union(*(ALLOWED[grant.role] for grant in grants))
    return show(
        request,
        "person.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        told=refused(error) if error else "",
        one=one,
        grants=grants,
        of_all=OF_ALL,
        of_languages=of_languages(hub.settings.locale_tags, language),
        tongues={grant.locale: called(grant.locale, language) for grant in grants if grant.locale},
        role_names=NAMES,
        passkeys=passkey.of_person(session, person_id),
        links=invitation.open_of(session, person_id),
        tokens=[row for row in tokens if row.is_living],
        ended=[row for row in tokens if not row.is_living][:ENDED_MAX],
        sessions=[row for row in sessions.of_person(session, person_id) if row.is_open],
        ways=WAYS,
        scopes=[(scope, MAY[scope]) for scope in MAY if scope in allowed - DECIDING],
        may=MAY,
        decides=bool(allowed & DECIDING),
        lately=_lately(session, visitor, person_id),
        typed={"role": "", "label": "", "days": TOKEN_DAYS, "scope": [], "link_days": LINK_DAYS}
        | typed,
        days_max={"token": token.DAYS_MAX, "link": invitation.DAYS_MAX},
        label_max=LABEL_MAX,
    )


def _lately(session: Session, visitor: Visitor, person_id: str) -> list[lines.Line] | None:
    """What they did, but for signing in and out; None for who may not see it."""
    if not visitor.actor.may(Permission.READ_LEDGER):
        return None
    rows = ledger.latest_of(session, person_id, ROWS)
    worked = [row for row in rows if not row.event.startswith("session.")]
    return lines.lines(session, worked[:SHOWN], visitor.actor)


def show_once(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    person_id: str,
    days: int,
    **secret: str,
) -> Response:
    """A secret that was just made. It can be read here and never again."""
    with reading(hub.engine) as session:
        one = person.find(session, person_id)
        return show(
            request,
            "person-secret.html",
            visitor=visitor,
            one=one,
            until=clock.now() + timedelta(days=days),
            link=secret.get("link", ""),
            token=secret.get("token", ""),
        )


def show_erasing(request: Request, visitor: Visitor, session: Session, person_id: str) -> Response:
    """What goes and what stays. Raises PersonNotFound."""
    one = person.find(session, person_id)
    return show(request, "person-erase.html", visitor=visitor, one=one)
