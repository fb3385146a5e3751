r"""A group that is repeated possessively is atomic: `(?>...)*+`.

They mean the same. But Python before 3.11.5, Debian 12's among them, goes on behind a group of the
other kind that began to match and did not (CPython's issue 106052): `\w+(?:'\w+)*+` takes the
quote of `can' ` along.
"""

import importlib
import re
from collections.abc import Iterator

# There is no public way to look into a pattern.
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from tests.structure.sources import files_below

#: What cannot begin to match and then not.
SINGLE = {constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY}


def parts(pattern: Any) -> Iterator[tuple[Any, Any]]:
    """Every operation in a pattern, with what it works on."""
    for operation, about in pattern:
        yield operation, about
        yield from within(about)


def within(about: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(about, parser.SubPattern):
        yield from parts(about)
    elif isinstance(about, list | tuple):
        for one in about:
            yield from within(one)


def wrong(pattern: str | bytes, flags: int) -> list[object]:
    found: list[object] = []
    for operation, about in parts(parser.parse(pattern, flags)):
        if operation is constants.POSSESSIVE_REPEAT:
            body = list(about[2])
            if len(body) != 1 or body[0][0] not in {*SINGLE, constants.ATOMIC_GROUP}:
                found.append(body)
    return found


@pytest.mark.parametrize(
    ("pattern", "is_wrong"),
    [
        (r"\w++(?:'\w++)*+", True),
        (r"(a(?:bc)?+)*", True),
        (r"a|(?=b(?:cd)++)", True),
        (r"\w++(?>'\w++)*+", False),
        (r"a*+[bc]?+.++\d*+", False),
    ],
)
def test_it_finds_them(pattern: str, is_wrong: bool) -> None:
    assert bool(wrong(pattern, 0)) == is_wrong


def test_no_pattern_repeats_a_group_possessively_that_is_not_atomic() -> None:
    modules = [
        ".".join(path.with_suffix("").parts)
        for path in files_below("api", "content")
        if path.stem != "__main__"
    ]
    found = {
        (module, name): wrong(value.pattern, value.flags)
        for module in modules
        for name, value in vars(importlib.import_module(module)).items()
        if isinstance(value, re.Pattern)
    }
    assert len(found) > 50
    assert {where: what for where, what in found.items() if what} == {}
