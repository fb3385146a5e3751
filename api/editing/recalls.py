"""Recalls: who still shows what was withdrawn, for editors, duty officers and the board."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query, Response
from pydantic import Field

from api.answers.members import RecallInFull, RecallLineClosed, RecallList
from api.dependencies import CurrentActor, CurrentHub, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.members import MemberId
from api.models import RequestModel
from content import clock
from content.database import reading
from content.people.role import Permission
from content.publication import envelope
from content.syndication import board, progress, recall, reminder
from content.syndication.progress import Progress
from content.syndication.recall import REASON_MAX, Recall
from content.syndication.reminder import Reminder

SEQ_MAX = 2**31 - 1
LIMIT_MAX = 200

router = routes.at("/v1/recalls")

Seq = Annotated[
    int,
    Path(ge=1, le=SEQ_MAX, examples=[105], description="The number of the withdrawal in the feed"),
]


class ClosureRequest(RequestModel):
    """Why nothing more is expected of a member."""

    reason: str = Field(min_length=1, max_length=REASON_MAX, description="On record")


@router.get("", response_model=RecallList)
def list_recalls(
    actor: CurrentActor,
    hub: CurrentHub,
    state: Annotated[Literal["open"] | None, Query(description="Only those that stand so")] = None,
    before: Annotated[int, Query(ge=1, le=SEQ_MAX, description="Go on below this one")] = SEQ_MAX,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 50,
) -> Response:
    """List recalls.

    Withdrawals and how far members have followed them, the newest first.
    """
    actor.must(Permission.READ_SHOWING)
    hub.follow_withdrawals()
    with reading(hub.engine) as session:
        rows = recall.listed(session, before=before, limit=limit, open_only=state == "open")
        counted = recall.counts(session, [row.seq for row in rows])
    told = []
    for row in rows:
        showed, done = counted.get(row.seq, (0, 0))
        told.append(_summary(row) | {"open": showed > done, "showed": showed, "done": done})
    return private({"recalls": told})


@router.get("/{seq}", response_model=RecallInFull)
def read_recall(actor: CurrentActor, hub: CurrentHub, seq: Seq) -> Response:
    """See who still shows what was withdrawn.

    One recall: each member, what it showed when, and whether it has acted. `seq` is the number
    of the withdrawal in the feed.
    """
    actor.must(Permission.READ_SHOWING)
    hub.follow_withdrawals()
    with reading(hub.engine) as session:
        row = recall.find(session, seq)
        why = progress.withdrawal_of(session, row)
        found = progress.of(session, row)
        ended = progress.closed_at(row, found)
        reminders = reminder.of_recall(session, seq)
        told = _summary(row) | {
            "reason": why.reason,
            "text": why.text,
            "open": ended is None,
            "closed_at": _stamp(ended),
            "members": [_member(row, one, reminders[one.member.id]) for one in found],
        }
    return private(told)


@router.put("/{seq}/members/{member_id}/closure", response_model=RecallLineClosed)
def close_member_in_recall(
    actor: CurrentActor, session: Writing, seq: Seq, member_id: MemberId, body: ClosureRequest
) -> Response:
    """Close a recall for one member.

    Nothing more is expected of it: by hand, with a reason. Not undone.
    """
    line = recall.close_line(session, actor, seq, member_id, body.reason)
    return private({"recall": seq, "member": member_id, "closed_at": _stamp(line.closed_at)})


def _summary(row: Recall) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "section": row.section,
        "locale": row.locale,
        "version": row.version,
        "withdrawn_at": clock.stamp(row.at),
        "url": f"/v1/recalls/{row.seq}",
        "section_url": envelope.section_path(row.section, row.locale),
    }


def _member(row: Recall, one: Progress, reminders: Sequence[Reminder]) -> dict[str, Any]:
    line = one.line
    gone_at = line.gone_at if line else None
    return {
        "member": one.member.id,
        "name": one.member.name,
        "state": one.state.value,
        "showed": line.pages if line else [],
        "showed_at_withdrawal": line is not None and line.at_withdrawal,
        "reported_at": _stamp(one.reported_at),
        "gone_at": _stamp(gone_at),
        "took_seconds": int((gone_at - row.at).total_seconds()) if gone_at else None,
        "closed": _closed(one),
        "reminders": _reminders(one, reminders),
    }


def _reminders(one: Progress, rows: Sequence[Reminder]) -> dict[str, Any]:
    """What was sent when; what comes next, and what went wrong with it the last time."""
    told = board.reminders(rows, one.line)
    return {
        "sent_at": [clock.stamp(at) for at in told.sent_at],
        "next_at": _stamp(told.next_at),
        "error": told.error,
    }


def _closed(one: Progress) -> dict[str, Any] | None:
    if one.line is None or one.line.closed_at is None:
        return None
    return {
        "by": one.line.closed_by,
        "at": clock.stamp(one.line.closed_at),
        "reason": one.line.reason,
    }


def _stamp(at: datetime | None) -> str | None:
    return clock.stamp(at) if at else None
