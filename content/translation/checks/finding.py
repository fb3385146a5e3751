"""Findings: what a check says about a translation."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What a finding means. An error blocks; a warning is acknowledged with a reason."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing that is wrong with a translation. Frozen."""

    #: Stable; docs/checks.md has a heading for each.
    code: str
    severity: Severity
    #: Where, in the translation; None where something is missing from it.
    span: tuple[int, int] | None
    #: What is wrong, with the values, and what to do.
    message: str


def error(code: str, message: str, span: tuple[int, int] | None = None) -> Finding:
    return Finding(code, Severity.ERROR, span, message)


def warning(code: str, message: str, span: tuple[int, int] | None = None) -> Finding:
    return Finding(code, Severity.WARNING, span, message)
