"""Import: one draft for each section that changed, all or nothing."""

import pytest
from sqlmodel import col, func, select

from content.database import writing
from content.errors import (
    LocaleUnknown,
    PageHasMistakes,
    RoleMissing,
    SectionIsBusy,
    SectionNotFound,
    TreeBroken,
)
from content.ledger import LedgerRow
from content.people import person
from content.records import figure, section
from content.records.page_import import Outcome, import_page
from content.records.version import opened
from content.review import submission
from content.review.review import Kind, Verdict
from tests.world import LOCALES, TEXT, World, page

CHANGED = page(TEXT.replace("4 of 10", "5 of 10"))
WITH_FIGURE = page("# Home {#home}\n\n![Steps](steps.png)\n").replace(
    b"\n---\n", b"\nfigures: [{file: steps.png, credit: MSIF, license: CC0-1.0}]\n---\n", 1
)
PNG = b"\x89PNG\r\n\x1a\n...."


def ledger_rows(world: World) -> int:
    with world.reading() as session:
        return session.exec(select(func.count()).select_from(LedgerRow)).one()


def abandon(world: World, slug: str) -> None:
    with world.acting("author") as (session, actor):
        draft = opened(session, slug, "en")
        assert draft is not None
        submission.abandon(session, actor, draft, "Not yet.")


def test_a_new_page_is_a_draft_of_each_section_in_order(world: World) -> None:
    assert world.write() == [
        Outcome("treatment", "created", 1),
        Outcome("benefits", "created", 1),
        Outcome("risks", "created", 1),
    ]
    assert world.states() == {"treatment": ["draft"], "benefits": ["draft"], "risks": ["draft"]}


def test_the_same_page_again_changes_nothing(world: World) -> None:
    world.write()
    before = ledger_rows(world)

    assert {outcome.what for outcome in world.write()} == {"unchanged"}
    assert ledger_rows(world) == before


def test_only_what_changed_is_written(sqlite_world: World) -> None:
    sqlite_world.write()

    assert sqlite_world.write(CHANGED) == [
        Outcome("treatment", "unchanged", 1),
        Outcome("benefits", "updated", 1),
        Outcome("risks", "unchanged", 1),
    ]


@pytest.mark.begins_with("en")
def test_a_change_of_a_text_in_force_is_its_next_number(sqlite_world: World) -> None:

    assert sqlite_world.write(CHANGED)[1] == Outcome("benefits", "created", 2)
    assert sqlite_world.states()["benefits"] == ["in_force", "draft"]
    # Back to what is in force: the draft follows, as a text like any other.
    assert sqlite_world.write()[1] == Outcome("benefits", "updated", 2)


@pytest.mark.begins_with("en")
def test_a_withdrawn_text_comes_back_as_its_next_number_only(sqlite_world: World) -> None:
    sqlite_world.withdraw("benefits")

    assert sqlite_world.write()[1] == Outcome("benefits", "unchanged", 1)
    assert sqlite_world.write(CHANGED)[1] == Outcome("benefits", "created", 2)


def test_a_text_under_review_is_left_alone(sqlite_world: World) -> None:
    sqlite_world.write()
    sqlite_world.submit("benefits")
    before = ledger_rows(sqlite_world)

    assert {outcome.what for outcome in sqlite_world.write()} == {"unchanged"}
    with pytest.raises(SectionIsBusy, match=r"benefits/en/1 is past draft \(in_review\)"):
        sqlite_world.write(page(TEXT.replace("4 of 10", "5 of 10").replace("2000", "1000")))

    assert ledger_rows(sqlite_world) == before  # of the other section nothing was taken either
    sqlite_world.review("benefits", "medical-1", Kind.MEDICAL, Verdict.RETURN)
    assert sqlite_world.write(CHANGED)[1] == Outcome("benefits", "updated", 1)


def test_a_text_given_up_begins_anew(sqlite_world: World) -> None:
    sqlite_world.write()
    abandon(sqlite_world, "risks")

    assert sqlite_world.write()[2] == Outcome("risks", "created", 2)


@pytest.mark.begins_with("en")
def test_a_section_that_left_the_page_is_named_and_stays(sqlite_world: World) -> None:
    without = TEXT[: TEXT.index("## Risks")]

    outcomes = sqlite_world.write(page(without))

    assert outcomes[-1] == Outcome("risks", "left out", 1)
    assert sqlite_world.states()["risks"] == ["in_force"]


def test_a_section_that_moved_within_the_page_is_not_left_out(sqlite_world: World) -> None:
    sqlite_world.write()

    outcomes = sqlite_world.write(page(TEXT.replace("## Risks", "### Risks")))

    assert [(outcome.section, outcome.what) for outcome in outcomes] == [
        ("treatment", "updated"),
        ("benefits", "updated"),
        ("risks", "unchanged"),
    ]


