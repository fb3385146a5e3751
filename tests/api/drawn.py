"""Requests drawn from the description: parameters and bodies as it says that they are, or nearly.

Values that are there (`places`) are drawn often, so that requests get past the door.
"""

import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

Schema = dict[str, Any]
#: Name of a parameter or a field to values that are there.
Places = Mapping[str, Sequence[str]]

JUNK = [
    *("", " ", ".", "..", "/", "%", "%00", "\x00", "\n", "\r\nX: y", "\x7f", "'", '"', "<b>"),
    *("null", "true", "NaN", "1e999", "-1", "-0", "٣", str(2**31), str(2**63), str(10**30)),
    *("é", "💊", "\u202e", "\ufeff", "ß", "a" * 300, "--", ";", "{}", "[]", "𝟙"),
]
#: What a client says of its body; mostly it is what the operation takes.
SENT_AS = ["application/json", "text/csv", "application/xml", "x"]
#: Elements of a list; the bounds of the description are tried by one more.
LIST_MAX = 3
words = st.one_of(
    st.sampled_from(JUNK),
    st.text(st.characters(codec="utf-8"), max_size=20),
    st.text(string.hexdigits.lower()[:16], min_size=64, max_size=64),
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words, st.just("\ud800"))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)


@dataclass(frozen=True)
class Drawn:
    """A request, without whoever asks. Frozen."""

    name: str
    method: str
    #: The address, its query with it.
    target: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    #: Whether the tag of what is there is sent along.
    guarded: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation of the description, to draw requests of. Frozen."""

    method: str
    path: str
    told: Schema
    schemas: dict[str, Schema]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_guarded(self) -> bool:
        return any(one["name"] == "if-match" for one in self.told.get("parameters", ()))

    @property
    def is_for_people(self) -> bool:
        return {"HTTPBearer": []} in self.told.get("security", ())

    @property
    def is_for_members(self) -> bool:
        return {"MemberKey": []} in self.told.get("security", ())


def operations(description: Schema) -> Iterator[Operation]:
    schemas = description["components"]["schemas"]
    for path, listed in description["paths"].items():
        for method, told in listed.items():
            yield Operation(method.upper(), path, told, schemas)


@st.composite
def requests(draw: st.DrawFn, of: Operation, places: Places) -> Drawn:
    target, query = of.path, []
    for told in of.told.get("parameters", ()):
        if told["in"] == "header":
            continue
        value = text(draw(_parameter(told, of.schemas, places)))
        if told["in"] == "path":
            target = target.replace(f"{{{told['name']}}}", escaped(value) or "x")
        elif told["required"] or draw(st.booleans()):
            query.append(f"{told['name']}={escaped(value)}")
    if query:
        target = f"{target}?{'&'.join(query)}"
    guarded = of.is_guarded and draw(st.integers(0, 4)) > 0
    headers = {}
    if of.is_guarded and not guarded:
        headers["If-Match"] = draw(st.sampled_from(['"1"', "*", "", 'W/"1"', '"20", "21"']))
    body = None
    if "requestBody" in of.told:
        content = of.told["requestBody"]["content"]
        media_type, told = draw(st.sampled_from(sorted(content.items(), key=lambda one: one[0])))
        body = draw(_body(media_type, told, of.schemas, places))
        headers["Content-Type"] = draw(st.just(media_type) | st.sampled_from(SENT_AS))
    return Drawn(str(of), of.method, target, body, headers, guarded)


def _parameter(told: Schema, schemas: dict[str, Schema], places: Places) -> st.SearchStrategy[Any]:
    schema = told["schema"]
    there = [*places.get(told["name"], ()), *schema.get("examples", ())]
    if "example" in told:
        there.append(told["example"])
    fitting = of_schema(schema, schemas, places)
    if not there:
        return st.one_of(fitting, fitting, words)
    found = st.sampled_from(there)
    return st.one_of(found, found, found, fitting, words)


def _body(
    media_type: str, told: Schema, schemas: dict[str, Schema], places: Places
) -> st.SearchStrategy[bytes]:
    shown = [told["example"]] if "example" in told else []
    if not media_type.endswith("json"):
        files = st.binary(max_size=50) | st.text(max_size=50).map(str.encode)
        return st.sampled_from([one.encode() for one in shown]) | files if shown else files
    fitting = of_schema(told["schema"], schemas, places)
    good = st.one_of(st.sampled_from(shown), fitting, fitting) if shown else fitting
    return st.one_of(good, good, anything).map(lambda sent: json.dumps(sent).encode()) | st.binary(
        max_size=50
    )


def of_schema(
    told: Schema, schemas: dict[str, Schema], places: Places, name: str = ""
) -> st.SearchStrategy[Any]:
    """Values that fit this part of the description, or nearly."""
    if "$ref" in told:
        return of_schema(schemas[told["$ref"].rpartition("/")[2]], schemas, places, name)
    if "anyOf" in told:
        return st.one_of([of_schema(one, schemas, places, name) for one in told["anyOf"]])
    if "enum" in told:
        return st.sampled_from(told["enum"])
    kind = told.get("type")
    if kind == "object":
        fields = {
            field: of_schema(part, schemas, places, field)
            for field, part in told.get("properties", {}).items()
        }
        required = {field: fields.pop(field) for field in told.get("required", [])}
        return st.fixed_dictionaries(required, optional=fields)
    if kind == "array":
        each = of_schema(told["items"], schemas, places, name)
        return st.lists(each, min_size=told.get("minItems", 0), max_size=LIST_MAX)
    if kind == "string":
        return _strings(told, places.get(name, ()))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        "integer": _integers(told),
        "number": st.floats(told.get("minimum"), told.get("maximum")),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return simple.get(kind, anything)


def _strings(told: Schema, there: Sequence[str]) -> st.SearchStrategy[str]:
    if "pattern" in told:
        fitting: st.SearchStrategy[str] = st.from_regex(str(told["pattern"]))
    elif told.get("format") == "date-time":
        fitting = st.datetimes().map(lambda at: f"{at.isoformat()}Z")
    else:
        least, most = told.get("minLength", 0), told.get("maxLength", 40)
        fitting = st.text(st.characters(codec="utf-8"), min_size=least, max_size=min(most, 40))
    return st.sampled_from(there) | fitting | words if there else fitting | words


def _integers(told: Schema) -> st.SearchStrategy[int]:
    """Within the bounds, and one beyond each."""
    least, most = int(told.get("minimum", -1)), int(told.get("maximum", 2**31))
    return st.integers(least, min(most, least + 10)) | st.integers(least - 1, most + 1)


def text(value: Any) -> str:
    """As it stands in an address."""
    return value if isinstance(value, str) else json.dumps(value)


def escaped(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="%")
