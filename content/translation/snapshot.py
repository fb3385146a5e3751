"""Snapshots: what a catalogue that went out held, so that what comes back can be compared with it.

A snapshot is named by its own bytes: the same state of a page in a locale has the same name, on
every machine and however often it is exported.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import rfc8785
from sqlmodel import Field, Session, SQLModel

from content import clock
from content.translation.merge import Rendering

#: Hexadecimal digits of a text's digest within a snapshot: 64 bits.
DIGEST_LENGTH = 16
#: Digests of sources kept at hand: each locale asks for the same, going out and coming back.
SOURCES_MAX = 32_768
#: The header of a catalogue that names its snapshot.
HEADER = "X-Hub-Snapshot"


class Snapshot(SQLModel, table=True):
    """What went out for one page in one locale. Never changed and never deleted."""

    __tablename__ = "snapshot"

    sha256: str = Field(primary_key=True)
    page: str
    locale: str
    #: Canonical JSON: unit to [digest of the source, digest of the target, fuzzy].
    body: bytes
    at: datetime


class Exported(NamedTuple):
    """What a catalogue held for one unit, by digest."""

    source: str
    target: str
    fuzzy: bool

    def has_source(self, words: str) -> bool:
        return self.source == _of_source(words)

    def has_target(self, words: str) -> bool:
        # What went out blank, as most of a new language did, needs no digest to be told from words.
        return bool(self.target) == bool(words) and self.target == digest(words)


def digest(words: str) -> str:
    """The name of a text within a snapshot; empty for an empty one."""
    return sha256(words.encode()).hexdigest()[:DIGEST_LENGTH] if words else ""


_of_source = lru_cache(SOURCES_MAX)(digest)


def body_of(page: str, locale: str, renderings: Iterable[Rendering]) -> bytes:
    """The bytes of a snapshot. A unit that several sections share counts as it is met first."""
    units: dict[str, list[str | bool]] = {}
    for one in renderings:
        told: list[str | bool] = [_of_source(one.message.text), digest(one.target), one.fuzzy]
        units.setdefault(one.message.unit, told)
    return rfc8785.dumps({"page": page, "locale": locale, "units": units})


def name_of(body: bytes) -> str:
    """Lowercase hex SHA-256."""
    return sha256(body).hexdigest()


def keep(session: Session, page: str, locale: str, body: bytes) -> str:
    """Remember a catalogue that goes out; returns its name."""
    name = name_of(body)
    if session.get(Snapshot, name) is None:
        session.add(Snapshot(sha256=name, page=page, locale=locale, body=body, at=clock.now()))
        session.flush()
    return name


def is_kept(session: Session, body: bytes) -> bool:
    """Whether a catalogue of this state went out before."""
    return session.get(Snapshot, name_of(body)) is not None


def find(session: Session, name: str, page: str, locale: str) -> Mapping[str, Exported] | None:
    """Unit to what went out; None where no catalogue of this page and locale has that name."""
    kept = session.get(Snapshot, name)
    if kept is None or (kept.page, kept.locale) != (page, locale):
        return None
    units = json.loads(kept.body)["units"]
    return {unit: Exported._make(told) for unit, told in units.items()}
