"""A text read once for all checks: its words, and the numbers in it with their units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from content.translation.checks.language import Language
from content.translation.checks.words import DIGITS, HALF_WORDS_MAX, Word

#: What is not read: placeholders, code, addresses of pages and people.
_UNREAD = r"\{[0-9]{1,4}\}|`[^`\n]{1,500}`|(?:https?://|www\.)[^\s<>\"]{1,2000}"
_UNREAD_WITHOUT_MAIL = re.compile(_UNREAD)
_UNREAD_WITH_MAIL = re.compile(_UNREAD + r"|[\w.+-]{1,64}@[\w.-]{1,255}")
#: Letters, perhaps with hyphens between them. Nothing is given back, which halves the time.
WORD = r"[^\W\d_]++(?>[-‑‐][^\W\d_]++)*+"
_WORD = re.compile(WORD)
#: The same, not from the middle of one.
_WHOLE_WORD = re.compile(rf"(?<![^\W\d_])(?<![^\W\d_][-‑‐]){WORD}")
#: Letters right before digits, perhaps with hyphens: CD20, IL-2, Phase-3.
_MIXED = re.compile(
    r"(?<![^\W_])((?:[A-Za-zÀ-ɏͰ-Ͽ]{1,40}[-‑‐]){0,6}[A-Za-zÀ-ɏͰ-Ͽ]{1,40})([-‑‐]?)\d[^\W_]{0,60}"
)
_MAY_BE_MIXED = re.compile(r"\d(?<=[A-Za-zÀ-ɏͰ-Ͽ\-‑‐]\d)")
#: Blanks, and brackets that open.
BLANK = " \u00a0\u202f(["
#: Between a number and what belongs to it.
GAP = r"[\s\-‑‐]{0,2}"
_GAP = re.compile(GAP)
HYPHEN = re.compile("[-‑‐]")
_NO_HYPHENS = dict.fromkeys(map(ord, "-‑‐–"))
_NO_MEANING = Word()
NO_UNITS: frozenset[str] = frozenset()
NO_NAMES: frozenset[str] = frozenset()
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
    #: Right before it or right behind it.
    units: frozenset[str] = NO_UNITS
    month: bool = False

    @property
    def in_digits(self) -> bool:
        return self.strength == DIGITS


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
    #: Which of them the language's table knows.
    known: list[int]
    #: Names made of letters and digits: where each begins and ends, and the name in capitals;
    #: nothing for `m2`, which is no name and holds no number of its own.
    mixed: dict[int, tuple[int, str]]
    lower: str
    amounts: list[Amount] = field(default_factory=list)
    #: What its numbers say, in the order of the text; empty where one is not in digits.
    values: list[str] = field(default_factory=list)
    #: The units right beside every number of a value.
    units_by_value: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Names made of letters and digits."""
        return frozenset(name for _, name in self.mixed.values()) if self.mixed else NO_NAMES

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        found, end = [], 0
        for word in self.written:
            start = self.plain.index(word, end)
            end = start + len(word)
            found.append((start, end))
        return found

    @cached_property
    def capitals(self) -> list[int]:
        """The words with a capital behind their first letter, and those of one letter."""
        written = self.written
        high = [index for index, low in enumerate(map(str.islower, written)) if not low]
        return [index for index in high if not written[index][1:].islower()]

    @cached_property
    def times_named(self) -> set[str]:
        """Units of time that are named anywhere, also within other words."""
        stems = self.language.stems
        return {unit for unit, stem in stems.items() if stem.search(self.lower)}

    def said(self, index: int) -> Said:
        return Said(self.written[index], self.words[index], *self.spans[index])

    def meaning(self, index: int) -> Word:
        """What the language's table says of a word."""
        return self.language.words.get(self.words[index], _NO_MEANING)

    def half_follows(self, index: int) -> bool:
        """Whether `and a half` stands within the next words."""
        return not self.language.halves.isdisjoint(self.words[index : index + HALF_WORDS_MAX])

    def and_a_half_follows(self, index: int) -> bool:
        """Whether the next words are like `litro e mezzo`, with the word that joins them."""
        following = self.words[index : index + HALF_WORDS_MAX]
        joining = next((n for n, w in enumerate(following) if w in self.language.joining), None)
        return joining is not None and not self.language.halves.isdisjoint(following[joining:])

    def word_at(self, place: int) -> "re.Match[str] | None":
        """The word that begins at a place."""
        return _WHOLE_WORD.match(self.plain, place)

    def words_from(self, place: int, most: int) -> Iterator[str]:
        """The next words, in small letters; `place` is not inside one."""
        return (found[0].lower() for found in islice(_WORD.finditer(self.plain, place), most))


def read_text(text: str, language: Language, names: frozenset[str] = NO_NAMES) -> Reading:
    """The words and names of a text; `numbers.py` adds the amounts.

    `names` are those of the source: where it says COVID-19, Covid-19 is one too.
    """
    plain = _read_part(text)
    written = _WORD.findall(plain)
    # All in one: a word at the end of a line gets the small letters that it has by itself.
    words = "\n".join(written).lower().split("\n") if written else []
    table = language.words
    known = [index for index, word in enumerate(words) if word in table]
    mixed = _mixed(plain, names) if _MAY_BE_MIXED.search(plain) else {}
    return Reading(text, plain, language, written, words, known, mixed, plain.lower())


def _read_part(text: str) -> str:
    """The text with blanks for what is not read."""
    if "@" in text:
        unread = _UNREAD_WITH_MAIL
    elif "{" in text or "`" in text or "://" in text or "www." in text:
        unread = _UNREAD_WITHOUT_MAIL
    else:
        return text
    return unread.sub(lambda found: " " * len(found[0]), text)


def bare(code: str) -> str:
    """A name without hyphens, in capitals: IL-2 and Il‑2 are one."""
    return code.translate(_NO_HYPHENS).upper()


def _mixed(plain: str, names: frozenset[str]) -> dict[int, tuple[int, str]]:
    found = {}
    for match in _MIXED.finditer(plain):
        last = HYPHEN.split(match[1])[-1]
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
