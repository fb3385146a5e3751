"""Which texts cannot be any of those that went, as far as their words tell. Pure."""

from collections.abc import Iterable

from content.records.likeness import MOST, Reading
from content.records.word_change import SAME_BEGINNING, long_words, words_of


class Reach:
    """What texts have of words together."""

    def __init__(self, shapes: Iterable[str]) -> None:
        every: set[str] = set()
        counts: set[int] = set()
        for shape in shapes:
            words = words_of(shape)
            every.update(words)
            counts.add(len(words))
        self._beginnings = {word[:SAME_BEGINNING] for word in every}
        #: The fewest words that a text has, if it has any.
        self._fewest = min(counts - {0}, default=0)

    def has(self, text: Reading) -> bool:
        """Whether one of the texts may be this one edited. Where it says no, none is."""
        known = [word for word in text.words if word[:SAME_BEGINNING] in self._beginnings]
        # The words of a text with a partner are more than half of it, or of its long words, or
        # all words of the other text.
        if len(known) >= self._fewest or len(known) > MOST * len(text.words):
            return True
        long = long_words(known)
        return bool(long) and len(long) > MOST * len(text.long_words)
