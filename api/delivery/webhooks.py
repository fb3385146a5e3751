"""Webhooks: entered, changed and tried, by a member's site for itself and by editors for any.

Every route is there twice, under `/v1/members/me` and under `/v1/members/{member_id}`.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field
from sqlmodel import Session

from api.conditional import require_match
from api.dependencies import CurrentHub, Reading, TokenFirst, Writing
from api.editing.answers import private
from api.editing.named import IfMatch
from api.keys import KeyFirst
from api.models import RequestModel
from api.problems import RESPONSES
from api.webhooks import MINE, THEIRS, CurrentOwner, Owner, by_key, by_person
from content import clock
from content.publication.answer import as_json, etag
from content.records.section import SLUG_MAX
from content.syndication import delivery, member, webhook
from content.syndication.address import URL_MAX
from content.syndication.delivery import LIMIT_MAX, Attempt, Delivery
from content.syndication.webhook import FILTER_MAX, OFF_REASONS, TYPES, Wanted, Webhook
from content.translation.locale import TAG_MAX

#: Of a database's column of numbers.
SEQ_MAX = 2_147_483_647

#: For a member's site; `theirs` is for people.
router = APIRouter(
    prefix=MINE,
    tags=["webhooks"],
    responses=RESPONSES,
    route_class=KeyFirst,
    dependencies=[Depends(by_key)],
)
theirs = APIRouter(
    prefix=THEIRS,
    tags=["webhooks"],
    responses=RESPONSES,
    route_class=TokenFirst,
    dependencies=[Depends(by_person)],
)

WebhookId = Annotated[str, Path(max_length=64, examples=["5f0c1d2e3a4b5c6d"])]
Seq = Annotated[int, Path(ge=-SEQ_MAX, le=SEQ_MAX, description="Of the event; below 0 of a ping")]
Tag = Annotated[str, Field(max_length=TAG_MAX)]
Slug = Annotated[str, Field(max_length=SLUG_MAX)]

Endpoint = Callable[..., Response]


class WebhookRequest(RequestModel):
    """Where to send to, and of what. Lists that are empty narrow nothing."""

    url: str = Field(max_length=URL_MAX, description="https, a name of DNS, a path")
    types: list[str] = Field(
        default_factory=list, max_length=len(TYPES), description=", ".join(TYPES)
    )
    locales: list[Tag] = Field(default_factory=list, max_length=FILTER_MAX)
    pages: list[Slug] = Field(default_factory=list, max_length=FILTER_MAX)

    def wanted(self) -> Wanted:
        return Wanted(self.url, self.types, self.locales, self.pages)


class WebhookChange(WebhookRequest):
    """All that may change, each time."""

    state: Literal["on", "off"] = "on"


class ReplayRequest(RequestModel):
    """A span of the feed: from behind `after` up to `to`."""

    after: int = Field(ge=0, le=SEQ_MAX)
    to: int = Field(ge=1, le=SEQ_MAX)


def _get(path: str) -> Callable[[Endpoint], Endpoint]:
    return _both("GET", path, 200)


def _post(path: str, status: int = 201) -> Callable[[Endpoint], Endpoint]:
    return _both("POST", path, status)


def _both(method: str, path: str, status: int) -> Callable[[Endpoint], Endpoint]:
    """The same route for a member's site and for people."""

    def register(endpoint: Endpoint) -> Endpoint:
        for one in (router, theirs):
            one.add_api_route(path, endpoint, methods=[method], status_code=status)
        return endpoint

    return register


@_get("")
def list_webhooks(owner: CurrentOwner, session: Reading) -> Response:
    """A member's webhooks, their state, and how much waits to be sent."""
    member.find(session, owner.member)
    waiting = delivery.waiting(session, owner.member)
    rows = webhook.of_member(session, owner.member)
    told = [_told(row, owner) | {"waiting": waiting.get(row.id, 0)} for row in rows]
    return private({"webhooks": told})


@_post("")
def add_webhook(
    owner: CurrentOwner, hub: CurrentHub, session: Writing, body: WebhookRequest
) -> Response:
    """Enter a webhook. Its secret is in this answer and nowhere else."""
    targets = hub.settings.webhook_targets
    row, secret = webhook.add(session, owner.member, body.wanted(), targets=targets, by=owner.by)
    told = _told(row, owner) | {"secret": secret}
    return private(told, status=201, etag=_etag(row, owner), location=told["self"])


@_get("/{webhook_id}")
def read_webhook(owner: CurrentOwner, session: Reading, webhook_id: WebhookId) -> Response:
    """One webhook. Its ETag guards a change."""
    return _one(webhook.find(session, owner.member, webhook_id), owner)


