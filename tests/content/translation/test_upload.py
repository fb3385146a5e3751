"""A catalogue comes back: each message meets one fate, and nothing that stands is lost."""

import polib
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import (
    AlreadyThere,
    BadInput,
    CatalogueRefused,
    LaterWorkStands,
    LocaleMismatch,
    PreconditionStale,
    RoleMissing,
    SectionIsBusy,
    StateHasMoved,
    SuggestionNotFound,
    UploadNotFound,
    WrongLanguage,
)
from content.people import person
from content.translation import standing, suggestion, taking, translation, upload
from content.translation.merge import Rendering
from content.translation.report import Taken
from content.translation.unit import Unit
from tests.reader import TODAY, opened, read
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def edited(text: str, **targets: str) -> str:
    """The file with other translations, by the first word of the source text."""
    entries = polib.pofile(text, wrapwidth=0)
    for entry in entries:
        for start, target in targets.items():
            if entry.msgid.startswith(start):
                entry.msgstr = target
                entry.flags = []
                entry.previous_msgid = None
    return str(entries)


def fates(report: list[Taken]) -> dict[str, set[str]]:
    """Fate to the sections it was met in, without what did not change."""
    found: dict[str, set[str]] = {}
    for taken in report:
        if taken.fate not in ("unchanged", "blank"):
            found.setdefault(taken.fate, set()).add(taken.section)
    return found


@pytest.mark.begins_with("en")
def test_a_first_translation_makes_a_draft_of_each_section(sqlite_world: World) -> None:
    blank = sqlite_world.push("fr", sqlite_world.pull("fr"))
    assert {taken.fate for taken in blank} == {"blank"}
    assert sqlite_world.states("fr") == {}
    report = sqlite_world.push("fr", edited(sqlite_world.pull("fr"), Risks="Risques"))
    assert fates(report) == {"updated": {"risks"}}
    assert sqlite_world.states("fr") == {"risks": ["draft"]}
    assert opened(sqlite_world, "risks", "fr").document is None, "it is not complete"


@pytest.mark.begins_with("en")
def test_each_line_is_told_once_and_in_the_order_of_the_file(sqlite_world: World) -> None:
    text = edited(sqlite_world.pull("fr"), Ask="Demandez", Treatment="Traitement")
    report = sqlite_world.push("fr", text)
    assert len({taken.unit for taken in report}) == len(report) == len(polib.pofile(text))
    assert [taken.line for taken in report] == sorted(taken.line for taken in report)
    lines = text.splitlines()
    for taken in report:
        assert taken.unit in "\n".join(lines[taken.line - 1 : taken.line + 12])
    # A fact that the sections share was taken by all of them.
    assert sqlite_world.states("fr") == {
        one: ["draft"] for one in ("benefits", "risks", "treatment")
    }


def test_a_new_text_begins_the_next_version(published: World) -> None:
    report = published.push("fr", edited(published.pull("fr"), It="Cela aide 4 sur 10."))
    assert fates(report) == {"updated": {"benefits", "risks"}}
    assert published.states("fr")["benefits"] == ["in_force", "draft"]
    assert read(published, "benefits", "fr")["version"] == 1
    again = published.push("fr", published.pull("fr"))
    assert fates(again) == {}, "the same file twice changes nothing"


def test_a_fuzzy_mark_taken_off_confirms_the_words(published: World) -> None:
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    text = edited(published.pull("fr"), It="fr – It may help 4 of 10 people.")
    text = text.replace('msgstr "fr – It may help 4 of 10 people."', "@", 1)
    text = text.replace('msgstr "fr – It may help 4 of 10 people."', 'msgstr "fr – no"')
    report = published.push("fr", text.replace("@", 'msgstr "fr – It may help 4 of 10 people."'))
    assert fates(report)["confirmed"] == {"benefits"}


