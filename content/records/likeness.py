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
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

#: How alike two texts must be by their letters, 0 to 100.
ALIKE_MIN = 60.0
#: How alike two words must be, 0 to 100, and how many letters they begin with alike.
WORD_ALIKE_MIN = 80.0
SAME_BEGINNING = 4
#: Letters of a word that says what a text is about.
LONG_WORD = 5
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

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
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


@dataclass(frozen=True)
class Reading:
    """A text as it is compared: without case, and without the value of its numbers. Frozen."""

    plain: str
    shape: str
    words: tuple[str, ...]
    #: It names a thing (rule 3).
    names: bool

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        return tuple([word for word in self.words if len(word) >= LONG_WORD])

    @cached_property
    def counts(self) -> "Counter[str]":
        return Counter(self.words)

    @cached_property
    def long_counts(self) -> "Counter[str]":
        return Counter(self.long_words)


def read(kind: str, plain: str) -> Reading:
    """`plain` is the text without markup."""
    folded = plain.casefold()
    shape = _NUMBER.sub(_SOME_NUMBER, folded)
    words = tuple(_WORD.findall(shape))
    names = kind in _NAMING_KINDS or folded.rstrip().endswith(_NAMING_ENDS)
    return Reading(folded, shape, words, names)


def is_edited(old: Reading, new: Reading, place: Place) -> bool:
    """Whether `new` is `old` after somebody edited it."""
    if ratio(old.plain, new.plain) < ALIKE_MIN:  # rule 1
        return False
    shared = _shared(old.long_counts, new.long_counts)
    share = shared / max(len(old.long_words), len(new.long_words), 1)
    if place is Place.ELSEWHERE:
        known = shared >= (1 if old.words == new.words else KNOWN_ANYWHERE)
        return known and share >= NEARLY_ALL and len(new.words) >= WORDS_ANYWHERE_MIN
    if _only_added(old, new):  # rule 4
        return True
    if old.names or new.names:  # rule 3
        return _share_of_all(old, new) >= NEARLY_ALL and share == (1 if old.long_words else 0)
    if share >= NEARLY_ALL:  # rule 2
        return True
    if not old.long_words and not new.long_words:
        return _share_of_all(old, new) > MOST
    known = place is Place.ALONE or shared >= KNOWN_AMONG
    return (known and share > MOST) or _share_of_all(old, new) >= STAYED_SHARE


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


def _share_of_all(old: Reading, new: Reading) -> float:
    """The share of words with a partner, short ones too, in the text where it is smaller."""
    return _shared(old.counts, new.counts) / max(len(old.words), len(new.words), 1)


def _shared(went: "Counter[str]", came: "Counter[str]") -> int:
    """How many words have a partner, each only one."""
    left = _less(went, came)
    found = went.total() - len(left)
    if not left:
        return found
    waiting: dict[str, list[str]] = defaultdict(list)
    for word in _less(came, went):
        waiting[word[:SAME_BEGINNING]].append(word)
    for word in left:
        others = waiting.get(word[:SAME_BEGINNING], [])
        partner = next((one for one in others if ratio(word, one) >= WORD_ALIKE_MIN), None)
        if partner is not None:
            others.remove(partner)
            found += 1
    return found


def _less(some: "Counter[str]", others: "Counter[str]") -> list[str]:
    """The words of `some` that are not among `others`, as often as they are not."""
    # What Counter does itself, in a tenth of the time: this is asked of every pair.
    return [word for word, times in some.items() for _ in range(times - others.get(word, 0))]


def _only_added(old: Reading, new: Reading) -> bool:
    """Whether one has all the words of the other, and more."""
    fewer, more = sorted((old, new), key=lambda one: len(one.words))
    return bool(fewer.words) and not _less(fewer.counts, more.counts)
