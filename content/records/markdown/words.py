"""The words of one unit: what is translated, reviewed and compared as a whole."""

from dataclasses import dataclass
from typing import Literal

#: Where words stand. `alt` is plain text, all others are inline Markdown.
Kind = Literal["title", "summary", "paragraph", "list-item", "cell", "caption", "alt"]
TEXT_CHARACTERS_MAX = 10_000  # as read, without markup
TITLE_CHARACTERS_MAX = 300
WRITTEN_MAX = 60_000  # characters of canonical text and targets; a line of a file holds 100,000


@dataclass(frozen=True)
class Words:
    """One text in canonical inline Markdown, its link targets taken out. Frozen.

    `text` holds numbered placeholders, `[the trial register]{1}`; `links[0]` is the target of {1}.
    Words come from `read_words` or from reading a page; both guarantee that the text is safe.
    """

    kind: Kind
    text: str
    links: tuple[str, ...] = ()
