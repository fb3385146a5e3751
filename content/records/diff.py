"""What changed between two documents of one section, block by block. Pure: values in, values out.

Blocks are aligned by their unit ids, so a block that moved or was reworded is found again. The
words are compared without their markup; a change of markup alone is told as such, and where links
lead and what is cited stands beside the words. Facts beside the text (title, dates, evidence ...)
come as changes of their own.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from content.records.document import BlockRecord, Document
from content.records.markdown import Words, plain_text
from content.records.message import PLAIN_KINDS, Message, messages
from content.records.word_diff import Run, is_critical, line_runs, runs

#: Facts that are texts of their own, before and behind the blocks.
TEXTS_BEFORE = ("title", "summary")
TEXTS_BEHIND = ("audience", "disclaimer")


@dataclass(frozen=True)
class UnitChange:
    """One unit whose words changed. Frozen. `unit` is its id, or the name of a fact."""

    unit: str
    kind: str
    runs: tuple[Run, ...]
    #: A number or a negation changed.
    critical: bool


@dataclass(frozen=True)
class BlockChange:
    """One block, or one fact, that is not what it was. Frozen."""

    what: Literal["changed", "moved", "added", "removed"]
    #: The block's type, or the fact: title, summary, children, evidence, review_by ...
    place: str
    units: tuple[UnitChange, ...] = ()
    #: It stands elsewhere among the blocks, whatever else changed.
    moved: bool = False
    #: Its markup, links, picture or shape changed, though no word did.
    form: bool = False
    #: Ids of the evidence it no longer cites, and of what it cites now.
    uncited: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    #: Addresses that it no longer links to, and those that it links to now.
    unlinked: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    @property
    def critical(self) -> bool:
        return any(unit.critical for unit in self.units)


def compare(old: Document, new: Document) -> tuple[BlockChange, ...]:
    """Everything that differs, in reading order: title, summary, blocks, then the other facts.

    The numbers of the versions and the words about the change itself do not count.
    """
    return (
        *_texts(old, new, TEXTS_BEFORE),
        *_Blocks(old, new).changes(),
        *_texts(old, new, TEXTS_BEHIND),
        *_facts(old, new),
    )


def as_json(changes: Sequence[BlockChange]) -> list[dict[str, Any]]:
    """The same as JSON has it."""
    return [asdict(change) | {"critical": change.critical} for change in changes]


class _Blocks:
    """The blocks of two documents, matched. Lives for one comparison."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old, self._new = old, new
        self._before = words_by_unit(old)
        self._after = words_by_unit(new)
        self._led_before, self._led_after = _links_by_unit(old), _links_by_unit(new)
        self._match = _matched(old.blocks, new.blocks)  # place in new: place in old
        self._stayed = longest_rise([self._match[place] for place in sorted(self._match)])

    def changes(self) -> Iterator[BlockChange]:
        """In the order of the new text; what went stands where it stood."""
        gone = sorted(set(range(len(self._old.blocks))) - set(self._match.values()))
        for place, block in enumerate(self._new.blocks):
            was = self._match.get(place)
            while was in self._stayed and gone and gone[0] < was:
                yield self._only(self._old.blocks[gone.pop(0)], "removed")
            if was is None:
                yield self._only(block, "added")
            else:
                yield from self._changed(self._old.blocks[was], block, was not in self._stayed)
        yield from (self._only(self._old.blocks[place], "removed") for place in gone)

    def _only(self, block: BlockRecord, what: Literal["added", "removed"]) -> BlockChange:
        units = tuple(self._units(block.units))
        if what == "added":
            links = _of_block(block, self._led_after)
            return BlockChange(what, block.type, units, cited=block.evidence, linked=links)
        links = _of_block(block, self._led_before)
        return BlockChange(what, block.type, units, uncited=block.evidence, unlinked=links)

    def _changed(self, old: BlockRecord, new: BlockRecord, moved: bool) -> Iterator[BlockChange]:
        units = tuple(self._units(dict.fromkeys((*new.units, *old.units))))
        form = not units and (old.type, old.markdown) != (new.type, new.markdown)
        if units or form or old.evidence != new.evidence:
            gone_and_come = (
                *_gone_and_come(old.evidence, new.evidence),
                *_gone_and_come(_of_block(old, self._led_before), _of_block(new, self._led_after)),
            )
            yield BlockChange("changed", new.type, units, moved, form, *gone_and_come)
        elif moved:
            yield BlockChange("moved", new.type, moved=True)

    def _units(self, ids: "Sequence[str] | Mapping[str, None]") -> Iterator[UnitChange]:
        for unit in ids:
            kind, before = self._before.get(unit, ("", ""))
            kind, after = self._after.get(unit, (kind, ""))
            if before != after:
                yield _unit(unit, kind, before, after, self._new.locale)


