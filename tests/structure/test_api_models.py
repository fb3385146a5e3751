"""What the API takes and gives: models of its own, strict, and never a row of a table."""

import ast
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from types import ModuleType

import pytest
from pydantic import BaseModel, ConfigDict

from tests.structure.sources import ROOT, broken, dotted_name, files_below, imports, nodes, read
from tests.structure.test_house_rules import is_table

ROUTES = {"get", "post", "put", "patch", "delete", "head", "options", "trace", "api_route"}
#: Values that FastAPI does not take from the request, and classes that it does not send.
DEPENDENCIES = {"Depends", "Security"}
NOT_MODELS = {"NamedTuple", "Protocol"}


def tables(sources: Iterable[tuple[PurePosixPath, str]]) -> set[str]:
    """The full name of every table model: content.records.version.Version."""
    return {
        ".".join([*path.with_suffix("").parts, node.name])
        for path, source in sources
        for node in nodes(source)
        if isinstance(node, ast.ClassDef) and is_table(node)
    }


def shows_a_table(source: str, path: PurePosixPath, known: set[str]) -> list[str]:
    """A rule for `api`: a row goes neither in nor out as it is. It may be what a dependency
    finds, or what a function that is no route works on."""
    names = {found.name: found.meaning for found in imports(source, path)}
    return [
        f"{path}:{expression.lineno} takes or gives {ast.unparse(node)}, which is a table"
        for expression in exposed(source)
        for node in names_in(expression)
        if (first := dotted_name(node).partition("."))[0] in names
        and names[first[0]] + first[1] + first[2] in known
    ]


def exposed(source: str) -> Iterator[ast.expr]:
    """Every annotation that becomes part of the contract."""
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from exposed_by_route(node)
        elif isinstance(node, ast.ClassDef) and is_model(node):
            yield from (part.annotation for part in node.body if isinstance(part, ast.AnnAssign))


def exposed_by_route(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    routes = [
        call
        for call in node.decorator_list
        if isinstance(call, ast.Call) and dotted_name(call.func).rpartition(".")[2] in ROUTES
    ]
    if not routes:
        return
    yield from (word.value for call in routes for word in call.keywords if word.arg)
    parameters = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    yield from (each.annotation for each in parameters if each.annotation)
    if node.returns:
        yield node.returns


def is_model(node: ast.ClassDef) -> bool:
    bases = {dotted_name(base).rpartition(".")[2] for base in node.bases}
    return bool(bases) and not bases & NOT_MODELS


def names_in(expression: ast.expr) -> Iterator[ast.expr]:
    """The names in an annotation, also in one written as a string, except what is depended on."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        try:
            expression = ast.parse(expression.value, mode="eval").body
        except SyntaxError:
            return
    if is_dependency(expression):
        return
    if isinstance(expression, ast.Name | ast.Attribute):
        yield expression
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.expr):
            yield from names_in(child)


def is_dependency(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Subscript) and any(
        isinstance(node, ast.Call) and dotted_name(node.func).rpartition(".")[2] in DEPENDENCIES
        for node in ast.walk(expression)
    )


def loose(models: Iterable[type[BaseModel]], bases: tuple[type[BaseModel], ...]) -> list[str]:
    """Models that stand on neither of the two bases."""
    return [
        f"{model.__module__}.{model.__qualname__}" for model in models if is_loose(model, bases)
    ]


def is_loose(model: type[BaseModel], bases: tuple[type[BaseModel], ...]) -> bool:
    return not (bases and issubclass(model, bases))


def lenient(models: Iterable[type[BaseModel]]) -> list[str]:
    """Request models that take `"1"` for 1, or a field they do not know."""
    return [
        f"{model.__module__}.{model.__qualname__}"
        for model in models
        if not (model.model_config.get("strict") and model.model_config.get("extra") == "forbid")
    ]


def api_modules() -> list[ModuleType]:
    if not (ROOT / "api" / "__init__.py").exists():
        return []
    package = importlib.import_module("api")
    names = [each.name for each in pkgutil.walk_packages(package.__path__, "api.")]
    return [importlib.import_module(name) for name in names]


def api_models() -> list[type[BaseModel]]:
    """Every pydantic model that a module of `api` defines."""
    api_modules()
    return [model for model in descendants(BaseModel) if f"{model.__module__}.".startswith("api.")]


def descendants(model: type[BaseModel]) -> list[type[BaseModel]]:
    return [each for child in model.__subclasses__() for each in (child, *descendants(child))]


def bases_of_the_api() -> tuple[type[BaseModel], ...]:
    """RequestModel and AnswerModel of api/models.py."""
    if importlib.util.find_spec("api.models") is None:
        return ()
    models = importlib.import_module("api.models")
    return models.RequestModel, models.AnswerModel


def test_no_table_goes_in_or_out() -> None:
    known = tables((path, read(path)) for path in files_below("content"))
    assert broken(lambda source, path: shows_a_table(source, path, known), "api") == []


def test_every_model_of_the_api_is_a_request_or_an_answer() -> None:
    assert loose(api_models(), bases_of_the_api()) == []


def test_every_request_is_strict_and_takes_no_unknown_field() -> None:
    requests = bases_of_the_api()[:1]
    assert lenient(model for model in api_models() if issubclass(model, requests)) == []


TABLES = {"content.records.version.Version"}
IMPORT = "from content.records.version import Version as Row\nfrom content.records import version\n"


@pytest.mark.parametrize(
    "source",
    [
        "@router.post('/v')\ndef f(row: Row) -> None: ...",
        "@router.get('/v')\nasync def f() -> list[Row]: ...",
        "@router.get('/v', response_model=Row)\ndef f(): ...",
        "@router.get('/v')\ndef f() -> 'Row | None': ...",
        "@router.get('/v')\ndef f() -> version.Version: ...",
        "class Answer(AnswerModel):\n    version: Row",
    ],
)
def test_a_table_in_a_route_is_found(source: str) -> None:
    assert len(shows_a_table(IMPORT + source, PurePosixPath("api/x.py"), TABLES)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "def render(row: Row) -> Answer: ...",
        "@router.get('/v')\ndef f(row: Annotated[Row, Depends(find)]) -> Answer: ...",
        "class Version(AnswerModel):\n    slug: str\n@router.get('/v')\ndef f() -> Version: ...",
    ],
)
def test_a_table_behind_a_route_is_not(source: str) -> None:
    assert shows_a_table(IMPORT + source, PurePosixPath("api/x.py"), TABLES) == []


def test_tables_are_found_by_their_full_name() -> None:
    source = "class Version(SQLModel, table=True): ...\nclass Draft(SQLModel): ..."
    assert tables([(PurePosixPath("content/records/version.py"), source)]) == TABLES


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Loosened(Strict):
    model_config = ConfigDict(extra="allow")


class Stray(BaseModel):
    slug: str


def test_a_model_on_neither_base_is_found() -> None:
    assert loose([Strict, Loosened, Stray], (Strict,)) == [f"{__name__}.Stray"]
    assert loose([Stray], ()) == [f"{__name__}.Stray"]


def test_a_request_that_is_not_strict_is_found() -> None:
    assert lenient([Strict, Loosened, Stray]) == [f"{__name__}.Loosened", f"{__name__}.Stray"]
