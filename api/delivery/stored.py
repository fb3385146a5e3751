"""Stored answers: looked up by path, checked for their time, sent as the bytes they are."""

import json

from fastapi import Request, Response
from sqlmodel import Session, col, func, select

from api.conditional import respond
from api.dependencies import Hub
from content import clock
from content.database import reading, writing
from content.publication import caching, links, representation
from content.publication.answer import JSON_TYPE, as_json, etag
from content.publication.problem import MEDIA_TYPE as PROBLEM_TYPE
from content.publication.representation import Representation
from content.records.version import State, Version
from content.translation import locale as locales


def read(hub: Hub, path: str) -> Representation | None:
    """The stored answer of a path, as true as the clock: what is due is carried out first."""
    with reading(hub.engine) as session:
        found = session.get(Representation, path)
        if not _is_over(found) and not _effective_waiting(session):
            return found
    hub.catch_up()
    with reading(hub.engine) as session:
        found = session.get(Representation, path)
    if found is None or not _is_over(found):
        return found
    # Its time was reckoned under a policy that no longer holds.
    with writing(hub.engine) as session:
        representation.refresh(session, {found.section}, hub.policy(session))
        return session.get(Representation, path)


def read_form(hub: Hub, path: str, form: str) -> Representation | None:
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
        representation.refresh(session, {known.section}, hub.policy(session))
        return session.get(Representation, address)


def _is_over(found: Representation | None) -> bool:
    """Its time is over; or its bytes are not those that were stored, so they are made anew."""
    if found is None:
        return False
    if etag(found.body) != found.etag:
        return True
    return found.due_at is not None and found.due_at <= clock.now()


def _effective_waiting(session: Session) -> bool:
    """A cheap look: whether an approved text may have come to its hour."""
    waiting = select(func.count()).where(
        col(Version.state) == State.APPROVED, col(Version.effective_at) <= clock.now()
    )
    return session.exec(waiting).one() > 0


def answer(request: Request, found: Representation, requested_locale: str = "") -> Response:
    """Send it. An answer in another locale than was asked for says so, and in JSON in its body."""
    headers = json.loads(found.headers)
    body, tag = found.body, found.etag
    is_json = headers["Content-Type"] in (JSON_TYPE, PROBLEM_TYPE)
    if is_json and requested_locale and requested_locale != found.locale:
        body = as_json(json.loads(body) | {"requested_locale": requested_locale})
        headers.pop("Unencoded-Digest", None)
        tag = ""
    return respond(
        request,
        body,
        tag=tag or None,
        status=found.status,
        cache=caching.of_stored(found.status),
        headers=headers,
    )


def look_up(
    hub: Hub, prefix: str, tag: str, fallback: str, form: str = ""
) -> Representation | None:
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
