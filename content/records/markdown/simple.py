"""Words in which nothing is markup but the numbered links: most are, and no parser is needed."""

import re
from collections.abc import Sequence

from markdown_it.common.utils import mdTrim

from content.records.markdown.targets import link_target
from content.records.markdown.words import (
    TEXT_CHARACTERS_MAX,
    TITLE_CHARACTERS_MAX,
    WRITTEN_MAX,
    Kind,
    Words,
)

_PLAIN = r"[^\n\\`*_\[\]<&!]"
_SIMPLE = re.compile(rf"{_PLAIN}*+(?>\[{_PLAIN}++\]\{{[1-9][0-9]{{0,2}}\}}{_PLAIN}*+)*+")
_LINK = re.compile(r"\[([^\]]+)\]\{([0-9]+)\}")


def simple_words(kind: Kind, text: str, links: Sequence[str]) -> Words | None:
    """What reading the text as inline Markdown would give, where that is plain to see.

    `text` is trimmed, NFC, and holds no forbidden character. None where a parser must look at it,
    or where something may be wrong with it.
    """
    longest = TITLE_CHARACTERS_MAX if kind == "title" else TEXT_CHARACTERS_MAX
    if not 0 < len(text) <= longest or not _SIMPLE.fullmatch(text):
        return None
    if not links and "[" not in text:
        return Words(kind, text)
    found = _LINK.findall(text)
    numbers = sorted(int(number) for _, number in found)
    targets = tuple(target for link in links if (target := link_target(link)))
    whole = (
        numbers == list(range(1, len(links) + 1))
        and len(targets) == len(links)
        and all(mdTrim(label) for label, _ in found)
        and len(text) + sum(map(len, targets)) <= WRITTEN_MAX
    )
    return Words(kind, text, targets) if whole else None


def simple_shown(text: str) -> str | None:
    """What a reader sees of canonical words, links without their numbers; None as above."""
    if not _SIMPLE.fullmatch(text):
        return None
    return _LINK.sub(r"\1", text) if "[" in text else text


def simple_links(text: str) -> frozenset[int] | None:
    """The numbers of the links of a text that holds no other markup; None as above."""
    if not _SIMPLE.fullmatch(text):
        return None
    found = _LINK.findall(text)
    if not all(mdTrim(label) for label, _ in found):
        return None
    return frozenset(int(number) for _, number in found)
