"""A number in digits: what it is worth in a locale, and whether that locale writes it so.

What a locale reads without doubt is worth that: in French 40,000 is forty. What it would not write
is read as it is most likely meant, so that 1.4 in a French text is a slip and not another number.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from content.translation.checks.kept import Kept
from content.translation.checks.language import KEPT_MAX as LANGUAGES_MAX
from content.translation.checks.language import Language

#: Digits of any system, with what may group them; a space only before three of them.
LITERAL = r"\d+(?:(?:[.,'’٫٬·]|[ \u00a0\u2009\u202f](?=\d{3}(?!\d)))\d+)*"
_NOT_DIGITS = re.compile(r"[^0-9]")
_GROUP = 3
#: Meanings kept at hand, of each language.
KEPT_MAX = 16_384


class Literal(NamedTuple):
    """What digits may mean. Frozen. Values are in their one spelling."""

    value: str
    #: What else they may mean.
    others: tuple[str, ...] = ()
    #: The numbers that they are where they are several: `01.03.2025`.
    parts: tuple[str, ...] = ()
    #: Written as the locale writes.
    good: bool = True


@lru_cache(LANGUAGES_MAX)
def literals(language: Language) -> Kept[Literal]:
    """What each match of LITERAL means in a language."""
    return Kept(lambda raw: _read(raw, language), KEPT_MAX)


def _read(raw: str, language: Language) -> Literal:
    text = raw if raw.isascii() else _western(raw)
    if text.isdigit():
        return Literal(_whole(text))
    pieces = _NOT_DIGITS.split(text)
    marks = _NOT_DIGITS.findall(text)
    parts = tuple(map(_whole, pieces))
    strict = _strict(pieces, marks, language)
    if strict:
        return Literal(strict, parts=parts)
    first, *others = _lenient(pieces, marks)
    return Literal(first, tuple(others), parts, good=False)


def _strict(pieces: list[str], marks: list[str], language: Language) -> str:
    """The value that the locale's own rules give; nothing where it does not write so."""
    *before, last = marks
    if last in language.decimals and (
        not before or (_one_mark(before, language) and _grouped(pieces[:-1]))
    ):
        return _decimal("".join(pieces[:-1]), pieces[-1])
    return _whole("".join(pieces)) if _one_mark(marks, language) and _grouped(pieces) else ""


def _lenient(pieces: list[str], marks: list[str]) -> list[str]:
    """What may be meant, the likeliest first."""
    found = []
    if len(set(marks)) == 1 and _grouped(pieces) and pieces[0] != "0":
        found.append(_whole("".join(pieces)))
    if len(marks) == 1 or (marks[-1] not in marks[:-1] and _grouped(pieces[:-1])):
        found.append(_decimal("".join(pieces[:-1]), pieces[-1]))
    return found or [".".join(map(_whole, pieces))]


def _one_mark(marks: list[str], language: Language) -> bool:
    return len(set(marks)) == 1 and marks[0] in language.groups


def _grouped(pieces: list[str]) -> bool:
    return 1 <= len(pieces[0]) <= _GROUP and all(len(piece) == _GROUP for piece in pieces[1:])


def _whole(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _decimal(whole: str, fraction: str) -> str:
    fraction = fraction.rstrip("0")
    return f"{_whole(whole)}.{fraction}" if fraction else _whole(whole)


def _western(raw: str) -> str:
    """Arabic-Indic and other digits as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in raw)
