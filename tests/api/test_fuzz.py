"""Random requests to every route of the description: nothing breaks, and every refusal is told."""

import json
import string
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.newest import Newest
from tests.api.hubs import PROBLEM, Hub
from tests.api.test_every_endpoint_every_role import TABLE

#: What is there, so that some requests get past the door.
KNOWN = [
    *("benefits", "treatment", "risks", "en", "fr", "fr-CH", "author", "board", "translator:fr"),
    *("1", "2", "0", "in-force", "source", "draft", "current", "submit", "2026-11-23T09:00:00Z"),
]
JUNK = [
    *("", " ", ".", "..", "/", "%", "%00", "\x00", "\n", "\r\nX: y", "\x7f", "'", '"', "<b>"),
    *("null", "true", "NaN", "1e999", "-1", "-0", "٣", str(2**31), str(2**63), str(10**30)),
    *("é", "💊", "\u202e", "\ufeff", "ß", "a" * 300, "--", ";", "{}", "[]", "𝟙"),
]
#: What a client says of its body; mostly it is what the route takes.
SENT_AS = ["application/json", "text/csv", "application/xml", "x"]
words = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(JUNK),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.text(string.hexdigits.lower()[:16], min_size=64, max_size=64),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    words,
    st.just("\ud800"),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)


def operations(schema: Any) -> Iterator[tuple[str, str, Any]]:
    for path, listed in schema["paths"].items():
        for method, operation in listed.items():
            yield method.upper(), path, operation


def of_schema(told: Any, schema: Any) -> st.SearchStrategy[Any]:
    """Values that fit this part of the description, or nearly."""
    if "$ref" in told:
        return of_schema(schema["components"]["schemas"][told["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in told:
        return st.one_of([of_schema(one, schema) for one in told["anyOf"]])
    if "enum" in told:
        return st.sampled_from(told["enum"])
    kind = told.get("type")
    if kind == "object":
        fields = {
            name: of_schema(part, schema) for name, part in told.get("properties", {}).items()
        }
        required = {name: fields.pop(name) for name in told.get("required", [])}
        return st.fixed_dictionaries(required, optional=fields)
    if kind == "array":
        return st.lists(of_schema(told["items"], schema), max_size=3)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        "string": words,
        "integer": st.integers(-1, 10) | st.integers(),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return simple.get(kind, anything)


@st.composite
def requests(draw: st.DrawFn, schema: Any) -> tuple[str, str, dict[str, str], bytes | None]:
    """(method, address, headers, body)."""
    method, path, operation = draw(st.sampled_from(list(operations(schema))))
    query = []
    headers: dict[str, str] = {}
    for told in operation.get("parameters", ()):
        value = str(draw(of_schema(told["schema"], schema) | words))
        if told["in"] == "path":
            path = path.replace(f"{{{told['name']}}}", escaped(value) or "x")
        elif told["in"] == "query" and draw(st.booleans()):
            query.append(f"{told['name']}={escaped(value)}")
        elif told["in"] == "header":
            headers["If-Match"] = draw(st.sampled_from(['"1"', "*", "", 'W/"1"', '"20", "21"']))
    if query:
        path = f"{path}?{'&'.join(query)}"
    if "requestBody" not in operation:
        return method, path, headers, None
    media_type, told = draw(st.sampled_from(list(operation["requestBody"]["content"].items())))
    fitting = of_schema(told["schema"], schema)
    sent = draw(fitting | anything)
    body = draw(st.just(json.dumps(sent).encode()) | st.binary(max_size=50))
    return (
        method,
        path,
        headers | {"Content-Type": draw(st.sampled_from(SENT_AS) | st.just(media_type))},
        body,
    )


def escaped(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="%")


def is_page(path: str) -> bool:
    """Whether it is for people to read: they are told in words that the text is not there."""
    return path.startswith("/proof/")


async def over_at_once(_newest: Newest, _seq: int, _seconds: float) -> bool:
    return False


@pytest.mark.parametrize("by", [None, "editor", "administrator"])
def test_nothing_breaks_and_every_refusal_is_told(
    hub: Hub, by: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody waits here for what never comes.
    monkeypatch.setattr("api.delivery.stream.STREAM_SECONDS_MAX", 0)
    monkeypatch.setattr(Newest, "beyond", over_at_once)
    schema = hub.read("/openapi.json")
    if by:
        hub.token(by)

    @given(requests(schema))
    @settings(max_examples=70, suppress_health_check=list(HealthCheck), database=None)
    def tried(request: tuple[str, str, dict[str, str], bytes | None]) -> None:
        method, path, headers, body = request
        answer = hub.ask(method, path, body, by=by, headers=headers)
        assert answer.status_code < 500 or answer.status_code == 503, (request, answer.text)
        if answer.status_code >= 400:
            if is_page(path) and answer.headers["content-type"].startswith("text/html"):
                return
            assert answer.headers["content-type"] == PROBLEM, request
            told = answer.json()
            assert told["status"] == answer.status_code
            assert told["type"] == f"/problems/{told['code']}"
        if by is None and path.startswith("/v1/editing"):
            assert answer.status_code >= 400, request

    tried()
    assert hub.get("/v1").status_code == 200
    assert hub.get("/readyz").status_code == 200


def test_the_description_has_every_route_of_the_table(hub: Hub) -> None:
    found = {(method, path) for method, path, _ in operations(hub.read("/openapi.json"))}
    assert {(row.method, row.route) for row in TABLE} - found == {("GET", "/openapi.json")}
