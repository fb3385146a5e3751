"""Names that are no words: CD20, EDSS, NCT04047628, STAR-MS. They stand in every language alike.

What a language abbreviates otherwise (MS: SEP, SM) is in its table; there an abbreviation may also
be written out, so it is missed only where another one stands that belongs to nothing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from content.translation.checks.finding import Finding, error, warning
from content.translation.checks.language import Language, translated_abbreviations
from content.translation.checks.reading import Reading, Said, bare
from content.translation.checks.units import SYMBOLS

_ROMAN = re.compile(r"[IVX]{1,5}[ab]?")
_HYPHEN = re.compile("[-‑‐]")
_SPAN = re.compile(r"`[^`\n]{1,500}`")
_NOT_CODE = re.compile(r"[^\w]")
#: A text all in capitals has no abbreviations, unless it is one.
SHOUTED_CHARACTERS_MIN = 16


class Code(NamedTuple):
    """A name as it is written, in capitals without hyphens, and where. Frozen."""

    written: str
    name: str
    start: int
    end: int
    #: It has a digit in it, so it is surely no word.
    mixed: bool


def code_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """Names that are missing, and names with digits that the source does not have."""
    yield from _span_findings(source.text, target.text)
    ours = codes(source)
    theirs = codes(target)
    if not ours and not any(code.mixed for code in theirs.values()):
        return
    table = target.language.abbreviations
    strange = [code for code in theirs.values() if not _has_origin(code, ours, source, table)]
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
                (code.start, code.end),
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
            found[name] = Code(reading.text[start:end], name, start, end, mixed=True)
    if len(reading.plain) < SHOUTED_CHARACTERS_MIN or not reading.plain.isupper():
        for index, written in enumerate(reading.written):
            if not written.islower() and not written[1:].islower():
                for code in _in_capitals(reading.said(index), reading):
                    found.setdefault(code.name, code)
    if not reading.language.lettered.isdisjoint(reading.words):
        found.update(_lettered(reading))
    return found


def _in_capitals(said: Said, reading: Reading) -> Iterator[Code]:
    pieces = _HYPHEN.split(said.written)
    if len(pieces) > 1 and all(piece.isupper() and len(piece) > 1 for piece in pieces):
        yield Code(said.written, bare(said.written), said.start, said.end, mixed=False)
        return
    start = said.start
    for piece in pieces:
        name = _singular(piece)
        if _is_code(name, piece, reading.language) and start not in reading.mixed:
            yield Code(piece, name.upper(), start, start + len(piece), mixed=False)
        start += len(piece) + 1


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
        start, end = reading.spans[index]
        if start not in reading.mixed and not reading.language.lettered.isdisjoint(beside):
            found[written] = Code(written, written, start, end, mixed=False)
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
    sought = re.compile(rf"(?<![^\W_]){re.escape(code.name)}(?![^\W_])")
    upper = plain.upper()
    return any(sought.search(_HYPHEN.sub(joined, upper)) for joined in ("", " "))


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
            (other.start, other.end),
        )
    elif not known:
        yield warning("code-missing", message)


def _has_origin(
    code: Code, ours: Mapping[str, Code], source: Reading, table: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a name of the translation comes from the source, or from words written out there."""
    if (
        code.name in ours
        or code.name in table
        or bare(code.written) in _NOT_CODE.sub("", source.plain).upper()
    ):
        return True
    return any(
        code.name in {bare(form) for form in forms} and (name in ours or not code.mixed)
        for name, forms in table.items()
    )
