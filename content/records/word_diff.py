"""What changed inside a text, word by word, for people to read. Pure.

1. A number with its separators, its sign, its range and its per cent sign is one piece: `0.3%`,
   `1,4`, `4-5`, `40 000` are never cut. So is a word with its apostrophes and hyphens.
2. A change of a number or of a negation is critical: it turns a sentence round in few letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import LCSseq

# Spaces that do not break stand inside numbers (40 000) and before per cent signs (1,4 %).
_SPACE = r"[\u00a0\u202f]"
_NUMBER = rf"\d+(?:(?:[.,:/'’]|{_SPACE})\d+)*"
_WORD = rf"(?:{_NUMBER}\w*|\w+)"
_JOINED = rf"{_WORD}(?:[-‐‑–−/'’]{_WORD})*"
#: Signs that change what the number behind them means.
_SIGN = r"(?:(?<!\w)[-−+±]|[<>≤≥=]\s?)(?=\d)"
_PER_CENT = r"(?:[ \u00a0\u202f]?[%‰])?"
_PIECE = re.compile(rf"(?:{_SIGN})?{_JOINED}{_PER_CENT}|\s+|.", re.DOTALL)  # rule 1
_NUMBERS = re.compile(rf"(?:{_SIGN})?{_NUMBER}{_PER_CENT}")

#: What says no, by language. A language that is not here has none that we know of.
_NEGATIONS = {
    "en": r"no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t",
    "fr": r"ne|n(?=['’])|pas|non|jamais|aucune?s?|sans|ni|rien",
    "it": r"non|no|mai|né|nessun[oa]?|senza|niente|nulla|neppure|nemmeno",
    "de": r"nicht|nichts|nein|nie|niemals|niemand|ohne|weder|kein(?:e|en|em|er|es)?",
}
_NEGATION = {
    language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for language, words in _NEGATIONS.items()
}

What = Literal["equal", "insert", "delete"]


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, came or went. Frozen."""

    what: What
    text: str


def runs(old: str, new: str) -> tuple[Run, ...]:
    """`old` turned into `new`: without the deleted runs it is `new`, without the inserted `old`."""
    return _runs(pieces(old), pieces(new))


def line_runs(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    """The same for a list, entry by entry, each on a line of its own."""
    return _runs([f"{line}\n" for line in old], [f"{line}\n" for line in new])


def pieces(text: str) -> list[str]:
    """The text in the pieces that are never cut; joined they are the text."""
    return _PIECE.findall(text)


def is_critical(old: str, new: str, locale: str) -> bool:
    """Whether a number or a negation differs."""  # rule 2
    if _NUMBERS.findall(old) != _NUMBERS.findall(new):  # in order: 5 of 10 is not 10 of 5
        return True
    negation = _NEGATION.get(locale.partition("-")[0])
    # Counted, not named: `kein` that becomes `keine` is grammar.
    return negation is not None and len(negation.findall(old)) != len(negation.findall(new))


def marked(text: str, locale: str) -> tuple[tuple[str, bool], ...]:
    """The text cut at its numbers and negations, and whether each piece is one."""
    critical = _critical_in(locale.partition("-")[0])
    found = []
    start = 0
    for match in critical.finditer(text):
        found += [(text[start : match.start()], False), (match[0], True)]
        start = match.end()
    found.append((text[start:], False))
    return tuple((piece, is_critical) for piece, is_critical in found if piece)


@lru_cache
def _critical_in(language: str) -> "re.Pattern[str]":
    """Numbers, and what says no in a language."""
    words = _NEGATIONS.get(language)
    negation = rf"|\b(?:{words})\b" if words else ""
    return re.compile(_NUMBERS.pattern + negation, re.IGNORECASE)


def _runs(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    found: list[Run] = []
    gone = come = ""
    for step in LCSseq.opcodes(old, new):
        was = "".join(old[step.src_start : step.src_end])
        now = "".join(new[step.dest_start : step.dest_end])
        # A space between two changes is no news, so a changed phrase is shown as one.
        between = bool(gone or come) and not was.strip() and step.src_end < len(old)
        if step.tag != "equal" or between:
            gone, come = gone + was, come + now
            continue
        tail = _shared_tail(gone, come)
        found += _change(gone.removesuffix(tail), come.removesuffix(tail))
        found.append(Run("equal", tail + was))
        gone = come = ""
    return (*found, *_change(gone, come))


def _shared_tail(gone: str, come: str) -> str:
    """The space that both end in, if something stands before it."""
    tail = gone[len(gone.rstrip()) :]
    return tail if tail != gone and tail != come and come.endswith(tail) else ""


def _change(gone: str, come: str) -> list[Run]:
    """What went, then what came."""
    changed = [Run("delete", gone)] if gone else []
    return changed + ([Run("insert", come)] if come else [])
