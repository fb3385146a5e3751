"""Every check of translations is explained, and fails on something."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from api.desk import words
from content.translation.checks.finding import error
from tests.structure.sources import dotted_name, files_below, nodes, read

CHECKS = "content/translation/checks"
EXPLAINED = PurePosixPath("docs/checks.md")
TRIED = "tests/content/translation/checks"
#: What makes a finding or a fix; its first argument is the code.
FINDERS = {"error", "warning", "Finding", "_found"}
FIXERS = {"Fix"}


def codes_of(source: str, makers: set[str] = FINDERS | FIXERS) -> Iterator[str]:
    """The codes of the findings and fixes that a module makes."""
    for node in nodes(source):
        if isinstance(node, ast.Call) and dotted_name(node.func) in makers and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def codes(makers: set[str] = FINDERS | FIXERS) -> set[str]:
    return {code for path in files_below(CHECKS) for code in codes_of(read(path), makers)}


def test_every_check_has_its_heading() -> None:
    headings = re.findall(r"^### `([a-z-]+)`", read(EXPLAINED), re.MULTILINE)
    assert sorted(headings) == sorted(codes())


def test_the_desk_has_a_sentence_for_every_finding() -> None:
    page = words.templates("en").get_template("checks.html").make_module({"language": "en"})
    assert set(page.NAMES) == codes(FINDERS)  # type: ignore[attr-defined]


def test_a_finding_of_a_check_that_is_gone_can_still_be_read() -> None:
    """Uploads are kept with what was found in them."""
    page = words.templates("fr").get_template("checks.html").make_module({"language": "fr"})
    assert "What it said." in page.finding(error("gone", "What it said."))  # type: ignore[attr-defined]


def test_every_check_fails_on_something() -> None:
    tried = "".join(read(path) for path in files_below(TRIED))
    assert {code for code in codes() if f'"{code}"' not in tried} == set()


def test_codes_are_in_small_letters_with_hyphens() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes())


def test_a_code_is_found() -> None:
    source = 'yield error("no-words", "x")\nFix("nfc", (0, 1), "a", "b")\nerror(code, "x")'
    assert set(codes_of(source)) == {"no-words", "nfc"}
