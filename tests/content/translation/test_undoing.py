"""Taking an upload back: what stood before stands again, and nobody else loses a word."""

from dataclasses import replace

import polib
import pytest

from content.errors import LaterWorkStands, StateHasMoved, VersionNotFound
from content.people.role import Permission
from content.review import retraction
from content.sign_off.block import Meaning
from content.translation import (
    linking,
    report_text,
    settling,
    standing,
    suggestion,
    undoing,
    upload,
)
from content.translation.incoming import read_xliff_catalogue
from content.translation.report import Report
from content.translation.suggestion import SuggestionState
from tests.content.translation.test_taking import alone, kept, with_text
from tests.reader import TODAY
from tests.world import TEXT, World, page, without_who

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def without_snapshot(text: str, comment: str = "") -> str:
    lines = [line for line in text.splitlines() if "X-Hub-Snapshot" not in line]
    return comment + "\n".join(lines) + "\n"


def test_words_that_two_people_offered_stay_offered_when_one_takes_them_back(
    published: World,
) -> None:
    text = without_snapshot(with_text(published.pull("fr"), "Risks", "Les risques"))
    first = published.upload("fr", text)
    published.upload("fr", "# Mine\n" + text)
    assert kept(published, "risks") == ["Les risques"], "offered once"

    published.undo(first)

    assert kept(published, "risks") == ["Les risques"]


def test_words_that_two_people_offered_are_settled_together(published: World) -> None:
    text = without_snapshot(with_text(published.pull("fr"), "Risks", "Les risques"))
    for comment in ("# One\n", "# Two\n"):
        published.upload("fr", comment + text)
    with published.acting("translator-fr") as (session, actor):
        (one,) = suggestion.opened(session, ["risks"], "fr")
        suggestion.settle(session, one, SuggestionState.DISMISSED, by=actor.id)

    assert kept(published, "risks") == []


def test_words_that_somebody_else_sent_too_are_not_taken_back(published: World) -> None:
    text = published.pull("fr")
    first = published.upload("fr", with_text(text, "Risks", "Les risques"))
    second = published.upload("fr", with_text(alone(text, "Risks"), "Risks", "Les risques"))
    assert [taken.fate for taken in second.entries] == ["unchanged"]

    with pytest.raises(LaterWorkStands) as refused:
        published.undo(first)

    assert [work["section"] for work in refused.value.context["works"]] == ["risks"]
    published.undo(second)
    published.undo(first)
    assert published.pull("fr") == text


def test_words_that_were_sent_before_in_the_same_second_are_no_later_work(
    published: World,
) -> None:
    published.upload("fr", with_text(published.pull("fr"), "Risks", "Les risques"))
    published.upload("fr", with_text(published.pull("fr"), "Risks", "Des risques"))
    again = published.upload("fr", with_text(published.pull("fr"), "Risks", "Les risques"))
    assert again.counts["updated"] == 1

    published.undo(again)

    assert 'msgstr "Des risques"' in published.pull("fr")


def test_a_file_that_came_back_as_it_went_is_no_later_work(published: World) -> None:
    first = published.upload("fr", with_text(published.pull("fr"), "Risks", "Les risques"))
    published.upload("fr", published.pull("fr"))

    published.undo(first)

    assert 'msgstr "fr – Risks"' in published.pull("fr")


def test_an_upload_is_undone_though_its_unit_left_the_source(published: World) -> None:
    report = published.upload("fr", with_text(published.pull("fr"), "See", "Voir [là]{1}."))
    published.publish_page(
        page(TEXT.replace("- See [the register](https://example.org/register).\n", ""))
    )
    before = published.pull("fr")

    published.undo(report)

    after = published.pull("fr")
    live, was = (
        [(one.msgctxt, one.msgstr) for one in polib.pofile(text) if not one.obsolete]
        for text in (after, before)
    )
    assert live == was
    assert "Voir" in before, "as an obsolete entry"
    assert "Voir" not in after


def test_a_suggestion_that_was_taken_is_later_work_and_one_dismissed_is_none(
    published: World,
) -> None:
    text = without_snapshot(with_text(published.pull("fr"), "Risks", "Les risques"))
    report = published.upload("fr", text)
    with published.acting("translator-fr") as (session, actor):
        (one,) = suggestion.opened(session, ["risks"], "fr")
        settling.take(session, actor, one)
    with pytest.raises(LaterWorkStands) as refused:
        published.undo(report)
    assert [work["section"] for work in refused.value.context["works"]] == ["risks"]

    other = published.upload("fr", text.replace("Les risques", "Des risques"))
    with published.acting("translator-fr") as (session, actor):
        (one,) = suggestion.opened(session, ["risks"], "fr")
        settling.dismiss(session, actor, one)
    published.undo(other)


def upload_with(world: World, text: str, summary: str) -> Report:
    with world.acting("translator-fr") as (session, actor):
        return upload.take(session, actor, "treatment", "fr", text.encode(), summary=summary)


