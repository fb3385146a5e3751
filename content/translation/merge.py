"""Carrying a translation over to a source that changed.

A unit whose words are the same keeps its translation. One whose words changed gets it back as a
suggestion, marked fuzzy, with the words it was made for. A new unit is blank.

A regional variant overrides single messages of its base text and inherits the rest. What it
inherits was accepted for these very words; once they move, it is blank until somebody accepts them
anew. Pure: values in, values out.
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
    #: The message's own text was accepted as it stands; `target` is empty. Only in a variant.
    inherited: bool = False

    @property
    def shown(self) -> str:
        """The words that stand in the message's place."""
        return self.message.text if self.inherited else self.target

    @property
    def done(self) -> bool:
        return bool(self.shown) and not self.fuzzy


def merge(
    messages: Sequence[Message], before: Iterable[Rendering], *, inherits: bool = False
) -> tuple[Rendering, ...]:
    """`before` put to the messages of the present source, by unit.

    `inherits` is true of a regional variant.
    """
    known = {rendering.message.unit: rendering for rendering in before}
    return tuple(carry(message, known.get(message.unit), inherits=inherits) for message in messages)


def carry(message: Message, old: Rendering | None, *, inherits: bool = False) -> Rendering:
    """What an old rendering is worth for a message of the present source."""
    if inherits and old is not None and not old.fuzzy and old.shown == old.message.text:
        return Rendering(message, inherited=old.message.words == message.words)
    if old is None or not old.target:
        return Rendering(message)
    if old.previous_source == message.text:
        # The source went back to the words that this translation was made for.
        return Rendering(message, old.target)
    if old.message.words == message.words:
        return replace(old, message=message)
    # A translator's own half-done words were made for no source that could come back.
    made_for = old.previous_source if old.fuzzy else old.message.text
    return Rendering(message, old.target, fuzzy=True, previous_source=made_for)


def complete(renderings: Iterable[Rendering]) -> bool:
    """Whether every message has a translation that somebody stands behind."""
    return all(rendering.done for rendering in renderings)
