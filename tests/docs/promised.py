"""What the code can say to the outside, read from the code, and where it has to be explained."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

from content import schema
from content.sign_off.statement import StatementState
from tests.structure.sources import ROOT, dotted_name, files_below, read

#: The form of an event in the ledger, and of a column in a foreign key.
EVENT = re.compile(r"[a-z]+\.[a-z_]+")
SIGNING = PurePosixPath("content/sign_off/signing.py")
#: Names of files that look like events.
FILES = {"trust.pin", "webhook.key"}
PUBLICATION = PurePosixPath("migrations/versions/0005_create_publication.py")


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def explains(name: str, word: str) -> bool:
    """Whether a page has the word as code."""
    return f"`{word}`" in page(name)


def is_documented_event(event: str) -> bool:
    return explains("docs/data.md", event)


def headings(text: str) -> list[str]:
    """The text of every heading, without those in code."""
    bare = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ (.+?)\s*$", bare, re.MULTILINE)


def trees(*folders: str) -> Iterator[ast.AST]:
    return (node for path in files_below(*folders) for node in ast.walk(ast.parse(read(path))))


def ledger_events() -> set[str]:
    """Every event that content can write into the ledger."""
    columns = {str(column) for table in schema.metadata().sorted_tables for column in table.columns}
    subjects = {
        *("person", "token", "session", "version", "statement", "withdrawal"),
        *("catalogue", "warning", "suggestion", "glossary", "memory", "remark"),
        *("invitation", "passkey", "trust", "section", "member", "recall", "webhook"),
    }
    written = {
        node.value
        for node in trees("content")
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and EVENT.fullmatch(node.value)
        and node.value.partition(".")[0] in subjects
    }
    return (written - columns - FILES) | statement_ends()


def statement_ends() -> set[str]:
    """`statement.rejected` and `version.rejected`: written by the name of the new state."""
    ends = {
        StatementState[dotted_name(node).rpartition(".")[2]]
        for node in ast.walk(ast.parse(read(SIGNING)))
        if isinstance(node, ast.Attribute) and dotted_name(node).startswith("StatementState.")
    } - {StatementState.OPEN}
    failed = ends - {StatementState.SIGNED_OFF}
    return {f"statement.{end}" for end in ends} | {f"version.{end}" for end in failed}


def requirement_codes() -> set[str]:
    """The codes of requirements, and those that a refusal lists."""
    found = set()
    for node in trees("content"):
        if isinstance(node, ast.Call) and dotted_name(node.func) == "Requirement":
            found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
        if isinstance(node, ast.keyword) and node.arg == "requirements":
            listed = node.value.elts if isinstance(node.value, ast.List) else []
            found |= {one.value for one in listed if isinstance(one, ast.Constant)}
    return {str(code) for code in found}


def feed_types() -> set[str]:
    """The types of events that the database lets into the feed."""
    for node in ast.parse(read(PUBLICATION)).body:
        if isinstance(node, ast.Assign) and dotted_name(node.targets[0]) == "TYPES":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{PUBLICATION} has no TYPES")
