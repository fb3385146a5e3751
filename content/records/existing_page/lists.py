"""Lists as the authoring format has them: each item one text, then at most one nested list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from content.records.existing_page.findings import Findings
from content.records.existing_page.page import (
    BREAK,
    Block,
    Figure,
    Item,
    Listing,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
)
from content.records.existing_page.runs import joined
from content.records.existing_page.wording import sound

LIST_DEPTH_MAX = 4
START_MAX = 999_999_999


@dataclass
class OpenList:
    """The items read so far, and what cannot stand in a list and follows it."""

    findings: Findings
    place: str
    items: list[Item] = field(default_factory=list)
    following: list[Block] = field(default_factory=list)

    def add(self, blocks: Sequence[Block]) -> None:
        """Adds what one <li> holds."""
        lists = [block for block in blocks if isinstance(block, Listing)]
        rest = [block for block in blocks if not isinstance(block, Listing)]
        texts, following = flattened(rest)
        self.following += following
        self._say(blocks, texts, following)
        runs = sound(joined(texts, BREAK), self.place, self.findings)
        nested = self._one(lists)
        if runs:
            self.items.append(Item(runs, nested))
        elif nested:
            self._take_over(nested)

    def listing(self, ordered: bool, start: int) -> Listing | None:
        """The list; None when nothing that shows stands in it."""
        if not self.items:
            return None
        whole = Listing(tuple(self.items), ordered, start if ordered else 1)
        return self._shallow(whole, 1)

    def _say(self, blocks: Sequence[Block], texts: Sequence[Runs], following: object) -> None:
        if len(texts) > 1:
            self.findings.note("Several paragraphs of a list item are lines of one", self.place)
        if following:
            self.findings.note("A picture or table inside a list stands after it", self.place)
        if any(isinstance(block, Listing) for block in blocks[:-1]):
            self.findings.note("Text after a nested list stands before it", self.place)

    def _one(self, lists: Sequence[Listing]) -> Listing | None:
        if not lists:
            return None
        if len(lists) > 1:
            self.findings.note("Several lists in one list item are one", self.place)
        first, *others = lists
        for other in others:
            first = merged(first, other)
        return first

    def _take_over(self, nested: Listing) -> None:
        """A nested list without a text above it belongs to the item before, if there is one."""
        if not self.items:
            self.findings.note("A nested list without a text above it moves up a level", self.place)
            self.items += nested.items
            return
        last = self.items[-1]
        self.items[-1] = replace(last, nested=merged(last.nested, nested))

    def _shallow(self, listing: Listing, level: int) -> Listing:
        items: list[Item] = []
        for item in listing.items:
            if item.nested is None:
                items.append(item)
            elif level < LIST_DEPTH_MAX:
                items.append(replace(item, nested=self._shallow(item.nested, level + 1)))
            else:
                self.findings.note(
                    f"Lists deeper than {LIST_DEPTH_MAX} levels are flat", self.place
                )
                items += [Item(item.runs), *self._shallow(item.nested, level).items]
        return replace(listing, items=tuple(items))


def merged(one: Listing | None, other: Listing) -> Listing:
    """Two lists as one, of the first one's kind."""
    return other if one is None else replace(one, items=one.items + other.items)


def flattened(blocks: Iterable[Block]) -> tuple[list[Runs], list[Block]]:
    """The texts of blocks in order, and the figures and tables among them, which are no text."""
    texts: list[Runs] = []
    following: list[Block] = []
    for block in blocks:
        match block:
            case Figure() | Table():
                following.append(block)
            case Paragraph(runs):
                texts.append(runs)
            case Quote(paragraphs):
                texts += paragraphs
            case Listing(items):
                texts += _item_texts(items)
            case heading:
                texts.append((Run(heading.text, strong=True),))
    return texts, following


def _item_texts(items: Iterable[Item]) -> list[Runs]:
    texts: list[Runs] = []
    for item in items:
        texts.append(item.runs)
        texts += _item_texts(item.nested.items) if item.nested else []
    return texts
