"""One mapping of the front matter, read field by field; what is wrong is noted with its line."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from content.records.markdown.characters import character_problem
from content.records.markdown.log import MistakeLog
from content.records.markdown.yaml_tree import Mapping, Scalar, Sequence, Yaml

FACT_CHARACTERS_MAX = 2_000
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
IDENTIFIER_CHARACTERS_MAX = 80

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_identifier(text: str) -> bool:
    """Whether the text can be a slug or the id of evidence."""
    return len(text) <= IDENTIFIER_CHARACTERS_MAX and bool(IDENTIFIER.fullmatch(text))


class Form:
    """A mapping being read. Remembers which keys were asked for; the rest are unknown.

    A field that is missing or wrong is noted and read as empty: nothing is built from it, because
    a page with mistakes is refused.
    """

    def __init__(self, mapping: Mapping, first_line: int, log: MistakeLog) -> None:
        self._mapping = mapping
        self._first_line = first_line
        self._log = log
        self._asked: set[str] = set()

    @property
    def line(self) -> int:
        """Where the mapping begins in the file."""
        return self._mapping.line + self._first_line

    def line_of(self, key: str) -> int:
        """Where a key stands in the file; the beginning of the mapping if it is not there."""
        return self._mapping.keys.get(key, self._mapping.line) + self._first_line

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._mapping.nodes

    def refuse(self, key: str, message: str) -> None:
        """Note that the value of a key is wrong."""
        self._log.add(self.line_of(key), "front-matter-value", f"`{key}` {message}")

    def text(self, key: str, pattern: re.Pattern[str] | None = None, expected: str = "") -> str:
        """One line of text, runs of white space as one space. `pattern` holds for all of it."""
        node = self._node(key)
        if node is None:
            return ""
        text = self._line_of_text(key, node)
        if text and pattern and not pattern.fullmatch(text):
            self.refuse(key, expected)
            return ""
        return text

    def optional_text(self, key: str) -> str | None:
        """One line of text, or None where the key is absent."""
        self._asked.add(key)
        return self.text(key) if self.has(key) else None

    def identifier(self, key: str) -> str:
        """A slug or id."""
        text = self.text(key)
        if text and not is_identifier(text):
            self.refuse(key, "is lowercase letters, digits and single hyphens, at most 80")
            return ""
        return text

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of the words allowed."""
        text = self.text(key)
        if text and text not in choices:
            self.refuse(key, f"is one of {', '.join(choices)}")
        return text

    def url(self, key: str) -> str:
        """An https or http address."""
        text = self.text(key)
        if text and not _is_web_address(text):
            self.refuse(key, "is an address that begins with https:// or http://")
        return text

    def date(self, key: str) -> date | None:
        """A day, `YYYY-MM-DD`."""
        text = self.text(key, _DATE, "is a day written YYYY-MM-DD")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(key, "is a day that exists")
            return None

    def texts(self, key: str, most: int) -> tuple[str, ...]:
        """A list of one to `most` lines of text."""
        nodes = self._sequence(key)
        if nodes is not None and not 1 <= len(nodes) <= most:
            self.refuse(key, f"has 1 to {most} entries")
        return tuple(self._line_of_text(key, node) for node in (nodes or [])[:most])

    def child(self, key: str) -> "Form":
        """The mapping below a key."""
        node = self._node(key)
        if node is not None and not isinstance(node, Mapping):
            self.refuse(key, "is a list of `key: value`")
        if isinstance(node, Mapping):
            return Form(node, self._first_line, self._log)
        return Form(Mapping(0), 0, MistakeLog())  # its own mistakes would only repeat this one

    def children(self, key: str) -> Iterator["Form"]:
        """The mappings of the list below an optional key."""
        self._asked.add(key)
        for node in (self._sequence(key) or []) if self.has(key) else []:
            if isinstance(node, Mapping):
                yield Form(node, self._first_line, self._log)
            else:
                self.refuse(key, "is a list of entries with `key: value` lines")

    def named_children(self, key: str) -> Iterator[tuple[str, int, "Form"]]:
        """The mappings below an optional key, each with its name and the line of that."""
        self._asked.add(key)
        if self.has(key):
            below = self.child(key)
            for name in below._mapping.nodes:
                yield name, below.line_of(name), below.child(name)

    def close(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._mapping.nodes:
            if key not in self._asked:
                message = f"the key `{key[:80]}` is not known here"
                self._log.add(self.line_of(key), "front-matter-unknown-key", message)

    def _node(self, key: str) -> Yaml | None:
        self._asked.add(key)
        node = self._mapping.nodes.get(key)
        if node is None:
            message = f"the key `{key}` is missing"
            self._log.add(self.line, "front-matter-missing-key", message)
        return node

    def _sequence(self, key: str) -> list[Yaml] | None:
        node = self._node(key)
        if node is None or isinstance(node, Sequence):
            return node.nodes if node else None
        self.refuse(key, "is a list")
        return None

    def _line_of_text(self, key: str, node: Yaml) -> str:
        text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        problem = character_problem(text)
        if not text:
            self.refuse(key, "is one line of text, not empty")
        elif problem or len(text) > FACT_CHARACTERS_MAX:
            reason = problem.message if problem else f"is over {FACT_CHARACTERS_MAX} characters"
            self.refuse(key, f": {reason}")
            return ""
        return text


def _is_web_address(text: str) -> bool:
    if re.search(r"[\s<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
