"""The mistakes found while a file is read, collected so that all can be told at once."""

from collections.abc import Iterable

from content.records.markdown.mistakes import Mistake, PageRefused, Problem

MISTAKES_MAX = 500


class MistakeLog:
    """Mistakes in the order found. Grows until it is full; then one last entry says so."""

    def __init__(self) -> None:
        self._mistakes: dict[Mistake, None] = {}

    def __bool__(self) -> bool:
        return bool(self._mistakes)

    def add(self, line: int, code: str, message: str) -> None:
        """Note one mistake; `line` counts from 1."""
        if len(self._mistakes) < MISTAKES_MAX:
            self._mistakes[Mistake(line, code, message)] = None

    def add_problems(self, line: int, problems: Iterable[Problem]) -> None:
        """Note what is wrong with a text that begins on `line`."""
        for problem in problems:
            self.add(line + problem.line, problem.code, problem.message)

    def refusal(self) -> PageRefused:
        """The refusal that tells all of them, by line."""
        return PageRefused(tuple(sorted(self._mistakes)))
