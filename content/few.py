"""Names in one line of a message: the first of them, and how many more there are."""

from collections.abc import Sequence

MOST = 5


def few(names: Sequence[str], most: int = MOST) -> str:
    """`a, b, c, d, e and 2 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
