"""Results kept at hand, by the text that they are of: `kept` for a function, `Kept` for a loop."""

from collections.abc import Callable
from functools import lru_cache
from typing import Concatenate, ParamSpec, TypeVar

#: Characters of the longest word whose result is kept.
WORD_MAX = 40

Others = ParamSpec("Others")
Result = TypeVar("Result")
Of = Callable[Concatenate[str, Others], Result]


def kept(
    most: int, characters: int = WORD_MAX
) -> Callable[[Of[Others, Result]], Of[Others, Result]]:
    """Keep the results of a function for at most `most` texts of at most so many characters.

    Longer ones are worked out each time: a cache full of them would fill the memory.
    """

    def keeping(of: Of[Others, Result]) -> Of[Others, Result]:
        at_hand = lru_cache(most)(of)

        def found(text: str, /, *args: Others.args, **kwargs: Others.kwargs) -> Result:
            return (at_hand if len(text) <= characters else of)(text, *args, **kwargs)

        return found

    return keeping


class Kept(dict[str, Result]):
    """What is worked out of a word or a number: `of` is asked only for those not met before.

    Looking into a dict takes a third of the time of calling a function. At most `most` are kept;
    when there are as many, it begins anew.
    """

    def __init__(self, of: Callable[[str], Result], most: int) -> None:
        super().__init__()
        self._of = of
        self._most = most

    def __missing__(self, text: str) -> Result:
        found = self._of(text)
        if len(text) <= WORD_MAX:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found
