"""Carrying a translation over to a source that changed.

A unit whose words are the same keeps its translation. One whose words changed gets it back as a
suggestion, marked fuzzy, with the words it was made for; so does a text that was split off a longer
one, or merged of several. A new unit is blank.

A regional variant overrides single messages of its base text and inherits the rest. What it
inherits was accepted for these very words; once they move, it is blank until somebody accepts them
anew. Own targets of links are bound to the source's targets, whatever becomes of the words. Pure:
values in, values out.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from content.records.message import Message
from content.translation import own_links
from content.translation.lineage import origins
from content.translation.own_links import OwnLinks

#: Stands between the sources of a suggestion made of several texts; no unit's text has it in it.
BETWEEN_TEXTS = "\n\n"
_PLACEHOLDER = re.compile(r"(?<=\]\{)\d+(?=\})")


class Rendering(NamedTuple):
    """One message with what a translation has for it; `target` is empty while there is nothing."""

    message: Message
    target: str = ""
    #: A suggestion that a translator has yet to confirm. Never goes further than a draft.
    fuzzy: bool = False
    #: The source text that `target` was made for, where that is not the message's.
    previous_source: str | None = None
    #: The message's own text was accepted as it stands; `target` is empty. Only in a variant.
    inherited: bool = False
    #: Where links lead instead of where the source's do. Some may be of links that are gone.
    own_links: OwnLinks = ()

    @property
    def shown(self) -> str:
        """The words that stand in the message's place."""
        return self.message.text if self.inherited else self.target

    @property
    def done(self) -> bool:
        return bool(self.shown) and not self.fuzzy


def merge(
    messages: Sequence[Message], before: Sequence[Rendering], *, inherits: bool = False
) -> tuple[Rendering, ...]:
    """`before` put to the messages of the present source, within one section.

    `inherits` is true of a regional variant.
    """
    known = {rendering.message.unit: rendering for rendering in before}
    if inherits:
        return tuple(carry(one, known.get(one.unit), inherits=True) for one in messages)
    came_from = origins(messages, [rendering.message for rendering in before])
    return tuple(
        _from_parts(message, [known[unit] for unit in came_from[message.unit]])
        if message.unit in came_from
        else carry(message, known.get(message.unit))
        for message in messages
    )


def carry(message: Message, old: Rendering | None, *, inherits: bool = False) -> Rendering:
    """What an old rendering is worth for a message of the present source."""
    if old is None:
        return Rendering(message)
    carried = _words_carried(message, old, inherits)
    if not old.own_links:  # which is nearly always
        return carried
    return carried._replace(own_links=_links_carried(message, old))


def _words_carried(message: Message, old: Rendering, inherits: bool) -> Rendering:
    if inherits and not old.fuzzy and old.shown == old.message.text:
        return Rendering(message, inherited=old.message.words == message.words)
    if not old.target:
        return Rendering(message)
    if old.previous_source == message.text:
        # The source went back to the words that this translation was made for.
        return Rendering(message, old.target)
    if old.message.same_words(message):
        return old._replace(message=message)
    return Rendering(message, old.target, fuzzy=True, previous_source=_made_for(old))


def _links_carried(message: Message, old: Rendering) -> OwnLinks:
    if old.message.unit == message.unit:
        return own_links.carried(old.own_links, message.links)
    # What a part of a text has no link of may stand in another part.
    return own_links.standing(old.own_links, message.links)


def retired(messages: Iterable[Message], before: Iterable[Rendering]) -> tuple[Rendering, ...]:
    """What stood behind a unit that the present source has no more, and was done."""
    present = {message.unit for message in messages}
    return tuple(one for one in before if one.done and one.message.unit not in present)


def _made_for(old: Rendering) -> str | None:
    # A translator's own half-done words were made for no source that could come back.
    return old.previous_source if old.fuzzy else old.message.text


def _from_parts(message: Message, parts: Sequence[Rendering]) -> Rendering:
    """What the renderings of the texts that became `message` are worth for it."""
    own = own_links.gathered([one.own_links for one in parts], message.links)
    told = [one for one in parts if one.target]
    if len(told) < 2:
        return carry(message, told[0] if told else None)._replace(own_links=own)
    links = 0
    targets = []
    for one in told:
        targets.append(_from(links, one.target))
        links += len(one.message.links)
    made_for = BETWEEN_TEXTS.join(_made_for(one) or one.message.text for one in told)
    return Rendering(
        message, " ".join(targets), fuzzy=True, previous_source=made_for, own_links=own
    )


def _from(links: int, target: str) -> str:
    """The same words, their placeholders counted on from those before them."""
    return _PLACEHOLDER.sub(lambda number: str(int(number[0]) + links), target)


def complete(renderings: Iterable[Rendering]) -> bool:
    """Whether every message has a translation that somebody stands behind."""
    return all(rendering.done for rendering in renderings)
