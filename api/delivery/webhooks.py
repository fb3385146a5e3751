"""Webhooks: entered, changed and tried, by a member's site for itself and by editors for any.

Every route is there twice, under `/v1/members/me` and under `/v1/members/{member_id}`.
"""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import Field

from api.answers.webhooks import (
    DeliveryAnswer,
    DeliveryInFull,
    DeliveryList,
    Replayed,
    SecretRenewed,
    WebhookAnswer,
    WebhookList,
    WebhookMade,
)
from api.conditional import require_match
from api.delivery import webhook_words
from api.dependencies import CurrentHub, Reading, TokenFirst, Writing
from api.editing.answers import private
from api.editing.named import IfMatch
from api.keys import KeyFirst
from api.models import AnswerModel, RequestModel
from api.problems import RESPONSES
from api.webhooks import MINE, THEIRS, CurrentOwner, Owner, by_key, by_person
from content import clock
from content.records.section import SLUG_MAX
from content.syndication import delivery, member, webhook
from content.syndication.address import URL_MAX
from content.syndication.delivery import LIMIT_MAX
from content.syndication.webhook import FILTER_MAX, TYPES, Wanted, Webhook
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

WebhookId = Annotated[
    str, Path(max_length=64, examples=["5f0c1d2e3a4b5c6d"], description="The webhook")
]
Seq = Annotated[int, Path(ge=-SEQ_MAX, le=SEQ_MAX, description="Of the event; below 0 of a ping")]
Tag = Annotated[str, Field(max_length=TAG_MAX)]
Slug = Annotated[str, Field(max_length=SLUG_MAX)]

Endpoint = Callable[..., Response]
Model = type[AnswerModel]


class WebhookRequest(RequestModel):
    """Where to send to, and of what. Lists that are empty narrow nothing."""

    url: str = Field(max_length=URL_MAX, description="https, a name of DNS, a path")
    types: list[str] = Field(
        default_factory=list, max_length=len(TYPES), description=", ".join(TYPES)
    )
    locales: list[Tag] = Field(
        default_factory=list, max_length=FILTER_MAX, description="Of which languages"
    )
    pages: list[Slug] = Field(
        default_factory=list, max_length=FILTER_MAX, description="Of which pages"
    )

    def wanted(self) -> Wanted:
        return Wanted(self.url, self.types, self.locales, self.pages)


class WebhookChangeRequest(WebhookRequest):
    """All that may change, each time."""

    state: Literal["on", "off"] = Field(default="on", description="Whether it is told anything")


class ReplayRequest(RequestModel):
    """A span of the feed: from behind `after` up to `to`."""

    after: int = Field(ge=0, le=SEQ_MAX, description="The last event that is not sent")
    to: int = Field(ge=1, le=SEQ_MAX, description="The last event that is")


def _get(path: str, gives: Model) -> Callable[[Endpoint], Endpoint]:
    return _both("GET", path, 200, gives)


def _post(path: str, gives: Model, status: int = 201) -> Callable[[Endpoint], Endpoint]:
    return _both("POST", path, status, gives)


def _both(
    method: str, path: str, status: int, gives: Model | None
) -> Callable[[Endpoint], Endpoint]:
    """The same route for a member's site and for people."""

    def register(endpoint: Endpoint) -> Endpoint:
        name = endpoint.__name__
        for one, called in ((router, name), (theirs, f"{name}_of_member")):
            one.add_api_route(
                path,
                endpoint,
                methods=[method],
                name=called,
                status_code=status,
                response_model=gives,
            )
        return endpoint

    return register


@_get("", WebhookList)
def list_webhooks(owner: CurrentOwner, session: Reading) -> Response:
    """List a member's webhooks.

    Their state, and how much waits to be sent.
    """
    member.find(session, owner.member)
    waiting = delivery.waiting(session, owner.member)
    rows = webhook.of_member(session, owner.member)
    told = [webhook_words.told(row, owner) | {"waiting": waiting.get(row.id, 0)} for row in rows]
    return private({"webhooks": told})


@_post("", WebhookMade)
def add_webhook(
    owner: CurrentOwner, hub: CurrentHub, session: Writing, body: WebhookRequest
) -> Response:
    """Enter a webhook.

    Its secret is in this answer and nowhere else.
    """
    targets = hub.settings.webhook_targets
    row, secret = webhook.add(session, owner.member, body.wanted(), targets=targets, by=owner.by)
    told = webhook_words.told(row, owner) | {"secret": secret}
    return private(told, status=201, etag=webhook_words.mark(row), location=told["self"])


