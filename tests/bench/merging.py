"""What a changed source costs as it grows: finding the units again, and merging the translation."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from content.records.identity import assign
from content.records.message import Message
from content.translation.merge import Rendering, merge
from tests.bench.reading import Ratio

SMALL = 500
LARGE = 4_000
ROUNDS = 5
MS = 1_000
VERBS = ("collect", "compare", "measure", "observe", "describe", "question", "suggest")
NOUNS = ("relapses", "lesions", "infections", "symptoms", "answers", "medicines", "children")

#: Words of a long text, and how many times fewer of such texts a section has.
LONG_TEXT = 1_250
FEWER = 20

Change = Callable[[str], str]
#: What happens to every text of a section, by name.
CHANGES: dict[str, Change] = {
    "nothing": lambda text: text,
    "a word of a tenth": lambda text: text.replace("1 of 100 people and", "1 of 100 children and"),
    "a number": lambda text: text.replace("of 100", "of 200"),
    "a word": lambda text: text.replace("trial", "study"),
    "every word": lambda text: " ".join(word[::-1] for word in text.split()),
}


#: What a section has before and after that could cost more the more there is of it, by name.
TRAPS: dict[str, Callable[[int], tuple[list[str], list[str]]]] = {
    "equal texts": lambda number: (["It may help."] * number, ["It may not help."] * number),
    "equal texts that differ": lambda number: (
        ["It may help people with relapses."] * number,
        [f"It may {VERBS[row % 7]} people with relapses." for row in range(number)],
    ),
    "texts of one word": lambda number: (
        [_word(row) for row in range(number)],
        [_word(row + number) for row in range(number)],
    ),
    "the other way round": lambda number: (
        texts(number),
        [CHANGES["a word"](text) for text in reversed(texts(number))],
    ),
    "long texts": lambda number: (
        [_long_text(row) for row in range(number // FEWER)],
        [CHANGES["a number"](_long_text(row)) + " Ask." for row in range(number // FEWER)],
    ),
}


@dataclass(frozen=True)
class Cost(Ratio):
    """The same, and what a stable piece of work costs for as many texts in the same run."""

    yardstick_ms: float

    @property
    def worst(self) -> float:
        return max(self.small_ms, self.large_ms) / self.yardstick_ms


def texts(number: int) -> list[str]:
    """That many texts of a section, alike as those of a page are, and none twice."""
    return [
        f"In trial {row} doctors {VERBS[row % 7]} the {NOUNS[row // 7 % 7]} of {row} of 100 people "
        f"and {VERBS[row // 49 % 7]} what {NOUNS[row // 343 % 7]} they had."
        for row in range(number)
    ]


def _word(row: int) -> str:
    return "".join(chr(ord("a") + row // 26**place % 26) for place in range(6))


def _long_text(row: int) -> str:
    words = [VERBS[(row + place * place) % 7] for place in range(LONG_TEXT)]
    return f"In trial {row} of 100 they {' '.join(words)}."


def messages(told: Sequence[str]) -> list[Message]:
    numbered = [("paragraph", text) for text in told]
    ids = assign("large", 1, (), numbered)
    return [Message(unit, "paragraph", text) for unit, text in zip(ids, told, strict=True)]


def finding(change: Change) -> Cost:
    """Units of a section of which every text changed, for each text."""
    return _for_each("units found again", lambda number: _finding(*_changed(change, number)))


def finding_in(trap: str) -> Cost:
    return _for_each(f"units found among {trap}", lambda number: _finding(*TRAPS[trap](number)))


def merging(change: Change) -> Cost:
    """A translation put to a section of which every text changed and a third is new."""
    return _for_each("translation merged", lambda number: _merging(*_changed(change, number)))


def merging_in(trap: str) -> Cost:
    return _for_each(f"{trap} merged", lambda number: _merging(*TRAPS[trap](number)))


def _changed(change: Change, number: int) -> tuple[list[str], list[str]]:
    told = texts(number)
    return told, [change(text) for text in told]


def _finding(old: Sequence[str], new: Sequence[str]) -> Callable[[], object]:
    before = messages(old)
    now = [("paragraph", text) for text in new]
    return lambda: assign("large", 2, before, now)


def _merging(old: Sequence[str], new: Sequence[str]) -> Callable[[], object]:
    before = messages(old)
    now = [
        replace(one, text=text, unit=f"new{place}" if place % 3 == 0 else one.unit)
        for place, (one, text) in enumerate(zip(before, new, strict=True))
    ]
    stood = [Rendering(one, f"fr – {one.text}") for one in before]
    return lambda: merge(now, stood)


def _telling_apart(number: int) -> Callable[[], object]:
    """The yardstick: each text compared, word by word, with the one that stood in its place."""
    pairs = [(old.split(), CHANGES["a word"](old).split()) for old in texts(number)]
    return lambda: [SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs]


def _for_each(what: str, work: Callable[[int], Callable[[], object]]) -> Cost:
    """Milliseconds for a hundred thousand texts, in small sections and in large ones."""
    cases = [(SMALL, work(SMALL)), (LARGE, work(LARGE)), (SMALL, _telling_apart(SMALL))]
    least = [float("inf")] * len(cases)
    for _ in range(ROUNDS):
        for place, (number, case) in enumerate(cases):
            begun = time.process_time()
            case()
            took = (time.process_time() - begun) * MS
            least[place] = min(least[place], took * 100_000 / number)
    return Cost(what, *least)
