"""Catalogues out and back: gettext accepts them, editors may save them, nothing is lost."""

import subprocess
from pathlib import Path

import polib
import pytest
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import SectionNotFound
from content.people import person
from content.publication.forgetting import forget
from content.translation import catalogue, glossary, note
from content.translation.incoming import read_catalogue
from content.translation.po import read_po, require_second_opinion
from tests.reader import TODAY
from tests.world import TEXT, World, page, translated

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HARD = TEXT + (
    '\n\nShe said "2000 mg", **not** `2\\000` mg\\\nor *4 of 10*; 100% {sure}, %s, $(rm), &amp;.\n'
)


def template(world: World) -> str:
    with world.reading() as session:
        return catalogue.write_template(session, "treatment", "en")


def msgfmt(path: Path, text: str, *options: str) -> str:
    """What gettext says of a file; nothing where it is content."""
    path.write_text(text, "utf-8")
    said = subprocess.run(
        ["msgfmt", "-c", *options, "-o", "/dev/null", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stderr + (f"exit code {said.returncode}" if said.returncode else "")


def saved_by_an_editor(text: str, tmp_path: Path) -> str:
    """The file as polib writes it, with lines folded as Poedit does."""
    path = tmp_path / "saved.po"
    polib.pofile(text, wrapwidth=78).save(str(path))
    return path.read_text("utf-8")


def test_gettext_accepts_what_is_written(sqlite_world: World, tmp_path: Path) -> None:
    sqlite_world.publish_page(page(HARD))
    for text in (sqlite_world.pull("fr"), sqlite_world.pull("it")):
        assert msgfmt(tmp_path / "a.po", text) == ""
    (warning,) = msgfmt(tmp_path / "a.pot", template(sqlite_world)).splitlines()
    assert "header field 'Language' still has the initial default value" in warning
    sqlite_world.publish_translation("fr")
    sqlite_world.publish_page(page(HARD.replace("4 of 10 people", "5 of 10 people")))
    stale = sqlite_world.pull("fr")
    assert "#, fuzzy" in stale
    assert msgfmt(tmp_path / "a.po", stale) == ""
    assert "fuzzy" in msgfmt(tmp_path / "a.po", stale, "--statistics")


@pytest.mark.parametrize("locale", ["ar", "ga", "zh-Hant-TW", "sr-Latn", "de-CH"])
def test_gettext_accepts_the_plural_forms_of_any_locale(
    published: World, tmp_path: Path, locale: str
) -> None:
    text = published.pull(locale)
    assert f"Language: {locale}" in text
    assert msgfmt(tmp_path / "a.po", text) == ""


def test_out_through_an_editor_and_back_changes_nothing(
    sqlite_world: World, tmp_path: Path
) -> None:
    sqlite_world.publish_page(page(HARD))
    sqlite_world.publish_translation("fr")
    before = sqlite_world.pull("fr")
    report = sqlite_world.push("fr", saved_by_an_editor(before, tmp_path))
    assert {taken.fate for taken in report} == {"unchanged"}
    assert len(report) == len(polib.pofile(before))
    assert sqlite_world.pull("fr") == before
    assert sqlite_world.states("fr")["benefits"] == ["in_force"]


def test_the_same_state_gives_the_same_bytes(
    published: World, time_machine: TimeMachineFixture
) -> None:
    before = published.pull("fr"), published.pull("it"), template(published)
    time_machine.move_to("2026-11-24T09:00:00Z")
    assert (published.pull("fr"), published.pull("it"), template(published)) == before


def test_what_a_translator_reads_beside_the_text(published: World) -> None:
    entries = {one.msgid: one for one in polib.pofile(published.pull("fr"))}
    link = entries["See [the register]{1}."]
    assert link.comment.splitlines() == [
        "list-item · benefits",
        note.PLACEHOLDER_NOTE,
        "{1} = https://example.org/register",
    ]
    assert link.occurrences == [("/v1/sections/benefits", "")]
    shared = entries["Ask your neurologist."]
    assert [path for path, _ in shared.occurrences] == [
        "/v1/sections/treatment",
        "/v1/sections/benefits",
        "/v1/sections/risks",
    ]
    assert shared.comment == "disclaimer · treatment"


def test_a_template_has_no_translations_and_no_language(published: World) -> None:
    read = polib.pofile(template(published))
    assert read.metadata["Language"] == ""
    assert read.metadata_is_fuzzy
    assert {entry.msgstr for entry in read} == {""}
    assert [entry.msgid for entry in read] == [
        entry.msgid for entry in polib.pofile(published.pull("fr"))
    ]


def test_a_changed_text_comes_with_the_words_before(published: World) -> None:
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    (changed,) = polib.pofile(published.pull("fr")).fuzzy_entries()
    assert changed.previous_msgid == "It may help 4 of 10 people."
    assert changed.msgid == "It may help 5 of 10 people."
    assert changed.msgstr == "fr – It may help 4 of 10 people."
    assert changed.comment.splitlines() == [
        "paragraph · benefits",
        "CHANGED (critical): 4 -> 5 of 10 people",
    ]
    assert "CHANGED" not in template(published)


LOCALES = ("fr", "ar", "ga", "zh-Hant-TW")
BUSY = (
    HARD.replace("4 of 10 people.", "5 of 10 people.")
    .replace("- It may slow MS.\n", "")
    .replace("\\\nor *4 of 10*; 100%", "\\\nor *5 of 10*; 100%")
)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reader_accepts_a_file_with_everything_in_it(
    sqlite_world: World, tmp_path: Path, locale: str
) -> None:
    translator = "translator-fr"
    if locale != "fr":
        with writing(sqlite_world.engine) as session:
            person.grant(session, translator, f"translator:{locale}", by="operator")
    sqlite_world.publish_page(page(HARD))
    done = translated(sqlite_world.pull(locale), locale)
    sqlite_world.upload(locale, done, by=translator)
    other = done.replace(f"{locale} – She said", f"{locale} – \u200fElle \\t dit").replace(
        "X-Hub", "X-No"
    )
    sqlite_world.upload(locale, other, by=translator)
    sqlite_world.publish_page(page(BUSY))

    text = sqlite_world.pull(locale)

    for part in ("#, fuzzy", "#| msgid", "#~ msgctxt", "#. CHANGED", "#. SUGGESTED: ", "{1} ="):
        assert part in text
    assert "#| msgctxt" not in text
    assert msgfmt(tmp_path / "a.po", text) == ""
    read = read_po(text.encode())
    require_second_opinion(text.encode(), read)
    assert not read.warnings
    assert [one.source for one in read.entries if one.obsolete] == ["It may slow MS."]
    assert text == sqlite_world.pull(locale)


def test_what_the_source_has_no_more_stays_in_the_file_until_the_translation_follows(
    published: World,
) -> None:
    shorter = TEXT.replace("- It may slow MS.\n", "")
    published.publish_page(page(shorter.replace("4 of 10", "5 of 10")))

    stale = published.pull("fr")

    (obsolete,) = polib.pofile(stale).obsolete_entries()
    assert (obsolete.msgid, obsolete.msgstr) == ("It may slow MS.", "fr – It may slow MS.")
    assert {one.unit for one in read_catalogue(stale.encode(), "fr").entries}.isdisjoint(
        {obsolete.msgctxt}
    )
    with published.reading() as session:
        todo = catalogue.write(session, "treatment", "fr", "todo").text
    assert "#~" not in todo
    assert {taken.fate for taken in published.push("fr", stale)} == {"unchanged"}
    published.translate("fr")
    assert "#~" in published.pull("fr"), "readers still see it in the version before"
    published.publish("benefits", locale="fr")
    assert "#~" not in published.pull("fr")


def test_an_obsolete_entry_that_an_editor_brings_back_is_retired(published: World) -> None:
    published.publish_page(page(TEXT.replace("- It may slow MS.\n", "")))
    back = published.pull("fr").replace("#~ ", "").replace("fr – It may slow MS.", "Peut-être")
    fates = {taken.target: taken.fate for taken in published.push("fr", back)}
    assert fates["Peut-être"] == "retired"


def test_what_others_offered_stands_beside_the_entry(published: World) -> None:
    for word in ("Un", "Deux", "Trois", "Quatre"):
        text = published.pull("fr").replace("X-Hub-Snapshot", "X-None")
        published.push("fr", text.replace("fr – It may slow MS.", word))
        published.push("fr", text.replace("fr – Ask your neurologist.", f"{word} aussi"))

    entries = {one.msgid: one for one in polib.pofile(published.pull("fr"))}

    assert entries["It may slow MS."].comment.splitlines() == [
        "list-item · benefits",
        "SUGGESTED: Quatre (conflict)",
        "SUGGESTED: Trois (conflict)",
        "SUGGESTED: Deux (conflict)",
    ]
    assert entries["Ask your neurologist."].comment.count("SUGGESTED") == 3, "each once"
    assert "SUGGESTED" not in published.pull("it")
    assert "SUGGESTED" not in template(published)


def test_the_header_names_who_wrote_last_and_when(
    published: World, time_machine: TimeMachineFixture
) -> None:
    assert header(published) == ("Translator-Fr", "2026-11-23 09:00+0000")
    assert header(published, "it") == ("MSIF hub", "2026-11-23 09:00+0000")

    time_machine.move_to("2026-11-24T10:30:00Z")
    other = published.pull("fr").replace("fr – It may slow MS.", "Freine")
    with writing(published.engine) as session:
        person.grant(session, "reviser-fr", "translator:fr", by="operator")
    published.upload("fr", other, by="reviser-fr")
    assert header(published) == ("Reviser-Fr", "2026-11-24 10:30+0000")

    with writing(published.engine) as session:
        forget(session, "reviser-fr", published.policy, by="operator")
    assert header(published) == ("MSIF hub", "2026-11-24 10:30+0000")


def test_what_the_hub_carries_is_nobodys_writing(
    published: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-11-24T10:30:00Z")
    published.publish_page(page(TEXT.replace("example.org/register", "example.org/new")))
    assert published.states("fr")["benefits"] == ["in_force", "sign_off"]
    assert header(published) == ("Translator-Fr", "2026-11-23 09:00+0000")


def header(world: World, locale: str = "fr") -> tuple[str, str]:
    told = polib.pofile(world.pull(locale)).metadata
    return told["Last-Translator"], told["PO-Revision-Date"]


def test_only_what_was_submitted_can_be_translated(sqlite_world: World) -> None:
    sqlite_world.write()
    assert len(polib.pofile(sqlite_world.pull("fr"))) == 0
    sqlite_world.submit("risks")
    entries = polib.pofile(sqlite_world.pull("fr"))
    assert [entry.msgid for entry in entries] == [
        "Risks",
        "It does not repair nerves.",
        "People with MS",
        "Ask your neurologist.",
    ]


def test_a_page_that_is_not_there(sqlite_world: World) -> None:
    with pytest.raises(SectionNotFound):
        sqlite_world.pull("fr", "nowhere")


def test_where_a_catalogue_lies() -> None:
    assert catalogue.file_name("treatment", "fr") == Path("fr/LC_MESSAGES/treatment.po")


def test_a_translator_reads_how_the_glossary_says_it(published: World) -> None:
    terms = "source,preferred,forbidden\nrisk,risque,danger|péril\nhelps,aide,\n"
    with published.acting("translator-fr") as (session, actor):
        glossary.import_file(session, actor, "fr", terms.encode(), "csv")
    comments = {one.msgid: one.comment for one in polib.pofile(published.pull("fr"))}
    assert "TERM: risk = risque (not: danger | péril)" in comments["Risks"].splitlines()
    assert "TERM" not in comments["It may help 4 of 10 people."]
