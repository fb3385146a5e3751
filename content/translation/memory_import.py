"""Translations that came from elsewhere, as TMX files: kept apart from what was approved here.

They only ever suggest. Who approved them is what their file says, and nobody here vouches for it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

import rfc8785
from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.people.actor import Actor
from content.people.role import Permission
from content.translation.exchange.tmx import Pair, ReadPair, read_tmx

#: What a file may say of where a pair came from; everything else was imported.
MACHINE = "machine"
IMPORT = "import"
#: Rows written at a time.
TOGETHER = 1_000

Outcome = Literal["added", "unchanged", "refused"]


class MemoryImport(SQLModel, table=True):
    """A text and its translation out of somebody's file. Never changed."""

    __tablename__ = "memory_import"

    #: Of the locales and the two texts: the same pair comes in once.
    digest: str = Field(primary_key=True)
    locale: str = Field(index=True)
    source_locale: str
    source: str
    target: str
    origin: str
    section: str
    version: int | None = None
    #: A JSON list, as the file says.
    approvers: str
    #: Digest of the file.
    file: str
    who: str
    at: datetime


@dataclass(frozen=True)
class TakenPair:
    """What became of one unit of a file, and why where it was refused. Frozen."""

    line: int
    outcome: Outcome
    why: str = ""


def import_tmx(
    session: Session, actor: Actor, locale: str, source_locale: str, source: bytes
) -> list[TakenPair]:
    """Take a file: each unit meets one outcome; one that is refused keeps no other back.

    Raises RoleMissing, ScopeMissing; ExchangeRefused and InputTooLarge, and nothing is taken then.
    """
    actor.must(Permission.EDIT_GLOSSARY, locale)
    read = read_tmx(source, locale, source_locale)
    file = sha256(source).hexdigest()
    known = set(
        session.exec(select(MemoryImport.digest).where(col(MemoryImport.locale) == locale)).all()
    )
    new: list[dict[str, Any]] = []
    report = [_take(one, known, new, file, actor) for one in read]
    for place in range(0, len(new), TOGETHER):
        session.connection().execute(insert(MemoryImport), new[place : place + TOGETHER])
    if new:
        _record(session, actor, locale, file, report)
    return report


def _take(
    read: ReadPair, known: set[str], new: list[dict[str, Any]], file: str, actor: Actor
) -> TakenPair:
    pair = read.pair
    if pair is None:
        return TakenPair(read.line, "refused", read.why)
    digest = digest_of(pair)
    if digest in known:
        return TakenPair(read.line, "unchanged")
    known.add(digest)
    new.append(_row(pair, digest, file, actor))
    return TakenPair(read.line, "added")


def digest_of(pair: Pair) -> str:
    told = [pair.locale, pair.source_locale, pair.source, pair.target]
    return sha256(rfc8785.dumps(told)).hexdigest()


def _row(pair: Pair, digest: str, file: str, actor: Actor) -> dict[str, Any]:
    return {
        "digest": digest,
        "locale": pair.locale,
        "source_locale": pair.source_locale,
        "source": pair.source,
        "target": pair.target,
        "origin": MACHINE if pair.origin == MACHINE else IMPORT,
        "section": pair.section,
        "version": pair.version,
        "approvers": json.dumps(pair.approvers, ensure_ascii=False),
        "file": file,
        "who": actor.id,
        "at": clock.now(),
    }


def _record(
    session: Session, actor: Actor, locale: str, file: str, report: Sequence[TakenPair]
) -> None:
    counts = {
        outcome: sum(taken.outcome == outcome for taken in report)
        for outcome in ("added", "unchanged", "refused")
    }
    ledger.append(
        session,
        actor=actor.id,
        event="memory.imported",
        subject=f"memory/{locale}",
        detail={"file": file, **counts},
    )


def pairs(session: Session, locale: str) -> list[Pair]:
    """What was imported for a locale, the oldest first."""
    found = session.exec(
        select(MemoryImport)
        .where(col(MemoryImport.locale) == locale)
        .order_by(col(MemoryImport.at), col(MemoryImport.digest))
    ).all()
    return [
        Pair(
            row.source,
            row.target,
            row.source_locale,
            row.locale,
            row.section,
            row.version,
            tuple(json.loads(row.approvers)),
            row.origin,
        )
        for row in found
    ]
