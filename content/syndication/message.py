"""The message that a webhook is sent: a nudge to pull, never the text."""

import json
from datetime import datetime
from typing import Any

from content import clock
from content.publication.release import Release

PING = "ping"


def name(webhook: str, seq: int) -> str:
    """`webhook-id`: the same for each attempt. No other webhook's messages have it."""
    return f"msg_{webhook}_{seq}" if seq > 0 else f"ping_{webhook}_{-seq}"


def of_event(event: Release) -> bytes:
    """The same bytes for each attempt: they are made of what never changes."""
    told = {
        "seq": event.seq,
        "section": event.section,
        "locale": event.locale,
        "version": event.version,
    }
    return _written(_type(event), event.at, told)


def ping(at: datetime) -> bytes:
    return _written(PING, at, {})


def _type(event: Release) -> str:
    """`section.in_force`; of a trust file, `trust`."""
    return event.type if event.section is None else f"section.{event.type}"


def _written(kind: str, at: datetime, told: dict[str, Any]) -> bytes:
    whole = {"type": kind, "timestamp": clock.stamp(at), "data": told}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
