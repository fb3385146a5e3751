"""YAML as a small tree with line numbers: text, lists and mappings, and nothing that could hurt.

No tags, no anchors, no aliases (so no expansion), no second document, depth limited. Every scalar
is text: `no` is the word no, a date is for its reader to judge.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

DEPTH_MAX = 6

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")


class YamlRefused(Exception):
    """The text is not YAML of the kind read here. `line` counts from 0."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Scalar:
    """One text. Frozen. `line` counts from 0."""

    text: str
    line: int


@dataclass
class Sequence:
    """A list. Grows while it is read. `line` counts from 0."""

    line: int
    nodes: "list[Yaml]" = field(default_factory=list)


@dataclass
class Mapping:
    """Keys with their values. Grows while it is read. `keys` has the line of each, from 0."""

    line: int
    nodes: "dict[str, Yaml]" = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    waiting: str | None = None


Yaml = Scalar | Sequence | Mapping


def read_yaml(text: str) -> Mapping:
    """The mapping a text holds. Raises YamlRefused."""
    top = Sequence(0)
    open_nodes: list[Sequence | Mapping] = [top]
    for event in _events(text):
        if isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event)
            _put(open_nodes[-1], node)
            if not isinstance(node, Scalar):
                open_nodes.append(node)
            if len(open_nodes) > DEPTH_MAX:
                raise YamlRefused(node.line, "this is nested too deep")
    return _only_mapping(top)


def _only_mapping(top: Sequence) -> Mapping:
    if len(top.nodes) != 1 or not isinstance(top.nodes[0], Mapping):
        raise YamlRefused(0, "the front matter is a list of `key: value`")
    return top.nodes[0]


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", 0)
        raise YamlRefused(line, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise YamlRefused(0, f"not YAML: {str(error).splitlines()[0]}") from None


def _node(event: yaml.NodeEvent) -> Yaml:
    line = int(getattr(event.start_mark, "line", 0))
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise YamlRefused(line, "anchors (&) and aliases (*) are not read; put the value in quotes")
    if getattr(event, "tag", None) not in (None, "!"):
        raise YamlRefused(line, "tags (!) are not read; put the value in quotes")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(_text(event), line)
    return Sequence(line) if isinstance(event, yaml.SequenceStartEvent) else Mapping(line)


def _text(event: yaml.ScalarEvent) -> str:
    plain = event.implicit[0]
    return "" if plain and event.value in _NOTHING else str(event.value)


def _put(above: Sequence | Mapping, node: Yaml) -> None:
    if isinstance(above, Sequence):
        above.nodes.append(node)
    elif above.waiting is not None:
        above.nodes[above.waiting] = node
        above.waiting = None
    else:
        _put_key(above, node)


def _put_key(above: Mapping, node: Yaml) -> None:
    if not isinstance(node, Scalar):
        raise YamlRefused(node.line, "a key is a word")
    if node.text in above.nodes:
        raise YamlRefused(node.line, f"the key `{node.text}` is there twice")
    above.waiting = node.text
    above.keys[node.text] = node.line
