"""What is wrong with a file or with one text, as values, and the two refusals that carry them."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake of an authored file. Frozen; `line` counts from 1, `code` is stable."""

    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True)
class Problem:
    """One reason why a single text is not taken. Frozen; `code` is stable.

    `line` counts the lines of the text above the place, so 0 is its first line.
    """

    code: str
    message: str
    line: int = 0


class PageRefused(Exception):
    """The file has mistakes; nothing of it is taken. `mistakes` lists every one, by line."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class WordsRefused(Exception):
    """The text of one unit is not taken. `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
