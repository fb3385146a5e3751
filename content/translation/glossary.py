"""The glossary: how terms are said in a language, and how they are not.

An import adds and changes; it never takes a term away. What stood before a change is in the answer
and in the ledger. A term that is no longer asked for is `retired`, not deleted.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.people.actor import Actor
from content.people.role import Permission
from content.transaction import known
from content.translation import locale as locales
from content.translation.exchange.glossary_csv import read_csv, write_csv
from content.translation.exchange.tbx import read_tbx, write_tbx
from content.translation.exchange.term import BETWEEN, ReadTerm, Status, Term
from content.translation.inherited_terms import inherited

#: The language of source terms where nobody says another.
SOURCE_LOCALE = "en"
#: Under what name a transaction knows the terms it has asked for.
KNOWN = "agreed terms"

Outcome = Literal["added", "updated", "unchanged", "refused"]
Form = Literal["csv", "tbx"]


class GlossaryTerm(SQLModel, table=True):
    """How one source term is said in one language. Changes by import; the ledger has what was."""

    __tablename__ = "glossary_term"

    locale: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    #: JSON lists.
    preferred: str
    forbidden: str
    note: str
    status: str
    who: str
    at: datetime

    @property
    def term(self) -> Term:
        return Term(
            self.source,
            tuple(json.loads(self.preferred)),
            tuple(json.loads(self.forbidden)),
            self.note,
            Status(self.status),
        )


@dataclass(frozen=True)
class TakenTerm:
    """What became of one row of a file, and why, or what stood there before. Frozen."""

    line: int
    source: str
    outcome: Outcome
    why: str = ""


def rows(session: Session, locale: str) -> list[GlossaryTerm]:
    """A locale's glossary in the order of its source terms, whatever the database sorts by."""
    found = session.exec(select(GlossaryTerm).where(col(GlossaryTerm.locale) == locale)).all()
    return sorted(found, key=_in_order)


def _in_order(row: GlossaryTerm) -> tuple[str, str]:
    return row.source.casefold(), row.source


def terms(session: Session, locale: str) -> list[Term]:
    return [row.term for row in rows(session, locale)]


def agreed(session: Session, locale: str, follows: str) -> tuple[Term, ...]:
    """Those that translations are checked against; asked for once in a transaction.

    `follows` is the locale of the text that is translated. A regional variant of it is held to its
    terms too, where the base text uses them; what the variant says of the same source term wins.
    """
    return agreed_in(session, {(locale, follows)})[locale, follows]


def agreed_in(
    session: Session, pairs: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[Term, ...]]:
    """The same for many pairs of a locale and the one that it follows, in one question."""
    held: dict[tuple[str, str, str], tuple[Term, ...]] = known(session)
    asked = [pair for pair in pairs if (KNOWN, *pair) not in held]
    if asked:
        told = _told_in(session, {tag for pair in asked for tag in _heard(*pair)})
        for locale, follows in asked:
            listed = _asked_of(told, locale, follows)
            found = tuple(term for term in listed if term.status is Status.AGREED)
            held[KNOWN, locale, follows] = found
    return {pair: held[KNOWN, *pair] for pair in pairs}


def _heard(locale: str, follows: str) -> tuple[str, ...]:
    """Locales whose terms say something about a text in this one."""
    if not locales.is_variant(locale, follows):
        return (locale,)
    return (locale, *locales.ancestors(locale), *locales.ancestors(follows))


