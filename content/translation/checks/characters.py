"""Characters that do not belong in a text: invisible, out of another script, turning it round."""

import re
import unicodedata
from collections.abc import Iterator

from content.translation.checks.finding import Finding, error
from content.translation.checks.language import Language

#: Everything below is outside this set, so that one look is enough for nearly every text.
_SUSPECT = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0300-\u036f\u2010-\u2027\u202f-\u205e\u2070-\u214f]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffc-\uffff\ud800-\uf8ff]"
)
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e0fff]"
)
#: Marks of direction, in scripts that run from right to left.
_DIRECTION = frozenset("\u061c\u200e\u200f")
#: Joiners, in scripts that need them.
_JOINERS = frozenset("\u200c\u200d")
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"})
_JOINED = frozenset({"Arab", "Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Taml", "Telu",
                     "Sinh", "Khmr", "Mymr", "Tibt"})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
#: Scripts whose letters look like Latin ones.
_LOOKALIKE = {"CYRILLIC": "Cyrl", "GREEK": "Grek", "ARMENIAN": "Armn", "CHEROKEE": "Cher",
              "FULLWIDTH": "", "LISU": "Lisu", "COPTIC": "Copt", "MATHEMATICAL": ""}  # fmt: skip
_MAY_BE_LOOKALIKE = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\uab70-\uabbf\u2c80-\u2cff\ua4d0-\ua4ff\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
#: Latin letters inside a word from right to left; a particle may stand right before a name.
_SPLIT = re.compile("[\u0590-\u08ff][A-Za-z]{1,40}[\u0590-\u08ff]")
#: Greek letters that science writes beside Latin ones; they look like no other.
_OF_SCIENCE = frozenset("αβγδεζηθκλμπρστφχψωΔΓΩΣΦΨμ")


def character_findings(source: str, target: str, language: Language) -> Iterator[Finding]:
    """The first of each kind of character that does not belong."""
    if (target.isascii() and target.isprintable()) or not _SUSPECT.search(target):
        return
    yield from _hidden_findings(target, language)
    if found := _SPLIT.search(target):
        yield error(
            "mixed-script",
            f"{found[0]} has letters of another script; type the word anew.",
            found.span(),
        )
    if _MAY_BE_LOOKALIKE.search(target):
        yield from _script_findings(source, target, language)


def _hidden_findings(target: str, language: Language) -> Iterator[Finding]:
    if found := _BIDI.search(target):
        yield _found("bidi-control", "turns the direction of the text", found)
    if found := _CONTROL.search(target):
        yield _found("control-character", "is no character of a text", found)
    for found in _INVISIBLE.finditer(target):
        if not _is_needed(found, language):
            yield _found("invisible-character", "cannot be seen", found)
            return


def _found(code: str, what: str, match: "re.Match[str]") -> Finding:
    return error(code, f"U+{ord(match[0]):04X} {what}; take it out.", match.span())


def _is_needed(match: "re.Match[str]", language: Language) -> bool:
    return (match[0] in _DIRECTION and language.script in _RIGHT_TO_LEFT) or (
        match[0] in _JOINERS and language.script in _JOINED
    )


def _script_findings(source: str, target: str, language: Language) -> Iterator[Finding]:
    for match in _WORD.finditer(target):
        strange = _MAY_BE_LOOKALIKE.search(match[0])
        if strange and match[0] not in source and _is_mixed(match[0], language):
            yield error(
                "mixed-script",
                f"{match[0][:40]} has letters of another script; type the word anew.",
                match.span(),
            )
            return


def _is_mixed(word: str, language: Language) -> bool:
    """Whether letters that look alike come from two scripts, or from one not used here."""
    scripts = {_script(letter) for letter in word if letter not in _OF_SCIENCE} - {None}
    strange = {name for name in scripts if name in _LOOKALIKE}
    if strange and "LATIN" in scripts:
        return True
    return any(_LOOKALIKE[str(name)] != language.script for name in strange) and (
        language.script == "Latn"
    )


def _script(letter: str) -> str | None:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else None