@_get("/{webhook_id}", WebhookAnswer)
def read_webhook(owner: CurrentOwner, session: Reading, webhook_id: WebhookId) -> Response:
    """Read one webhook.

    Its ETag guards a change.
    """
    return _one(webhook.find(session, owner.member, webhook_id), owner)


@_both("PUT", "/{webhook_id}", 200, WebhookAnswer)
def change_webhook(
    owner: CurrentOwner,
    hub: CurrentHub,
    session: Writing,
    webhook_id: WebhookId,
    body: WebhookChangeRequest,
    if_match: IfMatch = None,
) -> Response:
    """Change a webhook, or switch it on or off.

    Say anew where it leads and of what it is told.
    """
    row = webhook.find(session, owner.member, webhook_id)
    require_match(if_match, webhook_words.mark(row))
    targets = hub.settings.webhook_targets
    webhook.change(session, row, body.wanted(), targets=targets, by=owner.by)
    if body.state == "on":
        delivery.switch_on(session, row, by=owner.by)
    else:
        webhook.switch_off(session, row, "by-hand", by=owner.by)
    return _one(row, owner)


@_both("DELETE", "/{webhook_id}", 204, None)
def remove_webhook(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """Remove a webhook, with all that was sent to it."""
    delivery.remove(session, webhook.find(session, owner.member, webhook_id), by=owner.by)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@_post("/{webhook_id}/secrets", SecretRenewed)
def renew_secret(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """Make a new secret for a webhook.

    It is in this answer and nowhere else; the one before works beside it for a day.
    """
    row = webhook.find(session, owner.member, webhook_id)
    secret = webhook.renew_secret(session, row, by=owner.by)
    assert row.old_secret_until is not None  # noqa: S101 (it was just set)
    until = clock.stamp(row.old_secret_until)
    return private({"secret": secret, "secret_before_until": until}, status=201)


@_post("/{webhook_id}/pings", DeliveryAnswer, 202)
def ping_webhook(owner: CurrentOwner, session: Writing, webhook_id: WebhookId) -> Response:
    """Try a webhook with a message that says nothing."""
    row = webhook.find_on(session, owner.member, webhook_id)
    told = webhook_words.sent(delivery.ping(session, row), owner)
    return private(told, status=202, location=told["url"])


@_post("/{webhook_id}/replays", Replayed, 202)
def replay_webhook(
    owner: CurrentOwner, session: Writing, webhook_id: WebhookId, body: ReplayRequest
) -> Response:
    """Have a span of the feed sent again.

    As far as the webhook was told of it.
    """
    row = webhook.find_on(session, owner.member, webhook_id)
    return private({"replayed": delivery.replay(session, row, body.after, body.to)}, status=202)


@_get("/{webhook_id}/deliveries", DeliveryList)
def list_deliveries(
    owner: CurrentOwner,
    session: Reading,
    webhook_id: WebhookId,
    state: Annotated[
        Literal["waiting", "leased", "delivered", "given-up"] | None,
        Query(description="Only those that stand so"),
    ] = None,
    before: Annotated[
        int | None, Query(ge=-SEQ_MAX, le=SEQ_MAX, description="Where the page before ended")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 50,
) -> Response:
    """List what was sent to a webhook.

    The newest event first, pings last. `next` is the next page's `before`.
    """
    row = webhook.find(session, owner.member, webhook_id)
    found, more = delivery.listed(session, row, before=before, state=state or "", limit=limit)
    told = [webhook_words.sent(one, owner) for one in found]
    return private({"deliveries": told, "next": found[-1].seq if more else None})


@_get("/{webhook_id}/deliveries/{seq}", DeliveryInFull)
def read_delivery(
    owner: CurrentOwner, session: Reading, webhook_id: WebhookId, seq: Seq
) -> Response:
    """Read one delivery, and every attempt at it."""
    row = webhook.find(session, owner.member, webhook_id)
    one = delivery.find(session, row, seq)
    return private(
        webhook_words.sent(one, owner) | {"attempts": webhook_words.attempts(session, one)}
    )


def _one(row: Webhook, owner: Owner) -> Response:
    return private(webhook_words.told(row, owner), etag=webhook_words.mark(row))
