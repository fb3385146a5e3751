"""A text read once for all checks: its words, and the numbers in it with their units."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from content.translation.checks.language import Language
from content.translation.checks.words import DIGITS, Word

#: What is not read: placeholders, code, addresses of pages and people.
_UNREAD = re.compile(
    r"\{[0-9]{1,4}\}|`[^`\n]{1,500}`|(?:https?://|www\.)[^\s<>\"]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}"
)
_MAY_BE_UNREAD = re.compile(r"[{`@]|://|www\.")
_WORD = re.compile(r"[^\W\d_]+(?:[-‑‐][^\W\d_]+)*")
#: Letters right before digits, perhaps with hyphens: CD20, IL-2, Phase-3.
_MIXED = re.compile(
    r"(?<![^\W_])((?:[A-Za-zÀ-ɏͰ-Ͽ]{1,40}[-‑‐]){0,6}[A-Za-zÀ-ɏͰ-Ͽ]{1,40})([-‑‐]?)\d[^\W_]{0,60}"
)
#: Blanks, and brackets that open.
BLANK = " \u00a0\u202f(["
_GAP = re.compile(r"[\s\-‑‐]{0,2}")
_NO_MEANING = Word()
#: Words behind a number within which `and a half` stands.
_HALF_WORDS_MAX = 4
_MAY_BE_MIXED = re.compile(r"[A-Za-zÀ-ɏͰ-Ͽ][-‑‐]?\d")
_LETTERS_BEFORE_DIGITS_MAX = 4
_CAPITALS_MIN = 2
#: `m2`: the digit is an exponent.
_LENGTHS = frozenset({"m", "mm", "cm", "km", "nm", "µm"})


class Said(NamedTuple):
    """A word as it is written, in small letters, and where. Frozen."""

    written: str
    word: str
    start: int
    end: int


class Amount(NamedTuple):
    """A number in a text. Frozen."""

    value: str
    strength: int
    start: int
    end: int
    #: What else it may mean.
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    #: Written as the locale writes.
    good: bool = True
    negative: bool = False
    #: Units right behind it, and those a little further on.
    units: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    month: bool = False

    @property
    def in_digits(self) -> bool:
        return self.strength == DIGITS

    @property
    def wide(self) -> frozenset[str]:
        """Every unit it may have."""
        return self.units | self.near


@dataclass
class Reading:
    """A text and what stands in it. Made once for a check, and not changed after."""

    text: str
    #: The text with blanks for all that is no language, character for character.
    plain: str
    language: Language
    #: Its words as they are written, and in small letters.
    written: list[str]
    words: list[str]
    #: Where each word stands.
    spans: list[tuple[int, int]]
    #: Names made of letters and digits: where each begins and ends, and the name in capitals;
    #: nothing for `m2`, which is no name and holds no number of its own.
    mixed: dict[int, tuple[int, str]]
    lower: str
    amounts: list[Amount] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """Names made of letters and digits."""
        return frozenset(name for _, name in self.mixed.values())

    @cached_property
    def starts(self) -> dict[int, int]:
        """Which word begins at a place."""
        return {start: index for index, (start, _) in enumerate(self.spans)}

    @cached_property
    def known(self) -> list[int]:
        """The words that the language's table knows."""
        table = self.language.words
        return [index for index, word in enumerate(self.words) if word in table]

    @cached_property
    def units(self) -> dict[int, str]:
        """The words that stand for a unit, each with it."""
        unit_of = self.language.unit_of
        return {index: unit for index, word in enumerate(self.words) if (unit := unit_of(word))}

    def word_behind(self, end: int) -> int | None:
        """The word that begins at a place, or behind a blank or a hyphen there."""
        return self.starts.get(after_blanks(self.plain, end))

    def said(self, index: int) -> Said:
        return Said(self.written[index], self.words[index], *self.spans[index])

    def meaning(self, index: int) -> Word:
        """What the language's table says of a word."""
        return self.language.words.get(self.words[index], _NO_MEANING)

    def half_follows(self, index: int) -> bool:
        """Whether `and a half` stands within the next words."""
        following = self.words[index : index + _HALF_WORDS_MAX]
        return any(word in self.language.halves for word in following)

    def and_a_half_follows(self, index: int) -> bool:
        """Whether the next words are like `litro e mezzo`, with the word that joins them."""
        following = self.words[index : index + _HALF_WORDS_MAX]
        joining = next((n for n, w in enumerate(following) if w in self.language.joining), None)
        return joining is not None and not self.language.halves.isdisjoint(following[joining:])


def read_text(text: str, language: Language, names: frozenset[str] = frozenset()) -> Reading:
    """The words and names of a text; `numbers.py` adds the amounts.

    `names` are those of the source: where it says COVID-19, Covid-19 is one too.
    """
    plain = text
    if _MAY_BE_UNREAD.search(text):
        plain = _UNREAD.sub(lambda found: " " * len(found[0]), text)
    spans = [found.span() for found in _WORD.finditer(plain)]
    written = [plain[start:end] for start, end in spans]
    mixed = _mixed(plain, names) if _MAY_BE_MIXED.search(plain) else {}
    words = [word.lower() for word in written]
    return Reading(text, plain, language, written, words, spans, mixed, plain.lower())


def bare(code: str) -> str:
    """A name without hyphens, in capitals: IL-2 and Il‑2 are one."""
    return re.sub("[-‑‐–]", "", code).upper()


def _mixed(plain: str, names: frozenset[str]) -> dict[int, tuple[int, str]]:
    found = {}
    for match in _MIXED.finditer(plain):
        last = re.split("[-‑‐]", match[1])[-1]
        begin = match.end(1) - len(last)
        if last in _LENGTHS and not match[2]:
            found[begin] = (match.end(), "")
            continue
        name = bare(plain[begin : match.end()])
        if name in names or _is_name(last, hyphened=bool(match[2])):
            found[begin] = (match.end(), name)
    return found


def _is_name(letters: str, *, hyphened: bool) -> bool:
    """Whether letters before a digit make one name with it: IL-2 and p53, but not Phase-3."""
    if hyphened:
        return sum(map(str.isupper, letters)) >= min(len(letters), _CAPITALS_MIN)
    return not letters.islower() or len(letters) <= _LETTERS_BEFORE_DIGITS_MAX


def after_blanks(plain: str, end: int) -> int:
    """The place behind a blank or a hyphen, where a unit may stand."""
    match = _GAP.match(plain, end)
    return match.end() if match else end
