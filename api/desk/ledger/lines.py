"""Rows of the ledger as lines that can be read: names in the place of ids, texts by their titles.

The ledger holds ids; names come from `person` and `member` as they are now, so that who was erased
is nobody's name here either. Titles are for who may see drafts: others read the reference.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from api.desk.ledger import events
from api.desk.titles import Text, texts_of
from content import clock
from content.errors import RoleMalformed
from content.ledger import LedgerRow
from content.people.actor import Actor
from content.people.person import Person
from content.people.role import Grant, Permission, read_grant
from content.syndication.member import Member

#: How the ledger names a text, or a page in one language.
REFERENCE = re.compile(r"[a-z0-9-]+/[A-Za-z0-9-]+(/\d{1,9})?\Z")


@dataclass(frozen=True)
class Line:
    """One row in words. Frozen."""

    row: LedgerRow
    sentence: str
    #: Who did it and to whom; None where it is no person.
    who: Person | None
    whom: Person | None
    text: Text | None
    grant: Grant | None
    #: Its name, or its id where there is no such member.
    member: str
    locale: str
    number: str
    #: Why, as somebody wrote it; empty where nobody did.
    reason: str
    #: As it is stored, for who wants to know.
    raw: dict[str, Any]


def lines(session: Session, rows: Sequence[LedgerRow], reader: Actor) -> list[Line]:
    """These rows in words, in their order. Three questions at most."""
    people = _people(session, rows)
    members = _members(session, rows)
    texts = _texts(session, rows, reader)
    return [_line(row, people, members, texts) for row in rows]


def raw(row: LedgerRow) -> dict[str, Any]:
    """The row as programs read it."""
    return {
        "seq": row.seq,
        "at": clock.stamp(row.at),
        "actor": row.actor,
        "event": row.event,
        "subject": row.subject,
        "detail": _detail(row),
        "previous": row.previous,
        "hash": row.hash,
    }


def _detail(row: LedgerRow) -> dict[str, Any]:
    """What it says more closely; as a text where somebody spoiled it."""
    try:
        detail = json.loads(row.detail)
    except (ValueError, RecursionError):
        detail = None
    return detail if isinstance(detail, dict) else {"unreadable": row.detail}


def _line(
    row: LedgerRow, people: dict[str, Person], members: dict[str, str], texts: dict[str, Text]
) -> Line:
    told = raw(row)
    detail = told["detail"]
    family = events.family(row.event)
    whom = people.get(row.subject) if family in events.OF_PEOPLE else None
    return Line(
        row=row,
        sentence=events.sentence(row.event, detail, to_another=row.actor != row.subject),
        who=people.get(row.actor),
        whom=whom,
        text=texts.get(row.subject) if family in events.OF_TEXTS else None,
        grant=_grant(str(detail.get("role", ""))) if family == "person" else None,
        member=members.get(_member(row), _member(row)),
        locale=row.subject.rpartition("/")[2],
        number=_number(row, detail),
        reason=_reason(row, detail),
        raw=told,
    )


def _number(row: LedgerRow, detail: dict[str, Any]) -> str:
    """Of a statement, a trust file or a recall."""
    if row.event.startswith("trust."):
        return str(detail.get("version", ""))
    return row.subject.removeprefix("statement/").removeprefix("recall-")


def _reason(row: LedgerRow, detail: dict[str, Any]) -> str:
    """What somebody gave as a reason. Of a withdrawal it is a word of ours, and no sentence."""
    if row.event in ("version.objected", "version.abandoned"):
        return str(detail.get("reason", ""))
    return ""


def _grant(role: str) -> Grant | None:
    try:
        return read_grant(role)
    except RoleMalformed:
        return None


def _member(row: LedgerRow) -> str:
    """The id of the member that the row is about; empty where it is about none."""
    family = events.family(row.event)
    if family == "member":
        return row.subject
    if family not in events.OF_MEMBERS:
        return ""
    return str(_detail(row).get("member", ""))


def _people(session: Session, rows: Sequence[LedgerRow]) -> dict[str, Person]:
    ids = {row.actor for row in rows} | {
        row.subject for row in rows if events.family(row.event) in events.OF_PEOPLE
    }
    if not ids:
        return {}
    found = session.exec(select(Person).where(col(Person.id).in_(ids)))
    return {one.id: one for one in found}


def _members(session: Session, rows: Sequence[LedgerRow]) -> dict[str, str]:
    ids = {_member(row) for row in rows} - {""}
    if not ids:
        return {}
    found = session.exec(select(Member.id, Member.name).where(col(Member.id).in_(ids)))
    return {row[0]: row[1] for row in found.all()}


def _texts(session: Session, rows: Sequence[LedgerRow], reader: Actor) -> dict[str, Text]:
    """By reference; for who may not see drafts without their titles."""
    told = {row.subject for row in rows if events.family(row.event) in events.OF_TEXTS}
    wanted = {one for one in told if REFERENCE.match(one)}
    bare = {one: _bare(one) for one in wanted}
    if not reader.may(Permission.READ_DRAFTS):
        return bare
    return bare | texts_of(session, wanted)


def _bare(reference: str) -> Text:
    slug, locale, *number = reference.split("/")
    return Text(slug, slug, locale, int(number[0]) if number else None)
