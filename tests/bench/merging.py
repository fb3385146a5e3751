"""What a changed source costs as it grows: finding the units again, and merging the translation."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

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

Change = Callable[[str], str]
#: What happens to every text of a section, by name.
CHANGES: dict[str, Change] = {
    "nothing": lambda text: text,
    "a word of a tenth": lambda text: text.replace("1 of 100 people and", "1 of 100 children and"),
    "a number": lambda text: text.replace("of 100", "of 200"),
    "a word": lambda text: text.replace("trial", "study"),
    "every word": lambda text: " ".join(word[::-1] for word in text.split()),
}


def texts(number: int) -> list[str]:
    """That many texts of a section, alike as those of a page are, and none twice."""
    return [
        f"In trial {row} doctors {VERBS[row % 7]} the {NOUNS[row // 7 % 7]} of {row} of 100 people "
        f"and {VERBS[row // 49 % 7]} what {NOUNS[row // 343 % 7]} they had."
        for row in range(number)
    ]


def messages(told: Sequence[str]) -> list[Message]:
    numbered = [("paragraph", text) for text in told]
    ids = assign("large", 1, (), numbered)
    return [Message(unit, "paragraph", text) for unit, text in zip(ids, told, strict=True)]


def finding(change: Change) -> Ratio:
    """Units of a section of which every text changed, for each text."""

    def work(number: int) -> Callable[[], object]:
        told = texts(number)
        before = messages(told)
        now = [("paragraph", change(text)) for text in told]
        return lambda: assign("large", 2, before, now)

    return _for_each("units found again", work)


def merging(change: Change) -> Ratio:
    """A translation put to a section of which every text changed and a third is new."""

    def work(number: int) -> Callable[[], object]:
        before = messages(texts(number))
        now = [
            replace(one, text=change(one.text), unit=f"new{place}" if place % 3 == 0 else one.unit)
            for place, one in enumerate(before)
        ]
        stood = [Rendering(one, f"fr – {one.text}") for one in before]
        return lambda: merge(now, stood)

    return _for_each("translation merged", work)


def _for_each(what: str, work: Callable[[int], Callable[[], object]]) -> Ratio:
    """Milliseconds for a hundred thousand texts, in small sections and in large ones."""
    cases = [(number, work(number)) for number in (SMALL, LARGE)]
    least = {SMALL: float("inf"), LARGE: float("inf")}
    for _ in range(ROUNDS):
        for number, case in cases:
            begun = time.process_time()
            case()
            took = (time.process_time() - begun) * MS
            least[number] = min(least[number], took * 100_000 / number)
    return Ratio(what, least[SMALL], least[LARGE])
