"""Which old units a text has its words from, where its id does not say so. Pure.

1. The very words of a unit that the source has no more: they are those.
2. A part of a longer text: it was split off.
3. Texts that stand in it whole: they were merged into it.
4. The one fact of its kind that a section has, edited: its id is made from its words.

Within one section, among running texts or those of one kind, and only where the words are gone
from where they stood: what two texts had in common before is no sign that one became the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from content.records import likeness
from content.records.likeness import Place, Reading
from content.records.message import Message

#: Units that may have a word before it says nothing any more.
COMMON_WORD_MAX = 16
#: Units that a text is compared with: those that have most words in common with it.
KIN_MAX = 6
#: Kinds between which words travel: a paragraph becomes a list.
RUNNING_KINDS = frozenset({"paragraph", "list-item"})
#: Kinds that a section has one of each, with an id made from its words.
FACT_KINDS = frozenset({"audience", "disclaimer"})


@dataclass(slots=True)
class _Text:
    """A message, and its words once somebody asks for them."""

    message: Message
    #: What the same unit says now, or said before; None where it came or went.
    other: "_Text | None" = None
    _reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            self._reading = likeness.read(self.message.kind, self.message.plain)
        return self._reading

    def has(self, part: "_Text") -> bool:
        return likeness.is_part(part.reading, self.reading)


class _Words:
    """Texts by their words."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._texts = texts
        have = [set(text.reading.words) for text in texts]
        times = Counter(chain.from_iterable(have))
        self._telling = {word for word, many in times.items() if many <= COMMON_WORD_MAX}
        self._places: dict[str, list[int]] = {word: [] for word in self._telling}
        for place, words in enumerate(have):
            for word in words & self._telling:
                self._places[word].append(place)

    def near(self, text: _Text) -> Iterator[_Text]:
        """Those with which it has most words in common, in reading order."""
        met: dict[int, int] = {}
        for word in self._telling.intersection(text.reading.words):
            for place in self._places[word]:
                met[place] = met.get(place, 0) + 1
        most = sorted(met, key=lambda place: (-met[place], place))[:KIN_MAX]
        return (self._texts[place] for place in sorted(most) if _akin(self._texts[place], text))


def origins(now: Sequence[Message], before: Sequence[Message]) -> dict[str, tuple[str, ...]]:
    """Unit of `now` to the units of `before` that it has its words from, in its own order.

    Units whose words come from the unit of the same id alone are left out.
    """
    stood, stands = _by_unit(before), _by_unit(now)
    fresh = [_Text(one) for one in now if one.unit not in stood]
    gone = [_Text(one) for one in before if one.unit not in stands]
    edited = [
        _Text(one, _Text(stood[one.unit]))
        for one in now
        if one.unit in stood and not stood[one.unit].same_words(one)
    ]
    if not gone and not (fresh and edited):
        return {}
    shortened = [_Text(one.other.message, one) for one in edited if one.other]
    found = dict(_same_words(fresh, gone))  # rule 1
    taken = {unit for units in found.values() for unit in units}
    fresh = [one for one in fresh if one.message.unit not in found]
    gone = [one for one in gone if one.message.unit not in taken]
    found |= _merged([*fresh, *edited], gone)  # rule 3
    found |= _split([one for one in fresh if one.message.unit not in found], [*gone, *shortened])
    return found | dict(_facts(fresh, gone))  # rule 4


def _by_unit(messages: Iterable[Message]) -> dict[str, Message]:
    return {one.unit: one for one in messages}


def _akin(one: _Text, other: _Text) -> bool:
    kinds = {one.message.kind, other.message.kind}
    return len(kinds) == 1 or kinds <= RUNNING_KINDS


def _same_words(
    fresh: Sequence[_Text], gone: Sequence[_Text]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    waiting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in reversed(gone):
        waiting[one.message.kind, one.message.words].append(one.message.unit)
    for one in fresh:
        if units := waiting.get((one.message.kind, one.message.words)):
            yield one.message.unit, (units.pop(),)


def _merged(texts: Sequence[_Text], gone: Sequence[_Text]) -> dict[str, tuple[str, ...]]:
    words = _Words(gone)
    found = {}
    for text in texts:
        parts = [
            one
            for one in words.near(text)
            if text.has(one) and not (text.other and text.other.has(one))
        ]
        if parts and text.other:
            parts.append(text.other)
        parts.sort(key=lambda one: likeness.place_within(one.reading, text.reading))
        if parts:
            found[text.message.unit] = tuple(one.message.unit for one in parts)
    return found


def _split(fresh: Sequence[_Text], wholes: Sequence[_Text]) -> dict[str, tuple[str, ...]]:  # rule 2
    words = _Words(wholes)
    found: dict[str, tuple[str, ...]] = {}
    for text in fresh:
        whole = next(
            (
                one
                for one in words.near(text)
                if one.has(text) and not (one.other and one.other.has(text))
            ),
            None,
        )
        if whole:
            found[text.message.unit] = (whole.message.unit,)
    return found


def _facts(fresh: Sequence[_Text], gone: Sequence[_Text]) -> Iterator[tuple[str, tuple[str, ...]]]:
    facts = {one.message.kind: one for one in gone if one.message.kind in FACT_KINDS}
    for text in fresh:
        old = facts.get(text.message.kind)
        if old and likeness.is_edited(old.reading, text.reading, Place.ALONE):
            yield text.message.unit, (old.message.unit,)
