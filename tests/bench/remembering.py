"""How long a look-up in the translation memory takes as it grows."""

import random
import re
from functools import cache

import polib
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from content.samples import bundle
from content.settings import ROOT
from content.translation import catalogue
from content.translation.exchange.tmx import Pair
from content.translation.memory_index import LIKENESS_MIN, Index, Remembered, build
from tests.bench.reading import Ratio, compare

SMALL, LARGE = 10_000, 100_000
#: Different words beside those of the bundled page.
RARE_WORDS = 5_000
#: Texts looked up, of all lengths.
ASKED = 12


@cache
def bundled() -> list[str]:
    """The messages of the bundled page."""
    path = ROOT / "locales" / catalogue.file_name(bundle.PAGE, "fr")
    return sorted((entry.msgid for entry in polib.pofile(str(path))), key=len)


def remembered(many: int) -> Index:
    """A memory of so many texts, in words and lengths of the bundled page."""
    chance = random.Random(1)
    words = re.findall(r"\w+", " ".join(bundled()))

    def word() -> str:
        return chance.choice(words) if chance.random() < 0.9 else f"w{chance.randrange(RARE_WORDS)}"

    def text(number: int) -> str:
        length = len(chance.choice(bundled()).split())
        return " ".join([*(word() for _ in range(length)), f"{number}."])

    return build(Remembered(Pair(text(number), "x", "en", "fr")) for number in range(many))


def asked() -> list[str]:
    texts = bundled()
    return texts[:: len(texts) // ASKED][:ASKED]


def looked_up(index: Index) -> int:
    """Each text that is asked for, once."""
    return sum(len(index.exact(text)) + len(index.alike(text, LIKENESS_MIN)) for text in asked())


def compared_with_all(index: Index) -> int:
    """The same without any thought: every text against every text."""
    return sum(
        len(process.extract(text, index.words, scorer=ratio, score_cutoff=LIKENESS_MIN))
        for text in asked()
    )


def growth(small: Index, large: Index) -> Ratio:
    return compare("looking up, 10 times more", lambda: looked_up(small), lambda: looked_up(large))


def thought(large: Index) -> Ratio:
    return compare(
        "looking up, without thought",
        lambda: looked_up(large),
        lambda: compared_with_all(large),
    )
