"""One source in two translations, and two sources in one."""

from content.records.message import Message
from content.translation.checks import check_together
from tests.content.translation.checks.pair_files import catalogue_pairs

LONG = "Les effets secondaires sont rares et passent vite."


def message(unit: str, text: str) -> Message:
    return Message(unit, "paragraph", text)


def test_one_source_told_in_two_ways() -> None:
    found = check_together(
        [
            (message("a", "Phase III"), "Phase III"),
            (message("b", "phase III"), "Troisième phase"),
            (message("c", "Phase III"), "phase III."),
            (message("d", "Phase III"), " "),
        ],
        "fr",
    )
    assert {unit: [one.code for one in findings] for unit, findings in found.items()} == {
        unit: ["translated-twice"] for unit in ("a", "b", "c")
    }
    assert "“Troisième phase”" in found["a"][0].message


def test_two_sources_told_in_one_way() -> None:
    found = check_together(
        [
            (message("a", "Side effects are rare and short."), LONG),
            (message("b", "Side effects are common and short."), LONG),
            (message("c", "Side effects are rare and short"), LONG),
            (message("d", "Trial"), "Studie"),
            (message("e", "Study"), "Studie"),
        ],
        "fr",
    )
    assert {unit: [one.code for one in findings] for unit, findings in found.items()} == {
        unit: ["same-translation"] for unit in ("a", "b", "c")
    }


def test_a_consistent_catalogue_has_none() -> None:
    for locale in ("fr", "it", "de"):
        pairs = [(p.message, p.target) for p in catalogue_pairs() if p.locale == locale]
        assert check_together(pairs, locale) == {}
