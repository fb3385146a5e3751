"""The source files that the rules of this folder are about, and what a file imports.

A rule takes the text of a file and its path, and returns what breaks it, one line each. So every
rule is tried twice: on a snippet that breaks it, and on our own files, of which none may.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

Rule = Callable[[str, PurePosixPath], list[str]]


class Import(NamedTuple):
    """`import a.b` imports a.b, and `a` then means a; `from a import b as c`: a.b, `c`, a.b."""

    line: int
    imported: str
    name: str
    meaning: str


def files_below(*folders: str) -> list[PurePosixPath]:
    """Every Python file of these folders, relative to the root; a folder may not be there yet."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(PurePosixPath(path.relative_to(ROOT).as_posix()) for path in found)


@cache
def read(path: PurePosixPath) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a file. Parsed once, for all rules."""
    return tuple(ast.walk(ast.parse(source)))


def broken(rule: Rule, *folders: str) -> list[str]:
    """What `rule` finds in our own files."""
    return [finding for path in files_below(*folders) for finding in rule(read(path), path)]


def imports(source: str, path: PurePosixPath) -> Iterator[Import]:
    """All that a file imports, wherever in it."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                meaning = alias.name if alias.asname else name
                yield Import(node.lineno, alias.name, name, meaning)
        elif isinstance(node, ast.ImportFrom):
            module = module_named(node, path)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield Import(node.lineno, full, alias.asname or alias.name, full)


def module_named(node: ast.ImportFrom, path: PurePosixPath) -> str:
    """The full name of the module after `from`, dots in front of it resolved."""
    if not node.level:
        return node.module or ""
    package = path.parts[: len(path.parts) - node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


@cache
def names_used(source: str, path: PurePosixPath) -> tuple[tuple[int, str], ...]:
    """(line, full name) of every use of something imported: `time.time` for `t.time()` after
    `import time as t`, and for `time()` after `from time import time`."""
    meanings = {found.name: found.meaning for found in imports(source, path)}
    return tuple(_names_used(source, meanings))


def _names_used(source: str, meanings: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for node in nodes(source):
        if isinstance(node, ast.Name | ast.Attribute):
            first, dot, rest = dotted_name(node).partition(".")
            if first in meanings:
                yield node.lineno, meanings[first] + dot + rest


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` as text, and nothing for what is not just names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted_name(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return ""