def test_a_section_that_was_given_up_is_not_named_when_it_leaves(sqlite_world: World) -> None:
    sqlite_world.write()
    abandon(sqlite_world, "risks")

    outcomes = sqlite_world.write(page(TEXT[: TEXT.index("## Risks")]))

    assert [outcome.section for outcome in outcomes] == ["treatment", "benefits"]


def test_a_section_has_one_parent_across_all_pages(sqlite_world: World) -> None:
    sqlite_world.write()
    before = ledger_rows(sqlite_world)

    with pytest.raises(TreeBroken, match="`risks` would stand below `treatment` and below `more`"):
        sqlite_world.write(page("# More {#more}\n\nText.\n\n## Risks {#risks}\n\nText.\n"))

    assert ledger_rows(sqlite_world) == before
    with sqlite_world.reading() as session, pytest.raises(SectionNotFound):
        section.find(session, "more")


def test_pages_below_pages_are_not_deeper_than_a_page_can_be(sqlite_world: World) -> None:
    def chain(first: int, last: int) -> bytes:
        headings = [
            f"{'#' * (level - first + 1)} S{level} {{#s{level}}}\n\nText {level}.\n"
            for level in range(first, last)
        ]
        return page("\n".join(headings))

    sqlite_world.write(chain(0, 6))
    sqlite_world.write(chain(5, 7))

    with pytest.raises(TreeBroken, match="more than 6 levels deep"):
        sqlite_world.write(chain(6, 8))


def test_a_parent_and_its_child_can_change_places(sqlite_world: World) -> None:
    sqlite_world.write(page("# Up {#up}\n\nText.\n\n## Down {#down}\n\nText.\n"))

    sqlite_world.write(page("# Down {#down}\n\nText.\n\n## Up {#up}\n\nText.\n"))

    with sqlite_world.reading() as session:
        assert section.find(session, "up").page == "down"


def test_giving_up_half_of_a_change_of_places_would_break_the_tree(sqlite_world: World) -> None:
    sqlite_world.publish_page(page("# Up {#up}\n\nText.\n\n## Down {#down}\n\nText.\n"))
    sqlite_world.write(page("# Down {#down}\n\nText.\n\n## Up {#up}\n\nText.\n"))

    with pytest.raises(TreeBroken, match="would stand below itself"):
        abandon(sqlite_world, "up")

    assert sqlite_world.states()["up"] == ["in_force", "draft"]
    abandon(sqlite_world, "down")
    abandon(sqlite_world, "up")
    assert sqlite_world.write(page("# Other {#other}\n\nText.\n"))[0].what == "created"


def test_a_section_is_written_in_one_language(sqlite_world: World) -> None:
    sqlite_world.write()

    with pytest.raises(LocaleUnknown, match="`treatment` was written in en; in fr it is a transl"):
        sqlite_world.write(page().replace(b"locale: en", b"locale: fr"))


def test_who_may_not_write_writes_nothing(sqlite_world: World) -> None:
    for somebody in ("translator-fr", "medical-1", "board-1", "administrator"):
        with pytest.raises(RoleMissing):
            sqlite_world.write(by=somebody)
    assert sqlite_world.states() == {}


def test_figures_come_with_the_page_and_are_kept(world: World) -> None:
    with world.acting("author") as (session, actor):
        import_page(session, actor, WITH_FIGURE, {"steps.png": PNG, "other.png": b"?"}, LOCALES)

    with world.reading() as session:
        kept = session.exec(select(figure.Figure)).one()
    assert kept.body == PNG


def test_a_figure_that_did_not_come_is_a_mistake_of_the_page(sqlite_world: World) -> None:
    with pytest.raises(PageHasMistakes) as refused:
        sqlite_world.write(WITH_FIGURE)

    assert refused.value.context["mistakes"] == [
        {
            "line": 1,
            "code": "figure-missing",
            "message": "The file steps.png did not come with the page.",
        }
    ]


def test_a_title_and_a_summary_are_plain(sqlite_world: World) -> None:
    text = "# *Home* {#home}\n\n::: summary\n[Us](https://a.org)\n:::\n\n*Text*.\n"

    with pytest.raises(PageHasMistakes) as refused:
        sqlite_world.write(page(text))

    assert [(found["line"], found["code"]) for found in refused.value.context["mistakes"]] == [
        (12, "markup-in-title"),
        (12, "markup-in-title"),
    ]


def test_every_import_leaves_one_row_for_each_draft_it_wrote(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.grant(session, "author", "lay-reviewer", by="operator")
    before = ledger_rows(sqlite_world)

    sqlite_world.write()

    with sqlite_world.reading() as session:
        events = session.exec(
            select(LedgerRow.subject, LedgerRow.event).where(col(LedgerRow.seq) > before)
        ).all()
    assert [tuple(row) for row in events] == [
        (f"{slug}/en/1", "version.begun") for slug in ("treatment", "benefits", "risks")
    ]
