"""What is kept at hand, and what is not."""

from content.translation.checks.kept import WORD_MAX, Kept, kept


def test_a_short_text_is_worked_out_once_and_a_long_one_each_time() -> None:
    worked_out = []

    @kept(2, characters=3)
    def length(text: str) -> int:
        worked_out.append(text)
        return len(text)

    assert [length(text) for text in ("abc", "abc", "abcd", "abcd")] == [3, 3, 4, 4]
    assert worked_out == ["abc", "abcd", "abcd"]


def test_words_are_kept_up_to_a_number_and_long_ones_not_at_all() -> None:
    worked_out = []

    def length(text: str) -> int:
        worked_out.append(text)
        return len(text)

    lengths = Kept(length, 2)
    assert [lengths[text] for text in ("a", "bc", "a", "bc")] == [1, 2, 1, 2]
    assert worked_out == ["a", "bc"]
    assert (lengths["def"], dict(lengths)) == (3, {"def": 3})
    long = "x" * (WORD_MAX + 1)
    assert (lengths[long], lengths[long]) == (WORD_MAX + 1, WORD_MAX + 1)
    assert worked_out == ["a", "bc", "def", long, long]
