"""Webhooks of one member: entered, looked at, changed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response
from sqlmodel import Session

from api.conditional import require_match
from api.delivery.webhook_words import mark
from api.dependencies import CurrentHub, Reading
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words, webhook_words
from api.desk.members.member import MemberId
from api.desk.members.member_forms import WebhookFilled, in_words, webhook_from
from api.desk.pages import Visitor, go_to, show
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.role import Permission
from content.syndication import delivery, member, webhook
from content.syndication.delivery import REPLAY_MAX, State
from content.syndication.webhook import WEBHOOKS_MAX, Webhook

router = APIRouter(prefix="/members/{member_id}/webhooks", route_class=SignedInRoute)
deciding = APIRouter(prefix="/members/{member_id}/webhooks", route_class=DecidingRoute)

WebhookId = Annotated[str, Path(max_length=64, pattern=r"^[0-9a-f]+$")]
SEQ_MAX = 2_147_483_647
#: Deliveries of one page.
SHOWN = 50

NOTHING_WRONG = ("", "")


def address(member_id: str, webhook_id: str = "") -> str:
    """Where a member's webhooks are, or one of them."""
    return f"/desk/members/{member_id}/webhooks" + (f"/{webhook_id}" if webhook_id else "")


@router.get("")
def list_webhooks(
    request: Request, visitor: CurrentVisitor, session: Reading, member_id: MemberId
) -> Response:
    """See a member's webhooks, and how each does."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    return _list(request, visitor, session, member_id, WebhookFilled())


@deciding.post("")
def add_webhook(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    filled: Annotated[WebhookFilled, Form()],
) -> Response:
    """Enter a webhook. Its secret is in this answer and nowhere else; sent again, it is refused."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    by, targets = visitor.actor.id, hub.settings.webhook_targets
    try:
        with hub.writing() as session:
            require_match(filled.mark, _mark_of_all(webhook.of_member(session, member_id)))
            row, secret = webhook.add(session, member_id, filled.wanted(), targets=targets, by=by)
            made = row.id
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            return _list(request, visitor, session, member_id, filled, error)
    return show_secret(request, visitor, hub, member_id, made, secret, is_new=True)


@router.get("/{webhook_id}")
def show_webhook(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    member_id: MemberId,
    webhook_id: WebhookId,
    state: Annotated[State | None, Query()] = None,
    before: Annotated[int | None, Query(ge=-SEQ_MAX, le=SEQ_MAX)] = None,
) -> Response:
    """See one webhook, how it does, and what was sent to it."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = webhook.find(session, member_id, webhook_id)
    asked = {"state": state, "before": before}
    return one_webhook(request, visitor, session, row, webhook_from(row, mark(row)), asked=asked)


@deciding.post("/{webhook_id}")
def change_webhook(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    webhook_id: WebhookId,
    filled: Annotated[WebhookFilled, Form()],
) -> Response:
    """Change where it leads or of what it is told, where nobody has changed it meanwhile."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    by, targets = visitor.actor.id, hub.settings.webhook_targets
    try:
        with hub.writing() as session:
            row = webhook.find(session, member_id, webhook_id)
            require_match(filled.mark, mark(row))
            webhook.change(session, row, filled.wanted(), targets=targets, by=by)
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            row = webhook.find(session, member_id, webhook_id)
            return one_webhook(request, visitor, session, row, filled, error)
    return go_to(f"{address(member_id, webhook_id)}?done=webhook-changed")


def _list(
    request: Request,
    visitor: Visitor,
    session: Session,
    member_id: str,
    filled: WebhookFilled,
    error: ContentError | None = None,
) -> Response:
    rows = webhook.of_member(session, member_id)
    return show(
        request,
        "member-webhooks.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        one=member.find(session, member_id),
        rows=rows,
        waiting=delivery.waiting(session, member_id),
        filled=filled,
        mark=_mark_of_all(rows),
        wrong=member_words.wrong(error) if error else NOTHING_WRONG,
        events=member_words.EVENTS,
        states=webhook_words.STATES,
        off=webhook_words.OFF,
        most=WEBHOOKS_MAX,
    )


def _mark_of_all(rows: Any) -> str:
    """Of which webhooks there are: a form that is sent twice enters one."""
    return sha256(" ".join(row.id for row in rows).encode()).hexdigest()


def one_webhook(
    request: Request,
    visitor: Visitor,
    session: Session,
    row: Webhook,
    filled: WebhookFilled,
    error: ContentError | None = None,
    *,
    span: Mapping[str, str] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Response:
    """The page of one webhook; `error` is about `filled`, or about the `span` to send again."""
    told = {"state": None, "before": None} | dict(asked or {})
    sent, more = delivery.listed(
        session, row, before=told["before"], state=told["state"] or "", limit=SHOWN
    )
    now = webhook_from(row, mark(row))
    return show(
        request,
        "member-webhook.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        one=member.find(session, row.member),
        row=row,
        base=address(row.member, row.id),
        sent=sent,
        following=sent[-1].seq if more else None,
        chosen=told["state"],
        is_first=told["before"] is None,
        filled=filled,
        now=now if filled.mark != now.mark else filled,
        mark=now.mark,
        wrong=_wrong(error, span),
        span=span or _last_events(row),
        span_max=REPLAY_MAX,
        events=member_words.EVENTS,
        states=webhook_words.STATES,
        off=webhook_words.OFF,
        deliveries=webhook_words.DELIVERIES,
        **in_words(request),
    )


def _wrong(error: ContentError | None, span: Mapping[str, str] | None) -> tuple[str, str]:
    if error is None:
        return NOTHING_WRONG
    field, said = member_words.wrong(error)
    if span is not None and status_of(error) == 422:
        return "span", member_words.SPAN
    return field, said


def _last_events(row: Webhook) -> Mapping[str, str]:
    """The span that somebody is offered to have sent again: the last ten events."""
    return {"first": str(max(1, row.cursor - 9)), "last": str(row.cursor)} if row.cursor else {}


def show_secret(
    request: Request,
    visitor: Visitor,
    hub: CurrentHub,
    member_id: str,
    webhook_id: str,
    secret: str,
    *,
    is_new: bool,
) -> Response:
    """The only answer that has it."""
    with reading(hub.engine) as session:
        return show(
            request,
            "member-webhook-secret.html",
            visitor=visitor,
            status=201,
            one=member.find(session, member_id),
            row=webhook.find(session, member_id, webhook_id),
            secret=secret,
            is_new=is_new,
        )
