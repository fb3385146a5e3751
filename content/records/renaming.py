"""A word that was renamed in a whole section: a drug got its name, a trial is called a study. Pure.

Each text in which it stood differs by the same words then. Which is which is plain to see: a text
that stands in the same place and is the old one, renamed.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from content.records.loose import Loose
from content.records.word_change import between

#: Texts with others in their places before anybody asks whether something was renamed.
TEXTS_MIN = 16
#: Texts, one here and one there, that are asked what was renamed.
SAMPLE = 15

#: The text that went and the one that came in its place.
Renamed = tuple[Loose, Loose]
_BETWEEN_TEXTS = "\0"


def renamed(old: Sequence[Loose], new: Sequence[Loose]) -> list[Renamed]:
    """The texts of one kind that are the same but for what was renamed in all of them."""
    stood = {one.step: one for one in old}
    pairs = [(stood[one.step], one) for one in new if one.step in stood]
    if len(pairs) < TEXTS_MIN:
        return []
    sample = [between(*_shapes(pair)) for pair in pairs[:: len(pairs) // SAMPLE]]
    (name, now), times = Counter(sample).most_common(1)[0]
    if 2 * times < len(sample):
        return []
    if now in _text(old) or name in _text(new):  # it was renamed in some places only
        return []
    return [
        (was, one)
        for was, one in pairs
        if was.reading.shape.replace(name, now) == one.reading.shape
    ]


def _shapes(pair: Renamed) -> tuple[str, str]:
    return pair[0].reading.shape, pair[1].reading.shape


def _text(texts: Iterable[Loose]) -> str:
    return _BETWEEN_TEXTS.join([one.reading.shape for one in texts])