def test_a_text_still_marked_fuzzy_is_kept_and_goes_no_further(published: World) -> None:
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    text = published.pull("fr").replace("fr – It may help 4", "fr – half done")
    assert fates(published.push("fr", text)) == {"fuzzy": {"benefits"}}
    version = opened(published, "benefits", "fr")
    assert version.document is None
    (entry,) = polib.pofile(published.pull("fr")).fuzzy_entries()
    assert entry.msgstr == "fr – half done of 10 people."


def test_half_done_work_is_not_confirmed_by_a_source_that_goes_back(published: World) -> None:
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    published.push("fr", published.pull("fr").replace("fr – It may help 4", "fr – half done"))
    published.publish_page(page(TEXT, summary="4 after all"))
    (entry,) = polib.pofile(published.pull("fr")).fuzzy_entries()
    assert entry.msgstr == "fr – half done of 10 people."


def test_a_file_of_the_text_before_is_told_to_be_outdated(published: World) -> None:
    old = edited(published.pull("fr"), **{"It may help": "Cela aide.", "Risks": "Des risques"})
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    report = published.push("fr", old)
    assert fates(report)["outdated"] == {"benefits"}
    assert fates(report)["updated"] == {"risks"}
    assert published.states("fr")["benefits"] == ["in_force"]


def test_what_cannot_stand_in_its_place_is_refused_and_the_rest_is_taken(
    published: World,
) -> None:
    text = edited(published.pull("fr"), See="[Registre]{2}", It="<b>Cela</b>", Risks="Les risques")
    report = published.push("fr", text)
    assert fates(report) == {"refused": {"benefits", "risks"}, "updated": {"risks"}}
    assert all(taken.why for taken in report if taken.fate == "refused")
    assert published.states("fr")["benefits"] == ["in_force"]


def test_nothing_is_written_into_a_version_past_draft(published: World) -> None:
    published.push("fr", edited(published.pull("fr"), Risks="Les risques"))
    published.submit("risks", "fr")
    report = published.push("fr", edited(published.pull("fr"), Risks="Des risques"))
    assert fates(report) == {"refused": {"risks"}}
    assert [one.why for one in report if one.fate == "refused"] == [taking.PAST_DRAFT]
    assert 'msgstr "Les risques"' in published.pull("fr")


def test_a_blank_never_deletes(published: World) -> None:
    report = published.push("fr", edited(published.pull("fr"), Risks="  "))
    assert "blank" in {taken.fate for taken in report}
    assert fates(report) == {}
    assert read(published, "risks", "fr")["title"] == "fr – Risks"


def test_entries_that_nobody_knows_are_told(published: World) -> None:
    text = published.pull("fr")
    one = published.push("fr", text.replace('msgctxt "', 'msgctxt "x', 1))
    assert [taken.fate for taken in one].count("unknown") == 1
    lines = [line for line in text.splitlines() if not line.startswith("msgctxt")]
    stripped = published.push("fr", "\n".join(lines) + "\n")
    assert {taken.fate for taken in stripped} == {"unchanged"}, "each has a text of its own"
    assert len(stripped) == len(polib.pofile(text))


def test_a_file_with_some_of_the_entries_touches_no_other(published: World) -> None:
    text = published.pull("fr")
    entries = polib.pofile(text, wrapwidth=0)
    for entry in list(entries):
        if entry.msgid != "Risks":
            entries.remove(entry)
    entries[0].msgstr = "Les risques"
    report = published.push("fr", str(entries))
    assert [taken.fate for taken in report] == ["updated"]
    assert published.is_whole("risks", "fr")


def test_a_refused_file_leaves_nothing(published: World) -> None:
    text = edited(published.pull("fr"), Risks="Les risques")
    with pytest.raises(CatalogueRefused):
        published.push("fr", text + "stray\n")
    with pytest.raises(WrongLanguage):
        published.push("it", text)
    assert published.states("it") == {}
    assert published.states("fr")["risks"] == ["in_force"]


def test_only_a_translator_of_the_language_pushes(published: World) -> None:
    text = published.pull("fr").encode()
    for outsider in ("translator-it", "editor", "language-1-fr"):
        with writing(published.engine) as session, pytest.raises(RoleMissing):
            upload.take(session, person.actor(session, outsider), "treatment", "fr", text)


