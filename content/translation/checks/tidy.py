"""Slips that are put right without asking, each of them shown: blanks of French, NFC, the end.

What stands in code, in links and in placeholders is left alone. No blank is put where there was
none but in `fr`, where every sign of two parts has one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

NARROW, WIDE = "\u202f", "\u00a0"
#: More marks on one letter than this are left as they are; composing them is not linear.
MARKS_MAX = 30

_KEPT = re.compile(
    r"`[^`\n]{1,500}`|!?\[[^\[\]\n]{0,2000}\](?:\{[0-9]{1,4}\}|\([^()\s]{0,2000}\))|\{[0-9]{1,4}\}"
    r"|<[^<>\n]{1,500}>|(?:https?://|www\.)[^\s<>]{1,2000}"
)
#: One of these stands in all that is kept.
_KEPT_HAS = ("`", "[", "{", "<", "://", "www.")
_BLANKS = " \u00a0\u202f\u2009"
#: A sign at the end of a word, and what may follow one that has a blank before it, but not one
#: that is glued to a letter.
_SIGN = re.compile(r"[;:!?](?=[\s»)\]\"”’*_.?!…]|\Z)")
_NOT_BEHIND_GLUED = frozenset("].?!…")
#: Marks that are composed with what they stand on.
_MARKS = "\u0300-\u036f\u3099\u309a"
#: A quotation mark with one of them is no French one: no two fixes touch the same characters.
_OPENING = re.compile(f"«[{_BLANKS}]?(?=[^\\s{_MARKS}])")
_CLOSING = re.compile(rf"(?<=\S)[{_BLANKS}]?»(?![{_MARKS}])")
_CLUSTER = re.compile(f"[^{_MARKS}\u0590-\u08ff\u0900-\u0dff]?[{_MARKS}]{{1,30}}")


@dataclass(frozen=True)
class Profile:
    """The blanks of one French. Frozen. `glued`: a sign without a blank gets one."""

    high: str
    colon: str
    quotes: str
    glued: bool

    @property
    def before(self) -> dict[str, str]:
        """The blank before each sign."""
        return {";": self.high, ":": self.colon, "!": self.high, "?": self.high}


#: fr: Imprimerie nationale; fr-CH: Guide du typographe, thin everywhere; fr-CA: OQLF.
PROFILES = {
    "fr": Profile(NARROW, WIDE, WIDE, glued=True),
    "fr-CH": Profile(NARROW, NARROW, NARROW, glued=False),
    "fr-CA": Profile(NARROW, WIDE, WIDE, glued=False),
}


class Fix(NamedTuple):
    """One slip put right. Frozen. `span` is in the text as it came."""

    code: str
    span: tuple[int, int]
    before: str
    after: str


def tidy(target: str, locale: str) -> tuple[str, tuple[Fix, ...]]:
    """The text without its slips, and what was put right, in the order of the text."""
    end = len(target.rstrip(_BLANKS + "\t\r\n"))
    if not end:
        return target, ()
    fixes: list[Fix] = []
    if not unicodedata.is_normalized("NFC", target):
        fixes += _composed(target, end)
    if locale == "fr" or locale.startswith("fr-"):
        fixes += _french(target, end, PROFILES.get(locale, PROFILES["fr"]))
    if fixes and any(mark in target for mark in _KEPT_HAS):
        kept = [match.span() for match in _KEPT.finditer(target)]
        fixes = [fix for fix in fixes if not _is_inside(fix.span, kept)]
    if end < len(target):
        fixes.append(Fix("trailing-space", (end, len(target)), target[end:], ""))
    return _fixed(target, fixes) if fixes else (target, ())


def _is_inside(span: tuple[int, int], kept: list[tuple[int, int]]) -> bool:
    """Whether a span touches one of those that are left alone; they stand in order."""
    place = bisect_left(kept, span[1], key=lambda one: one[0]) - 1
    return place >= 0 and kept[place][1] > span[0]


def _fixed(target: str, found: list[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with each fix in it; no two of them touch the same characters."""
    parts, done = [], 0
    ordered = sorted(found, key=lambda fix: fix.span)
    for fix in ordered:
        parts += [target[done : fix.span[0]], fix.after]
        done = fix.span[1]
    return "".join([*parts, target[done:]]), tuple(ordered)


def _composed(target: str, end: int) -> Iterator[Fix]:
    """Letters and marks that Unicode writes as one character (UAX #15, NFC)."""
    for match in _CLUSTER.finditer(target, 0, end):
        whole = unicodedata.normalize("NFC", match[0])
        if whole != match[0]:
            yield Fix("nfc", match.span(), match[0], whole)


def _french(target: str, end: int, profile: Profile) -> Iterator[Fix]:
    yield from _signs(target, end, profile)
    if "«" in target or "»" in target:
        yield from _quotes(target, end, profile)


def _signs(target: str, end: int, profile: Profile) -> Iterator[Fix]:
    blanks = profile.before
    for match in _SIGN.finditer(target, 0, end):
        sign, place = match[0], match.start()
        wanted = blanks[sign] + sign
        if _is_spaced(target, place):
            yield from _fix(place - 1, target[place - 1 : place + 1], wanted)
        elif profile.glued and _is_glued(target, place, end):
            yield from _fix(place, sign, wanted)


def _is_spaced(target: str, place: int) -> bool:
    """Whether a blank stands before a sign, after something."""
    if place < 2 or target[place - 1] not in _BLANKS:
        return False
    before = target[place - 2]
    return before != "«" and not before.isspace()


def _is_glued(target: str, place: int, end: int) -> bool:
    """Whether a sign stands right behind a letter, with marks or without, at the end of the
    word.
    """
    letter = place - 1
    while letter > 0 and unicodedata.combining(target[letter]):
        letter -= 1
    before = target[letter:place][:1]
    return (
        before.isalnum()
        and not before.isdecimal()
        and (place + 1 == end or target[place + 1] not in _NOT_BEHIND_GLUED)
    )


def _quotes(target: str, end: int, profile: Profile) -> Iterator[Fix]:
    for pattern, wanted in ((_OPENING, f"«{profile.quotes}"), (_CLOSING, f"{profile.quotes}»")):
        for match in pattern.finditer(target, 0, end):
            if profile.glued or match[0] not in "«»":
                yield from _fix(match.start(), match[0], wanted)


def _fix(start: int, before: str, wanted: str) -> Iterator[Fix]:
    if before != wanted:
        yield Fix("french-spaces", (start, start + len(before)), before, wanted)
