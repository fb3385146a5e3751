"""Which words of a text went and which came, wherever they stand in it. Pure.

Two versions of a text mostly begin alike and end alike: only what is between is taken apart.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from rapidfuzz.distance import Postfix, Prefix
from rapidfuzz.fuzz import ratio

#: How alike two words must be, 0 to 100, and how many letters they begin with alike.
WORD_ALIKE_MIN = 80.0
SAME_BEGINNING = 4
#: Words that begin alike which are asked whether they are a word's partner. A text in which more of
#: them changed is thought to be another one, rather than to take long.
PARTNERS_MAX = 16
#: Letters of a word that says what a text is about.
LONG_WORD = 5

_WORD = re.compile(r"\w++(?>['’]\w++)*+")
# The same where all letters are ASCII, which is found in two thirds of the time.
_ASCII_WORD = re.compile(r"[A-Za-z0-9_]++(?>'[A-Za-z0-9_]++)*+")


class WordChange(NamedTuple):
    """The words of one text that the other has not, as often as it has them not, and the rest."""

    went: Sequence[str]
    came: Sequence[str]
    #: How many words the old text has, and how many the new one.
    before: int
    after: int
    #: How many words have a partner, each only one.
    shared: int

    @classmethod
    def of(cls, went: Sequence[str], came: Sequence[str], before: int, after: int) -> Self:
        return cls(went, came, before, after, before - len(went) + _partners(went, came))

    @property
    def share(self) -> float:
        """The share of words with a partner, in the text where it is smaller."""
        return self.shared / max(self.before, self.after, 1)

    @property
    def only_added(self) -> bool:
        """Whether one text has all the words of the other, and more or the same."""
        fewer = self.went if self.before <= self.after else self.came
        return min(self.before, self.after) > 0 and not fewer


def words_of(text: str) -> tuple[str, ...]:
    """The words as they stand there, a number among them."""
    return tuple((_ASCII_WORD if text.isascii() else _WORD).findall(text))


def long_words(words: Iterable[str]) -> tuple[str, ...]:
    """Those that say what a text is about."""
    return tuple([word for word in words if len(word) >= LONG_WORD])


def changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """The words that only the old text has, and those that only the new one has."""
    gone, come = between(old, new)
    was, now = words_of(gone), words_of(come)
    return _less(was, now), _less(now, was)


def between(old: str, new: str) -> tuple[str, str]:
    """Both texts without the words that both begin with and those that both end with."""
    begin = old.rfind(" ", 0, Prefix.similarity(old, new)) + 1
    old, new = old[begin:], new[begin:]
    end = old.find(" ", len(old) - Postfix.similarity(old, new))
    if end < 0:
        return old, new
    return old[:end], new[: end - len(old)]


def _less(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """The words of `some` that are not among `others`, as often as they are not."""
    left: dict[str, int] = {}
    for word in others:
        left[word] = left.get(word, 0) + 1
    less = []
    for word in some:
        if times := left.get(word, 0):
            left[word] = times - 1
        else:
            less.append(word)
    return less


def _partners(went: Sequence[str], came: Sequence[str]) -> int:
    """How many words became another form of themselves."""
    if not went or not came:
        return 0
    waiting: dict[str, list[str]] = {}
    for word in came:
        waiting.setdefault(word[:SAME_BEGINNING], []).append(word)
    found = 0
    for word in went:
        others = waiting.get(word[:SAME_BEGINNING], [])
        for one in others[:PARTNERS_MAX]:
            if ratio(word, one) >= WORD_ALIKE_MIN:
                others.remove(one)
                found += 1
                break
    return found
