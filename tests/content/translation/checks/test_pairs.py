"""No alarm on any right pair; nearly every planted mistake found, by the check that is for it."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from content.translation.checks import Finding, check
from tests.content.translation.checks.pair_files import (
    Pair,
    catalogue_pairs,
    correct_pairs,
    planted_pairs,
)

#: Which codes say that a mistake of a class was seen, by their beginnings.
CLASSES = {
    "number": ("number-changed", "number-missing", "number-added"),
    "unit": ("unit-",),
    "code": ("code-", "number-"),
    "placeholder": ("placeholder-", "link-"),
    "markup": ("markup-",),
    "html": ("html",),
    "bidi-control": ("bidi-", "invisible-", "control-", "mixed-"),
    "blank": ("blank",),
    "number-format": ("number-",),
    "negation": ("negation",),
    "punctuation": ("question-mark", "end-punctuation"),
    "doubled-word": ("doubled-word",),
    "same-as-source": ("same-as-source",),
    "length": ("length",),
    "sharp-s": ("eszett",),
}
SERIOUS = {"number", "unit", "code", "placeholder"}
SERIOUS_SHARE_MIN = 0.97
#: What of each other class has to be found. A negation that is moved says nothing for sure.
SHARES_MIN = {"negation": 0.7, "same-as-source": 0.9}
DIGIT_SHARE_MIN = 0.97


def findings(pair: Pair) -> tuple[Finding, ...]:
    return check(pair.message, pair.target, pair.locale)


def is_found(pair: Pair) -> bool:
    return any(found.code.startswith(CLASSES[pair.planted]) for found in findings(pair))


@pytest.mark.parametrize(
    "pair", [*correct_pairs(), *catalogue_pairs()], ids=lambda pair: f"{pair.locale}-{pair.id}"
)
def test_a_right_translation_gives_no_finding(pair: Pair) -> None:
    assert findings(pair) == (), f"{pair.source}\n{pair.target}"


def test_planted_mistakes_are_found() -> None:
    seen: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for pair in planted_pairs():
        seen[pair.planted].append(is_found(pair))
        if not seen[pair.planted][-1]:
            missed.append(f"{pair.planted} {pair.locale}: {pair.source} | {pair.target}")
    serious = [found for name in SERIOUS for found in seen[name]]
    report = "\n".join(missed)
    assert sum(serious) >= SERIOUS_SHARE_MIN * len(serious), report
    for name, found in seen.items():
        share = SERIOUS_SHARE_MIN if name in SERIOUS else SHARES_MIN.get(name, 1.0)
        assert sum(found) >= share * len(found), f"{name}: {report}"


def with_another_digit(pair: Pair) -> Iterator[Pair]:
    """The translation with one of its digits changed, once for each number in it."""
    for match in re.finditer(r"(?<!\{)\d+(?!\})", pair.target):
        place = match.end() - 1
        other = str((int(pair.target[place]) + 3) % 10)
        target = pair.target[:place] + other + pair.target[place + 1 :]
        yield pair._replace(target=target, planted="code")


def test_another_digit_is_found() -> None:
    """Mistakes that nobody chose."""
    changed = [other for pair in correct_pairs() for other in with_another_digit(pair)]
    missed = [
        f"{pair.locale}: {pair.source} | {pair.target}"
        for pair in changed
        if not any(found.code.startswith(("number-", "code-", "unit-")) for found in findings(pair))
    ]
    assert len(changed) > 500
    assert len(missed) <= (1 - DIGIT_SHARE_MIN) * len(changed), "\n".join(missed)
