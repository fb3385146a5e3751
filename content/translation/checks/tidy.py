"""Slips that are put right without asking, each of them shown: blanks of French, NFC, the end.

What stands in code, in links and in placeholders is left alone. No blank is put where there was
none but in `fr`, where every sign of two parts has one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

NARROW, WIDE = "\u202f", "\u00a0"
#: More marks on one letter than this are left as they are; composing them is not linear.
MARKS_MAX = 30

_KEPT = re.compile(
    r"`[^`\n]{1,500}`|!?\[[^\[\]\n]{0,2000}\](?:\{[0-9]{1,4}\}|\([^()\s]{0,2000}\))|\{[0-9]{1,4}\}"
    r"|<[^<>\n]{1,500}>|(?:https?://|www\.)[^\s<>]{1,2000}"
)
_BLANK = "[ \u00a0\u202f\u2009]"
#: A blank before a sign, after something and before the end of the word.
_BEFORE = {
    sign: re.compile(rf"(?<=[^\s\u00a0\u202f\u2009«]){_BLANK}{signs}(?=[\s»)\]\"”’*_.?!…]|\Z)")
    for sign, signs in ((";", "(?P<sign>;)"), (":", "(?P<sign>:)"), ("!", "(?P<sign>[!?])"))
}
#: The same sign right behind a letter, a closing bracket or a quote.
_GLUED = {
    sign: re.compile(rf"(?<=[^\W\d_])(?P<sign>{signs})(?=[\s»)\"”’*_]|\Z)")
    for sign, signs in ((";", ";"), (":", ":"), ("!", "[!?]"))
}
_OPENING = re.compile(f"«{_BLANK}?(?=\\S)")
_CLOSING = re.compile(f"(?<=[^\\s\u00a0\u202f\u2009]){_BLANK}?»")
_CLUSTER = re.compile(
    "[^\u0300-\u036f\u0590-\u08ff\u0900-\u0dff\u3099\u309a]?[\u0300-\u036f\u3099\u309a]{1,30}"
)


@dataclass(frozen=True)
class Profile:
    """The blanks of one French. Frozen. `glued`: a sign without a blank gets one."""

    high: str
    colon: str
    quotes: str
    glued: bool

    @property
    def before(self) -> dict[str, str]:
        """The blank before each sign; `!` stands for `?` too."""
        return {";": self.high, ":": self.colon, "!": self.high}


#: fr: Imprimerie nationale; fr-CH: Guide du typographe, thin everywhere; fr-CA: OQLF.
PROFILES = {
    "fr": Profile(NARROW, WIDE, WIDE, glued=True),
    "fr-CH": Profile(NARROW, NARROW, NARROW, glued=False),
    "fr-CA": Profile(NARROW, WIDE, WIDE, glued=False),
}


@dataclass(frozen=True)
class Fix:
    """One slip put right. Frozen. `span` is in the text as it came."""

    code: str
    span: tuple[int, int]
    before: str
    after: str


def tidy(target: str, locale: str) -> tuple[str, tuple[Fix, ...]]:
    """The text without its slips, and what was put right, in the order of the text."""
    end = len(target.rstrip(" \t\r\n\u00a0\u202f\u2009"))
    if not end:
        return target, ()
    kept = [match.span() for match in _KEPT.finditer(target)]
    fixes = [*_composed(target, end), *_french(target, end, locale)]
    fixes = [fix for fix in fixes if not _is_inside(fix.span, kept)]
    if end < len(target):
        fixes.append(Fix("trailing-space", (end, len(target)), target[end:], ""))
    return _fixed(target, fixes)


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
    if unicodedata.is_normalized("NFC", target):
        return
    for match in _CLUSTER.finditer(target, 0, end):
        whole = unicodedata.normalize("NFC", match[0])
        if whole != match[0]:
            yield Fix("nfc", match.span(), match[0], whole)


def _french(target: str, end: int, locale: str) -> Iterator[Fix]:
    profile = PROFILES.get(locale) or (PROFILES["fr"] if locale.startswith("fr-") else None)
    if not profile:
        return
    yield from _spaced(target, end, profile)


def _spaced(target: str, end: int, profile: Profile) -> Iterator[Fix]:
    signs = [(_BEFORE, sign, blank) for sign, blank in profile.before.items()]
    if profile.glued:
        signs += [(_GLUED, sign, blank) for sign, blank in profile.before.items()]
    for patterns, sign, blank in signs:
        for match in patterns[sign].finditer(target, 0, end):
            yield from _fix(match, blank + match["sign"])
    for pattern, quote in ((_OPENING, f"«{profile.quotes}"), (_CLOSING, f"{profile.quotes}»")):
        for match in pattern.finditer(target, 0, end):
            if profile.glued or match[0] not in "«»":
                yield from _fix(match, quote)


def _fix(match: "re.Match[str]", wanted: str) -> Iterator[Fix]:
    if match[0] != wanted:
        yield Fix("french-spaces", match.span(), match[0], wanted)
