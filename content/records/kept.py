"""Values kept at hand under a name that means the same value for ever, such as a digest."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The values made last, by name, at most `most` of them. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[str, Value] = {}
        self._lock = Lock()

    def found_or_made(self, name: str, make: Callable[[], Value]) -> Value:
        """The value of that name, made where it is not at hand."""
        found = self._values.get(name)
        if found is None:
            found = make()
            self.keep(name, found)
        return found

    def found(self, names: Iterable[str]) -> dict[str, Value]:
        """By name, those of these that are at hand."""
        values = self._values
        return {name: value for name in names if (value := values.get(name)) is not None}

    def keep(self, name: str, value: Value) -> None:
        with self._lock:
            self._values.pop(name, None)
            while len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
            self._values[name] = value
