"""What a file tells the translator beside a text."""

from content.translation.exchange.inline import PLACEHOLDER
from content.translation.merge import Rendering

#: What a placeholder means, for whoever opens the file.
PLACEHOLDER_NOTE = "Keep {1}, {2} ... right behind the link text: they stand for the addresses."


def notes_of(rendering: Rendering) -> list[str]:
    """The kind of the text, its placeholders, and what a suggestion was made for."""
    notes = [rendering.message.kind]
    if PLACEHOLDER.search(rendering.message.text):
        notes.append(PLACEHOLDER_NOTE)
    if rendering.fuzzy and rendering.previous_source:
        notes.append(f"The translation was made for: {rendering.previous_source}")
    return notes