def _told_in(session: Session, tags: Collection[str]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {tag: [] for tag in tags}
    listed = session.exec(select(GlossaryTerm).where(col(GlossaryTerm.locale).in_(tags))).all()
    for row in sorted(listed, key=_in_order):
        found[row.locale].append(row.term)
    return found


def _asked_of(told: Mapping[str, list[Term]], locale: str, follows: str) -> list[Term]:
    if locales.is_variant(locale, follows):
        return inherited(_said_in(told, locale), _said_in(told, follows))
    return told[locale]


def _said_in(told: Mapping[str, list[Term]], locale: str) -> dict[str, Term]:
    """Source term to what is said of it in a locale, or else in the nearest one that it is of."""
    above = reversed(tuple(locales.ancestors(locale)))
    return {
        term.source: term
        for tag in (*above, locale)
        for term in told[tag]
        if term.status is not Status.PROPOSED
    }


def export(
    session: Session, locale: str, form: Form, *, source_locale: str = SOURCE_LOCALE
) -> bytes:
    """The glossary as a file. The same glossary gives the same bytes."""
    if form == "csv":
        return write_csv(terms(session, locale), locale)
    return write_tbx(terms(session, locale), locale, source_locale)


def import_file(
    session: Session,
    actor: Actor,
    locale: str,
    source: bytes,
    form: Form,
    *,
    source_locale: str = SOURCE_LOCALE,
) -> list[TakenTerm]:
    """Take a file: each row meets one outcome; a row that is refused keeps no other back.

    Raises RoleMissing, ScopeMissing; ExchangeRefused and InputTooLarge, and nothing is taken then.
    """
    actor.must(Permission.EDIT_GLOSSARY, locale)
    read = read_csv(source, locale) if form == "csv" else read_tbx(source, locale, source_locale)
    standing = {row.source: row for row in rows(session, locale)}
    seen: dict[str, int] = {}
    report = [_take(session, actor, locale, one, standing, seen) for one in read]
    session.flush()
    _forget(session)
    if any(taken.outcome in ("added", "updated") for taken in report):
        _record_import(session, actor, locale, source, report)
    return report


def _forget(session: Session) -> None:
    held = known(session)
    for name in [name for name in held if name[0] == KNOWN]:
        del held[name]


def _take(
    session: Session,
    actor: Actor,
    locale: str,
    read: ReadTerm,
    standing: dict[str, GlossaryTerm],
    seen: dict[str, int],
) -> TakenTerm:
    term = read.term
    if term is None:
        return TakenTerm(read.line, read.source, "refused", read.why)
    first = seen.setdefault(term.source, read.line)
    if first != read.line:
        return TakenTerm(read.line, term.source, "refused", f"It stands on line {first} already.")
    row = standing.get(term.source)
    if row is None:
        session.add(GlossaryTerm(locale=locale, source=term.source, **_columns(term, actor)))
        return TakenTerm(read.line, term.source, "added")
    before = row.term
    if before == term:
        return TakenTerm(read.line, term.source, "unchanged")
    row.sqlmodel_update(_columns(term, actor))
    _record_change(session, actor, locale, before, term)
    return TakenTerm(read.line, term.source, "updated", f"Before: {_said(before)}")


def _columns(term: Term, actor: Actor) -> dict[str, Any]:
    return {
        "preferred": json.dumps(term.preferred, ensure_ascii=False),
        "forbidden": json.dumps(term.forbidden, ensure_ascii=False),
        "note": term.note,
        "status": term.status.value,
        "who": actor.id,
        "at": clock.now(),
    }


def _said(term: Term) -> str:
    """A term in one line, as a report shows it."""
    parts = [BETWEEN.join(term.preferred), f"forbidden {BETWEEN.join(term.forbidden) or 'none'}"]
    return "; ".join([*parts, term.status.value, *([term.note] if term.note else [])])


def _record_change(session: Session, actor: Actor, locale: str, before: Term, now: Term) -> None:
    ledger.append(
        session,
        actor=actor.id,
        event="glossary.changed",
        subject=f"glossary/{locale}",
        detail={"source": now.source, "before": _kept(before), "now": _kept(now)},
    )


def _kept(term: Term) -> dict[str, Any]:
    return {
        "preferred": list(term.preferred),
        "forbidden": list(term.forbidden),
        "note": term.note,
        "status": term.status.value,
    }


def _record_import(
    session: Session, actor: Actor, locale: str, source: bytes, report: Sequence[TakenTerm]
) -> None:
    counts = {
        outcome: sum(taken.outcome == outcome for taken in report)
        for outcome in ("added", "updated", "unchanged", "refused")
    }
    ledger.append(
        session,
        actor=actor.id,
        event="glossary.imported",
        subject=f"glossary/{locale}",
        detail={"file": sha256(source).hexdigest(), **counts},
    )
