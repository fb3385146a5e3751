"""What a reader looks for: words, "words in a row", -words that must not be there.

All words must be there. The last one may be the beginning of a word, as long as it is being typed:
it has two letters or more and no blank after it. Everything else is taken as it is written.
"""

import re
from dataclasses import dataclass

from content.errors import SearchRefused
from content.publication.search import words

#: Characters of what is looked for, and words in it.
QUERY_MAX = 200
WORDS_MAX = 12
#: Letters of a beginning that is looked for.
PREFIX_MIN = 2
#: Letters of a word that may have another ending, and those that stay of it.
STEM_FROM = 5
STEM_MIN = 4
#: Endings that the four languages change a word by; the longest that fits goes.
ENDINGS = ("ings", "ing", "ies", "ers", "en", "er", "es", "em", "ed", *"senioay")

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True)
class Term:
    """Words that stand in a row; most often one. Frozen.

    `quoted` words are found as they are written, others with other endings too. Of a `prefix` the
    last word is a beginning.
    """

    words: tuple[str, ...]
    quoted: bool = False
    prefix: bool = False

    def begins(self, number: int) -> tuple[str, bool]:
        """One of its words, as (letters, whether these are a beginning)."""
        word = self.words[number]
        if self.prefix and number == len(self.words) - 1:
            return word, True
        return (word, False) if self.quoted else stem(word)


@dataclass(frozen=True)
class Query:
    """What must be there, and what must not. Frozen."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


def read(text: str) -> Query:
    """Raises SearchRefused: too long, too many words, or none that must be there."""
    if len(text) > QUERY_MAX:
        raise SearchRefused(f"Look for at most {QUERY_MAX} characters.")
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _PART.finditer(text):
        minus, quoted, bare = found.groups()
        folded = words.fold(quoted if bare is None else bare)
        typing = bare is not None and found.end() == len(text) and not minus
        terms = _terms(folded, quoted=bare is None, typing=typing)
        (unwanted if minus else wanted).extend(terms)
    if sum(len(term.words) for term in wanted + unwanted) > WORDS_MAX:
        raise SearchRefused(f"Look for at most {WORDS_MAX} words.")
    if not wanted:
        raise SearchRefused("Look for at least one word.")
    return Query(tuple(wanted), tuple(unwanted))


def _terms(folded: list[str], *, quoted: bool, typing: bool) -> list[Term]:
    if quoted:
        return [Term(tuple(folded), quoted=True)] if folded else []
    terms = [Term((word,)) for word in folded]
    if typing and terms and len(folded[-1]) >= PREFIX_MIN:
        terms[-1] = Term((folded[-1],), prefix=True)
    return terms


def stem(word: str) -> tuple[str, bool]:
    """(letters, whether any ending may follow them): `cellul` of `cellules`; `mg` is just `mg`."""
    if len(word) < STEM_FROM or not word.isalpha():
        return word, False
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_MIN:
            return word.removesuffix(ending), True
    return word, True
