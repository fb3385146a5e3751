"""Results kept at hand, by the text that they are of."""

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
