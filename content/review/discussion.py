"""The discussion of a text: its threads, and which are open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from content.errors import VersionNotFound
from content.people.actor import Actor
from content.people.person import Person
from content.people.role import Permission
from content.records import version as versions
from content.records.access import may_discuss, must_read
from content.records.participation import Part, Participation
from content.records.version import State, Version
from content.review import resolution
from content.review.remark import Remark, text_of
from content.review.resolution import is_resolved, last_of


@dataclass(frozen=True)
class Entry:
    """One thread in the list of all of them. Frozen."""

    thread: int
    unit: str
    is_resolved: bool


@dataclass(frozen=True)
class Said:
    """One remark and who made it, as they are called now. Frozen."""

    remark: Remark
    name: str
    organisation: str


@dataclass(frozen=True)
class Turn:
    """Who resolved a thread or opened it again last, and when. Frozen."""

    is_resolved: bool
    person: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Thread:
    """A first remark and its answers. Frozen."""

    remarks: tuple[Said, ...]
    #: None where nobody ever resolved it.
    turn: Turn | None

    @property
    def key(self) -> int:
        return self.remarks[0].remark.key

    @property
    def unit(self) -> str:
        return self.remarks[0].remark.unit

    @property
    def is_resolved(self) -> bool:
        return self.turn is not None and self.turn.is_resolved


def text(session: Session, actor: Actor, section: str, locale: str) -> Version:
    """The version at which a text is talked about now: its newest, one that was given up only
    where there is no other. Raises RoleMissing, ScopeMissing, VersionNotFound.
    """
    if not actor.may_somewhere(Permission.READ_DRAFTS):
        actor.must(Permission.READ_DRAFTS, locale)
    found = versions.newest(session, section, locale) or versions.newest(
        session, section, locale, frozenset({State.ABANDONED})
    )
    if found is None:
        raise VersionNotFound(section=section, locale=locale)
    must_read(actor, found)
    return found


def entries(session: Session, version: Version) -> list[Entry]:
    """Every thread of the version's text, in the order in which they were begun."""
    rows = session.exec(
        select(Remark.id, Remark.unit, resolution.turn_of(col(Remark.id)))
        .where(
            col(Remark.section) == version.section,
            col(Remark.locale) == version.locale,
            col(Remark.thread).is_(None),
        )
        .order_by(col(Remark.id))
    )
    return [Entry(key, unit, is_resolved(turn)) for key, unit, turn in rows if key is not None]


def load(session: Session, threads: Collection[int]) -> list[Thread]:
    """These threads with all that was said in them, in the order in which they were begun."""
    if not threads:
        return []
    rows = session.exec(
        select(Remark, Person.name, Person.organisation)
        .join(Person, col(Person.id) == col(Remark.person))
        .where(or_(col(Remark.id).in_(threads), col(Remark.thread).in_(threads)))
        .order_by(col(Remark.id))
    ).all()
    said: dict[int, list[Said]] = {}
    for remark, name, organisation in rows:
        said.setdefault(remark.first, []).append(Said(remark, name, organisation))
    turns = {key: _turn(*told) for key, told in last_of(session, threads).items()}
    return [Thread(tuple(remarks), turns.get(key)) for key, remarks in said.items()]


def _turn(last: resolution.Resolution, name: str) -> Turn:
    return Turn(is_resolved(last.turn), last.person, name, last.at)


def unanswered(session: Session, actor: Actor) -> list[str]:
    """Texts, as the ledger names them, with an open thread in which others had the last word: of
    those that this person wrote at, and in threads in which they spoke.
    """
    first, said, version = aliased(Remark), aliased(Remark), aliased(Version)
    is_in_it = or_(col(said.id) == col(first.id), col(said.thread) == col(first.id))
    last = (
        select(said.person).where(is_in_it).order_by(col(said.id).desc()).limit(1).scalar_subquery()
    )
    spoke = exists().where(is_in_it, col(said.person) == actor.id)
    wrote = exists().where(
        col(Participation.version) == col(version.id),
        col(Participation.person) == actor.id,
        col(Participation.part) == Part.WRITER.value,
        col(version.section) == col(first.section),
        col(version.locale) == col(first.locale),
    )
    at = and_(
        col(Version.section) == col(first.section),
        col(Version.locale) == col(first.locale),
        col(Version.number) == col(first.version),
    )
    rows = session.exec(
        select(Version)
        .join(first, at)
        .where(
            col(first.thread).is_(None),
            resolution.turn_of(col(first.id)) % 2 == 0,
            or_(spoke, wrote),
            last != actor.id,
        )
        .distinct()
    )
    return sorted({text_of(one) for one in rows if may_discuss(actor, one)})
