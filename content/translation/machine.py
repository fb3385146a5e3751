"""Where a machine translation could come in. Off: nobody passes one.

What a machine says is shown as a suggestion and marked as such. It is never written anywhere.
"""

from typing import Protocol

from content.translation.exchange.tmx import Pair

ORIGIN = "machine"


class MachineTranslator(Protocol):
    """Anything that says a text in another language; an empty answer where it cannot."""

    def __call__(self, text: str, *, source_locale: str, locale: str) -> str: ...


def suggestion(
    machine: MachineTranslator | None, text: str, *, source_locale: str, locale: str
) -> Pair | None:
    """What the machine says, where there is one and it says something."""
    told = machine(text, source_locale=source_locale, locale=locale) if machine else ""
    if not told.strip():
        return None
    return Pair(text, told, source_locale, locale, origin=ORIGIN)
