"""Carrying a translation over to a source that changed.

A unit whose words are the same keeps its translation. One whose words changed gets it back as a
suggestion, marked fuzzy, with the words it was made for. A new unit is blank. Pure: values in,
values out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from content.records.message import Message


@dataclass(frozen=True)
class Rendering:
    """One message with what a translation has for it; `target` is empty while there is nothing."""

    message: Message
    target: str = ""
    #: A suggestion that a translator has yet to confirm. Never goes further than a draft.
    fuzzy: bool = False
    #: The source text that `target` was made for, where that is not the message's.
    previous_source: str | None = None

    @property
    def done(self) -> bool:
        return bool(self.target) and not self.fuzzy


def merge(messages: Sequence[Message], before: Iterable[Rendering]) -> tuple[Rendering, ...]:
    """`before` put to the messages of the present source, by unit."""
    known = {rendering.message.unit: rendering for rendering in before}
    return tuple(carry(message, known.get(message.unit)) for message in messages)


def carry(message: Message, old: Rendering | None) -> Rendering:
    """What an old rendering is worth for a message of the present source."""
    if old is None or not old.target:
        return Rendering(message)
    if old.previous_source == message.text:
        # The source went back to the words that this translation was made for.
        return Rendering(message, old.target)
    if _same_words(old.message, message):
        return replace(old, message=message)
    # A translator's own half-done words were made for no source that could come back.
    made_for = old.previous_source if old.fuzzy else old.message.text
    return Rendering(message, old.target, fuzzy=True, previous_source=made_for)


def _same_words(one: Message, other: Message) -> bool:
    # Words are read out of the text, which takes longer than to see that it is the same.
    same_text = (one.kind, one.text, one.links) == (other.kind, other.text, other.links)
    return same_text or one.words == other.words


def complete(renderings: Iterable[Rendering]) -> bool:
    """Whether every message has a translation that somebody stands behind."""
    return all(rendering.done for rendering in renderings)
