"""Stored answers: looked up by path, checked for their time, sent as the bytes they are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import Session, col, func, select

from api.decide import Answer, decide
from api.delivery import entry
from api.dependencies import Hub
from content import clock
from content.database import reading, writing
from content.publication import caching, coding, generation, links, representation
from content.publication.answer import JSON_TYPE, as_json, etag
from content.publication.generation import Standing
from content.publication.problem import MEDIA_TYPE as PROBLEM_TYPE
from content.publication.representation import Representation
from content.records.version import State, Version
from content.translation import locale as locales

#: Of a request, what decides between the forms of one answer.
DECIDING = (b"accept-encoding", b"if-none-match")


@dataclass(frozen=True)
class Stored:
    """A stored answer with its codings, and how things stood when both were read. Frozen."""

    row: Representation
    codings: Mapping[str, bytes]
    standing: Standing


class WholeResponse(Response):
    """An answer that is complete: the framework adds nothing to it."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.body = answer.body
        self.raw_headers = list(answer.headers)
        self.background = None


def read(hub: Hub, path: str) -> Stored | None:
    """The stored answer of a path, as true as the clock: what is due is carried out first."""
    with reading(hub.engine) as session:
        found = _find(session, path)
        if not _is_over(found) and not _effective_waiting(session):
            return found
    hub.catch_up()
    with reading(hub.engine) as session:
        found = _find(session, path)
    if found is None or not _is_over(found):
        return found
    # Its time was reckoned under a policy that no longer holds.
    with writing(hub.engine) as session:
        representation.refresh(session, {found.row.section}, hub.policy(session))
        return _find(session, path)


def read_form(hub: Hub, path: str, form: str) -> Stored | None:
    """The text of a path in another form; `""` is JSON.

    A program that knew nothing of forms may have made the answers, before an upgrade or beside this
    one: then they are made now.
    """
    if not form:
        return read(hub, path)
    address = links.form_path(path, form)
    found = read(hub, address)
    if found is not None or (known := read(hub, path)) is None:
        return found
    with writing(hub.engine) as session:
        representation.refresh(session, {known.row.section}, hub.policy(session))
        return _find(session, address)


def _find(session: Session, path: str) -> Stored | None:
    row = session.get(Representation, path)
    if row is None:
        return None
    return Stored(row, coding.of(session, row.etag, row.body), generation.standing(session))


def _is_over(found: Stored | None) -> bool:
    """Its time is over; or its bytes are not those that were stored, so they are made anew."""
    if found is None:
        return False
    if etag(found.row.body) != found.row.etag:
        return True
    return found.row.due_at is not None and found.row.due_at <= clock.now()


def _effective_waiting(session: Session) -> bool:
    """A cheap look: whether an approved text may have come to its hour."""
    waiting = select(func.count()).where(
        col(Version.state) == State.APPROVED, col(Version.effective_at) <= clock.now()
    )
    return session.exec(waiting).one() > 0


def answer(request: Request, hub: Hub, found: Stored, requested_locale: str = "") -> Response:
    """Send it, and keep it at hand.

    An answer in another locale than was asked for says so, and in JSON in its body.
    """
    row, seq = found.row, found.standing.seq
    told = json.loads(row.headers)
    is_json = told["Content-Type"] in (JSON_TYPE, PROBLEM_TYPE)
    if is_json and requested_locale and requested_locale != row.locale:
        body = as_json(json.loads(row.body) | {"requested_locale": requested_locale})
        del told["Unencoded-Digest"]
        made = entry.build(row.status, told, body, etag(body), {}, seq)
    else:
        made = entry.of(row, found.codings, seq)
        if row.status < caching.NOT_NOW:
            hub.table.admit(row.path, made, found.standing, row.due_at)
    asked = [(name, value) for name, value in request.scope["headers"] if name in DECIDING]
    decided = decide({b"": made}, "GET", b"", asked)
    assert decided is not None  # noqa: S101 (it is the one in the table)
    return WholeResponse(decided)


def look_up(hub: Hub, prefix: str, tag: str, fallback: str, form: str = "") -> Stored | None:
    """The answer in this locale, its parents, or the fallback that the client asked for.

    A withdrawn text is no reason to look further: its tombstone is the answer.
    """
    for start in (tag, fallback):
        step: str | None = start or None
        while step is not None:
            found = read_form(hub, f"{prefix}/{step}", form)
            if found is not None:
                return found
            step = locales.parent(step)
    return None
