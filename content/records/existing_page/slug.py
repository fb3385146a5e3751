"""Proposed slugs: `What is aHSCT?` becomes `what-is-ahsct`."""

import re
import unicodedata

SLUG_CHARACTERS_MAX = 80

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_POSSESSIVE = re.compile(r"(?<=[a-z])['’]s\b")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether the text may name a section."""
    return len(text) <= SLUG_CHARACTERS_MAX and _SLUG.fullmatch(text) is not None


def folded(text: str) -> str:
    """The text as a slug, as long as it comes out; empty when no letter has an ASCII form."""
    lowered = _POSSESSIVE.sub("s", text.lower().translate(_LETTERS))
    apart = unicodedata.normalize("NFKD", lowered)
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "-".join(re.findall("[a-z0-9]+", kept))


def unique_slug(text: str, taken: dict[str, int], *, otherwise: str = "section") -> str:
    """A slug for the text that is not in `taken`, with -2, -3 ... where it is; it is added there.

    `taken` holds, for each slug, the last number it was given.
    """
    stem = _shortened(folded(text), SLUG_CHARACTERS_MAX) or otherwise
    slug, number = stem, taken.get(stem, 1)
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = _shortened(stem, SLUG_CHARACTERS_MAX - len(ending)) + ending
    taken[stem] = number
    taken.setdefault(slug, 1)
    return slug


def _shortened(slug: str, characters: int) -> str:
    """Cut at the last hyphen that fits; in the middle of a word only when there is none."""
    if len(slug) <= characters:
        return slug
    head = slug[: characters + 1]
    return head.rsplit("-", 1)[0] if "-" in head else slug[:characters]
