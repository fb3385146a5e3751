"""Remarks: what people at work say to each other about one unit of a text, in threads.

A thread is a first remark and its answers. It belongs to a unit of a section in a locale, so that
it stays when the number goes up; each remark names the version and the document at which it was
made. A thread holds nothing up: requirements and states know nothing of it.
"""

import re
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import DiscussionFull, RemarkRefused, ThreadNotFound, ThreadResolved
from content.people.actor import Actor
from content.records.access import must_discuss
from content.records.version import Version
from content.review import resolution, wording
from content.review.resolution import is_resolved, last_turn, take_turn

#: Characters in a remark.
TEXT_MAX = 5_000
#: Open threads of one text, and threads of one text in all.
OPEN_MAX = 500
THREADS_MAX = 10_000
#: Answers in one thread.
ANSWERS_MAX = 100
#: C0 but for tab and line feed, delete and C1. PostgreSQL does not take the first of them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Remark(SQLModel, table=True):
    """What one person said about one unit of a text. Never changed and never deleted: a slip is
    answered.
    """

    __tablename__ = "remark"
    __table_args__ = (
        ForeignKeyConstraint(
            ["section", "locale", "version"],
            ["version.section", "version.locale", "version.number"],
            name="fk_remark_version",
        ),
        Index(None, "section", "locale"),
    )

    id: int | None = Field(default=None, primary_key=True)
    section: str
    locale: str
    unit: str
    #: The first remark of the thread; None for the first one itself.
    thread: int | None = Field(default=None, foreign_key="remark.id", index=True)
    #: The number of the version at which it was made.
    version: int
    #: Its document; None for a translation that was not complete.
    document: str | None = Field(default=None, foreign_key="document.sha256")
    #: Digest of the unit's words, to tell whether they have changed since.
    words: str
    person: str = Field(foreign_key="person.id")
    text: str
    at: datetime

    @property
    def key(self) -> int:
        """The number of a remark that is stored."""
        assert self.id is not None  # noqa: S101 (every stored row has one)
        return self.id

    @property
    def first(self) -> int:
        """The number of the thread that it stands in."""
        return self.thread or self.key


def make(session: Session, actor: Actor, version: Version, unit: str, text: str) -> Remark:
    """Begin a thread on a unit of the version.

    Raises RoleMissing, ScopeMissing, RemarkRefused, UnitNotFound, DiscussionFull.
    """
    must_discuss(actor, version)
    said = _said(text)
    words = wording.find(session, version, unit)
    _require_room(session, version)
    return _write(session, actor, version, words, said)


def answer(session: Session, actor: Actor, version: Version, thread: int, text: str) -> Remark:
    """Answer in a thread of the version's text, at this version.

    Raises RoleMissing, ScopeMissing, RemarkRefused, ThreadNotFound, ThreadResolved, DiscussionFull.
    """
    must_discuss(actor, version)
    said = _said(text)
    first = find(session, version, thread)
    if is_resolved(last_turn(session, first.key)):
        raise ThreadResolved(thread=first.key)
    answers = select(func.count()).where(col(Remark.thread) == first.key)
    if session.exec(answers).one() >= ANSWERS_MAX:
        raise DiscussionFull(
            f"A thread has at most {ANSWERS_MAX} answers; resolve it and begin another."
        )
    words = wording.units(session, version).get(first.unit) or wording.gone(first.unit)
    return _write(session, actor, version, words, said, first.key)


def resolve(session: Session, actor: Actor, version: Version, thread: int) -> None:
    """Say that a thread is done with. Saying it twice changes nothing.

    Raises RoleMissing, ScopeMissing, ThreadNotFound.
    """
    _turn(session, actor, version, thread, to="resolved")


def reopen(session: Session, actor: Actor, version: Version, thread: int) -> None:
    """Say that it is not, after all. Of a thread that is open it changes nothing.

    Raises RoleMissing, ScopeMissing, ThreadNotFound, DiscussionFull.
    """
    _turn(session, actor, version, thread, to="reopened")


def find(session: Session, version: Version, thread: int) -> Remark:
    """The first remark of a thread of this version's text. Raises ThreadNotFound."""
    first = session.get(Remark, thread)
    here = (version.section, version.locale, None)
    if first is None or (first.section, first.locale, first.thread) != here:
        raise ThreadNotFound(thread=thread)
    return first


def text_of(version: Version) -> str:
    """How the ledger names a text whose number does not matter: `ahsct-evidence/fr`.

    Not by its version: whoever decides about that names the last that the ledger says of it.
    """
    return f"{version.section}/{version.locale}"


def _turn(session: Session, actor: Actor, version: Version, thread: int, *, to: str) -> None:
    must_discuss(actor, version)
    first = find(session, version, thread)
    last = last_turn(session, first.key)
    if is_resolved(last) is (to == "resolved"):
        return
    if to == "reopened":
        _require_room(session, version)
    take_turn(session, first.key, last + 1, actor.id)
    ledger.append(
        session,
        actor=actor.id,
        event="remark.resolved" if to == "resolved" else "remark.reopened",
        subject=text_of(version),
        detail={"thread": first.key, "unit": first.unit},
    )


def _require_room(session: Session, version: Version) -> None:
    """Whether there may be one more open thread."""
    turn = resolution.turn_of(col(Remark.id))
    turns = session.exec(
        select(turn).where(
            col(Remark.section) == version.section,
            col(Remark.locale) == version.locale,
            col(Remark.thread).is_(None),
        )
    ).all()
    if sum(not is_resolved(one) for one in turns) >= OPEN_MAX:
        raise DiscussionFull(f"A text has at most {OPEN_MAX} open threads; resolve some first.")
    if len(turns) >= THREADS_MAX:
        raise DiscussionFull(f"A text has at most {THREADS_MAX:,} threads; go on in one of them.")


def _said(text: str) -> str:
    """As it is stored. Browsers end lines as mail does. Raises RemarkRefused."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not said or len(said) > TEXT_MAX or CONTROL.search(said):
        raise RemarkRefused(
            f"A remark has 1 to {TEXT_MAX:,} characters, and no control characters.",
            characters=len(said),
        )
    return said


def _write(
    session: Session,
    actor: Actor,
    version: Version,
    words: wording.Wording,
    text: str,
    thread: int | None = None,
) -> Remark:
    made = Remark(
        section=version.section,
        locale=version.locale,
        unit=words.unit,
        thread=thread,
        version=version.number,
        document=version.document,
        words=words.digest,
        person=actor.id,
        text=text,
        at=clock.now(),
    )
    session.add(made)
    session.flush()
    ledger.append(
        session,
        actor=actor.id,
        event="remark.made",
        subject=text_of(version),
        detail={
            "remark": made.key,
            "thread": made.first,
            "unit": made.unit,
            "version": made.version,
            "document": made.document,
            # A person can write anything, and the ledger cannot forget.
            "text": sha256(text.encode()).hexdigest(),
        },
    )
    return made
