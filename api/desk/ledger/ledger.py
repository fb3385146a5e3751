"""The ledger in plain words: what happened, filtered, verified, and taken away as a file."""

import csv
import json
from collections.abc import Iterator
from enum import StrEnum
from io import StringIO
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, Reading
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.ledger import asking, events, lines
from api.desk.ledger.asking import Asked, Before, CurrentAsked
from api.desk.pages import GUARDS, Visitor, show
from api.desk.roles import NAMES
from api.desk.titles import Text, texts_of
from api.desk.words import later as N_
from content import ledger
from content.database import reading
from content.errors import BadInput, HubIsBusy
from content.ledger import UNREADABLE, LedgerRow
from content.people.role import Permission
from content.publication import chronicle
from content.publication.chronicle import Wanted

router = APIRouter(prefix="/ledger", route_class=SignedInRoute)

LIST = "/desk/ledger"
#: Rows on one page.
SHOWN = 50
#: Rows that are walked in one request; a longer ledger is walked at the machine.
VERIFIED_MAX = 50_000
#: Rows of a file, and how many are read at a time.
FILE_ROWS_MAX = 100_000
FILE_STEP = 1_000
COLUMNS = ("seq", "at", "actor", "event", "subject", "detail", "previous", "hash")
NO_SUCH = N_("A day is written like 2026-11-27. Nothing was looked for.")
#: What can be wrong with a row, as it is said here.
FAULTS = {
    ledger.MISSING: N_("it is missing"),
    ledger.NOT_FOLLOWING: N_("it does not follow from the row before it"),
    ledger.CHANGED: N_("it was changed after it was written"),
}
#: One walk at a time: it keeps a processor busy.
_walking = Lock()


class Form(StrEnum):
    """How rows are written into a file."""

    CSV = "csv"
    JSON_LINES = "jsonl"


TYPES = {Form.CSV: "text/csv; charset=utf-8", Form.JSON_LINES: "application/jsonl"}


@router.get("")
def show_ledger(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: Reading,
    asked: CurrentAsked,
    before: Before = None,
) -> Response:
    """Read what happened, the newest first."""
    visitor.actor.must(Permission.READ_LEDGER)
    try:
        wanted = asking.wanted(session, asked)
    except BadInput:
        return _page(request, visitor, hub, asked, told=NO_SUCH, status=422)
    try:
        rows = chronicle.rows(session, wanted, before=before, most=SHOWN + 1)
    except UNREADABLE:
        return _page(request, visitor, hub, asked, is_unreadable=True)
    return _page(
        request,
        visitor,
        hub,
        asked,
        days=_by_day(lines.lines(session, rows[:SHOWN], visitor.actor)),
        older=rows[SHOWN - 1].seq if len(rows) > SHOWN else None,
        is_first=before is None,
        about=_about(session, visitor, asked),
    )


@router.post("/verify")
def verify_ledger(request: Request, visitor: CurrentVisitor, session: Reading) -> Response:
    """Walk the ledger, and see whether it holds together."""
    visitor.actor.must(Permission.READ_LEDGER)
    if not _walking.acquire(blocking=False):
        raise HubIsBusy
    try:
        walk = ledger.walk(session, VERIFIED_MAX)
    finally:
        _walking.release()
    return show(
        request,
        "ledger-verified.html",
        visitor=visitor,
        walk=walk,
        faults=FAULTS,
        most=VERIFIED_MAX,
    )


@router.get("/file")
def read_ledger_file(
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: Reading,
    asked: CurrentAsked,
    form: Annotated[Form, Query()] = Form.CSV,
) -> Response:
    """Take the rows away as a file: ids and no names, as they are stored."""
    visitor.actor.must(Permission.READ_LEDGER)
    wanted = asking.wanted(session, asked)
    headers = GUARDS | {"Content-Disposition": f'attachment; filename="ledger.{form}"'}
    return StreamingResponse(
        _parts(hub.engine, wanted, form), headers=headers, media_type=TYPES[form]
    )


def _parts(engine: Engine, wanted: Wanted, form: Form) -> Iterator[bytes]:
    """Of a file. Between them nobody waits for the reader: no transaction is open."""
    if form is Form.CSV:
        yield (",".join(COLUMNS) + "\n").encode()
    before = None
    for _ in range(FILE_ROWS_MAX // FILE_STEP):
        with reading(engine) as session:
            rows = chronicle.rows(session, wanted, before=before, most=FILE_STEP)
            written = "".join(_written(row, form) for row in rows)
        yield written.encode()
        if len(rows) < FILE_STEP:
            return
        before = rows[-1].seq


def _written(row: LedgerRow, form: Form) -> str:
    told = lines.raw(row)
    if form is Form.JSON_LINES:
        return json.dumps(told, ensure_ascii=False) + "\n"
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow(
        [row.detail if name == "detail" else told[name] for name in COLUMNS]
    )
    return line.getvalue()


def _by_day(found: list[lines.Line]) -> list[tuple[lines.Line, list[lines.Line]]]:
    """The lines of each day, with the first of them to name it by."""
    days: list[tuple[lines.Line, list[lines.Line]]] = []
    for one in found:
        if not days or days[-1][0].row.at.date() != one.row.at.date():
            days.append((one, []))
        days[-1][1].append(one)
    return days


def _about(session: Session, visitor: Visitor, asked: Asked) -> Text | None:
    """The section whose story is asked for, by its title for who may see drafts."""
    if not asked.slug or not visitor.actor.may(Permission.READ_DRAFTS):
        return None
    reference = f"{asked.slug}/{asked.locale}"
    return texts_of(session, [reference]).get(reference)


def _page(request: Request, visitor: Visitor, hub: Hub, asked: Asked, **values: object) -> Response:
    nothing: dict[str, object] = {
        "days": [],
        "older": None,
        "is_first": True,
        "about": None,
        "told": "",
    }
    settings = {"status": 200, "is_unreadable": False} | nothing | values
    return show(
        request,
        "ledger.html",
        visitor=visitor,
        asked=asked,
        families=events.FAMILIES,
        tags=hub.settings.locale_tags,
        role_names=NAMES,
        file_rows_max=FILE_ROWS_MAX,
        path=LIST,
        **settings,  # type: ignore[arg-type]
    )
