"""Every error of content/errors can be told apart, has a status, is explained, and happens."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest

from tests.structure.sources import ROOT, dotted_name, files_below, nodes, read

ERRORS = PurePosixPath("content/errors")
PROBLEMS = PurePosixPath("api/problems.py")
EXPLAINED = PurePosixPath("docs/errors.md")
ROOT_ERROR = "ContentError"


class Error(NamedTuple):
    """One class of the tree. `kinds` are the classes above it, nearest first, without the root;
    a class that others stand on is a kind itself, and need not happen as such."""

    name: str
    code: str
    docstring: str
    kinds: tuple[str, ...]
    is_kind: bool


def errors(source: str) -> list[Error]:
    """The errors of a module, the root of the tree left out."""
    classes = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    above = {node.name: dotted_name(node.bases[0]) for node in classes if node.bases}
    in_tree = [node for node in classes if ROOT_ERROR in ancestors(node.name, above)]
    return [
        Error(
            node.name,
            code_of(node),
            ast.get_docstring(node) or "",
            tuple(kind for kind in ancestors(node.name, above) if kind != ROOT_ERROR),
            node.name in above.values(),
        )
        for node in in_tree
    ]


def ancestors(name: str, above: dict[str, str]) -> list[str]:
    found = []
    while name in above and name != ROOT_ERROR:
        name = above[name]
        found.append(name)
    return found


def code_of(node: ast.ClassDef) -> str:
    """As ContentError makes it from the name of the class."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", node.name).lower()


def unnamed(source: str) -> Iterator[str]:
    """Each has a sentence that says what to do, and stands in the tree that is drawn at the top."""
    drawing = ast.get_docstring(ast.parse(source)) or ""
    for error in errors(source):
        if not error.docstring.endswith((".", "?")):
            yield f"{error.name} needs a docstring, a sentence that says what to do"
        if not re.search(rf"\b{error.name}\b", drawing):
            yield f"{error.name} is missing in the drawing at the top"


def unmapped(source: str, table: str) -> list[str]:
    """Each has a status in the table, by itself or by its kind."""
    mapped = {dotted_name(node).rpartition(".")[2] for node in expressions(table)}
    return [error.name for error in errors(source) if not {error.name, *error.kinds} & mapped]


def expressions(source: str) -> Iterator[ast.expr]:
    return (node for node in nodes(source) if isinstance(node, ast.expr))


def unexplained(source: str, text: str) -> list[str]:
    """Each that can happen has its code in the documentation, as `code`."""
    return [
        error.name
        for error in errors(source)
        if not error.is_kind and f"`{error.code}`" not in text
    ]


def unraised(source: str, tests: str) -> list[str]:
    """Each that can happen is named in some test, by its class or its code."""
    words = set(re.findall(r"[\w-]+", tests))
    return [
        error.name
        for error in errors(source)
        if not error.is_kind and not {error.name, error.code} & words
    ]


def given(*paths: PurePosixPath) -> list[str]:
    """The texts of these files; where one is not there yet, there is nothing to compare."""
    for path in paths:
        if not (ROOT / path).exists():
            pytest.skip(f"{path} is not there")
    return [whole(path) for path in paths]


def whole(path: PurePosixPath) -> str:
    """A file; or all those of a package, the one that speaks for it first."""
    inside = files_below(str(path)) if (ROOT / path).is_dir() else [path]
    return "\n".join(map(read, inside))


def test_each_error_has_a_code_a_sentence_and_a_place_in_the_drawing() -> None:
    assert list(unnamed(*given(ERRORS))) == []


def test_each_error_has_a_status() -> None:
    assert unmapped(*given(ERRORS, PROBLEMS)) == []


def test_each_error_is_explained() -> None:
    assert unexplained(*given(ERRORS, EXPLAINED)) == []


def test_each_error_is_raised_by_some_test() -> None:
    (source,) = given(ERRORS)
    elsewhere = [path for path in files_below("tests") if path.parent.name != "structure"]
    assert unraised(source, "\n".join(map(read, elsewhere))) == []


TREE = '''"""
ContentError
├── NotFound    SectionNotFound
└── Conflict
"""
class ContentError(Exception):
    pass
class NotFound(ContentError):
    """There is nothing here."""
class SectionNotFound(NotFound):
    """There is no section with that slug."""
class Conflict(ContentError):
    """Somebody was faster; look again."""
'''


def test_a_whole_tree_passes() -> None:
    assert list(unnamed(TREE)) == []
    assert unmapped(TREE, "STATUS = {errors.NotFound: 404, Conflict: 409}") == []
    assert unexplained(TREE, "### `section-not-found`\n### `conflict`") == []
    assert unraised(TREE, "pytest.raises(Conflict)\n'code': 'section-not-found'") == []


@pytest.mark.parametrize(
    ("whole", "flawed"),
    [
        ('"""Somebody was faster; look again."""', "pass"),
        ("└── Conflict", "└──"),
    ],
)
def test_a_flaw_of_the_tree_is_found(whole: str, flawed: str) -> None:
    assert len(list(unnamed(TREE.replace(whole, flawed)))) == 1


def test_an_error_without_status_text_or_test_is_found() -> None:
    assert unmapped(TREE, "STATUS = {SectionNotFound: 404}") == ["NotFound", "Conflict"]
    assert unexplained(TREE, "a conflict, and `not-found`") == ["SectionNotFound", "Conflict"]
    assert unraised(TREE, "NoConflict, section-not-found-here") == ["SectionNotFound", "Conflict"]
