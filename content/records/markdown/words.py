"""The words of one unit: what is translated, reviewed and compared as a whole."""

from dataclasses import dataclass
from typing import Literal

#: Where words stand. `alt` is plain text, all others are inline Markdown.
Kind = Literal["title", "summary", "paragraph", "list-item", "cell", "caption", "alt"]


@dataclass(frozen=True)
class Words:
    """One text in canonical inline Markdown, its link targets taken out. Frozen.

    `text` holds numbered placeholders, `[the trial register]{1}`; `links[0]` is the target of {1}.
    Words come from `read_words` or from reading a page; both guarantee that the text is safe.
    """

    kind: Kind
    text: str
    links: tuple[str, ...] = ()
