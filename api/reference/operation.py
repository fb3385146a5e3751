"""One operation of the description, as the page shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Operation:
    """A method at a path, and what the description says of it. Frozen."""

    method: str
    path: str
    told: dict[str, Any]
    schema: dict[str, Any]

    @property
    def name(self) -> str:
        """What a link leads to."""
        return str(self.told["operationId"])

    @property
    def who(self) -> str:
        """Who may ask."""
        schemes = {name for one in self.told.get("security", ()) for name in one}
        if not schemes:
            return ""
        return "With a member's key." if "MemberKey" in schemes else "With a person's token."

    @property
    def parameters(self) -> list[dict[str, Any]]:
        return [
            {
                "name": one["name"],
                "where": one["in"],
                "required": one["required"],
                "kind": self.kind(one["schema"]),
                "description": one.get("description", ""),
                "example": one.get("example", ""),
            }
            for one in self.told.get("parameters", ())
        ]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """Those of a body in JSON."""
        content = self.told.get("requestBody", {}).get("content", {})
        body = self.resolved(content.get("application/json", {}).get("schema", {}))
        if body.get("type") == "array":
            body = self.resolved(body["items"])
        required = body.get("required", ())
        return [
            {
                "name": name,
                "required": name in required,
                "kind": self.kind(one),
                "description": one.get("description", ""),
            }
            for name, one in body.get("properties", {}).items()
        ]

    @property
    def bodies(self) -> Iterator[tuple[str, str]]:
        """(media type, example) of what is sent."""
        for media_type, one in self.told.get("requestBody", {}).get("content", {}).items():
            if "example" in one:
                yield media_type, as_text(one["example"])

    @property
    def answers(self) -> Iterator[tuple[str, str, str]]:
        """(status, media type, example) of what comes back."""
        for status, response in self.told["responses"].items():
            if not status.startswith("2"):
                continue
            listed = response.get("content", {})
            for media_type, one in listed.items():
                yield status, media_type, as_text(one.get("example", ""))
            if not listed:
                yield status, "", ""

    @property
    def refusals(self) -> list[str]:
        """Statuses."""
        return [one for one in self.told["responses"] if not one.startswith("2")]

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        found: dict[str, Any] = self.schema
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return found

    def kind(self, schema: dict[str, Any]) -> str:
        """In a few words: `string`, `one of en, fr`, `array of string`."""
        schema = self.resolved(schema)
        if "anyOf" in schema:
            return " or ".join(self.kind(one) for one in schema["anyOf"])
        if "enum" in schema:
            return f"one of {', '.join(map(str, schema['enum']))}"
        if "const" in schema:
            return str(schema["const"])
        if schema.get("type") == "array" and schema.get("items"):
            return f"array of {self.kind(schema['items'])}"
        return str(schema.get("type", "any"))


def as_text(example: Any) -> str:
    if isinstance(example, str):
        return example
    return json.dumps(example, indent=2, ensure_ascii=False)
