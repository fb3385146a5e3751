"""Every mistake that a text typed at the desk can have is told there in the reader's language."""

import ast
from collections.abc import Iterator

from api.desk.texts.mistake_names import MISTAKE_NAMES
from tests.structure.sources import dotted_name, files_below, nodes, read

READER = "content/records/markdown"
#: Of a file, of what stands before its texts, and of the words of a translation.
NOT_TYPED = {
    "front-matter-broken",
    "front-matter-missing",
    "front-matter-missing-key",
    "front-matter-unknown-key",
    "line-break",
    "link-not-placeholder",
    "not-utf-8",
    "placeholder-doubled",
    "placeholder-missing",
    "placeholder-unknown",
    "section-unknown",
}


def codes_of(source: str) -> Iterator[str]:
    """The codes of `Problem(code, ...)` and of `log.add(line, code, ...)`."""
    for node in nodes(source):
        if not isinstance(node, ast.Call):
            continue
        name = dotted_name(node.func)
        place = 0 if name == "Problem" else 1 if name.endswith("log.add") else None
        if place is not None and isinstance(given := node.args[place], ast.Constant):
            yield str(given.value)


def test_every_mistake_has_its_name() -> None:
    found = {code for path in files_below(READER) for code in codes_of(read(path))}
    assert found - NOT_TYPED <= set(MISTAKE_NAMES)
    assert found >= NOT_TYPED


def test_a_code_is_found() -> None:
    source = 'self._log.add(3, "one", message)\nProblem("two", message)\nproblems.add(3, 4)'
    assert set(codes_of(source)) == {"one", "two"}
