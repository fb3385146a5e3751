"""No answer that a test gets is one that the description does not promise.

The description leaves answers open, for a field may come under /v1; here they are closed, so that a
field that stands nowhere is red.
"""

import json
from functools import cache
from re import Pattern
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
from fastapi.testclient import TestClient
from httpx2 import Request, Response
from starlette.routing import compile_path

from api.published import Published

#: What any address can answer: that the client has it, that it takes another method.
OF_ANY = {"304", "405"}
#: What no description promises: a fault of ours. A test that provokes one says so itself.
FAULT = "500"
#: Addresses that describe the interface, and are not in it.
OUTSIDE = {"/openapi.json"}

Schema = dict[str, Any]


class Promised(TestClient):
    """A client that takes no answer but those that are described."""

    def send(self, request: Request, **more: Any) -> Response:
        answer = super().send(request, **more)
        assert isinstance(self.app, Published)
        if not more.get("stream"):
            # It takes escapes out of an address twice.
            require_promised(self.app, answer, unquote(answer.request.url.path))
        return answer


class Description:
    """The description, ready to hold answers against. Made once in a process."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.components = {"components": {"schemas": closed(schema["components"]["schemas"])}}
        self.operations = [
            (method.upper(), form_of(path), f"{method.upper()} {path}", told)
            for path, listed in schema["paths"].items()
            for method, told in listed.items()
        ]
        self.validator = cache(self._validator)

    def operation(self, method: str, path: str) -> tuple[str, Schema] | None:
        """(name, operation) of what answers at this address: the first that fits, as in the app."""
        for one, form, name, told in self.operations:
            if one == method and form.match(path):
                return name, told
        return None

    def response(self, told: Schema, status: str) -> Schema | None:
        """What is said of an answer with this status."""
        found = told["responses"].get(status)
        if found is None or "$ref" not in found:
            return found
        named: Schema = self.schema["components"]["responses"][found["$ref"].rpartition("/")[2]]
        return named

    def _validator(self, name: str, status: str, media_type: str) -> jsonschema_rs.Validator:
        """For a body of this kind."""
        told = next(told for _, _, one, told in self.operations if one == name)
        response = self.response(told, status)
        assert response is not None
        schema = closed(response["content"][media_type]["schema"])
        return jsonschema_rs.Draft202012Validator(self.components | schema, validate_formats=True)


@cache
def description() -> Description:
    """That of the applications of a process, which have one."""
    assert Published.described is not None
    return Description(Published.described)


def closed(part: Any) -> Any:
    """The same, taking no field that is not named, unless it says that it takes any."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: closed(one) for name, one in part.items()}
    if "properties" in found and found.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found


def form_of(path: str) -> Pattern[str]:
    """As an address is matched; an index of the log has slashes."""
    return compile_path(path.replace("{index}", "{index:path}"))[0]


def require_promised(app: Published, answer: Response, path: str) -> None:
    """Fails where the operation at this address is not described to answer so."""
    app.openapi()
    described = description()
    method = "GET" if answer.request.method == "HEAD" else answer.request.method
    status = str(answer.status_code)
    # Browsers ask at any address whether they may ask (CORS).
    if method == "OPTIONS" or path in OUTSIDE or status in OF_ANY or status == FAULT:
        return
    found = described.operation(method, path)
    if found is None:
        assert status.startswith("4"), f"{method} {path} answers {status} and is described nowhere"
        return
    fault = _fault(described, *found, answer)
    assert not fault, f"{found[0]} {status} {fault}\n{path}\n{answer.text[:1000]}"


def _fault(described: Description, name: str, told: Schema, answer: Response) -> str:
    """Why this operation cannot answer so; empty where it can."""
    status = str(answer.status_code)
    response = described.response(told, status)
    if response is None:
        return "is not promised"
    content = response.get("content", {})
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if answer.request.method == "HEAD":
        return "" if media_type in content else f"is not promised as {media_type}"
    if not content:
        return "has a body" if answer.content else ""
    if media_type not in content:
        return f"is not promised as {media_type}"
    if not media_type.endswith("json"):
        return ""
    wrong = described.validator(name, status, media_type).iter_errors(json.loads(answer.content))
    return "; ".join(f"{one.instance_path} {one.message[:300]}" for one in wrong)
