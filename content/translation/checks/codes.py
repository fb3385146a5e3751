"""Names that are no words: CD20, EDSS, NCT04047628, STAR-MS. They stand in every language alike.

What a language abbreviates otherwise (MS: SEP, SM) is in its table; there an abbreviation may also
be written out, so it is missed only where another one stands that belongs to nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from content.translation.checks.finding import Finding, error, warning
from content.translation.checks.kept import kept
from content.translation.checks.language import Language, translated_abbreviations
from content.translation.checks.reading import HYPHEN, Reading, bare
from content.translation.checks.units import SYMBOLS

_ROMAN = re.compile(r"[IVX]{1,5}[ab]?")
_SPAN = re.compile(r"`[^`\n]{1,500}`")
_NOT_CODE = re.compile(r"[^\w]")
#: A text all in capitals has no abbreviations, unless it is one.
SHOUTED_CHARACTERS_MIN = 16
#: Names kept at hand, and languages.
KEPT_MAX = 4_096
LANGUAGES_MAX = 64


class Code(NamedTuple):
    """A name as it is written, and in capitals without hyphens. Frozen."""

    written: str
    name: str
    #: Where it begins: in the text, or in the word of this number.
    start: int
    word: int | None = None

    @property
    def mixed(self) -> bool:
        """It has a digit in it, so it is surely no word."""
        return self.word is None

    def span(self, reading: Reading) -> tuple[int, int]:
        start = self.start if self.word is None else reading.spans[self.word][0] + self.start
        return start, start + len(self.written)


def code_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """Names that are missing, and names with digits that the source does not have."""
    yield from _span_findings(source.text, target.text)
    ours = codes(source)
    if not ours and not any(target.names):
        return
    theirs = codes(target)
    strange = _strange(ours, theirs, source, target.language)
    table = target.language.abbreviations
    for code in ours.values():
        if len(code.name) == 1 and not target.language.known:
            continue
        if not _is_there(code, theirs, target.plain, table):
            yield from _missing(code, strange, target)
    for code in strange:
        if code.mixed:
            yield error(
                "code-added",
                f"{code.written} is not in the source; take it out or correct it.",
                code.span(target),
            )


def _span_findings(source: str, target: str) -> Iterator[Finding]:
    """Code between backticks is typed by the reader, and stays as it is."""
    if "`" not in source or "`" not in target:
        return
    there = _SPAN.findall(target)
    for span in _SPAN.findall(source):
        if span not in there:
            yield error("code-missing", f"{span[:60]} is missing; write it as in the source.")


def codes(reading: Reading) -> dict[str, Code]:
    """Every name in a text, by its capitals."""
    found = {}
    for start, (end, name) in reading.mixed.items():
        if name:
            found[name] = Code(reading.text[start:end], name, start)
    if len(reading.plain) < SHOUTED_CHARACTERS_MIN or not reading.plain.isupper():
        for index in reading.capitals:
            for code in _in_capitals(index, reading):
                found.setdefault(code.name, code)
    if not reading.language.lettered.isdisjoint(reading.words):
        found.update(_lettered(reading))
    return found


def _in_capitals(index: int, reading: Reading) -> Iterator[Code]:
    for piece, name, start in _names_in(reading.written[index], reading.language):
        code = Code(piece, name, start, index)
        if not reading.mixed or code.span(reading)[0] not in reading.mixed:
            yield code


@kept(KEPT_MAX)
def _names_in(written: str, language: Language) -> tuple[tuple[str, str, int], ...]:
    """Names in a word: as they are written, in capitals, and where they begin."""
    pieces = HYPHEN.split(written)
    if len(pieces) > 1 and all(piece.isupper() and len(piece) > 1 for piece in pieces):
        return ((written, bare(written), 0),)
    found, start = [], 0
    for piece in pieces:
        name = _singular(piece)
        if _is_code(name, piece, language):
            found.append((piece, name.upper(), start))
        start += len(piece) + 1
    return tuple(found)


def _singular(piece: str) -> str:
    return piece[:-1] if piece.endswith("s") and piece[:-1].isupper() else piece


def _is_code(name: str, piece: str, language: Language) -> bool:
    capitals = sum(map(str.isupper, name))
    if capitals < 2 or (_ROMAN.fullmatch(name)):
        return False
    return piece not in language.capitals and piece not in SYMBOLS


def _lettered(reading: Reading) -> dict[str, Code]:
    """The one letter beside `vitamin` or `cells`."""
    found = {}
    for index, written in enumerate(reading.written):
        if len(written) > 1 or not written.isupper() or written in "AI":
            continue
        beside = (reading.words[max(0, index - 1)], *reading.words[index + 1 : index + 2])
        code = Code(written, written, 0, index)
        lettered = not reading.language.lettered.isdisjoint(beside)
        if lettered and code.span(reading)[0] not in reading.mixed:
            found[written] = code
    return found


def _is_there(
    code: Code, theirs: Mapping[str, Code], plain: str, table: Mapping[str, frozenset[str]]
) -> bool:
    if code.name in theirs or any(bare(form) in theirs for form in table.get(code.name, ())):
        return True
    if len(code.name) == 1:
        return bool(re.search(rf"(?<![^\W\d_]){code.name}(?![^\W\d_])", plain)) or any(
            code.name in other for other in theirs
        )
    upper = plain.upper()
    return any(_alone(code.name).search(HYPHEN.sub(joined, upper)) for joined in ("", " "))


@kept(KEPT_MAX)
def _alone(name: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])")


def _missing(code: Code, strange: list[Code], target: Reading) -> Iterator[Finding]:
    message = f"{code.written} is missing; write it as in the source."
    known = code.name in translated_abbreviations()
    if code.mixed or (target.language.known and not known):
        yield error("code-missing", message)
    elif known and any(not other.mixed for other in strange) and target.language.known:
        other = next(other for other in strange if not other.mixed)
        yield error(
            "code-missing",
            f"{code.written} is missing, and {other.written} is not its abbreviation here;"
            " correct it.",
            other.span(target),
        )
    elif not known:
        yield warning("code-missing", message)


def _strange(
    ours: Mapping[str, Code], theirs: Mapping[str, Code], source: Reading, language: Language
) -> list[Code]:
    """Names that come neither from those of the source nor from words written out there."""
    table = language.abbreviations
    new = [code for code in theirs.values() if code.name not in ours and code.name not in table]
    if not new:
        return []
    letters = _NOT_CODE.sub("", source.plain).upper()
    origins = _origins(language)
    return [
        code
        for code in new
        if bare(code.written) not in letters
        and not any(name in ours or not code.mixed for name in origins.get(code.name, ()))
    ]


@lru_cache(LANGUAGES_MAX)
def _origins(language: Language) -> Mapping[str, frozenset[str]]:
    """What each abbreviation of a language may stand for in the source."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, forms in language.abbreviations.items():
        for form in forms:
            found[bare(form)].add(name)
    return {form: frozenset(names) for form, names in found.items()}