def test_a_draft_that_an_upload_began_goes_with_it(published: World) -> None:
    before = published.pull("fr")
    report = published.upload("fr", with_text(before, "Risks", "Les risques"))
    assert published.states("fr")["risks"] == ["in_force", "draft"]

    published.undo(report)

    assert published.states("fr") == {
        "treatment": ["in_force"],
        "benefits": ["in_force"],
        "risks": ["in_force", "abandoned"],
    }
    assert without_who(published.pull("fr")) == without_who(before)
    published.upload("fr", with_text(before, "Risks", "Les risques"))
    assert published.states("fr")["risks"] == ["in_force", "abandoned", "draft"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_draft_of_two_uploads_goes_with_the_last_of_them(published: World, first: int) -> None:
    text = published.pull("fr")
    both = [
        published.upload("fr", with_text(text, "Risks", "Les risques")),
        published.upload("fr", with_text(text, "It does not", "Cela ne répare pas les nerfs.")),
    ]
    published.undo(both.pop(first))
    assert published.states("fr")["risks"] == ["in_force", "draft"]
    published.undo(both.pop())
    assert published.states("fr")["risks"] == ["in_force", "abandoned"]


def test_a_draft_that_somebody_else_wrote_into_stays(published: World) -> None:
    text = published.pull("fr")
    report = published.upload("fr", with_text(text, "See", "Voir [là]{1}."))
    with published.acting("translator-fr") as (session, actor):
        now = standing.of_section(session, "benefits", "fr")
        (one,) = linking.links_of(now)
        linking.lead(session, actor, now, one.unit, one.source, "https://example.org/fr")
    published.undo(report)
    assert published.states("fr")["benefits"] == ["in_force", "draft"]


def test_who_may_not_give_drafts_up_leaves_one_with_what_stood_before(published: World) -> None:
    before = published.pull("fr")
    report = published.upload("fr", with_text(before, "Risks", "Les risques"))
    with published.acting("translator-fr") as (session, actor):
        narrow = replace(actor, scope=frozenset({Permission.TRANSLATE}))
        found = upload.find(session, report.upload)
        assert retraction.take_back(session, narrow, found) == []
    assert published.states("fr")["risks"] == ["in_force", "draft"]
    assert without_who(published.pull("fr")) == without_who(before)


def test_what_the_draft_said_of_itself_comes_back(published: World) -> None:
    text = published.pull("fr")
    upload_with(published, with_text(text, "Risks", "Les risques"), "Mine")
    second = upload_with(published, with_text(published.pull("fr"), "Risks", "Risques"), "Yours")
    assert published.version("risks", "fr").change_summary == "Yours"
    published.undo(second)
    assert published.version("risks", "fr").change_summary == "Mine"


def test_what_somebody_said_of_the_draft_since_stays(published: World) -> None:
    text = published.pull("fr")
    upload_with(published, with_text(text, "Risks", "Les risques"), "Mine")
    second = upload_with(published, with_text(published.pull("fr"), "Risks", "Risques"), "Yours")
    other = with_text(published.pull("fr"), "It does not", "Cela ne répare pas les nerfs.")
    upload_with(published, other, "Theirs")
    published.undo(second)
    assert published.version("risks", "fr").change_summary == "Theirs"


def test_a_draft_that_began_with_the_words_before_says_again_what_it_said(
    published: World,
) -> None:
    upload_with(published, with_text(published.pull("fr"), "Risks", "Les risques"), "Mine")
    digest = published.put_to_signature("risks", locale="fr")
    published.sign(digest, "language-2-fr", Meaning.REJECTION)
    report = upload_with(published, with_text(published.pull("fr"), "Risks", "Risques"), "Yours")
    published.undo(report)
    draft = published.version("risks", "fr")
    assert (draft.number, draft.state, draft.change_summary) == (3, "draft", "Mine")


def test_who_comes_second_is_told(published: World) -> None:
    text = without_snapshot(with_text(published.pull("fr"), "Risks", "Les risques"))
    report = published.upload("fr", text)
    with published.reading() as session:
        seen = upload.find(session, report.upload)
        session.expunge_all()
    published.undo(report)
    with published.acting("translator-fr") as (session, actor):
        session.add(seen)
        with pytest.raises(StateHasMoved):
            undoing.undo(session, actor, seen)


def test_a_suggestion_for_a_text_that_is_gone_is_not_taken(published: World) -> None:
    see = "See [the register](https://example.org/register)."
    published.upload("fr", without_snapshot(with_text(published.pull("fr"), "See", "Voir [là]{1}")))
    published.publish_page(page(TEXT.replace(f"- {see}\n", "")))
    with published.acting("translator-fr") as (session, actor):
        (one,) = suggestion.opened(session, ["benefits"], "fr")
        with pytest.raises(StateHasMoved, match="no more"):
            settling.take(session, actor, one)


def test_the_table_tells_what_stands_and_what_was_put_right(published: World) -> None:
    text = published.pull("fr")
    published.upload("fr", with_text(text, "Risks", "Les risques"))
    report = published.upload("fr", with_text(text, "Risks", "Des risques : oui"))
    told = report_text.table(report)
    assert "what stands: Les risques" in told
    assert "put right: ' :' -> " in told


def test_a_text_that_is_not_submitted_has_no_standing(sqlite_world: World) -> None:
    sqlite_world.write()
    with sqlite_world.reading() as session, pytest.raises(VersionNotFound, match="submit it"):
        standing.of_section(session, "risks", "fr")


def test_an_xliff_file_without_a_target_language_is_taken_for_its_address() -> None:
    body = (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en">'
        b'<file id="f"><unit id="u"><segment><source>A</source></segment></unit></file></xliff>'
    )
    found = read_xliff_catalogue(body, "fr")
    assert found.remarks == ("The file names no target language; it was taken for fr.",)
