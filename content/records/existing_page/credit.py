"""Whose picture it is, found in the words under it."""

import re

CREDIT_CHARACTERS_MAX = 200

_WORD = (
    r"(?:(?:image|photo|picture|illustration|figure|crédits?|credits?)[ \u00a0]+)?"
    r"(?:credits?|crédits?|credito|crediti|source|fonte|quelle|bildnachweis|bildquelle|foto|photo"
    r"|image|bild|illustration|copyright|abbildung|immagine)"
    r"(?:[ \u00a0]+(?:photo|image))?"
)
# “Credit: X”, “Photo by X”, “© X”, “Courtesy of X”
_OPENING = (
    rf"(?:\b{_WORD}[ \u00a0]?:|\b(?:image|photo|picture|illustration|figure)s?[ \u00a0]+by\b"
    r"|\b(?:image[ \u00a0]+|photo[ \u00a0]+)?courtesy[ \u00a0]+of\b"
    r"|(?:\bcopyright[ \u00a0]+)?(?:©|\(c\))|\bcopyright\b)"
)
_CREDIT = re.compile(rf"{_OPENING}[ \u00a0]*(?P<name>[^|;()\n]+)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s+\w{3,})|\.$")
_ABBREVIATION = re.compile(r"\b(?:Dr|Prof|St|Mr|Mrs|Ms|Inc|Ltd|[A-Z])$")


def credit_of(text: str, *, whole: bool = False) -> str | None:
    """The name after `Credit:`, `©`, `Source:`, `Image by` ...; None where there is none.

    `whole`: the text must begin with it, as a line below a picture does.
    """
    if whole and len(text) > CREDIT_CHARACTERS_MAX:
        return None
    match = _CREDIT.match(text) if whole else _CREDIT.search(text)
    if match is None:
        return None
    name = _first_sentence(match["name"]).strip(" \u00a0,.:–—-")
    return name[:CREDIT_CHARACTERS_MAX] or None


def _first_sentence(text: str) -> str:
    for end in _SENTENCE_END.finditer(text):
        before = text[: end.start()]
        if not _ABBREVIATION.search(before):
            return before
    return text
