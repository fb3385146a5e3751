"""What is done with one webhook: tried, sent again, switched on and off, its secret, its end."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from pydantic import Field
from sqlmodel import Session

from api.conditional import require_match
from api.delivery.webhook_words import mark
from api.dependencies import CurrentHub, Reading, Writing
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words, webhook_words
from api.desk.members.member import MemberId
from api.desk.members.member_forms import MARK_MAX, webhook_from
from api.desk.members.webhooks import SEQ_MAX, WebhookId, address, one_webhook, show_secret
from api.desk.pages import Visitor, go_to, show
from api.models import RequestModel
from content import clock
from content.database import reading
from content.errors import BadInput, ContentError
from content.people.role import Permission
from content.syndication import delivery, member, webhook
from content.syndication.webhook import BY_HAND, Webhook

PREFIX = "/members/{member_id}/webhooks/{webhook_id}"

router = APIRouter(prefix=PREFIX, route_class=SignedInRoute)
deciding = APIRouter(prefix=PREFIX, route_class=DecidingRoute)

Seq = Annotated[int, Path(ge=-SEQ_MAX, le=SEQ_MAX)]


class Span(RequestModel):
    """Events of the feed to have sent again, as they were typed."""

    first: str = Field(default="", max_length=10)
    last: str = Field(default="", max_length=10)

    def bounds(self) -> tuple[int, int]:
        """(after, to). Raises BadInput."""
        told = [one.strip() for one in (self.first, self.last)]
        if not all(one.isascii() and one.isdigit() and 1 <= int(one) <= SEQ_MAX for one in told):
            raise BadInput(field="span")
        return int(told[0]) - 1, int(told[1])


class Marked(RequestModel):
    """Of what somebody decided: what they saw."""

    mark: str = Field(default="", max_length=MARK_MAX)


@router.get("/deliveries/{seq}")
def show_delivery(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    member_id: MemberId,
    webhook_id: WebhookId,
    seq: Seq,
) -> Response:
    """See one delivery, and every attempt at it."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    sent = delivery.find(session, row, seq)
    return show(
        request,
        "member-delivery.html",
        visitor=visitor,
        one=member.find(session, member_id),
        row=row,
        base=address(member_id, webhook_id),
        sent=sent,
        attempts=delivery.attempts(session, sent),
        deliveries=webhook_words.DELIVERIES,
        errors=webhook_words.ERRORS,
        otherwise=webhook_words.NO_ERROR,
    )


@deciding.post("/pings")
def ping_webhook(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    webhook_id: WebhookId,
) -> Response:
    """Send a message that says nothing, to try the address."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    try:
        with hub.writing() as session:
            made = delivery.ping(session, webhook.find_on(session, member_id, webhook_id)).seq
    except member_words.KEPT as error:
        return _as_it_stands(request, visitor, hub, member_id, webhook_id, error)
    return go_to(f"{address(member_id, webhook_id)}/deliveries/{made}?done=ping-sent")


@deciding.post("/replays")
def replay_webhook(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    webhook_id: WebhookId,
    span: Annotated[Span, Form()],
) -> Response:
    """Have a span of the feed sent again."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    try:
        after, to = span.bounds()
        with hub.writing() as session:
            row = webhook.find_on(session, member_id, webhook_id)
            count = delivery.replay(session, row, after, to)
    except member_words.KEPT as error:
        typed = span.model_dump()
        return _as_it_stands(request, visitor, hub, member_id, webhook_id, error, typed)
    done = "replayed" if count else "replayed-none"
    return go_to(f"{address(member_id, webhook_id)}?done={done}")


@deciding.post("/on")
def switch_on(
    visitor: CurrentVisitor, session: Writing, member_id: MemberId, webhook_id: WebhookId
) -> Response:
    """Switch it on: it goes on where it stopped."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    delivery.switch_on(session, row, by=visitor.actor.id)
    return go_to(f"{address(member_id, webhook_id)}?done=webhook-on")


@deciding.post("/off")
def switch_off(
    visitor: CurrentVisitor, session: Writing, member_id: MemberId, webhook_id: WebhookId
) -> Response:
    """Switch it off: it is sent nothing until it is switched on."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    webhook.switch_off(session, row, BY_HAND, by=visitor.actor.id)
    return go_to(f"{address(member_id, webhook_id)}?done=webhook-off")


@router.get("/secret")
def show_renewal(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    member_id: MemberId,
    webhook_id: WebhookId,
) -> Response:
    """Read what a new secret means, before it is made."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    return _renewal(request, visitor, session, member_id, webhook_id)


@deciding.post("/secret")
def renew_secret(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    webhook_id: WebhookId,
    seen: Annotated[Marked, Form()],
) -> Response:
    """Make a new secret. It is in this answer and nowhere else; sent again, it is refused."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    try:
        with hub.writing() as session:
            row = webhook.find(session, member_id, webhook_id)
            require_match(seen.mark, _mark_of_secret(row))
            secret = webhook.renew_secret(session, row, by=visitor.actor.id)
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            return _renewal(request, visitor, session, member_id, webhook_id, error)
    return show_secret(request, visitor, hub, member_id, webhook_id, secret, is_new=False)


@router.get("/removal")
def show_removal(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    member_id: MemberId,
    webhook_id: WebhookId,
) -> Response:
    """Read what removing a webhook means, before it is done."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    one = member.find(session, member_id)
    return show(request, "member-webhook-removal.html", visitor=visitor, one=one, row=row)


@deciding.post("/removal")
def remove_webhook(
    visitor: CurrentVisitor, session: Writing, member_id: MemberId, webhook_id: WebhookId
) -> Response:
    """Remove a webhook, with all that was sent to it."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    delivery.remove(session, row, by=visitor.actor.id)
    return go_to(f"{address(member_id)}?done=webhook-removed")


def _as_it_stands(
    request: Request,
    visitor: Visitor,
    hub: CurrentHub,
    member_id: str,
    webhook_id: str,
    error: ContentError,
    span: dict[str, str] | None = None,
) -> Response:
    with reading(hub.engine) as session:
        row = webhook.find(session, member_id, webhook_id)
        filled = webhook_from(row, mark(row))
        return one_webhook(request, visitor, session, row, filled, error, span=span)


def _renewal(
    request: Request,
    visitor: Visitor,
    session: Session,
    member_id: str,
    webhook_id: str,
    error: ContentError | None = None,
) -> Response:
    row = webhook.find(session, member_id, webhook_id)
    return show(
        request,
        "member-webhook-renewal.html",
        visitor=visitor,
        status=412 if error else 200,
        one=member.find(session, member_id),
        row=row,
        mark=_mark_of_secret(row),
        wrong=member_words.wrong(error) if error else ("", ""),
    )


def _mark_of_secret(row: Webhook) -> str:
    """When the last one before it ends: it says nothing of the secret, and a new one moves it."""
    return clock.stamp(row.old_secret_until) if row.old_secret_until else "first"
