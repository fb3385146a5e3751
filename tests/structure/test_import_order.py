"""The order of the packages is the order a text travels and the order of imports: each imports only
what stands above it. Where a thing seems to need an upward import, it is in the wrong room."""

from pathlib import PurePosixPath

import pytest

from tests.structure.sources import Import, broken, imports

ORDER = [
    # the ground floor: modules
    "errors",
    "b64u",
    "few",
    "log_lines",
    "private_file",
    "secret_file",
    "clock",
    "settings",
    "generation_word",
    "database",
    "transaction",
    "ledger",
    "samples",  # what comes with the program: files, and no code that knows of the rooms
    # the rooms: packages
    "log",
    "people",
    "records",
    "translation",
    "review",
    "sign_off",
    "publication",
    "syndication",
    "schema",  # gathers the tables of all rooms
    "cli",
]
WEB_FRAMEWORKS = {"fastapi", "starlette", "uvicorn"}
#: `msif serve` starts uvicorn, and names the application by a string: "api.app:create_app".
MAY_START_THE_SERVER = PurePosixPath("content/cli/serve.py")


def against_the_order(source: str, path: PurePosixPath) -> list[str]:
    """A rule for the files of `content`."""
    here = place(".".join(path.with_suffix("").parts))
    if here is None:
        return [f"{path} has no place in the order: write it into {PurePosixPath(__file__).name}"]
    return [
        f"{path}:{found.line} imports {found.imported}, which does not stand above it"
        for found in imports(source, path)
        if found.imported.startswith("content.")
        and ((there := place(found.imported)) is None or there > here)
    ]


def place(module: str) -> int | None:
    """Where a module of `content` stands; `content/__init__.py` itself stands above all."""
    name = [*module.split("."), "__init__"][1]
    if name == "__init__":
        return -1
    return ORDER.index(name) if name in ORDER else None


def towards_the_web(source: str, path: PurePosixPath) -> list[str]:
    """A rule for the files of `content`: no web framework, and nothing of `api`."""
    return [
        f"{path}:{found.line} imports {found.imported}, which is for api only"
        for found in imports(source, path)
        if found.imported.partition(".")[0] in forbidden_in(path)
    ]


def forbidden_in(path: PurePosixPath) -> set[str]:
    everything = {"api", *WEB_FRAMEWORKS}
    return everything - {"uvicorn"} if path == MAY_START_THE_SERVER else everything


def between_equals(source: str, path: PurePosixPath) -> list[str]:
    """A rule for the files of `api`: the command line is a neighbour, not a floor."""
    return [
        f"{path}:{found.line} imports {found.imported}, which is of the same rank"
        for found in imports(source, path)
        if is_below(found, "content.cli")
    ]


def is_below(found: Import, package: str) -> bool:
    return f"{found.imported}.".startswith(f"{package}.")


def test_content_imports_upwards_only() -> None:
    assert broken(against_the_order, "content") == []


def test_content_knows_no_web() -> None:
    assert broken(towards_the_web, "content") == []


def test_api_does_not_import_the_command_line() -> None:
    assert broken(between_equals, "api") == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("content/errors/kinds.py", "from content import clock"),
        ("content/people/role.py", "from content.records import section"),
        ("content/people/role.py", "import content.publication.search"),
        ("content/people/role.py", "from ..records.section import Section"),
        ("content/people/role.py", "from .. import records"),
        ("content/people/__init__.py", "from ..records import section"),
        ("content/review/policy.py", "def later():\n    from content.cli import main"),
        ("content/people/role.py", "from content.nowhere import something"),
        ("content/nowhere/thing.py", ""),
        ("content/__init__.py", "from content.errors import ContentError"),
    ],
)
def test_an_import_against_the_order_is_found(path: str, source: str) -> None:
    assert len(against_the_order(source, PurePosixPath(path))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("content/clock.py", "from content import errors"),
        ("content/people/person.py", "from content.people.role import Role\nfrom . import role"),
        ("content/records/__init__.py", "from .section import Section"),
        ("content/cli/main.py", "import content\nfrom content.syndication import webhook"),
    ],
)
def test_an_import_in_order_is_not(path: str, source: str) -> None:
    assert against_the_order(source, PurePosixPath(path)) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("content/people/role.py", "from fastapi import Depends"),
        ("content/people/role.py", "import starlette.requests"),
        ("content/cli/demo.py", "import uvicorn"),
        ("content/cli/serve.py", "from api.app import create_app"),
        ("content/cli/serve.py", "import fastapi"),
    ],
)
def test_a_way_to_the_web_is_found(path: str, source: str) -> None:
    assert len(towards_the_web(source, PurePosixPath(path))) == 1


def test_the_command_line_may_start_the_server() -> None:
    source = 'import uvicorn\nuvicorn.run("api.app:create_app", factory=True)'
    assert towards_the_web(source, MAY_START_THE_SERVER) == []


@pytest.mark.parametrize("source", ["from content import cli", "import content.cli.serve"])
def test_an_import_of_the_command_line_is_found(source: str) -> None:
    assert len(between_equals(source, PurePosixPath("api/app.py"))) == 1
