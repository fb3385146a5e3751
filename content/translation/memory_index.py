"""What is remembered, so that it can be searched: exactly by its words, and by likeness. Pure.

Likeness is that of characters (RapidFuzz `ratio`). Every text of a possible length is compared;
long ones, which cost most, only where enough of their words are the same and in order.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from content.translation.exchange.tmx import Pair

#: Likeness of two texts, 0 to 100, from which one is worth showing.
LIKENESS_MIN = 75.0
#: Texts shown at most.
HITS_MAX = 10
#: Characters from which on words are compared before characters.
LONG_MIN = 60
#: Likeness in words from which one in characters is possible, and texts compared further.
WORDS_ALIKE_MIN = 40.0
CANDIDATES_MAX = 300
#: Different words told apart; more than any language has, fewer than there are characters.
SIGNS_MAX = 1_000_000
#: Below it stand no characters that a string could not have (surrogates).
FIRST_SIGN = 0xE000
#: Placeholders, emphasis, code marks and brackets: no words.
NO_WORDS = re.compile(r"\{\d{1,3}\}|[*`\[\]\\!]")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Remembered:
    """A pair, and the key of the version that it stands in; None for one that was imported."""

    pair: Pair
    version_key: int | None = None


@dataclass(frozen=True)
class Found:
    """Something remembered, and how like the text asked for its source is: 100 for the same."""

    remembered: Remembered
    likeness: float


@dataclass(frozen=True)
class Index:
    """All that is remembered in one language. Never changed; made anew instead."""

    #: What is remembered of the same words, in the order it came.
    by_words: dict[str, list[Remembered]] = field(default_factory=dict)
    #: Every text once, the shortest first.
    words: Sequence[str] = ()
    lengths: Sequence[int] = ()
    #: The same texts with one character for each word, and the character of each word.
    in_signs: Sequence[str] = ()
    signs: dict[str, str] = field(default_factory=dict)

    def exact(self, text: str) -> list[Found]:
        """What is remembered of just these words."""
        return [Found(one, 100.0) for one in self.by_words.get(words_of(text), [])]

    def alike(self, text: str, least: float) -> list[Found]:
        """What is remembered of words like these, the likest first, the same words left out."""
        asked = words_of(text)
        # Texts of too different a length cannot be that alike, whatever is in them.
        shortest = len(asked) * least / (200 - least)
        longest = len(asked) * (200 - least) / least
        begin, end = bisect_left(self.lengths, shortest), bisect_right(self.lengths, longest)
        possible = self.words[begin:end]
        if len(asked) >= LONG_MIN:
            told = "".join(self.signs.get(word, "\0") for word in _split(asked))
            candidates = process.extract(
                told,
                self.in_signs[begin:end],
                scorer=ratio,
                score_cutoff=WORDS_ALIKE_MIN,
                limit=CANDIDATES_MAX,
            )
            possible = [possible[place] for _, _, place in candidates]
        close = process.extract(
            asked, possible, scorer=ratio, score_cutoff=least, limit=HITS_MAX + 1
        )
        return [
            Found(one, round(score, 1))
            for words, score, _ in close
            if words != asked
            for one in self.by_words[words]
        ]


def build(remembered: Iterable[Remembered]) -> Index:
    """An index over these; of the same pair the first one is kept."""
    by_words: dict[str, list[Remembered]] = {}
    texts: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for one in remembered:
        pair = (one.pair.source, one.pair.target)
        if pair in seen:
            continue
        seen.add(pair)
        words = words_of(one.pair.source)
        texts.add(words)
        by_words.setdefault(words, []).append(one)
    ordered = sorted(texts, key=lambda text: (len(text), text))
    signs: dict[str, str] = {}
    in_signs = ["".join(_sign(signs, word) for word in _split(text)) for text in ordered]
    return Index(by_words, ordered, [len(text) for text in ordered], in_signs, signs)


def _split(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _sign(signs: dict[str, str], word: str) -> str:
    """The one character that stands for a word."""
    return signs.setdefault(word, chr(FIRST_SIGN + len(signs) % SIGNS_MAX))


def words_of(text: str) -> str:
    """The words alone: composed (NFC), without marks and placeholders, single spaces between."""
    bare = NO_WORDS.sub("", unicodedata.normalize("NFC", text))
    return " ".join(bare.split())
