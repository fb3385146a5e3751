"""What a regional variant demands of the text that it inherits. Proposed, never written.

1. Numbers: separators as CLDR has them for the variant (`1.4` and `40’000` in de-CH).
2. de-CH has no ß.
3. Quotation marks as the region sets them: « » without spaces in de-CH and it-CH, ‘ ’ in en-AU.
4. fr-CH and fr-CA: no line breaks before a colon or a percent sign, or within « ».
5. en-AU: Australian spelling, and the day before the month.

A proposal is for a person to take or leave. A false one costs more than one that is missing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from babel import Locale as CldrLocale

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
#: Any of these may stand where CLDR writes one of them.
SPACES = {NO_BREAK, NARROW_NO_BREAK}

Rule = Callable[[str], str]


@dataclass(frozen=True)
class Proposal:
    """The whole text of a message as the locale would have it, and the rules that say so."""

    what: tuple[str, ...]
    text: str


def propose(text: str, base: str, locale: str) -> Proposal | None:
    """What `locale` demands of a text of its base locale; None where that is nothing."""
    asked = []
    for name, rule in _rules(base, locale):
        better = rule(text)
        if better != text:
            asked.append(name)
            text = better
    return Proposal(tuple(asked), text) if asked else None


@lru_cache(maxsize=64)
def _rules(base: str, locale: str) -> tuple[tuple[str, Rule], ...]:
    return (("numbers", _numbers(base, locale)), *OWN.get(locale, ()))


def _numbers(base: str, locale: str) -> Rule:
    (decimal, group), (own_decimal, own_group) = _separators(base), _separators(locale)
    if (decimal, group) == (own_decimal, own_group):
        return str
    # Three digits at a time, so no date and no number of a chapter is taken for one.
    grouped = rf"\d{{1,3}}(?:{_any(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"
    plain = rf"\d+{re.escape(decimal)}\d+"
    number = re.compile(rf"(?<![\w.,])(?<!\d’)(?:{grouped}|{plain})(?![\w’]|[.,]\d)")
    return partial(number.sub, partial(_rewritten, decimal, own_decimal, own_group))


def _rewritten(decimal: str, own_decimal: str, own_group: str, number: re.Match[str]) -> str:
    whole, point, fraction = number[0].partition(decimal)
    return re.sub(r"\D", own_group, whole) + (own_decimal if point else "") + fraction


def _any(group: str) -> str:
    return f"[{''.join(SPACES)}]" if group in SPACES else re.escape(group)


def _separators(tag: str) -> tuple[str, str]:
    """(decimal, thousands) of a locale, by CLDR."""
    symbols = CldrLocale.parse(tag, sep="-").number_symbols["latn"]
    return symbols["decimal"], symbols["group"]


def _no_sharp_s(text: str) -> str:
    return text.replace("ß", "ss").replace("ẞ", "SS")


def _quotes(opening: str, closing: str, own: str, text: str) -> str:
    """Pairs only: a mark that stands alone may be an apostrophe or an inch."""
    pair = re.compile(f"{opening}([^{opening}{closing}]*){closing}")
    return pair.sub(rf"{own[0]}\1{own[1]}", text)


#: A space that may break, or none, before ; ! ? : % and within « ». An address has no space there.
_GAPS = (
    (re.compile(r"(?<=[\w)»]) (?=[;!?](?:\s|\Z|\*))"), NARROW_NO_BREAK),
    (re.compile(r"(?<=[\w)»]) (?=:(?:\s|\Z|\*))"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=%)"), NO_BREAK),
    (re.compile(r"(?<=«) ?(?=\w)"), NO_BREAK),
    (re.compile(r"(?<=[\w.!?]) ?(?=»)"), NO_BREAK),
)


def _no_breaks(text: str) -> str:
    for gap, space in _GAPS:
        text = gap.sub(space, text)
    return text


#: American to Australian (Macquarie Dictionary); `programme` is British.
SPELLING = {
    "program": ("programme",),
    "centre": ("center",),
    "fibre": ("fiber",),
    "colour": ("color",),
    "behaviour": ("behavior",),
    "tumour": ("tumor",),
    "anaemia": ("anemia",),
    "haematopoietic": ("hematopoietic",),
    "oestrogen": ("estrogen",),
    "paediatric": ("pediatric",),
    "specialised": ("specialized",),
    "randomised": ("randomized",),
    "organisation": ("organization",),
    "hospitalisation": ("hospitalization",),
}
_OWN_SPELLING = {other: own for own, others in SPELLING.items() for other in others}
_FOREIGN = re.compile(rf"\b({'|'.join(_OWN_SPELLING)})(s?)\b", re.IGNORECASE)
_MONTHS = (
    "January February March April May June July August September October November December"
).replace(" ", "|")
_MONTH_FIRST = re.compile(rf"\b({_MONTHS}) (\d{{1,2}}), (\d{{4}})\b")


def _spelling(text: str) -> str:
    return _FOREIGN.sub(lambda found: _as_written(found[1]) + found[2], text)


def _as_written(word: str) -> str:
    own = _OWN_SPELLING[word.lower()]
    return own.capitalize() if word[0].isupper() else own


def _day_first(text: str) -> str:
    return _MONTH_FIRST.sub(r"\2 \1 \3", text)


#: Locale to its rules beside the numbers, in order.
OWN: dict[str, tuple[tuple[str, Rule], ...]] = {
    "de-CH": (("sharp-s", _no_sharp_s), ("quotes", partial(_quotes, "„", "“", "«»"))),
    "it-CH": (("quotes", partial(_quotes, "“", "”", "«»")),),
    "fr-CH": (("no-break", _no_breaks),),
    "fr-CA": (("no-break", _no_breaks),),
    "en-AU": (
        ("spelling", _spelling),
        ("dates", _day_first),
        ("quotes", partial(_quotes, "“", "”", "‘’")),
    ),
}