def test_a_text_is_not_translated_into_the_language_it_was_written_in(
    sqlite_world: World,
) -> None:
    sqlite_world.write()
    sqlite_world.submit("risks")
    with writing(sqlite_world.engine) as session:
        person.add(session, name="Eve", organisation="E", by="operator", person_id="translator-en")
        person.grant(session, "translator-en", "translator:en", by="operator")
    sqlite_world.review_all("risks")
    sqlite_world.sign_off("risks")
    with pytest.raises(BadInput, match="written in"):
        sqlite_world.push("en", edited(sqlite_world.pull("en"), Risks="Dangers"))


def test_a_draft_follows_its_source_even_when_no_word_is_new(published: World) -> None:
    published.push("fr", edited(published.pull("fr"), Risks="Les risques"))
    first = opened(published, "risks", "fr")
    assert "version 1" in first.change_summary
    published.publish_page(page(review_by="2027-11-01"))
    report = published.push("fr", published.pull("fr"))
    assert fates(report) == {}
    followed = opened(published, "risks", "fr")
    assert followed.source == published.version("risks").document != first.source
    assert "version 2" in followed.change_summary
    published.publish("risks", locale="fr")
    assert read(published, "risks", "fr")["translation_of"]["version"] == 2


def test_what_a_translator_says_of_a_draft_stays(published: World) -> None:
    text = edited(published.pull("fr"), Risks="Les risques").encode()
    for summary in ("Plus clair", ""):
        with published.acting("translator-fr") as (session, actor):
            upload.take(session, actor, "treatment", "fr", text, summary=summary)
        text = edited(published.pull("fr"), Risks="Des risques").encode()
    assert opened(published, "risks", "fr").change_summary == "Plus clair"


@pytest.mark.parametrize(
    ("guarded", "refusal"), [(True, IntegrityError), (False, PreconditionStale)]
)
def test_a_draft_that_was_submitted_meanwhile_is_left_alone(
    published: World, guarded: bool, refusal: type[Exception]
) -> None:
    published.push("fr", edited(published.pull("fr"), Risks="Les risques"))
    with published.reading() as session:
        seen = standing.of_section(session, "risks", "fr")
        session.expunge_all()
    published.submit("risks", "fr")
    message = seen.renderings[0].message
    changes = {message.unit: Rendering(message, "Des risques")}
    with published.acting("translator-fr") as (session, actor):
        now = standing.of_section(session, "risks", "fr")
        with pytest.raises(SectionIsBusy, match="in_review"):
            translation.write(session, actor, now, changes)
    assert seen.version is not None
    assert seen.version.state == "draft", "as it was before it was submitted"
    with writing(published.engine) as session:
        actor = person.actor(session, "translator-fr")
        if not guarded:
            for operation in ("insert", "update", "delete"):
                name = f"unit_{operation}_in_draft"
                session.connection().exec_driver_sql(f"DROP TRIGGER {name}")
        session.add(seen.version)
        with pytest.raises(refusal):
            translation.write(session, actor, seen, changes)
        session.rollback()
    assert 'msgstr "Les risques"' in published.pull("fr")


def test_units_keep_who_wrote_them_and_when(
    published: World, time_machine: TimeMachineFixture
) -> None:
    with writing(published.engine) as session:
        person.add(session, name="Zoe", organisation="Z", by="operator", person_id="zoe")
        person.grant(session, "zoe", "translator:fr", by="operator")
    published.push("fr", edited(published.pull("fr"), It="Cela aide."))
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    text = edited(published.pull("fr"), See="Voir [le registre]{1}.")
    published.upload("fr", text, by="zoe")
    version = opened(published, "benefits", "fr")
    with published.reading() as session:
        rows = session.exec(select(Unit).where(col(Unit.version) == version.key)).all()
    told = {row.source.split()[0]: (row.who, row.at.day) for row in rows}
    assert told["See"] == ("zoe", 24)
    assert told["It"] == ("translator-fr", 23)


