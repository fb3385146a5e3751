"""Words as the index and a query have them: small letters without accents, the same on both sides.

Both databases get words that were folded here, so that both cut and fold a text alike.
"""

import re
import unicodedata

#: Characters of a word that count; what is longer is no word of a language.
WORD_MAX = 64
#: Letters that Unicode does not take apart.
LETTERS = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})

_WORD = re.compile(r"[^\W_]+")
#: A word in a text that is not folded: an accent may be a character of its own.
_WRITTEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")


def fold(text: str) -> list[str]:
    """`Cellules souches hématopoïétiques` as `cellules`, `souches`, `hematopoietiques`."""
    if text.isascii():
        return [word[:WORD_MAX] for word in _WORD.findall(text.lower())]
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    bare = "".join(
        one for one in apart if unicodedata.category(one)[0] not in "MC" or one.isspace()
    )
    return [word[:WORD_MAX] for word in _WORD.findall(bare)]


def written(text: str) -> list[tuple[int, int]]:
    """Where each word of a text as it was written begins and ends."""
    return [found.span() for found in _WRITTEN.finditer(text)]
