"""The recall board: what was withdrawn, and which members still show it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response
from pydantic import Field
from sqlmodel import Session

from api.dependencies import CurrentHub
from api.desk import words
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words, recall_words
from api.desk.members.member import MemberId
from api.desk.pages import Visitor, go_to, show
from api.desk.titles import texts_of
from api.models import RequestModel
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.role import Permission
from content.syndication import board, progress, recall, reminder
from content.syndication.board import Reminders
from content.syndication.progress import MemberState, Progress
from content.syndication.recall import REASON_MAX, Recall

router = APIRouter(prefix="/recalls", route_class=SignedInRoute)
deciding = APIRouter(prefix="/recalls", route_class=DecidingRoute)

LIST = "/desk/recalls"
SEQ_MAX = 2**31 - 1
#: Recalls that are open, and that are over, of one page; members of an open one.
OPEN_SHOWN = 20
OVER_SHOWN = 20
MEMBERS_SHOWN = 10

Seq = Annotated[int, Path(ge=1, le=SEQ_MAX)]
Before = Annotated[int, Query(ge=1, le=SEQ_MAX)]
#: Whom a recall waits for stands first.
ORDER = list(MemberState)


class Closing(RequestModel):
    """Why nothing more is expected of a member."""

    reason: str = Field(default="", max_length=2 * REASON_MAX)

    @property
    def plain(self) -> str:
        """As it was typed; browsers end lines in their own way (HTML, 4.10.22.4)."""
        return self.reason.replace("\r\n", "\n")


@router.get("")
def list_recalls(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    before: Before = SEQ_MAX,
    over_before: Before = SEQ_MAX,
) -> Response:
    """See who still shows what was withdrawn, and what is over."""
    visitor.actor.must(Permission.READ_SHOWING)
    hub.follow_withdrawals()
    with reading(hub.engine) as session:
        waiting = recall.listed(session, before=before, limit=OPEN_SHOWN + 1, open_only=True)
        over = recall.over(session, before=over_before, limit=OVER_SHOWN + 1)
        rows = [*waiting[:OPEN_SHOWN], *over[:OVER_SHOWN]]
        entries = {one.recall.seq: one for one in board.entries(session, rows)}
        texts = texts_of(session, [reference(row) for row in rows])
    return show(
        request,
        "recalls.html",
        visitor=visitor,
        waiting=[entries[row.seq] for row in waiting[:OPEN_SHOWN]],
        over=[entries[row.seq] for row in over[:OVER_SHOWN]],
        older=_last(waiting, OPEN_SHOWN),
        over_older=_last(over, OVER_SHOWN),
        is_first=(before, over_before) == (SEQ_MAX, SEQ_MAX),
        members_shown=MEMBERS_SHOWN,
        texts=texts,
        reference=reference,
        states=recall_words.STATES,
        reasons=recall_words.REASONS,
    )


def reference(row: Recall) -> str:
    """The text that it is about: `risks/fr/2`."""
    return f"{row.section}/{row.locale}/{row.version}"


def _last(rows: Sequence[Recall], shown: int) -> int | None:
    """Where the next page begins."""
    return rows[shown - 1].seq if len(rows) > shown else None


@router.get("/{seq}")
def show_recall(request: Request, visitor: CurrentVisitor, hub: CurrentHub, seq: Seq) -> Response:
    """See one recall in full: each member, what it showed, and whether it has acted."""
    visitor.actor.must(Permission.READ_SHOWING)
    hub.follow_withdrawals()
    with reading(hub.engine) as session:
        return _page(request, visitor, session, seq)


@deciding.post("/{seq}/members/{member_id}/closure")
def close_line(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    seq: Seq,
    member_id: MemberId,
    told: Annotated[Closing, Form()],
) -> Response:
    """Close a recall for one member, with a reason."""
    visitor.actor.must(Permission.READ_SHOWING)
    try:
        with hub.writing() as session:
            recall.close_line(session, visitor.actor, seq, member_id, told.plain)
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            return _page(request, visitor, session, seq, error, {member_id: told.reason})
    return go_to(f"{LIST}/{seq}?done=line-closed")


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    seq: int,
    error: ContentError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    row = recall.find(session, seq)
    found = sorted(progress.of(session, row), key=lambda one: ORDER.index(one.state))
    letters = reminder.of_recall(session, seq)
    return show(
        request,
        "recall.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        recall=row,
        text=texts_of(session, [reference(row)]).get(reference(row)),
        cause=board.causes(session, [seq])[seq],
        ended=progress.closed_at(row, found),
        members=[(one, _reminders(one, letters)) for one in found],
        may_close=visitor.actor.may(Permission.FOLLOW_RECALLS),
        typed=typed or {},
        wrong=member_words.wrong(error)[1] if error else "",
        states=recall_words.STATES,
        reasons=recall_words.REASONS,
        reason_max=REASON_MAX,
        day_of=lambda stamp: words.day(words.language_of(request), datetime.fromisoformat(stamp)),
    )


def _reminders(one: Progress, letters: dict[str, Any]) -> Reminders:
    return board.reminders(letters.get(one.member.id, []), one.line)
