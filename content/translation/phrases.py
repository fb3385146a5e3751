"""The hub's own sentences in the reader's language, from locales/<locale>/LC_MESSAGES/desk.po."""

from functools import lru_cache
from pathlib import Path

import polib

from content.settings import ROOT
from content.translation.locale import ancestors, parent

TRANSLATION_OF = "Translation of version {number} of the source text"
VARIANT_OF = "Regional variant of version {number} of the text"
CARRIED_FORWARD = "The words are unchanged; the source text is now version {number}"
DEMO_NOTICE = (
    "Demonstration: the people, reviews and signatures shown here are fictitious. "
    "No medical board has approved this text."
)
SAFETY_CHANGE = "The source text was changed for safety. Read the new text in its language."
REVIEW_LAPSED = "The text was not reviewed in time, so it is no longer shown."
OUT_OF_DATE = "Out of date."
SOURCE_MOVED = "The text that it follows has changed since, and this one has not yet."
DUE_FOR_REVIEW = "Due for review."
REVIEW_PASSED = "It is still in force, but the date for its review has passed."
ERASED = "Name erased"
PICTURE = "Picture"
REFERENCES = "References"
LINK_ADDRESSES = "Addresses of the links"
NOT_IN_THIS_LANGUAGE = "Not available in this language yet"
#: By the reason of a withdrawal.
WITHDRAWN_BECAUSE = {
    "error": "The text had an error.",
    "new-evidence": "There is new evidence.",
    "safety": "It was withdrawn for the safety of patients.",
    "legal": "It was withdrawn for legal reasons.",
    "other": "It was withdrawn for another reason.",
    "source-safety-change": "The text it follows was changed for the safety of patients.",
    "review-lapsed": "It was not reviewed in time.",
}
RECALL_SUBJECT = "Action needed: withdrawn text on your site ({reference})"
REMINDER_SUBJECT = "Reminder: withdrawn text on your site ({reference})"
RECALL_GREETING = "To the people who look after the website of {name}"
RECALL_WHAT = (
    "The text “{title}” ({section}, {language}) was withdrawn on {day}. Version {version} and all "
    "earlier versions must no longer be shown."
)
RECALL_WHERE = "According to what your site last told the hub, it is shown here:"
RECALL_PAGE = "version {version}, since {day}: {url}"
RECALL_TAKE_OFF = (
    "Please take it off these pages now, or show what the hub now serves in its place: {url}"
)
RECALL_TELL = (
    "Then have your site tell the hub what it shows ({request}). You will get no more of these "
    "letters once the text is no longer on that list."
)
RECALL_INSTEAD = "To read instead: {url}"
RECALL_END = (
    "If your site cannot tell the hub, please reply to this letter. In the feed, this withdrawal "
    "is number {seq}."
)
OFF_SUBJECT = "Action needed: your webhook was switched off ({host})"
OFF_WHAT = (
    "On {day} the hub switched off the webhook {webhook} to {host}. Nothing more is sent to it."
)
#: By the reason, where it was the hub that did it.
OFF_BECAUSE = {
    "gone": "Its endpoint answered 410 Gone.",
    "failing": "No attempt to reach it had succeeded for about three days.",
}
OFF_MEND = (
    "Please mend the endpoint, then switch the webhook on again ({request}, with “state”: “on”). "
    "It goes on where it stopped."
)
OFF_MEANWHILE = (
    "Until then your site does not hear of withdrawals in this way. It can poll instead: {url}"
)


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


def spoken(locale: str) -> str:
    """The locale whose language the hub speaks to readers of this one; English if it has none."""
    is_spoken = any(_catalogue(tag) for tag in (locale, *ancestors(locale)))
    return locale if is_spoken else "en"


@lru_cache
def _catalogue(tag: str) -> dict[str, str]:
    path: Path = ROOT / "locales" / tag / "LC_MESSAGES" / "desk.po"
    if not path.is_file():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
