"""Which numbers belong together."""

from content.translation.checks.matching import Match, matched
from content.translation.checks.reading import Amount
from content.translation.checks.words import DIGITS, HINT


def amount(value: str, start: int, *others: str, parts: tuple[str, ...] = ()) -> Amount:
    return Amount(value, DIGITS, start, start + 1, others, parts)


def test_the_same_value_comes_first() -> None:
    one, other = amount("5", 0, "6"), amount("6", 2)
    right, left = amount("6", 0), amount("5", 2)
    assert set(matched([one, other], [right, left]).pairs) == {(one, left), (other, right)}


def test_digits_choose_before_words() -> None:
    word, digits = amount("5", 0)._replace(strength=HINT), amount("5", 2)
    theirs = amount("5", 0)
    assert matched([word, digits], [theirs]).pairs == ((digits, theirs),)


def test_a_number_is_taken_once() -> None:
    one, other = amount("a", 0, "x"), amount("b", 2, "y")
    theirs = amount("c", 0, "x", "y")
    assert matched([one, other], [theirs]) == Match(((one, theirs),), (other,), ())


def test_one_number_may_be_several() -> None:
    date = amount("1.3", 0, parts=("1", "3"))
    assert matched([date], [amount("3", 0), amount("1", 2)]) == Match((), (), ())
    assert matched([amount("1", 0), amount("3", 2)], [date]) == Match((), (), ())
    assert matched([date], [amount("3", 0)]).lost == (date,)