def test_a_translation_taken_out_leaves_the_draft_incomplete(published: World) -> None:
    with published.acting("translator-fr") as (session, actor):
        now = standing.of_section(session, "risks", "fr")
        message = now.renderings[0].message
        written = translation.write(session, actor, now, {message.unit: Rendering(message)})
        assert written.document is None
    assert read(published, "risks", "fr")["title"] == "fr – Risks"


def test_a_guess_does_not_replace_what_was_confirmed(published: World) -> None:
    text = (
        published.pull("fr")
        .replace('msgctxt "', '#, fuzzy\nmsgctxt "', 1)
        .replace('msgstr "fr – Treatment"', 'msgstr "fr – a guess"')
    )
    report = published.push("fr", text)
    assert fates(report) == {"fuzzy": {"treatment"}}
    assert 'msgstr "fr – Treatment"' in published.pull("fr")


def kept(world: World, *sections: str) -> dict[str, str]:
    """Open suggestions in French: words to why they are none of the draft's."""
    with world.reading() as session:
        found = suggestion.opened(session, sections or ("benefits", "risks", "treatment"), "fr")
        return {one.target: one.reason for one in found}


def test_two_translators_who_pulled_the_same_file_lose_nothing(published: World) -> None:
    text = published.pull("fr")
    published.push("fr", edited(text, Risks="Les risques"))
    report = published.push("fr", edited(text, Risks="Des risques", It="Cela aide."))
    assert fates(report) == {"conflict": {"risks"}, "updated": {"benefits", "risks"}}
    assert 'msgstr "Les risques"' in published.pull("fr"), "what stands stays"
    assert kept(published) == {"Des risques": "conflict"}
    (conflict,) = [one for one in report if one.fate == "conflict"]
    assert (conflict.target, conflict.stands) == ("Des risques", "Les risques")


def test_the_same_words_from_two_people_are_no_conflict(published: World) -> None:
    text = published.pull("fr")
    published.push("fr", edited(text, Risks="Les risques"))
    report = published.push("fr", edited(text, Risks="Les risques", It="Cela aide."))
    assert "conflict" not in fates(report)
    assert kept(published) == {}


def test_work_on_an_older_source_is_kept_for_that_source(published: World) -> None:
    text = published.pull("fr")
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    report = published.push("fr", edited(text, **{"It may help": "Cela aide 4 sur 10."}))
    assert fates(report) == {"outdated": {"benefits"}}
    assert kept(published) == {"Cela aide 4 sur 10.": "outdated"}
    with published.reading() as session:
        (one,) = suggestion.opened(session, ["benefits"], "fr")
        assert one.source == "It may help 4 of 10 people."


def test_a_file_that_does_not_say_what_it_was_made_from_only_suggests(published: World) -> None:
    text = edited(published.pull("fr"), Risks="Les risques")
    bare = "\n".join(line for line in text.splitlines() if "X-Hub-Snapshot" not in line) + "\n"
    for told in (bare, text.replace("X-Hub-Snapshot: ", "X-Hub-Snapshot: 0")):
        report = published.upload("fr", told)
        assert fates(list(report.entries)) == {"conflict": {"risks"}}
        assert any("made from" in remark for remark in report.remarks)
    assert published.states("fr")["risks"] == ["in_force"]
    assert kept(published) == {"Les risques": "conflict"}, "offered once"


def test_a_unit_that_stands_twice_is_refused_and_both_are_kept(published: World) -> None:
    entries = polib.pofile(edited(published.pull("fr"), Risks="Les risques"), wrapwidth=0)
    (one,) = [entry for entry in entries if entry.msgid == "Risks"]
    entries.append(polib.POEntry(msgctxt=one.msgctxt, msgid="Risks", msgstr="Des risques"))
    report = published.push("fr", str(entries))
    assert fates(report) == {"refused": {"risks"}}
    assert kept(published) == {"Les risques": "refused", "Des risques": "refused"}
    assert len([one for one in report if one.fate == "refused"]) == 2


