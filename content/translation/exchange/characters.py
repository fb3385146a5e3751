"""Characters that no file of ours carries: XML cannot hold them, or a person cannot see them."""

import re

from content.errors import ExchangeRefused

#: What XML 1.0 (2.2) leaves out, other controls, line separators, and what turns text round.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def named(text: str) -> str:
    """The first such character of a text as `U+0007`; empty where there is none."""
    found = FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def require_writable(text: str, where: str) -> None:
    """Raises ExchangeRefused naming the character; `where` says whose text it is."""
    character = named(text)
    if character:
        raise ExchangeRefused(
            f"{where} has the character {character}, which no file can carry; take it out.",
            character=character,
        )


def require_readable(text: str, line: int) -> None:
    """Raises ExchangeRefused naming the character and the line."""
    character = named(text)
    if character:
        raise ExchangeRefused(
            f"Line {line} has the character {character}; take it out.",
            line=line,
            character=character,
        )
