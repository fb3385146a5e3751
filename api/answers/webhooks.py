"""Webhooks, and what is sent to them."""

from typing import Annotated

from pydantic import Field

from api.answers.feed import EventType
from api.answers.words import Count, PageSlug, Path, Seq, Tag, Time, known
from api.models import AnswerModel
from content.syndication.delivery import State
from content.syndication.webhook import OFF_REASONS


class WebhookOff(AnswerModel):
    """Since when a webhook is off, and why."""

    at: Time
    reason: Annotated[str, Field(json_schema_extra=known(OFF_REASONS))] = Field(description="Why")
    message: str = Field(description="The same in words, and what to do")


class WebhookAnswer(AnswerModel):
    """Where a member's site wants to be told that there is something to pull."""

    id: str = Field(description="Its name in addresses")
    url: str = Field(description="Where it leads")
    types: list[EventType] = Field(description="What it is told of; empty for everything")
    locales: list[Tag] = Field(description="Of which languages; empty for all")
    pages: list[PageSlug] = Field(description="Of which pages; empty for all")
    state: Annotated[str, Field(json_schema_extra=known(("on", "failing", "off")))] = Field(
        description="Whether it is told, and whether that goes well"
    )
    off: WebhookOff | None = Field(description="Null while it is on")
    failures: Count = Field(description="Attempts that failed since the last that did not")
    paused_until: Time | None = Field(description="The endpoint asked to be left alone until then")
    seq: Seq = Field(description="The last event that it was told of, or did not want")
    created_at: Time
    self: Path


class WebhookInList(WebhookAnswer):
    """A webhook, and how much waits for it."""

    waiting: Count = Field(description="Deliveries that are not over")


class WebhookList(AnswerModel):
    """A member's webhooks."""

    webhooks: list[WebhookInList] = Field(description="In the order they were made")


class WebhookMade(WebhookAnswer):
    """A new webhook."""

    secret: str = Field(description="What is signed with; in this answer and nowhere else")


class SecretRenewed(AnswerModel):
    """A new secret of a webhook."""

    secret: str = Field(description="What is signed with; in this answer and nowhere else")
    secret_before_until: Time = Field(description="Until then the secret before works beside it")


class DeliveryAnswer(AnswerModel):
    """One event as one webhook is told of it."""

    seq: int = Field(description="The number of the event; below 0 for a ping")
    state: Annotated[str, Field(json_schema_extra=known(State))] = Field(
        description="What has become of it so far"
    )
    due_at: Time | None = Field(description="When it is tried next; null once it is over")
    created_at: Time
    ended_at: Time | None = Field(description="When it was over; null before")
    attempts_made: Count = Field(description="How often it was tried")
    url: Path


class Attempt(AnswerModel):
    """One attempt to send it."""

    number: int = Field(ge=1, description="Which attempt")
    at: Time
    status: int | None = Field(description="What the endpoint answered; null if it did not")
    error: str | None = Field(description="What went wrong; null if nothing did")
    duration_ms: Count | None = Field(description="How long it took; null before it was over")
    answer: str | None = Field(description="The beginning of what the endpoint said")


class DeliveryInFull(DeliveryAnswer):
    """A delivery, and every attempt at it."""

    attempts: list[Attempt] = Field(description="In order")


class DeliveryList(AnswerModel):
    """What was sent to a webhook."""

    deliveries: list[DeliveryAnswer] = Field(description="The newest event first, pings last")
    next: int | None = Field(description="For `before`: where the list goes on; null at its end")


class Replayed(AnswerModel):
    """How much is sent again."""

    replayed: Count = Field(description="Events of the span that the webhook was told of")


class WebhookKey(AnswerModel):
    """The public half of the key that webhooks are signed with."""

    key: str = Field(description="For `v1a` signatures: Ed25519, as Standard Webhooks writes it")
