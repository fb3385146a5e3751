"""What the checks know of a language: its numbers from CLDR, its words from `languages/*.toml`.

A language without a table has no words, and loses what needs them; its number symbols, month
names and script are known all the same. Made once for each locale.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import langcodes
from babel import Locale as CldrLocale
from babel import UnknownLocaleError

from content.translation.checks.units import SYMBOLS
from content.translation.checks.words import Word, word_table

#: Locales whose tables are kept.
KEPT_MAX = 64
#: By which a word that may begin with a number is known, where words are compounds.
BEGINNING_LETTERS = 3
_TABLES = Path(__file__).with_name("languages")
#: Group separators that any language may use.
SPACES = frozenset("\u00a0\u202f\u2009 ")
#: CLDR writes an apostrophe in one way, people in two.
_APOSTROPHES = frozenset("'’")
#: Where CLDR names one decimal symbol, and both are in use.
_DECIMALS = {"fr-CH": frozenset(",."), "it-CH": frozenset(",.")}
_BEGINNING = re.compile(r"^(?:[^\W\d_]+|.)", re.MULTILINE)


@dataclass(frozen=True)
class Negation:
    """The words of one language that say no. Frozen."""

    #: A text with one of these says no; `weak` ones may do so.
    strong: frozenset[str]
    weak: frozenset[str]
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    #: Turns such as `not only`, which say no in one language and yes in another.
    neutral: "re.Pattern[str]"


@dataclass(frozen=True, eq=False)
class Language:
    """One language, in one country. Frozen; there is one of each, so it is compared by identity."""

    tag: str
    code: str
    script: str
    decimals: frozenset[str]
    groups: frozenset[str]
    #: Whether there is a table of its words; all below is empty where there is none.
    known: bool
    words: Mapping[str, Word]
    #: Of how many pieces with hyphens between them the longest of these is.
    pieces_max: int
    unit: "re.Pattern[str]"
    #: What a unit's sign begins with: its first letters, or another character.
    unit_beginnings: frozenset[str]
    per: "re.Pattern[str]"
    stems: Mapping[str, "re.Pattern[str]"]
    compounds: "re.Pattern[str] | None"
    #: All of them, and what a word with a number in it begins with.
    any_stem: "re.Pattern[str]"
    beginnings: frozenset[str]
    joining: frozenset[str]
    halves: frozenset[str]
    minus: frozenset[str]
    #: Behind a time of the day.
    clock: frozenset[str]
    rates: frozenset[str]
    adverbs: frozenset[str]
    phases: frozenset[str]
    #: A number behind one of these is a place: `section 4.8`.
    numbered: frozenset[str]
    negation: Negation
    #: Codes of the source, in capitals, with what they become here; none: they are written out.
    abbreviations: Mapping[str, frozenset[str]]
    capitals: frozenset[str]
    common: frozenset[str]
    lettered: frozenset[str]
    doubled: frozenset[str]
    #: Articles that are relative pronouns too.
    relatives: frozenset[str]


@lru_cache(KEPT_MAX)
def language(tag: str) -> Language:
    """The language of a tag; a tag that nobody knows has English number symbols and no words."""
    cldr = _cldr(tag)
    code = re.split("[-_]", tag)[0].lower()
    table = _table(code)
    symbols = cldr.number_symbols.get("latn", {})
    group = str(symbols.get("group", ","))
    words = table.get("numbers", {}).get("words", {})
    stems = table.get("stems", {})
    known_words, signs = word_table(table, _months(cldr)), _unit_signs(table)
    rates, names = table.get("rates", {}), table.get("names", {})
    return Language(
        tag=tag,
        code=code,
        script=_script(tag),
        decimals=_DECIMALS.get(tag, frozenset(str(symbols.get("decimal", ".")))) | {"٫"},
        groups=SPACES | {"٬", group} | (_APOSTROPHES if tag.endswith("-CH") else frozenset()),
        known="numbers" in table,
        words=known_words,
        pieces_max=max((word.count("-") + 1 for word in known_words), default=0),
        unit=_unit(signs),
        unit_beginnings=frozenset(_BEGINNING.findall("\n".join(signs))),
        per=_alternatives(["/", *rates.get("per", [])], before=r"\s{0,2}", after=r"\s{0,2}"),
        stems={unit: _stem(found) for unit, found in stems.items()},
        compounds=_compounds(table),
        any_stem=re.compile("|".join(_stem(found).pattern for found in stems.values()) or "(?!)"),
        beginnings=frozenset(name[:BEGINNING_LETTERS] for name in _cardinals(table)),
        halves=frozenset(words.get("half", [])),
        joining=frozenset(words.get("joining", [])),
        minus=frozenset(words.get("minus", [])),
        clock=frozenset(words.get("clock", [])),
        rates=frozenset(rates.get("before", [])),
        adverbs=frozenset(rates.get("adverbs", [])),
        phases=frozenset(names.get("phases", [])),
        numbered=frozenset(names.get("numbered", [])),
        negation=_negation(table.get("negation", {})),
        abbreviations={
            name: frozenset(forms) for name, forms in table.get("abbreviations", {}).items()
        },
        capitals=frozenset(names.get("capitals", [])),
        common=frozenset(names.get("common", [])),
        lettered=frozenset(names.get("lettered", [])),
        doubled=frozenset(names.get("doubled", [])),
        relatives=frozenset(names.get("relatives", [])),
    )


@lru_cache(1)
def translated_abbreviations() -> frozenset[str]:
    """Codes that some language writes otherwise."""
    tables = (_table(path.stem) for path in _TABLES.glob("*.toml"))
    return frozenset(name for table in tables for name in table.get("abbreviations", {}))


def _table(code: str) -> dict[str, Any]:
    path = _TABLES / f"{code}.toml"
    known = code.isascii() and code.isalpha() and path.is_file()
    return tomllib.loads(path.read_text(encoding="utf-8")) if known else {}


def _cldr(tag: str) -> CldrLocale:
    try:
        return CldrLocale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return CldrLocale("en")


def _script(tag: str) -> str:
    try:
        return langcodes.Language.get(tag).maximize().script or "Latn"
    except langcodes.tag_parser.LanguageTagError:
        return "Latn"


def _months(cldr: CldrLocale) -> dict[str, int]:
    """Names of months in small letters, the long ones and the short ones."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in cldr.months[context][width].items():
                bare = unicodedata.normalize("NFC", str(name)).lower().rstrip(".")
                if len(bare) > 2 and not bare[0].isdigit():
                    found.setdefault(bare, number)
    return found


