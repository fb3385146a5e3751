"""Every refusal by its status, with an example for each error that has it."""

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any

from api.answers.problem import Problem
from api.problems import FRAMEWORK, RESPONSES, status_of
from content import errors
from content.errors import ContentError
from content.publication.problem import MEDIA_TYPE, problem

#: Status to the name of its part of the description.
NAMES = {
    400: "Unreadable",
    401: "NotSignedIn",
    403: "NotAllowed",
    404: "NotFound",
    409: "Conflict",
    410: "Gone",
    412: "PreconditionStale",
    413: "InputTooLarge",
    422: "BadInput",
    428: "PreconditionMissing",
    503: "Broken",
}
#: What the desk alone refuses, with a page: programs never meet it.
OF_THE_DESK = {
    errors.OriginRefused,
    errors.SessionNotFound,
    errors.SessionOver,
    errors.TooManyAttempts,
}


def schemas() -> dict[str, Any]:
    """What a refusal is made of, by name."""
    told = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**told.pop("$defs"), "Problem": told}


def responses() -> dict[str, Any]:
    """What operations refer to, by NAMES."""
    return {name: told(status, description(status), {}) for status, name in NAMES.items()}


def told(status: int, description: str, others: dict[str, Any]) -> dict[str, Any]:
    """A refusal as a problem, or in another form too."""
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": by_status()[status]}
    return {"description": description, "content": {MEDIA_TYPE: content, **others}}


def description(status: int) -> str:
    return str(RESPONSES[status]["description"])


@cache
def by_status() -> dict[int, dict[str, Any]]:
    """Status to examples of what can be refused with it, by code."""
    found: dict[int, dict[str, Any]] = {status: {} for status in NAMES}
    for code, status, detail in _known():
        value = problem(code, status, detail)
        found[status].setdefault(code, {"summary": value["title"], "value": value})
    return found


def _known() -> Iterator[tuple[str, int, str]]:
    """(code, status, what is said) of every error of the interface, in the tree's order."""
    for status, (code, detail) in FRAMEWORK.items():
        if status in NAMES:
            yield code, status, detail
    apart = {ContentError, *OF_THE_DESK}
    for kind in vars(errors).values():
        if inspect.isclass(kind) and issubclass(kind, ContentError) and kind not in apart:
            error = kind()
            yield error.code, status_of(error), error.message
