"""Which unit an entry is for, and what keeps it from being written: the odd files."""

import polib
import pytest

from content.database import writing
from content.translation import catalogue, suggestion
from tests.reader import TODAY
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)
OTHER = """# Exercise {#exercise}

Walk every day.
"""


def with_text(text: str, source: str, target: str) -> str:
    """The file with one unit's translation, by the beginning of its source text."""
    entries = polib.pofile(text, wrapwidth=0)
    for entry in entries:
        if entry.msgid.startswith(source):
            entry.msgstr = target
            entry.flags = []
            entry.previous_msgid = None
    return str(entries)


def alone(text: str, source: str) -> str:
    """The file with this one entry."""
    entries = polib.pofile(text, wrapwidth=0)
    for entry in list(entries):
        if not entry.msgid.startswith(source):
            entries.remove(entry)
    return str(entries)


def kept(world: World, section: str, locale: str = "fr") -> list[str]:
    with world.reading() as session:
        return [one.target for one in suggestion.opened(session, [section], locale)]


def test_a_unit_that_stands_twice_and_once_blank_is_taken_from_where_it_has_words(
    published: World,
) -> None:
    entries = polib.pofile(with_text(published.pull("fr"), "Risks", "Les risques"), wrapwidth=0)
    (one,) = [entry for entry in entries if entry.msgid == "Risks"]
    entries.append(polib.POEntry(msgctxt=one.msgctxt, msgid="Risks", msgstr=""))

    report = published.push("fr", alone(str(entries), "Risks"))

    assert [taken.fate for taken in report] == ["updated", "blank"]


@pytest.mark.begins_with("en")
def test_words_that_were_taken_back_do_not_return_with_who_did_not_touch_them(
    sqlite_world: World,
) -> None:
    wrong = sqlite_world.upload("fr", with_text(sqlite_world.pull("fr"), "Risks", "Faux"))
    others = sqlite_world.pull("fr")
    sqlite_world.undo(wrong)

    report = sqlite_world.push("fr", with_text(others, "Benefits", "Les bienfaits"))

    assert {taken.fate for taken in report} == {"updated", "unchanged", "blank"}
    assert 'msgstr "Faux"' not in sqlite_world.pull("fr")


def test_a_fact_that_one_section_lacks_is_filled_from_the_file(published: World) -> None:
    longer = TEXT + "\n## Costs {#costs}\n\nIt is dear.\n"
    published.publish_page(page(longer))

    report = published.push("fr", published.pull("fr"))

    assert [taken.fate for taken in report].count("updated") == 2, "audience and disclaimer"
    assert published.states("fr")["costs"] == ["draft"]


@pytest.mark.begins_with("en")
def test_a_mark_taken_off_words_that_were_taken_back_meanwhile_writes_them(
    sqlite_world: World,
) -> None:
    text = with_text(sqlite_world.pull("fr"), "Risks", "Les risques")
    guess = sqlite_world.upload(
        "fr", text.replace('msgid "Risks"', 'msgid "Risks"').replace("msgctxt", "#, fuzzy\nmsgctxt")
    )
    mine = sqlite_world.pull("fr")
    sqlite_world.undo(guess)

    report = sqlite_world.push("fr", with_text(alone(mine, "Risks"), "Risks", "Les risques"))

    assert [taken.fate for taken in report] == ["updated"]


def test_a_unit_of_another_page_is_unknown_and_not_retired(published: World) -> None:
    published.publish_page(page(OTHER))
    published.translate("fr", "exercise")

    report = published.push("fr", published.pull("fr", "exercise"))

    assert {taken.fate for taken in report if taken.unit not in _units(published)} == {"unknown"}


def _units(world: World) -> set[str]:
    return {entry.msgctxt for entry in polib.pofile(world.pull("fr"))}


@pytest.mark.begins_with("en")
def test_a_unit_that_no_translation_ever_had_is_retired_where_the_snapshot_knows_it(
    sqlite_world: World,
) -> None:
    text = with_text(sqlite_world.pull("fr"), "See", "Voir [le registre]{1}.")
    sqlite_world.publish_page(
        page(TEXT.replace("- See [the register](https://example.org/register).\n", ""))
    )

    report = sqlite_world.push("fr", alone(text, "See"))

    assert [(taken.fate, taken.section) for taken in report] == [("retired", "benefits")]


def test_what_is_left_to_do_shows_a_shared_fact_as_it_stands(published: World) -> None:
    published.publish_page(page(TEXT + "\n## Costs {#costs}\n\nIt is dear.\n"))
    with writing(published.engine) as session:
        todo = catalogue.write(session, "treatment", "fr", "todo").text

    found = {entry.msgid: entry.msgstr for entry in polib.pofile(todo)}

    assert found == {
        "Costs": "",
        "It is dear.": "",
        "People with MS": "fr – People with MS",
        "Ask your neurologist.": "fr – Ask your neurologist.",
    }


def test_plural_forms_that_no_unit_has_are_refused_and_all_are_kept(published: World) -> None:
    text = alone(published.pull("fr"), "Risks")
    entry = 'msgid "Risks"\nmsgstr "fr – Risks"'
    assert entry in text
    many = text.replace(
        entry, 'msgid "Risks"\nmsgid_plural "Risk"\nmsgstr[0] "Un"\nmsgstr[1] "Des"'
    )

    report = published.push("fr", many)

    assert [taken.fate for taken in report] == ["refused"]
    assert kept(published, "risks") == ["Un", "Des"]
