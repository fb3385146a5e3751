"""What still stands between a text and its sign-off, as lines of the page."""

from api.desk.texts.requirements import Line, lines
from content.review.requirements import Requirement


def test_what_nobody_asks_for_is_no_line() -> None:
    wanted = [Requirement("revisions", 0, 0), Requirement("lay-reviews", 1, 0)]
    assert lines(wanted) == [Line("Readers have approved it", met=False, counted=(0, 1))]


def test_more_than_it_takes_is_said_as_enough() -> None:
    (line,) = lines([Requirement("medical-reviews", 2, 3)])
    assert (line.met, line.counted) == (True, (2, 2))


def test_what_is_yes_or_no_is_not_counted() -> None:
    (line,) = lines([Requirement("no-errors", 1, 1)])
    assert (line.met, line.counted) == (True, None)