@_both("PUT", "/{webhook_id}", 200)
def change_webhook(
    owner: CurrentOwner,
    hub: CurrentHub,
    session: Writing,
    webhook_id: WebhookId,
    body: WebhookChange,
    if_match: IfMatch = None,
) -> Response:
    """Say anew where it leads and of what it is told, and switch it on or off."""
    row = webhook.find(session, owner.member, webhook_id)
    require_match(if_match, _etag(row, owner))
    targets = hub.settings.webhook_targets
    webhook.change(session, row, body.wanted(), targets=targets, by=owner.by)
    if body.state == "on":
        delivery.switch_on(session, row, by=owner.by)
    else:
        webhook.switch_off(session, row, "by-hand", by=owner.by)
    return _one(row, owner)


@_both("DELETE", "/{webhook_id}", 204)
def remove_webhook(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """Remove a webhook, with all that was sent to it."""
    delivery.remove(session, webhook.find(session, owner.member, webhook_id), by=owner.by)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@_post("/{webhook_id}/secrets")
def renew_secret(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """A new secret, in this answer and nowhere else; the one before works beside it for a day."""
    row = webhook.find(session, owner.member, webhook_id)
    secret = webhook.renew_secret(session, row, by=owner.by)
    assert row.old_secret_until is not None  # noqa: S101 (it was just set)
    until = clock.stamp(row.old_secret_until)
    return private({"secret": secret, "secret_before_until": until}, status=201)


@_post("/{webhook_id}/pings", 202)
def ping_webhook(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """Have a message sent that says nothing, to try the endpoint."""
    row = webhook.find_on(session, owner.member, webhook_id)
    told = _sent(delivery.ping(session, row), owner)
    return private(told, status=202, location=told["url"])


@_post("/{webhook_id}/replays", 202)
def replay_webhook(
    owner: CurrentOwner, session: Writing, webhook_id: WebhookId, body: ReplayRequest
) -> Response:
    """Have a span of the feed sent again, as far as the webhook was told of it."""
    row = webhook.find_on(session, owner.member, webhook_id)
    return private({"replayed": delivery.replay(session, row, body.after, body.to)}, status=202)


@_get("/{webhook_id}/deliveries")
def list_deliveries(
    owner: CurrentOwner,
    session: Reading,
    webhook_id: WebhookId,
    state: Annotated[Literal["waiting", "leased", "delivered", "given-up"] | None, Query()] = None,
    before: Annotated[
        int | None, Query(ge=-SEQ_MAX, le=SEQ_MAX, description="Where the page before ended")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
) -> Response:
    """What was sent, the newest event first, pings last. `next` is the next page's `before`."""
    row = webhook.find(session, owner.member, webhook_id)
    found, more = delivery.listed(session, row, before=before, state=state or "", limit=limit)
    told = [_sent(one, owner) for one in found]
    return private({"deliveries": told, "next": found[-1].seq if more else None})


@_get("/{webhook_id}/deliveries/{seq}")
def read_delivery(
    owner: CurrentOwner, session: Reading, webhook_id: WebhookId, seq: Seq
) -> Response:
    """One delivery, and every attempt at it."""
    row = webhook.find(session, owner.member, webhook_id)
    one = delivery.find(session, row, seq)
    return private(_sent(one, owner) | {"attempts": _attempts(session, one)})


def _one(row: Webhook, owner: Owner) -> Response:
    return private(_told(row, owner), etag=_etag(row, owner))


def _etag(row: Webhook, owner: Owner) -> str:
    """Of what people say, and not of what attempts do to it: they would make every tag stale."""
    told = _told(row, owner)
    return etag(as_json([told[name] for name in ("url", "types", "locales", "pages", "off")]))


def _told(row: Webhook, owner: Owner) -> dict[str, Any]:
    off = row.off_at and {
        "at": clock.stamp(row.off_at),
        "reason": row.off_reason,
        "message": OFF_REASONS[row.off_reason or ""],
    }
    return {
        "id": row.id,
        "url": row.url,
        "types": row.types.split(),
        "locales": row.locales.split(),
        "pages": row.pages.split(),
        "state": row.state,
        "off": off,
        "failures": row.failures,
        "paused_until": clock.stamp(row.paused_until) if row.paused_until else None,
        "seq": row.cursor,
        "created_at": clock.stamp(row.created_at),
        "self": f"{owner.path}/{row.id}",
    }


def _sent(one: Delivery, owner: Owner) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "state": one.state,
        "due_at": clock.stamp(one.due_at) if one.ended_at is None else None,
        "created_at": clock.stamp(one.created_at),
        "ended_at": clock.stamp(one.ended_at) if one.ended_at else None,
        "attempts_made": one.attempts,
        "url": f"{owner.path}/{one.webhook}/deliveries/{one.seq}",
    }


def _attempts(session: Session, one: Delivery) -> list[dict[str, Any]]:
    return [_attempt(made) for made in delivery.attempts(session, one)]


def _attempt(made: Attempt) -> dict[str, Any]:
    return {
        "number": made.number,
        "at": clock.stamp(made.at),
        "status": made.status,
        "error": made.error,
        "duration_ms": made.duration_ms,
        # What is no UTF-8 of it shows as U+FFFD.
        "answer": None if made.answer is None else made.answer.decode("utf-8", "replace"),
    }
