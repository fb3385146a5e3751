"""Whether one text is another one edited, or a part of it. Pure, and the same on every machine.

Letters alone do not tell: "What are the benefits?" is four fifths of "What are the risks?". So:

1. Two texts must be alike by their letters (`ALIKE_MIN`), numbers not counted among them.
2. The long words of both must have partners on the other side: most of them in a text that stayed
   where it was, nearly all in one that did not. A partner begins with the same letters, so that
   `uncommon` is none of `common`, and `hypotension` none of `hypertension`.
3. What names a thing, a title or a question, is another one as soon as one of its words is.
4. A text to which words were only added, or from which they were only taken, is the same one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from content.records.word_change import WordChange, changed, long_words, words_of

#: How alike two texts must be by their letters, 0 to 100.
ALIKE_MIN = 60.0
#: Shares of words with a partner: more than this where the text stayed; this where it moved.
MOST = 1 / 2
NEARLY_ALL = 7 / 8
#: Long words with a partner that make a text known among others, or in another place.
KNOWN_AMONG = 4
KNOWN_ANYWHERE = 3
#: Words of a text that can be known in another place.
WORDS_ANYWHERE_MIN = 4
#: Share of all words, short ones too, of a short text of which one word changed in its place.
STAYED_SHARE = 0.8
#: Share of a part's words that stand in the whole in the same order, and its fewest words.
PART_SHARE = 0.8
PART_WORDS_MIN = 3

# It begins with one digit, which is looked for faster than a row of them.
_NUMBER = re.compile(r"\d\d*+(?>[.,:/]\d++)*+")
_ASCII_NUMBER = re.compile(r"[0-9][0-9]*+(?>[.,:/][0-9]++)*+")
#: What numbers look like where their value does not count.
_SOME_NUMBER = "0"
#: Kinds that name a thing, and how such a text ends elsewhere.
_NAMING_KINDS = frozenset({"title", "caption"})
_NAMING_ENDS = ("?", ":", "？", "：", "؟", ";")


class Place(Enum):
    """Where a text stands, seen from those around it that did not change."""

    #: It alone came where another one alone went.
    ALONE = "alone"
    #: Several went and came there.
    AMONG = "among"
    #: Others that did not change are between the two places.
    ELSEWHERE = "elsewhere"


@dataclass(slots=True)
class Reading:
    """A text as it is compared: without case, and without the value of its numbers.

    Its words are looked for once, when somebody asks for them.
    """

    kind: str
    plain: str
    shape: str
    _words: tuple[str, ...] | None = field(default=None, init=False, compare=False)
    _long_words: tuple[str, ...] | None = field(default=None, init=False, compare=False)

    @property
    def names(self) -> bool:
        """It names a thing (rule 3)."""
        return self.kind in _NAMING_KINDS or self.plain.rstrip().endswith(_NAMING_ENDS)

    @property
    def words(self) -> tuple[str, ...]:
        if self._words is None:
            self._words = words_of(self.shape)
        return self._words

    @property
    def long_words(self) -> tuple[str, ...]:
        if self._long_words is None:
            self._long_words = long_words(self.words)
        return self._long_words


def read(kind: str, plain: str) -> Reading:
    """`plain` is the text without markup."""
    folded = plain.casefold()
    number = _ASCII_NUMBER if folded.isascii() else _NUMBER
    return Reading(kind, folded, number.sub(_SOME_NUMBER, folded))


def is_edited(old: Reading, new: Reading, place: Place) -> bool:
    """Whether `new` is `old` after somebody edited it."""
    if ratio(old.plain, new.plain) < ALIKE_MIN:  # rule 1
        return False
    went, came = changed(old.shape, new.shape)
    long = _change(long_words(went), long_words(came), new.long_words)
    if place is Place.ELSEWHERE:
        known = long.shared >= (1 if old.words == new.words else KNOWN_ANYWHERE)
        return known and long.share >= NEARLY_ALL and len(new.words) >= WORDS_ANYWHERE_MIN
    names = old.names or new.names
    known = place is Place.ALONE or long.shared >= KNOWN_AMONG
    if not names and long.share > (MOST if known else NEARLY_ALL):  # rule 2; most are
        return True
    every = _change(went, came, new.words)
    if every.only_added:  # rule 4
        return True
    if names:  # rule 3
        return every.share >= NEARLY_ALL and long.share == (1 if long.before else 0)
    if long.before or long.after:
        return long.share >= NEARLY_ALL or every.share >= STAYED_SHARE
    return every.share > MOST


def is_part(part: Reading, whole: Reading) -> bool:
    """Whether the words of `part` stand in `whole` in their order, with others around them."""
    if len(part.words) < PART_WORDS_MIN or len(part.words) >= len(whole.words):
        return False
    if not part.long_words:
        return f" {' '.join(part.words)} " in f" {' '.join(whole.words)} "
    if not set(part.long_words) <= set(whole.long_words):
        return False
    in_order = LCSseq.similarity(part.words, whole.words)
    return in_order >= PART_SHARE * len(part.words)


def place_within(part: Reading, whole: Reading) -> int:
    """Where in `whole` the words of `part` begin, more or less: its parts stand in this order."""
    known = part.long_words or part.words
    return next((place for place, word in enumerate(whole.words) if word in known), 0)


def _change(went: Sequence[str], came: Sequence[str], now: Sequence[str]) -> WordChange:
    """`now` is all words of the new text; the old one has as many but for what went and came."""
    return WordChange.of(went, came, len(now) - len(came) + len(went), len(now))
