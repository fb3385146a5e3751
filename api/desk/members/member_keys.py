"""Keys of one member: made, with the secret shown once, and ended."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Reading, Writing
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words
from api.desk.members.member import MemberId
from api.desk.members.member_forms import KeyFilled
from api.desk.pages import Visitor, go_to, show
from api.problems import status_of
from content import clock
from content.database import reading
from content.errors import ContentError
from content.people.role import Permission
from content.syndication import member, member_key
from content.syndication.member_key import DAYS_MAX, NAME_MAX, Scope

router = APIRouter(prefix="/members/{member_id}/keys", route_class=SignedInRoute)
deciding = APIRouter(prefix="/members/{member_id}/keys", route_class=DecidingRoute)

KeyName = Annotated[str, Path(max_length=NAME_MAX, pattern=r"^[a-z0-9-]+$")]
#: Keys that are over, of which so many are shown.
OVER_SHOWN = 20
#: What a form begins with.
USUAL = KeyFilled(scope=[Scope.READ, Scope.SHOWING], days="365")


@router.get("")
def list_keys(
    request: Request, visitor: CurrentVisitor, session: Reading, member_id: MemberId
) -> Response:
    """See a member's keys, without their secrets."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    return _page(request, visitor, session, member_id, USUAL)


@deciding.post("")
def make_key(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    filled: Annotated[KeyFilled, Form()],
) -> Response:
    """Make a key. Its secret is in this answer and nowhere else; sent again, it is refused."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    by, days = visitor.actor.id, filled.life()
    try:
        with hub.writing() as session:
            secret = member_key.make(
                session, member_id, filled.name, filled.scope, by=by, days=days
            )
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            return _page(request, visitor, session, member_id, filled, error)
    with reading(hub.engine) as session:
        return show(
            request,
            "member-key.html",
            visitor=visitor,
            status=201,
            one=member.find(session, member_id),
            key=member_key.find(session, member_id, filled.name),
            secret=secret,
            origin=hub.settings.public_url or str(request.base_url).rstrip("/"),
            scopes=member_words.SCOPES,
        )


@router.get("/{name}/revocation")
def show_revocation(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    member_id: MemberId,
    name: KeyName,
) -> Response:
    """Read what ending a key means, before it is done."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    return show(
        request,
        "member-key-revocation.html",
        visitor=visitor,
        one=member.find(session, member_id),
        key=member_key.find(session, member_id, name),
    )


@deciding.post("/{name}/revocation")
def revoke_key(
    visitor: CurrentVisitor, session: Writing, member_id: MemberId, name: KeyName
) -> Response:
    """End a key now."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    member_key.revoke(session, member_id, name, by=visitor.actor.id)
    return go_to(f"/desk/members/{member_id}/keys?done=key-revoked")


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    member_id: str,
    filled: KeyFilled,
    error: ContentError | None = None,
) -> Response:
    one, now = member.find(session, member_id), clock.now()
    held = member_key.of_member(session, member_id)
    living = [
        key
        for key in held
        if not (one.closed_at or key.revoked_at or (key.expires_at and key.expires_at <= now))
    ]
    return show(
        request,
        "member-keys.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        one=one,
        living=living,
        # The newest first: of those that are over, somebody looks for what was just ended.
        over=[key for key in reversed(held) if key not in living][:OVER_SHOWN],
        filled=filled,
        wrong=member_words.wrong_key(error) if error else ("", ""),
        scopes=member_words.SCOPES,
        days_max=DAYS_MAX,
        name_max=NAME_MAX,
    )
