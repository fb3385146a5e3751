"""Webhooks and what is sent to them, as answers tell of both."""

from typing import Any

from sqlmodel import Session

from api.webhooks import Owner
from content import clock
from content.publication.answer import as_json, etag
from content.syndication import delivery
from content.syndication.delivery import Attempt, Delivery
from content.syndication.webhook import OFF_REASONS, Webhook


def told(row: Webhook, owner: Owner) -> dict[str, Any]:
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


def mark(row: Webhook) -> str:
    """Its ETag: of what people say, and not of what attempts do to it, which would make every tag
    stale."""
    off = row.off_at and [clock.stamp(row.off_at), row.off_reason]
    return etag(as_json([row.url, row.types, row.locales, row.pages, off]))


def sent(one: Delivery, owner: Owner) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "state": one.state,
        "due_at": clock.stamp(one.due_at) if one.ended_at is None else None,
        "created_at": clock.stamp(one.created_at),
        "ended_at": clock.stamp(one.ended_at) if one.ended_at else None,
        "attempts_made": one.attempts,
        "url": f"{owner.path}/{one.webhook}/deliveries/{one.seq}",
    }


def attempts(session: Session, one: Delivery) -> list[dict[str, Any]]:
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
