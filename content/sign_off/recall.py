"""The translation memory with who signed what it remembers, as people and files are shown it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from content.sign_off.block import Meaning
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry, StatementState
from content.translation import memory
from content.translation.exchange.tmx import Pair, write_tmx
from content.translation.machine import MachineTranslator
from content.translation.memory import Hit
from content.translation.memory_index import LIKENESS_MIN

#: Versions asked about at a time.
TOGETHER = 500


def search(
    session: Session,
    text: str,
    locale: str,
    *,
    source_locale: str,
    least: float = LIKENESS_MIN,
    machine: MachineTranslator | None = None,
) -> list[Hit]:
    """`memory.look_up`, each approved hit with the ids of those who signed it."""
    hits = memory.look_up(
        session, text, locale, source_locale=source_locale, least=least, machine=machine
    )
    signed = signers(session, {hit.version_key for hit in hits if hit.version_key is not None})
    return [replace(hit, pair=_signed(hit.pair, hit.version_key, signed)) for hit in hits]


def search_all(
    session: Session, texts: Collection[str], locale: str, *, least: float = LIKENESS_MIN
) -> dict[str, list[Hit]]:
    """The same for many texts, asked of the memory and of the statements once; no machine."""
    if not texts:
        return {}
    index = memory.index_of(session, locale)
    found = {text: memory.search(index, text, least) for text in dict.fromkeys(texts)}
    keys = {hit.version_key for hits in found.values() for hit in hits if hit.version_key}
    signed = signers(session, keys)
    return {
        text: [replace(hit, pair=_signed(hit.pair, hit.version_key, signed)) for hit in hits]
        for text, hits in found.items()
    }


def export(session: Session, locale: str) -> bytes:
    """All that is remembered for a locale, as TMX. The same memory gives the same bytes."""
    index = memory.index_of(session, locale)
    kept = [one for words in index.by_words.values() for one in words]
    signed = signers(session, {one.version_key for one in kept if one.version_key is not None})
    pairs = [_signed(one.pair, one.version_key, signed) for one in kept]
    ordered = sorted(pairs, key=lambda pair: (pair.section, pair.version or 0, pair.source))
    return write_tmx(ordered, locale)


def signers(session: Session, keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Who approved each version by a statement that was signed off, in the order of their ids."""
    found: dict[int, set[str]] = defaultdict(set)
    ordered = sorted(keys)
    for place in range(0, len(ordered), TOGETHER):
        for key, person in _signatures(session, ordered[place : place + TOGETHER]):
            found[key].add(person)
    return {key: tuple(sorted(people)) for key, people in found.items()}


def _signatures(session: Session, keys: Sequence[int]) -> Sequence[tuple[int, str]]:
    return session.exec(
        select(StatementEntry.version, Signature.person)
        .join(Statement, col(Statement.sha256) == col(StatementEntry.statement))
        .join(Signature, col(Signature.statement) == col(Statement.sha256))
        .where(
            col(StatementEntry.version).in_(keys),
            col(Statement.state) == StatementState.SIGNED_OFF,
            col(Signature.meaning) == Meaning.APPROVAL,
        )
    ).all()


def _signed(pair: Pair, key: int | None, signed: dict[int, tuple[str, ...]]) -> Pair:
    return pair if key is None else replace(pair, approvers=signed.get(key, ()))
