"""Two texts beside each other."""

from content.records import side_by_side
from content.records.side_by_side import Piece, Row
from content.records.word_diff import marked

BEFORE = {
    "a": ("title", "Treatment"),
    "b": ("paragraph", "Take 20 mg a day."),
    "c": ("paragraph", "It went."),
    "d": ("paragraph", "It stays."),
}


def told(rows: list[Row]) -> list[tuple[str, str, bool]]:
    return [(row.unit, row.what, row.critical) for row in rows]


def test_units_stand_in_the_order_of_the_newer_and_what_went_where_it_stood() -> None:
    after = {
        "a": ("title", "Treatment"),
        "b": ("paragraph", "Take 30 mg a day."),
        "d": ("paragraph", "It stays."),
        "e": ("paragraph", "It came, with 4 words."),
    }
    rows = side_by_side.versions(BEFORE, after, "en")
    assert told(rows) == [
        ("a", "same", False),
        ("b", "changed", True),
        ("c", "removed", False),
        ("d", "same", False),
        ("e", "added", False),
    ]
    assert rows[1].before == (
        Piece("Take ", "equal", False),
        Piece("20", "delete", True),
        Piece(" mg a day.", "equal", False),
    )
    assert rows[1].after[1] == Piece("30", "insert", True)
    assert rows[2] == Row("c", "paragraph", "removed", (Piece("It went.", "delete", False),), ())
    assert rows[4].before == ()
    assert rows[4].after[1] == Piece("4", "insert", True)


def test_what_went_at_the_end_stands_at_the_end() -> None:
    after = {unit: BEFORE[unit] for unit in ("a", "b")}
    assert [row.unit for row in side_by_side.versions(BEFORE, after, "en")] == ["a", "b", "c", "d"]


def test_what_moved_says_so_unless_it_changed() -> None:
    after = {unit: BEFORE[unit] for unit in ("a", "c", "d", "b")}
    assert told(side_by_side.versions(BEFORE, after, "en"))[-1] == ("b", "moved", False)
    after["b"] = ("paragraph", "Never take 20 mg a day.")
    assert told(side_by_side.versions(BEFORE, after, "en"))[-1] == ("b", "changed", True)


def test_numbers_outside_a_change_are_not_marked() -> None:
    after = BEFORE | {"b": ("paragraph", "Take 20 mg a week.")}
    row = side_by_side.versions(BEFORE, after, "en")[1]
    assert not any(piece.critical for piece in (*row.before, *row.after))
    assert not row.critical


def test_a_translation_has_its_numbers_and_negations_marked() -> None:
    target = {"b": ("paragraph", "Ne prenez pas 20 mg.")}
    rows = side_by_side.translation(BEFORE, target, ("en", "fr"))
    assert [row.unit for row in rows] == list(BEFORE)
    assert [piece.text for piece in rows[1].before if piece.critical] == ["20"]
    assert [piece.text for piece in rows[1].after if piece.critical] == ["Ne", "pas", "20"]
    assert rows[0].after == ()


def test_rows_are_folded_where_nothing_changed() -> None:
    rows = side_by_side.versions(BEFORE, BEFORE | {"c": ("paragraph", "It came.")}, "en")
    folded = side_by_side.folded(rows)
    assert [(is_same, len(listed)) for is_same, listed in folded] == [
        (True, 2),
        (False, 1),
        (True, 1),
    ]
    assert side_by_side.folded([]) == []


def test_a_language_whose_negations_are_not_known_has_its_numbers_marked() -> None:
    assert marked("não 1,4 %", "pt") == (("não ", False), ("1,4 %", True))
    assert marked("", "en") == ()
