"""The hub as a member site sees it: answers, tombstones, and the feed of what happened."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from content.database import writing
from content.ledger import LedgerRow
from content.people import person
from content.publication import due, release
from content.publication.release import Release
from content.publication.representation import Representation, differing
from content.records import version as versions
from content.records.version import Version
from content.review import submission
from content.sign_off import signing
from content.sign_off import statement as statements
from tests.world import World

#: When the tests happen: the day after the sample page was reviewed last, a Monday.
TODAY = "2026-11-23T09:00:00Z"


@dataclass(frozen=True)
class Answer:
    """What one address gives: 200 with a text, 410 with a tombstone, 404 with nothing."""

    status: int
    body: Any = None
    headers: Any = None
    etag: str = ""
    due_at: datetime | None = None


def ask(world: World, path: str) -> Answer:
    with world.reading() as session:
        row = session.get(Representation, path)
        if row is None:
            return Answer(404)
        return Answer(
            row.status, json.loads(row.body), json.loads(row.headers), row.etag, row.due_at
        )


def read(world: World, section: str, locale: str = "en") -> Any:
    """The text of a section, which is in force."""
    answer = ask(world, f"/v1/sections/{section}/{locale}")
    assert answer.status == 200, (section, locale, answer)
    return answer.body


def read_page(world: World, locale: str = "en", root: str = "treatment") -> Any:
    """A whole page, which is in force."""
    answer = ask(world, f"/v1/pages/{root}/{locale}")
    assert answer.status == 200, (root, locale, answer)
    return answer.body


def nested(answer: Any) -> list[Any]:
    """The tree of a page's answer: each section's slug with those below it."""
    return [answer["section"], *(nested(below) for below in answer["sections"])]


def feed(world: World, after: int = 0, *, locale: str = "", page: str = "") -> list[Release]:
    with world.reading() as session:
        return release.after(session, after, locale=locale, page=page)[0]


def told(events: list[Release]) -> list[tuple[str, str | None, str | None, int]]:
    """(type, section, locale, version) of each event."""
    return [(one.type, one.section, one.locale, one.version) for one in events]


def latest(world: World) -> int:
    with world.reading() as session:
        return release.newest_seq(session)


def time_passes(world: World) -> set[str]:
    """Any process does what has become due; the sections it touched."""
    with writing(world.engine) as session:
        return due.carry_out(session, world.policy)


def is_due(world: World) -> bool:
    with world.reading() as session:
        found = due.anything_due(session, world.policy)
        assert due.may_be_due(session, lambda _: world.policy) or not found
        return found


def wrong_answers(world: World) -> list[str]:
    """Addresses whose stored answer is not what the records give."""
    with world.reading() as session:
        return differing(session, world.policy)


# What an editor and the hub do beside the way of a text in tests/world.py


def schedule(world: World, section: str, at: datetime | None, locale: str = "en") -> None:
    """The editor says when the open version comes into force."""
    with world.acting("editor") as (session, editor):
        version = versions.opened(session, section, locale)
        assert version is not None
        submission.schedule(session, editor, version, at)


def opened(world: World, section: str, locale: str = "en") -> Version:
    with world.reading() as session:
        version = versions.opened(session, section, locale)
        assert version is not None, f"{section}/{locale} has no open version"
        return version


def waiting_statement(world: World, section: str, locale: str = "fr") -> str:
    """The statement that lists the open version of a section."""
    with world.reading() as session:
        found = statements.newest_for(session, opened(world, section, locale).key)
        assert found is not None
        return found.sha256


def object_to(world: World, section: str, by: str, locale: str = "en", reason: str = "No.") -> None:
    with world.acting(by) as (session, actor):
        version = versions.opened(session, section, locale)
        assert version is not None
        signing.object_to(session, actor, version, reason)


def events(world: World, name: str) -> int:
    """How often the ledger tells of it."""
    with world.reading() as session:
        return len(session.exec(select(LedgerRow).where(col(LedgerRow.event) == name)).all())


def give_role(world: World, person_id: str, role: str) -> None:
    with writing(world.engine) as session:
        person.grant(session, person_id, role, by="operator")
