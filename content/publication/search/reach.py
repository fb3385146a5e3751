"""Where to look: locales and a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """Frozen. Empty fields do not narrow it."""

    #: A locale and its parents, nearest first.
    locales: tuple[str, ...] = ()
    page: str = ""
