"""The translation memory: what was approved before, and what was imported.

1. What is approved is a query over versions that were approved and not withdrawn or given up. There
   is no copy, so nothing in a draft and nothing fuzzy can come up.
2. Imported pairs stand apart and come after approved ones.
3. It suggests. Nothing here writes, and nothing that writes translations asks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from content.ledger import LedgerRow
from content.records.section import Section
from content.records.version import State, Version
from content.translation import memory_import
from content.translation.exchange.tmx import Pair
from content.translation.machine import MachineTranslator, suggestion
from content.translation.memory_index import (
    HITS_MAX,
    LIKENESS_MIN,
    Found,
    Index,
    Remembered,
    build,
)
from content.translation.unit import Unit

#: States of a version whose words people signed, and that nobody took back.
APPROVED = frozenset({State.APPROVED, State.IN_FORCE, State.SUPERSEDED})
ORIGIN = "approved"
#: Events after which something else may be remembered.
FEEDING = (
    "version.approved",
    "version.in_force",
    "version.superseded",
    "version.withdrawn",
    "version.objected",
    "version.abandoned",
    "memory.imported",
)
#: Rows fetched at a time.
TOGETHER = 5_000


@dataclass(frozen=True)
class Hit:
    """One suggestion. Frozen."""

    pair: Pair
    #: How like the text asked for its source is, 0 to 100; 0 for what a machine says.
    likeness: float
    #: Key of the version it stands in; None where it stands in none.
    version_key: int | None = None


#: The index of each locale, and the hash of the ledger row up to which it is true.
_indexes: dict[str, tuple[str, Index]] = {}


def look_up(
    session: Session,
    text: str,
    locale: str,
    *,
    source_locale: str,
    least: float = LIKENESS_MIN,
    machine: MachineTranslator | None = None,
) -> list[Hit]:
    """What there is for a text: the same words first, then the likest; a machine's word last."""
    hits = search(index_of(session, locale), text, least)
    guess = suggestion(machine, text, source_locale=source_locale, locale=locale)
    return [*hits, Hit(guess, 0.0)] if guess else hits


def search(index: Index, text: str, least: float) -> list[Hit]:
    """What an index has for a text: the same words first, then the likest."""
    found: list[Found] = [*index.exact(text), *index.alike(text, least)]
    return [
        Hit(one.remembered.pair, one.likeness, one.remembered.version_key)
        for one in found[:HITS_MAX]
    ]


def index_of(session: Session, locale: str) -> Index:
    """The index of a locale, made anew when something that feeds it has happened."""
    head = _head(session)
    kept = _indexes.get(locale)
    if kept is None or kept[0] != head:
        # A row's hash covers all rows before it, so it names one state of one hub.
        kept = _indexes[locale] = (head, build(remembered(session, locale)))
    return kept[1]


def _head(session: Session) -> str:
    last = session.connection().execute(
        select(col(LedgerRow.hash))
        .where(col(LedgerRow.event).in_(FEEDING))
        .order_by(col(LedgerRow.seq).desc())
        .limit(1)
    )
    return str(last.scalar() or "")


def remembered(session: Session, locale: str) -> Iterator[Remembered]:
    """All that is remembered for a locale: approved, the newest version first, then imported."""
    rows = session.connection().execute(
        select(
            col(Unit.source),
            col(Unit.target),
            col(Section.source_locale),
            col(Version.section),
            col(Version.number),
            col(Version.id),
        )
        .join(Version, col(Version.id) == col(Unit.version))
        .join(Section, col(Section.slug) == col(Version.section))
        .where(
            col(Version.locale) == locale,
            col(Version.state).in_(APPROVED),
            col(Unit.fuzzy).is_(False),
            col(Unit.target) != "",
        )
        .order_by(col(Version.id).desc(), col(Unit.place)),
        execution_options={"yield_per": TOGETHER},
    )
    for source, target, source_locale, section, number, key in rows:
        pair = Pair(source, target, source_locale, locale, section, number, origin=ORIGIN)
        yield Remembered(pair, key)
    for pair in memory_import.pairs(session, locale):
        yield Remembered(pair)
