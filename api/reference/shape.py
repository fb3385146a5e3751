"""A schema of the description as the page shows it: its fields, their kinds, what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: Where schemas with a name stand.
NAMED = "#/components/schemas/"
#: Values of an enumeration that are listed; of more, so many, and that there are more.
VALUES_MAX = 12
#: What JSON Schema calls the form of a string, in words.
FORMATS = {"date-time": "time", "date": "day", "binary": "bytes"}

Schema = dict[str, Any]
#: Words, and the name of the shape that they lead to; empty where they lead nowhere.
Part = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """One field of an object. Frozen."""

    name: str
    kind: tuple[Part, ...]
    #: Whether it is always there.
    required: bool
    description: str


@dataclass(frozen=True)
class Shape:
    """A schema that has a name. Frozen."""

    name: str
    told: Schema
    schemas: dict[str, Schema]

    @property
    def description(self) -> str:
        return str(self.told.get("description", ""))

    @property
    def kind(self) -> tuple[Part, ...]:
        """Of one that has no fields: its values."""
        return tuple(kind(self.told))

    @property
    def fields(self) -> list[Field]:
        """Those that are always there first."""
        required = self.told.get("required", ())
        listed = [
            Field(name, tuple(kind(one)), name in required, meaning(one, self.schemas))
            for name, one in self.told.get("properties", {}).items()
        ]
        return sorted(listed, key=lambda field: not field.required)


def kind(schema: Schema) -> Iterator[Part]:
    """In a few words: `string`, `one of en, fr`, `list of Event`."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(NAMED)
        yield name, name
    elif "anyOf" in schema:
        for place, one in enumerate(schema["anyOf"]):
            if place:
                yield " or ", ""
            yield from kind(one)
    elif schema.get("type") == "array":
        yield "list of ", ""
        yield from kind(schema.get("items", {}))
    elif isinstance(schema.get("additionalProperties"), dict):
        yield "object of ", ""
        yield from kind(schema["additionalProperties"])
    else:
        yield _word(schema), ""


def _word(schema: Schema) -> str:
    if "enum" in schema:
        values = [str(one) for one in schema["enum"]]
        more = " …" if len(values) > VALUES_MAX else ""
        return f"one of {', '.join(values[:VALUES_MAX])}{more}"
    if "const" in schema:
        return "true" if schema["const"] is True else str(schema["const"])
    word = str(schema.get("type", "anything"))
    return FORMATS.get(schema.get("format", ""), word)


def meaning(schema: Schema, schemas: dict[str, Schema]) -> str:
    """What is said of a field, or else of what it is."""
    if "description" in schema:
        return str(schema["description"])
    if "$ref" in schema:
        return meaning(schemas[schema["$ref"].removeprefix(NAMED)], schemas)
    for one in schema.get("anyOf", ()):
        if found := meaning(one, schemas):
            return found
    return ""
