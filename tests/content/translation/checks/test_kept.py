"""What is kept at hand, and what is not."""

from content.translation.checks.kept import kept


def test_a_short_text_is_worked_out_once_and_a_long_one_each_time() -> None:
    worked_out = []

    @kept(2, characters=3)
    def length(text: str) -> int:
        worked_out.append(text)
        return len(text)

    assert [length(text) for text in ("abc", "abc", "abcd", "abcd")] == [3, 3, 4, 4]
    assert worked_out == ["abc", "abcd", "abcd"]