def _alternatives(forms: list[str], before: str = "", after: str = "") -> "re.Pattern[str]":
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(f"{before}(?:{listed}){after}")


def _unit_signs(table: Mapping[str, Any]) -> list[str]:
    """Signs of units and units of several words, the longest first."""
    several = [
        form
        for forms in table.get("units", {}).values()
        for form in forms
        if not form.isalpha() or form.isupper()
    ]
    return sorted({*SYMBOLS, *several}, key=len, reverse=True)


def _unit(signs: list[str]) -> "re.Pattern[str]":
    """A unit right behind a number."""
    return re.compile(f"(?:{'|'.join(map(re.escape, signs))})(?![^\\W\\d_]|['’][^\\W\\d_])")


def _stem(stems: list[str]) -> "re.Pattern[str]":
    """A stem stands anywhere in a word; with a $ behind it, it is the whole word."""
    return re.compile("|".join(rf"\b{s[:-1]}\b" if s.endswith("$") else s for s in stems))


def _cardinals(table: Mapping[str, Any]) -> list[str]:
    """Numbers in words, from one on."""
    return str(table.get("numbers", {}).get("cardinals", "")).split()[1:]


def _compounds(table: Mapping[str, Any]) -> "re.Pattern[str] | None":
    """`dreijährig`, `Dreiviertel...`: a number, and what it is joined with in one word."""
    numbers = table.get("numbers", {})
    tails = numbers.get("words", {}).get("compound", [])
    if not tails:
        return None
    cardinals = sorted(_cardinals(table), key=len, reverse=True)
    parts = [name for names in numbers.get("fractions", {}).values() for name in names]
    return re.compile(f"({'|'.join(cardinals)})(?:({'|'.join(parts)})|{'|'.join(tails)})")


def _negation(table: Mapping[str, Any]) -> Negation:
    neutral = table.get("neutral", [])
    return Negation(
        strong=frozenset(table.get("strong", [])),
        weak=frozenset(table.get("weak", [])),
        prefixes=tuple(table.get("prefixes", [])),
        endings=tuple(table.get("endings", [])),
        neutral=re.compile("|".join(map(re.escape, neutral)) or "(?!)"),
    )
