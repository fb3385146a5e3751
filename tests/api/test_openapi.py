"""The description of the API: kept in git, complete, and in words."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.reference.completed import NEED_TRUST
from api.reference.shape import Shape
from tests.api.hubs import PROBLEM, Hub

#: One sentence without its full stop, on one line of a list.
SUMMARY = re.compile(r"[A-Z][^\n.]*([.]\w[^\n.]*)*")
SUMMARY_MAX = 64


@pytest.fixture
def described(empty_hub: Hub) -> Any:
    return empty_hub.read("/openapi.json")


def operations(schema: Any) -> Iterator[tuple[str, Any]]:
    for path, listed in schema["paths"].items():
        for method, operation in listed.items():
            yield f"{method.upper()} {path}", operation


def resolved(schema: Any, part: Any) -> Any:
    """What a reference leads to."""
    if "$ref" not in part:
        return part
    found = schema
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def refusals(schema: Any, operation: Any) -> dict[str, Any]:
    return {
        status: resolved(schema, told)
        for status, told in operation["responses"].items()
        if not status.startswith("2")
    }


def test_the_description_is_what_was_reviewed(
    described: Any, snapshot: Callable[[str, str], None]
) -> None:
    snapshot(
        "openapi.json", json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    )


def test_every_operation_is_described_and_named_once(described: Any) -> None:
    listed = list(operations(described))
    for name, operation in listed:
        assert operation.get("description", ".").endswith((".", "?")), name
        assert SUMMARY.fullmatch(operation["summary"]), (name, operation["summary"])
        assert len(operation["summary"]) <= SUMMARY_MAX, name
        assert re.fullmatch("[a-z_]+", operation["operationId"]), name
        assert operation["tags"], name
    assert len({operation["operationId"] for _, operation in listed}) == len(listed)


def test_every_operation_shows_what_it_answers(described: Any) -> None:
    for name, operation in operations(described):
        (answer,) = (
            told for status, told in operation["responses"].items() if status.startswith("2")
        )
        if "204" in operation["responses"]:
            assert "content" not in answer, name
            continue
        assert answer["content"], name
        for media_type, told in answer["content"].items():
            assert "example" in told, (name, media_type)
            assert told["schema"], (name, media_type)


def test_every_answer_in_json_says_which_fields_it_has(described: Any) -> None:
    for name, operation in operations(described):
        for status, told in operation["responses"].items():
            for media_type, said in resolved(described, told).get("content", {}).items():
                if media_type.endswith("json"):
                    for schema in alternatives(described, said["schema"]):
                        assert schema.get("properties"), (name, status, media_type)


def alternatives(schema: Any, part: Any) -> Iterator[Any]:
    """The objects that an answer can be, or a list of; what is a list of words is described."""
    part = resolved(schema, part)
    if part.get("type") == "array":
        part = resolved(schema, part["items"])
    if "anyOf" in part:
        for one in part["anyOf"]:
            yield from alternatives(schema, one)
    elif part != {"type": "string"}:
        yield part


def test_every_field_and_every_parameter_says_what_it_means(described: Any) -> None:
    schemas = described["components"]["schemas"]
    silent = [
        f"{name}.{field.name}"
        for name, told in schemas.items()
        for field in Shape(name, told, schemas).fields
        if not field.description
    ]
    silent += [
        f"{name} {told['name']}"
        for name, operation in operations(described)
        for told in operation.get("parameters", ())
        if not told.get("description")
    ]
    assert silent == []
    assert len(schemas) > 150


def test_an_answer_may_get_a_field_and_a_request_may_not(described: Any) -> None:
    schemas = described["components"]["schemas"]
    for name, told in schemas.items():
        if "properties" in told:
            is_request = name.endswith("Request")
            assert (told.get("additionalProperties") is False) == is_request, name


def test_every_required_parameter_and_every_body_has_an_example(described: Any) -> None:
    for name, operation in operations(described):
        for told in operation.get("parameters", ()):
            if told["required"] or told["name"] == "if-match":
                assert "example" in told, (name, told["name"])
        for media_type, told in operation.get("requestBody", {}).get("content", {}).items():
            if not media_type.startswith("multipart/"):
                assert "example" in told, (name, media_type)


def test_every_refusal_is_a_problem_with_an_example_of_its_status(described: Any) -> None:
    for name, operation in operations(described):
        found = refusals(described, operation)
        assert {"400", "422", "503"} <= set(found), name
        for status, told in found.items():
            examples = told["content"][PROBLEM]["examples"]
            assert examples, (name, status)
            assert {one["value"]["status"] for one in examples.values()} == {int(status)}


def test_an_operation_lists_the_refusals_that_it_can_give_and_no_others(described: Any) -> None:
    for name, operation in operations(described):
        found = set(refusals(described, operation))
        parameters = {told["name"] for told in operation.get("parameters", ())}
        assert ({"412", "428"} <= found) == ("if-match" in parameters), name
        assert ("413" in found) == ("requestBody" in operation), name
        assert ("409" in found) == (name in NEED_TRUST or not name.startswith("GET")), name
        if operation.get("security"):
            assert {"401", "403"} <= found, name
        if "{" in name:
            assert "404" in found, name


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        ("GET /", "400 422 503"),
        ("GET /healthz", "400 422 503"),
        ("GET /v1", "400 401 403 422 503"),
        ("GET /v1/trust", "400 401 409 422 503"),
        ("GET /v1/sections/{slug}/{locale}", "400 401 403 404 410 422 503"),
        ("GET /v1/editing/waiting", "400 401 403 422 503"),
        ("POST /v1/passkeys", "400 404 409 413 422 503"),
        (
            "PUT /v1/editing/sections/{slug}/{locale}/{number}/objection",
            "400 401 403 404 409 412 413 422 428 503",
        ),
    ],
)
def test_the_refusals_of(described: Any, operation: str, refused: str) -> None:
    method, path = operation.split()
    told = described["paths"][path][method.lower()]
    assert " ".join(sorted(refusals(described, told))) == refused


def test_whoever_asks_for_a_page_of_proof_is_refused_in_words(described: Any) -> None:
    told = described["paths"]["/proof/{slug}/{locale}"]["get"]["responses"]
    for status in ("404", "410", "503"):
        assert set(told[status]["content"]) == {PROBLEM, "text/html"}


def test_every_reference_leads_somewhere(described: Any) -> None:
    for found in set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(described))):
        assert resolved(described, {"$ref": found}), found


#: Where people work; what members read is open.
WORK = re.compile(
    r"/v1/(editing|catalogues|uploads|suggestions|coverage|glossary|memory|members|showing|recalls)(/|$)"
)


def test_what_needs_a_token_says_so(described: Any) -> None:
    for name, operation in operations(described):
        work = bool(WORK.search(name))
        assert bool(operation.get("security")) == work, name
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_what_is_sent_is_described_strictly(described: Any) -> None:
    schemas = described["components"]["schemas"]
    requests = {name: told for name, told in schemas.items() if name.endswith("Request")}
    assert len(requests) >= 9
    for name, told in requests.items():
        assert told["additionalProperties"] is False, name
        assert told["description"], name
