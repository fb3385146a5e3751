"""Looking at versions on the terminal."""

import pytest

from content.cli import difference
from content.records.diff import BlockChange
from content.records.word_diff import Run
from content.review.review import Kind
from tests.content.cli.terminal import Terminal
from tests.world import TEXT, page

CHANGED = TEXT.replace("4 of 10", "5 of 10")


def test_what_waits_is_listed_by_person(terminal: Terminal) -> None:
    assert terminal.says("waiting", by="medical-1") == "Nothing waits for you.\n"
    terminal.world.write()
    terminal.world.submit("risks")
    assert terminal.says("waiting", by="medical-1") == "review-medical  risks/en/1\n"


def test_a_version_shows_its_facts_and_its_text(terminal: Terminal) -> None:
    summary = "\n\n::: summary\nIn short.\n:::\n\nSome people"
    terminal.world.publish_page(page(TEXT.replace("\n\nSome people", summary)))
    told = terminal.says("show", "treatment/en", by="author")
    assert "version    treatment/en/1\nstate      in_force\n" in told
    assert "\n# Treatment\n\n::: summary\nIn short.\n:::\n\nSome people take 2000 mg" in told
    terminal.world.translate("fr")
    told = terminal.says("show", "risks/fr", by="translator-fr")
    assert "translates  risks/en/1\nmessages    4 of 4 translated\n" in told
    assert "# fr – Risks" in told


def test_an_incomplete_translation_shows_how_far_it_is(terminal: Terminal) -> None:
    terminal.world.publish_page()
    po = terminal.world.pull("fr")
    place = po.index('msgid "Risks"')
    terminal.world.push("fr", po[:place] + po[place:].replace('msgstr ""', 'msgstr "Risques"', 1))
    told = terminal.says("show", "risks/fr", by="translator-fr")
    assert "document    none yet: it is made when the version is submitted" in told
    assert "1 of 4 translated" in told
    told = terminal.refuses("diff", "risks/fr/1", "--against", "1", by="translator-fr")
    assert told.startswith("requirements-open: risks/fr/1 has no text yet")


def test_who_translates_reads_the_source_and_no_other_language(terminal: Terminal) -> None:
    terminal.world.publish_page()
    terminal.world.translate("fr")
    assert "Risks" in terminal.says("show", "risks/en", by="translator-de")
    told = terminal.refuses("show", "risks/fr", by="translator-de")
    assert told.startswith("role-missing: ")
    assert "  permission: read-drafts\n  locale: fr\n" in told
    assert terminal.refuses("show", "risks/en", by="administrator").startswith("role-missing: ")


def test_versions_are_listed_newest_first_drafts_for_those_who_may(terminal: Terminal) -> None:
    terminal.world.publish_page()
    terminal.world.translate("fr")
    terminal.world.write(page(CHANGED, summary="5, not 4"))
    told = terminal.says("versions", "benefits", by="translator-de")
    assert [line.split()[:2] for line in told.splitlines()] == [
        ["benefits/en/2", "draft"],
        ["benefits/en/1", "in_force"],
    ]
    assert told.splitlines()[0].endswith("  5, not 4")
    told = terminal.says("versions", "benefits", "--locale", "FR", by="translator-fr")
    assert told.startswith("benefits/fr/1  draft")
    told = terminal.says("versions", "benefits", "--locale", "de", by="author")
    assert told == "There are none that you may see.\n"
    assert "section-not-found" in terminal.refuses("versions", "nowhere", by="author")


def test_a_draft_is_compared_with_what_is_in_force(terminal: Terminal) -> None:
    terminal.world.publish_page()
    terminal.world.write(page(CHANGED, summary="5, not 4"))
    told = terminal.says("diff", "benefits/en", by="medical-1")
    assert told == (
        "paragraph: changed  CRITICAL: a number or a negation\n"
        "    It may help [-4-]{+5+} of 10 people.\n"
    )
    assert terminal.says("diff", "benefits/en/2", "--against", "1", by="medical-1") == told
    assert terminal.says("diff", "risks/en", "--against", "1", by="medical-1") == (
        "Nothing changed.\n"
    )
    terminal.world.publish("benefits")
    assert terminal.says("diff", "benefits/en", by="medical-1") == told
    told = terminal.refuses("diff", "risks/en", by="medical-1")
    assert told.startswith("version-not-found: There is nothing before it")


def test_a_translator_sees_what_changed_in_the_source(terminal: Terminal) -> None:
    terminal.world.publish_page()
    terminal.world.publish_translation("fr")
    terminal.world.publish_page(page(CHANGED, summary="5, not 4"))
    told = terminal.says("diff", "benefits/fr", "--against", "source", by="translator-fr")
    assert "It may help [-4-]{+5+} of 10 people." in told


@pytest.mark.parametrize("against", ["source", "yesterday"])
def test_what_cannot_be_compared_is_bad_usage(terminal: Terminal, against: str) -> None:
    terminal.world.write()
    terminal.refuses("diff", "risks/en", "--against", against, by="author", code=2)


def test_a_first_draft_has_nothing_before_it(terminal: Terminal) -> None:
    terminal.world.write()
    told = terminal.refuses("diff", "risks/en", by="author")
    assert told.startswith("version-not-found: There is nothing before it")


def test_a_terminal_gets_colours() -> None:
    assert difference.coloured(Run("insert", "5")) == "\x1b[32m{+5+}\x1b[0m"
    change = BlockChange("changed", "list", moved=True, form=True, cited=("a",), uncited=("b",))
    assert list(difference.as_text([change])) == [
        "list: changed, moved, markup, links or picture, no longer cites b, cites a"
    ]
    change = BlockChange("changed", "list", linked=("https://a/",), unlinked=("https://b/",))
    assert list(difference.as_text([change])) == [
        "list: changed, no longer links to https://b/, links to https://a/"
    ]


def test_requirements_are_counted(terminal: Terminal) -> None:
    terminal.world.write()
    terminal.world.submit("risks")
    terminal.world.review("risks", "lay", Kind.LAY)
    told = terminal.says("requirements", "risks/en", by="author")
    assert told.splitlines()[0] == "risks/en/1 (in_review)"
    assert "met   lay-reviews            1 of 1" in told
    assert "open  medical-reviews        0 of 2" in told


@pytest.mark.parametrize(
    "ref", ["risks", "risks/", "risks/en/", "risks/en/one", "risks/en/²", "risks/en/1/2"]
)
def test_a_reference_has_a_locale_and_perhaps_a_number(terminal: Terminal, ref: str) -> None:
    assert "is not a version" in terminal.refuses("show", ref, by="author", code=2)


def test_a_reference_names_what_there_is(terminal: Terminal) -> None:
    terminal.world.write()
    assert terminal.refuses("show", "risks/it", by="author").startswith(
        "version-not-found: No version is open or in force here"
    )
    assert terminal.refuses("show", "risks/en/7", by="author").startswith("version-not-found: ")
    assert terminal.refuses("show", "RISKS/en", by="author").startswith("slug-malformed: ")
    assert terminal.refuses("show", "risks/x_", by="author").startswith("locale-malformed: ")
    told = terminal.refuses("draft", "begin", "risks/en", by="author", code=2)
    assert "names no number" in told
