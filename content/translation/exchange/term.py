"""One term of a glossary, and what makes it one. Pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from content.translation.exchange.characters import named

#: Characters of a term, and of a note.
TERM_MAX = 200
NOTE_MAX = 1_000
#: Preferred terms of one source term, and forbidden ones.
TERMS_MAX = 20
#: Stands between terms in a cell.
BETWEEN = "|"
#: What a table calculates with instead of showing it.
FORMULA = ("=", "+", "@", "\t")


class Status(StrEnum):
    """How far a term has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    #: Kept for the record; no longer asked for.
    RETIRED = "retired"


@dataclass(frozen=True)
class Term:
    """How one source term is said in a language, and how it is not. Frozen."""

    source: str
    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""
    status: Status = Status.AGREED


@dataclass(frozen=True)
class ReadTerm:
    """One row of a file: a term, or why it is none. Frozen."""

    line: int
    source: str
    term: Term | None
    why: str = ""


def tidy(text: str) -> str:
    """Without spaces around it, composed (NFC)."""
    return unicodedata.normalize("NFC", text).strip()


def read_term(
    line: int,
    source: str,
    preferred: Sequence[str],
    forbidden: Sequence[str],
    note: str,
    status: str,
) -> ReadTerm:
    """The row as a term, or with the first thing that is wrong with it."""
    if status and status not in set(Status):
        return ReadTerm(line, source, None, f"`{status}` is no status: {', '.join(Status)}.")
    term = Term(
        tidy(source),
        tuple(filter(None, map(tidy, preferred))),
        tuple(filter(None, map(tidy, forbidden))),
        tidy(note),
        Status(status or Status.AGREED),
    )
    why = next(_problems(term), "")
    return ReadTerm(line, term.source, None if why else term, why)


def _problems(term: Term) -> Iterator[str]:
    if not term.source:
        yield "The source term is missing."
    if not term.preferred:
        yield "It has no preferred term."
    if max(len(term.preferred), len(term.forbidden)) > TERMS_MAX:
        yield f"It has more than {TERMS_MAX} terms of a kind."
    words = (term.source, *term.preferred, *term.forbidden)
    yield from (problem for word in words for problem in _problems_of_word(word))
    if len(term.note) > NOTE_MAX:
        yield f"Its note has more than {NOTE_MAX:,} characters."
    if named(term.note):
        yield f"Its note has the character {named(term.note)}."
    if term.note.startswith(FORMULA):
        yield "Its note begins like a formula."
    folded = [word.casefold() for word in (*term.preferred, *term.forbidden)]
    if len(set(folded)) < len(folded):
        yield "A term stands there twice, or is both preferred and forbidden."


def _problems_of_word(word: str) -> Iterator[str]:
    shown = word[:40]
    if len(word) > TERM_MAX:
        yield f"`{shown}…` has more than {TERM_MAX} characters."
    if named(word):
        yield f"A term has the character {named(word)}."
    if BETWEEN in word or "\n" in word or "\t" in word:
        yield f"`{shown}` has a `{BETWEEN}`, a tab or a line break in it."
    if word.startswith(FORMULA):
        yield f"`{shown}` begins like a formula."
