"""Numbers of a translation against those of its source, by value.

Digits have to be on both sides, in digits or in words. A number in words is asked for only where
both languages have a table, and is an error only where another number stands in its place; the
words for one and two are articles and pronouns too, and never asked for. A language without a
table may write a small number in a word that nobody here knows: there its loss says nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from content.translation.checks.digits import is_at_the_clock
from content.translation.checks.finding import Finding, Severity, error, warning
from content.translation.checks.matching import Match, matched
from content.translation.checks.reading import Amount, Reading
from content.translation.checks.words import DIGITS, HINT, PLAIN

#: What a number in digits is made of, before a word that multiplies it.
_LITERAL_SIGNS = "0123456789.,'’ \u00a0\u202f\u2009"
#: Letters of `section` and the like, with a blank.
PLACE_CHARACTERS_MAX = 16
#: Up to here a number may be written in words.
IN_WORDS_MAX = 20
#: Countries where July is in winter.
SOUTHERN = frozenset({"AR", "AU", "BO", "BR", "CL", "NZ", "PE", "PY", "UY", "ZA"})


def number_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """Numbers that are changed, missing or added, and those written as elsewhere."""
    pairs: Iterable[tuple[Amount, Amount]]
    if source.values and source.values == target.values:
        # The same in one order, as most are: whatever chose first would choose these.
        pairs = zip(source.amounts, target.amounts, strict=True)
    else:
        match = matched(source.amounts, target.amounts)
        pairs = match.pairs
        yield from _number_findings(match, source, target)
    yield from _order_findings(source, target)
    for one, other in pairs:
        if one.negative != other.negative or not other.good:
            yield from _form_findings(one, other, source, target)


def _is_asked_for(amount: Amount, both_known: bool, seasons: bool) -> bool:
    """`seasons`: a month without a date may be another one where summer is in January."""
    if amount.strength == DIGITS:
        return True
    return amount.strength == PLAIN and both_known and not (seasons and amount.month)


def _number_findings(match: Match, source: Reading, target: Reading) -> Iterator[Finding]:
    both_known = source.language.known and target.language.known
    seasons = target.language.tag.rpartition("-")[2] in SOUTHERN
    lost = [one for one in match.lost if _is_asked_for(one, both_known, seasons)]
    added = [one for one in match.added if _is_asked_for(one, both_known, seasons)]
    for one, other in zip(lost, added, strict=False):
        yield error(
            "number-changed",
            f"The source says {_shown(one, source)} where the translation says"
            f" {_shown(other, target)}; write the number of the source.",
            (other.start, other.end),
        )
    replaced = _has_hints(match.added)
    for one in lost[len(added) :]:
        if target.language.known or not _is_small(one):
            yield _lost(one, replaced, source)
    replaced = _has_hints(match.lost)
    for other in added[len(lost) :]:
        if other.value != "1" and (source.language.known or not _is_small(other)):
            yield _added(other, replaced, target)


def _has_hints(amounts: Sequence[Amount]) -> bool:
    """Whether another number may stand in a lost one's place, in a word like `both` or `half`."""
    return any(one.strength == HINT and one.value != "1" for one in amounts)


def _lost(one: Amount, replaced: bool, source: Reading) -> Finding:
    message = f"The source says {_shown(one, source)}, the translation does not; add the number."
    if one.in_digits or replaced:
        return error("number-missing", message)
    return warning("number-missing", message)


def _added(other: Amount, replaced: bool, target: Reading) -> Finding:
    message = (
        f"The translation says {_shown(other, target)}, the source does not;"
        " take the number out or correct it."
    )
    severity = Severity.ERROR if other.in_digits or replaced else Severity.WARNING
    return Finding("number-added", severity, (other.start, other.end), message)


def _is_small(amount: Amount) -> bool:
    return amount.value.isdigit() and len(amount.value) < 3 and int(amount.value) <= IN_WORDS_MAX


def _form_findings(
    one: Amount, other: Amount, source: Reading, target: Reading
) -> Iterator[Finding]:
    if _signs_differ(one, other, source, target):
        yield error(
            "number-changed",
            f"The sign of {_shown(one, source)} is not that of {_shown(other, target)};"
            " write the minus where the source has one.",
            (other.start, other.end),
        )
    if other.good or not other.in_digits:
        return
    if not (_is_a_place(one, other, source, target) or _is_a_time(one, other, source, target)):
        yield warning(
            "number-format",
            f"{_shown(other, target)} is not how numbers are written in {target.language.tag};"
            f" write {_as_written_there(other, target)}.",
            (other.start, other.end),
        )


def _signs_differ(one: Amount, other: Amount, source: Reading, target: Reading) -> bool:
    if not (one.in_digits and other.in_digits) or one.negative == other.negative:
        return False
    plus, reading = (other, target) if one.negative else (one, source)
    before = reading.lower[max(0, plus.start - 8) : plus.start].split()
    return not before or before[-1] not in reading.language.minus


def _is_a_place(one: Amount, other: Amount, source: Reading, target: Reading) -> bool:
    """`section 4.8` and `version 2.1` are written alike in every language."""
    before = source.plain[max(0, one.start - PLACE_CHARACTERS_MAX) : one.start].lower().split()[-1:]
    alike = source.text[one.start : one.end] == target.text[other.start : other.end]
    return alike and not source.language.numbered.isdisjoint(before)


def _is_a_time(one: Amount, other: Amount, source: Reading, target: Reading) -> bool:
    """`9 am` is `alle 9.00` in Italian."""
    return target.text.endswith("00", other.start, other.end) and is_at_the_clock(one.end, source)


def _as_written_there(amount: Amount, target: Reading) -> str:
    mark = min(target.language.decimals - {"٫"})
    if len(amount.parts) != 1:
        return amount.value.replace(".", mark)
    word = target.text[amount.start : amount.end].lstrip(_LITERAL_SIGNS)  # `1,5 Millionen`
    return f"{amount.parts[0].replace('.', mark)} {word}"


def _shown(amount: Amount, reading: Reading) -> str:
    text = reading.text[amount.start : amount.end]
    return f"-{text}" if amount.negative else text


def _order_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """`3:1` against `1:3`, and a span that runs backwards."""
    joined = _joined(target)
    if not joined:
        return
    ours, theirs = _with(":", source, _joined(source)), _with(":", target, joined)
    wanted = {(value, other.value) for one, other in ours for value in (one.value, *one.others)}
    for one, other in theirs:
        if wanted and (one.value, other.value) not in wanted and len(ours) == len(theirs):
            yield _order(one, other, target)
    forwards = {(one.value, other.value) for one, other in pairwise(source.amounts)}
    for one, other in _with("-–—‑", target, joined):
        pair = (one.value, other.value)
        if pair not in forwards and pair[::-1] in forwards and one.value != other.value:
            yield _order(one, other, target)


def _joined(reading: Reading) -> list[tuple[Amount, Amount]]:
    """Numbers with one character between them."""
    return [
        (one, other)
        for one, other in pairwise(reading.amounts)
        if other.start == one.end + 1 and one.in_digits and other.in_digits
    ]


def _with(
    marks: str, reading: Reading, joined: Sequence[tuple[Amount, Amount]]
) -> list[tuple[Amount, Amount]]:
    return [(one, other) for one, other in joined if reading.plain[one.end] in marks]


def _order(one: Amount, other: Amount, target: Reading) -> Finding:
    shown = target.text[one.start : other.end]
    return error(
        "number-changed", f"{shown} is not in the order of the source; write it as there.",
        (one.start, other.end),
    )  # fmt: skip
