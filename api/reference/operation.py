"""One operation of the description, as the page shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.reference.shape import Part, Schema, kind, meaning


@dataclass(frozen=True)
class Body:
    """What is sent, or what comes back. Frozen."""

    #: Empty for what is sent.
    status: str
    media_type: str
    #: What it is made of; empty where that is not JSON.
    kind: tuple[Part, ...]
    example: str


@dataclass(frozen=True)
class Operation:
    """A method at a path, and what the description says of it. Frozen."""

    method: str
    path: str
    told: Schema
    schemas: dict[str, Schema]

    @property
    def name(self) -> str:
        """What a link leads to."""
        return str(self.told["operationId"])

    @property
    def description(self) -> str:
        """What there is to know besides the summary."""
        return str(self.told.get("description", ""))

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
                "kind": tuple(kind(one["schema"])),
                "description": one.get("description") or meaning(one["schema"], self.schemas),
                "example": one.get("example", ""),
            }
            for one in self.told.get("parameters", ())
        ]

    @property
    def bodies(self) -> list[Body]:
        """What can be sent; one of them is."""
        content = self.told.get("requestBody", {}).get("content", {})
        return [_body("", media_type, one) for media_type, one in content.items()]

    @property
    def answers(self) -> Iterator[Body]:
        """What comes back."""
        for status, response in self.told["responses"].items():
            if status.startswith("2"):
                content = response.get("content", {"": {}})
                yield from (_body(status, media_type, one) for media_type, one in content.items())

    @property
    def refusals(self) -> list[str]:
        """Statuses."""
        return [one for one in self.told["responses"] if not one.startswith("2")]


def _body(status: str, media_type: str, told: Schema) -> Body:
    is_json = media_type.endswith("json")
    made_of = tuple(kind(told["schema"])) if is_json else ()
    return Body(status, media_type, made_of, as_text(told.get("example", "")))


def as_text(example: Any) -> str:
    if isinstance(example, str):
        return example
    return json.dumps(example, indent=2, ensure_ascii=False)
