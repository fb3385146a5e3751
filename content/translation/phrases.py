"""The hub's own sentences in the reader's language, from locales/<locale>/LC_MESSAGES/desk.po."""

from functools import lru_cache
from pathlib import Path

import polib

from content.settings import ROOT
from content.translation.locale import parent

TRANSLATION_OF = "Translation of version {number} of the source text"
VARIANT_OF = "Regional variant of version {number} of the text"
CARRIED_FORWARD = "The words are unchanged; the source text is now version {number}"
DEMO_NOTICE = (
    "Demonstration: the people, reviews and signatures shown here are fictitious. "
    "No medical board has approved this text."
)
SAFETY_CHANGE = "The source text was changed for safety. Read the new text in its language."
REVIEW_LAPSED = "The text was not reviewed in time, so it is no longer shown."


def say(locale: str, phrase: str, **values: object) -> str:
    """`phrase` in `locale`, or in its parent's language, or in English."""
    return words(locale, phrase).format(**values)


def words(locale: str, phrase: str) -> str:
    """The same with its gaps as they stand: a page's script fills them in."""
    tag: str | None = locale
    while tag is not None:
        found = _catalogue(tag).get(phrase)
        if found:
            return found
        tag = parent(tag)
    return phrase


@lru_cache
def _catalogue(tag: str) -> dict[str, str]:
    path: Path = ROOT / "locales" / tag / "LC_MESSAGES" / "desk.po"
    if not path.is_file():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
