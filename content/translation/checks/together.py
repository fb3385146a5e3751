"""Checks of many messages at once: one source told in two ways, two sources told in one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from content.records.message import Message
from content.translation.checks.finding import Finding, warning

#: Shorter texts often are the same in another language: `study` and `trial`.
SAME_CHARACTERS_MIN = 30
#: What of another text is shown in a message, in characters.
SHOWN_MAX = 80


def check_together(
    pairs: Sequence[tuple[Message, str]], locale: str
) -> Mapping[str, tuple[Finding, ...]]:
    """Warnings by unit, for units that have any. A blank translation is none."""
    found: dict[str, list[Finding]] = defaultdict(list)
    told = [(message, target) for message, target in pairs if target.strip()]
    for message, other in _told_otherwise([(m.unit, _bare(m.text), t) for m, t in told]):
        text = f"The same source is translated as “{other[:SHOWN_MAX]}” elsewhere; agree on one."
        found[message].append(warning("translated-twice", text))
    same = [(m.unit, _bare(t), m.text) for m, t in told if len(_bare(t)) >= SAME_CHARACTERS_MIN]
    for message, other in _told_otherwise(same):
        text = f"“{other[:SHOWN_MAX]}” is translated in the same words; see whether both are right."
        found[message].append(warning("same-translation", text))
    return {unit: tuple(findings) for unit, findings in found.items()}


def _told_otherwise(listed: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """(unit, another text) for every unit whose key stands with another text elsewhere."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for _, key, text in listed:
        texts[key].setdefault(_bare(text), text)
    return [
        (unit, next(other for bare, other in texts[key].items() if bare != _bare(text)))
        for unit, key, text in listed
        if len(texts[key]) > 1
    ]


def _bare(text: str) -> str:
    """What counts of a text here: no capitals, no marks at its end, one kind of blank."""
    return " ".join(text.lower().split()).rstrip(".!?:; ")
