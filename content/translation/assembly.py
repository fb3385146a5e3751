"""Putting a translation together: the source's blocks with the translated words in them.

The skeleton is always the source's, so a translated paragraph cannot turn into a list or a heading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from content.errors import WordsNotAccepted
from content.records.composition import record
from content.records.document import Change, Document, FigureRecord, SourceReference
from content.records.markdown import (
    Image,
    Words,
    WordsRefused,
    read_words,
    with_words,
    words_of,
)
from content.records.message import PLAIN_KINDS, Message, tree_of
from content.translation.merge import Rendering
from content.translation.own_links import OwnLinks, applied

#: Words read last that are kept at hand: a text on its way is looked at several times, first when
#: its file is judged and again when it is written. More than a file has (po/limits.py).
ACCEPTED_MAX = 32_768
#: The beginning of a tag; `p < 0.05` is none.
TAG = re.compile(r"<[a-zA-Z/!?]")


def assemble(
    source: Document,
    digest: str,
    renderings: Sequence[Rendering],
    *,
    locale: str,
    number: int,
    summary: str,
) -> Document:
    """The document of a complete translation of `source`, whose digest is `digest`.

    Raises WordsNotAccepted where a target cannot stand in its place.
    """
    targets = {rendering.message.unit: rendering for rendering in renderings}

    def told(unit: str) -> str:
        return targets[unit].shown

    translated = []
    figures = iter(source.figures)
    seen: list[FigureRecord] = []
    for block in source.blocks:
        tree = tree_of(block.markdown)
        words = [_accepted(targets[unit]) for unit in block.units]
        assert len(words) == len(words_of(tree))  # noqa: S101 (units were counted when composed)
        tree = replace(with_words(tree, words), evidence=block.evidence)
        if isinstance(tree.tree, Image):
            seen.append(_in_words(figures, words[0]))
        translated.append(record(tree, block.units))
    units = source.units
    return source.model_copy(
        update={
            "locale": locale,
            "version": number,
            "title": told(units.title),
            "summary": told(units.summary) if units.summary else None,
            "audience": told(units.audience),
            "disclaimer": told(units.disclaimer),
            "blocks": tuple(translated),
            "figures": tuple(seen),
            "translation_of": SourceReference(
                locale=source.locale, version=source.version, sha256=digest
            ),
            "change": Change(kind=source.change.kind, summary=summary),
        }
    )


def _accepted(rendering: Rendering) -> Words:
    return accept(rendering.message, rendering.shown, rendering.own_links)


def _in_words(figures: Iterator[FigureRecord], alt: Words) -> FigureRecord:
    return next(figures).model_copy(update={"alt": alt.text})


@lru_cache(maxsize=ACCEPTED_MAX)
def accept(message: Message, target: str, own: OwnLinks = ()) -> Words:
    """The target as words that can stand in the message's place, with its own links.

    Raises WordsNotAccepted.
    """
    kind = "alt" if message.kind in PLAIN_KINDS else message.kind
    if message.kind in PLAIN_KINDS and TAG.search(target):
        # Plain text shows it as it is, but not everybody who takes a title escapes it.
        raise WordsNotAccepted(f"{message.unit}: it has HTML; take it out.", unit=message.unit)
    try:
        return read_words(kind, target, applied(message.links, own))  # type: ignore[arg-type]
    except WordsRefused as refused:
        raise WordsNotAccepted(
            f"{message.unit}: {'; '.join(problem.message for problem in refused.problems)}",
            unit=message.unit,
        ) from None