def test_a_unit_that_left_the_source_is_told_to_be_retired(published: World) -> None:
    text = edited(published.pull("fr"), See="Voir [le registre]{1}.")
    published.publish_page(
        page(TEXT.replace("- See [the register](https://example.org/register).\n", ""))
    )
    report = published.push("fr", text)
    assert fates(report) == {"retired": {"benefits"}}


def test_an_upload_is_undone_whole(published: World) -> None:
    before = published.pull("fr")
    report = published.upload("fr", edited(before, Risks="Les risques", It="Cela aide."))
    assert published.pull("fr") != before
    published.undo(report)
    assert published.pull("fr") == before
    with pytest.raises(StateHasMoved):
        published.undo(report)
    again = published.upload("fr", edited(before, Risks="Les risques", It="Cela aide."))
    assert not again.again
    assert 'msgstr "Les risques"' in published.pull("fr")


def test_an_upload_under_later_work_is_not_undone(published: World) -> None:
    first = published.upload(
        "fr", edited(published.pull("fr"), Risks="Les risques", **{"It may help": "4 sur 10."})
    )
    published.push("fr", edited(published.pull("fr"), Risks="Des risques"))
    with pytest.raises(LaterWorkStands) as refused:
        published.undo(first)
    assert [work["section"] for work in refused.value.context["works"]] == ["risks"]
    published.submit("benefits", "fr")
    with pytest.raises(LaterWorkStands) as refused:
        published.undo(first)
    assert {work["section"] for work in refused.value.context["works"]} == {"risks", "benefits"}
    assert 'msgstr "Des risques"' in published.pull("fr")


def test_the_same_bytes_change_nothing_and_belong_to_one_address(published: World) -> None:
    text = edited(published.pull("fr"), Risks="Les risques")
    first = published.upload("fr", text)
    published.push("fr", edited(published.pull("fr"), Risks="Des risques"))
    again = published.upload("fr", text)
    assert again.again
    assert again.entries == first.entries
    assert 'msgstr "Des risques"' in published.pull("fr")
    with pytest.raises(WrongLanguage):
        published.upload("it", text)
    nameless = text.replace('"Language: fr\\n"\n', "")
    published.upload("fr", nameless)
    with pytest.raises(AlreadyThere):
        published.upload("it", nameless)


def test_a_regional_file_is_sent_to_its_own_address(published: World) -> None:
    text = published.pull("fr").replace("Language: fr\\n", "Language: fr-CH\\n")
    with pytest.raises(LocaleMismatch, match="fr-CH"):
        published.upload("fr", text)


def test_what_was_never_sent_is_not_found(published: World) -> None:
    with published.reading() as session:
        with pytest.raises(UploadNotFound):
            upload.find(session, "0" * 64)
        with pytest.raises(SuggestionNotFound):
            suggestion.find(session, 1)


@pytest.mark.begins_with("en")
def test_coverage_before_and_after(sqlite_world: World) -> None:
    report = sqlite_world.upload("fr", edited(sqlite_world.pull("fr"), Risks="Les risques"))
    assert (report.before.messages, report.before.done, report.before.blank) == (10, 0, 10)
    assert (report.after.messages, report.after.done, report.after.blank) == (10, 1, 9)


def test_a_source_text_that_was_edited_in_the_file_is_told(published: World) -> None:
    text = edited(published.pull("fr"), Risks="Les risques")
    report = published.push("fr", text.replace('msgid "Risks"', 'msgid "Risks!"'))
    (taken,) = [one for one in report if one.fate == "updated"]
    assert "edited in the file" in taken.why


def test_an_entry_with_neither_a_name_nor_a_text_of_ours_is_told(published: World) -> None:
    text = published.pull("fr") + '\nmsgid "Nobody wrote this"\nmsgstr "Personne"\n'
    (taken,) = [one for one in published.push("fr", text) if one.fate == "unknown"]
    assert "no msgctxt" in taken.why