def _matched(old: Sequence[BlockRecord], new: Sequence[BlockRecord]) -> dict[int, int]:
    """Each block of `new` with the block of `old` that it shares the most units with."""
    owner = {unit: place for place, block in enumerate(old) for unit in block.units}
    #: A table without a word has no units; it is found again by what it is.
    bare = {block.markdown: place for place, block in enumerate(old) if not block.units}
    match: dict[int, int] = {}
    for place, block in enumerate(new):
        votes = Counter(owner[unit] for unit in block.units if unit in owner)
        found = [candidate for candidate, _ in votes.most_common()]
        if not block.units and block.markdown in bare:
            found.append(bare[block.markdown])
        free = [candidate for candidate in found if candidate not in match.values()]
        if free:
            match[place] = free[0]
    return match


def longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The largest part of `places` that rises: what kept its order (patience sorting)."""
    tops: list[int] = []
    below: dict[int, int | None] = {}
    for place in places:
        pile = bisect_left(tops, place)
        below[place] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
    kept: list[int] = []
    current = tops[-1] if tops else None
    while current is not None:
        kept.append(current)
        current = below[current]
    return frozenset(kept)


def words_by_unit(document: Document) -> dict[str, tuple[str, str]]:
    """Unit to its kind and its words as a reader sees them."""
    return {message.unit: (message.kind, _shown(message)) for message in messages(document)}


def _links_by_unit(document: Document) -> dict[str, tuple[str, ...]]:
    """Unit to where its links lead, if it has any."""
    return {message.unit: message.links for message in messages(document) if message.links}


def _of_block(block: BlockRecord, led: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Where the links of a block lead, each address once."""
    return tuple(dict.fromkeys(link for unit in block.units for link in led.get(unit, ())))


def _gone_and_come(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        tuple(one for one in before if one not in after),
        tuple(one for one in after if one not in before),
    )


def _shown(message: Message) -> str:
    if message.kind in PLAIN_KINDS:
        return message.text
    return plain_text(Words("paragraph", message.text, message.links))


def _unit(unit: str, kind: str, before: str, after: str, locale: str) -> UnitChange:
    return UnitChange(unit, kind, runs(before, after), is_critical(before, after, locale))


def _texts(old: Document, new: Document, names: Sequence[str]) -> Iterator[BlockChange]:
    for name in names:
        before, after = getattr(old, name) or "", getattr(new, name) or ""
        if before != after:
            unit = _unit(name, name, before, after, new.locale)
            yield BlockChange(_what(before, after), name, (unit,))


def _facts(old: Document, new: Document) -> Iterator[BlockChange]:
    """Facts that are dates or lists, an entry a line."""
    before, after = _listed(old), _listed(new)
    for name, lines in after.items():
        if lines != before[name]:
            unit = UnitChange(name, "fact", line_runs(before[name], lines), critical=False)
            yield BlockChange(_what(before[name], lines), name, (unit,))


def _listed(document: Document) -> dict[str, list[str]]:
    source = document.translation_of
    return {
        "children": list(document.children),
        "evidence": [
            " · ".join(filter(None, (one.id, one.type, one.title, one.url, one.registry)))
            for one in document.evidence
        ],
        "figures": [
            f"{one.file} · {one.sha256} · {one.credit} · {one.license}" for one in document.figures
        ],
        "authors": list(document.authors),
        "attribution": [f"{document.attribution.text} · {document.attribution.url}"],
        "license": [document.license],
        "last_reviewed": [document.last_reviewed.isoformat()],
        "review_by": [document.review_by.isoformat()],
        "translation_of": [f"{source.locale} {source.version}"] if source else [],
    }


def _what(before: object, after: object) -> Literal["added", "removed", "changed"]:
    if not before:
        return "added"
    return "changed" if after else "removed"
