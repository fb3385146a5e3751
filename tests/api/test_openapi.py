"""The description of the API: kept in git, complete, and in words."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.api.hubs import Hub

PROBLEM = "application/problem+json"


def operations(schema: Any) -> Iterator[tuple[str, Any]]:
    for path, listed in schema["paths"].items():
        for method, operation in listed.items():
            yield f"{method.upper()} {path}", operation


def test_the_description_is_what_was_reviewed(
    empty_hub: Hub, snapshot: Callable[[str, str], None]
) -> None:
    schema = empty_hub.read("/openapi.json")
    snapshot(
        "openapi.json", json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    )


def test_every_operation_is_described_and_named_once(empty_hub: Hub) -> None:
    schema = empty_hub.read("/openapi.json")
    listed = list(operations(schema))
    for name, operation in listed:
        assert operation["description"].endswith((".", "?")), name
        assert operation["summary"], name
        assert operation["tags"], name
    assert len({operation["operationId"] for _, operation in listed}) == len(listed)


def test_every_operation_that_can_refuse_says_how(empty_hub: Hub) -> None:
    for name, operation in operations(empty_hub.read("/openapi.json")):
        if "operation" in operation["tags"]:
            continue
        for status in ("404", "422", "503"):
            assert PROBLEM in operation["responses"][status]["content"], (name, status)


#: Where people work; what members read is open.
WORK = re.compile(
    r"/v1/(editing|catalogues|uploads|suggestions|coverage|glossary|memory|members|showing|recalls)(/|$)"
)


def test_what_needs_a_token_says_so(empty_hub: Hub) -> None:
    schema = empty_hub.read("/openapi.json")
    for name, operation in operations(schema):
        work = bool(WORK.search(name))
        assert bool(operation.get("security")) == work, name
    assert schema["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_what_is_sent_is_described_strictly(empty_hub: Hub) -> None:
    schemas = empty_hub.read("/openapi.json")["components"]["schemas"]
    requests = {name: told for name, told in schemas.items() if name.endswith("Request")}
    assert len(requests) >= 9
    for name, told in requests.items():
        assert told["additionalProperties"] is False, name
        assert told["description"], name
