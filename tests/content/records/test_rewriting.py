"""Writing one section's draft anew."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from content.errors import BadInput, PageHasMistakes, PreconditionStale, RoleMissing
from content.ledger import LedgerRow
from content.records import document as documents
from content.records import draft, page_import, rewriting
from content.records import version as versions
from content.records.document import Document
from content.records.rewriting import Writing
from content.records.version import State
from tests.world import LOCALES, World, page

EVIDENCE = """evidence:
  - id: mist
    type: trial
    title: The MIST trial
    url: https://example.org/mist
"""
TEXT = """# Treatment {#treatment}

Some take it. [@mist]

## Risks {#risks}

It hurts.
"""


def begun(made: World) -> World:
    """With a page whose text cites a work."""
    source = page(TEXT).decode()
    made.write(source.replace("---\n# Treatment", f"{EVIDENCE}---\n# Treatment", 1).encode())
    return made


@pytest.fixture
def world(sqlite_world: World) -> World:
    return begun(sqlite_world)


def text_of(session: Session, section: str = "treatment") -> Document:
    version = versions.newest(session, section, "en")
    assert version is not None
    assert version.document is not None
    return documents.load(session, version.document)


def rewrites(world: World, by: str = "author", section: str = "treatment", **what: Any) -> None:
    with world.acting(by) as (session, actor):
        version = versions.newest(session, section, "en")
        assert version is not None
        writing = rewriting.written(text_of(session, section))
        rewriting.rewrite(session, actor, version, replace(writing, **what))


def test_what_is_written_is_what_would_have_been_written(world: World) -> None:
    with world.reading() as session:
        written = rewriting.written(text_of(session))
    assert written == Writing(
        title="Treatment",
        summary="",
        text="Some take it. [@mist]",
        change_kind="clinical",
        change_summary="First edition",
        last_reviewed=date(2026, 11, 20),
        review_by=date(2027, 11, 20),
    )


def test_nothing_happens_where_nothing_changed(world: World) -> None:
    before = world.version("treatment")
    rewrites(world)
    assert world.version("treatment") == before
    with world.reading() as session:
        saved = select(LedgerRow).where(LedgerRow.event == "version.saved")
        assert session.exec(saved).all() == []


def test_it_is_so_in_the_other_database_too(postgres_world: World) -> None:
    rewrites(begun(postgres_world), text="Some take it now.")
    with postgres_world.reading() as session:
        assert text_of(session).blocks[0].markdown == "Some take it now."


def test_a_draft_is_written_anew_and_keeps_its_children_and_units(world: World) -> None:
    with world.reading() as session:
        before = text_of(session)
    rewrites(
        world,
        title="Treatment  of\nMS",
        summary="In short.",
        text="Some take it now. [@mist]\n\n- One\n- Two",
        change_summary="Two entries\nmore",
        review_by=date(2027, 11, 19),
    )
    with world.reading() as session:
        after = text_of(session)
    assert after.title == "Treatment of MS"
    assert after.summary == "In short."
    assert after.children == ("risks",)
    assert [block.type for block in after.blocks] == ["paragraph", "list"]
    assert after.blocks[0].units == before.blocks[0].units
    assert [one.id for one in after.evidence] == ["mist"]
    assert after.change.summary == "Two entries more"
    assert after.review_by == date(2027, 11, 19)
    assert after.version == 1


def test_a_work_that_is_cited_no_more_is_gone_and_can_come_back(world: World) -> None:
    world.publish("treatment", "risks")
    with world.acting("author") as (session, actor):
        old = versions.newest(session, "treatment", "en")
        assert old is not None
        draft.begin_again(session, actor, old)
    rewrites(world, text="Some take it.")
    with world.reading() as session:
        assert text_of(session).evidence == ()
    rewrites(world, text="Some take it. [@mist]")
    with world.reading() as session:
        assert [one.id for one in text_of(session).evidence] == ["mist"]


def test_a_figure_stays_as_long_as_the_text_shows_it(world: World) -> None:
    source = page("# Steps {#steps}\n\n![Two cells](cells.svg)\n").decode()
    figures = "figures: [{file: cells.svg, credit: Us, license: CC0-1.0}]\n"
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    with world.acting("author") as (session, actor):
        written = source.replace("change:", f"{figures}change:").encode()
        page_import.import_page(session, actor, written, {"cells.svg": picture}, LOCALES)
    rewrites(world, section="steps", title="Two steps")
    with world.reading() as session:
        kept = [(one.file, one.credit, one.license) for one in text_of(session, "steps").figures]
    assert kept == [("cells.svg", "Us", "CC0-1.0")]
    rewrites(world, section="steps", text="No picture.")
    with world.reading() as session:
        assert text_of(session, "steps").figures == ()


@pytest.mark.parametrize(
    ("what", "code", "line"),
    [
        ({"title": "  "}, "root-missing", 0),
        ({"title": "**Bold**"}, "markup-in-title", 0),
        ({"text": "One.\n\n## Two {#two}\n\nThree."}, "root-second", 3),
        ({"text": "One.\n\nTwo. [@nobody]"}, "evidence-unknown", 3),
        ({"text": "<b>One</b>"}, None, 1),
        ({"review_by": date(2020, 1, 1)}, None, 0),
    ],
)
def test_mistakes_are_told_by_the_line_of_the_text(
    world: World, what: dict[str, Any], code: str | None, line: int
) -> None:
    with pytest.raises(PageHasMistakes) as refused:
        rewrites(world, **what)
    first = refused.value.context["mistakes"][0]
    assert first["line"] == line, first
    assert code in (None, first["code"])


def test_only_drafts_of_source_texts_are_written_by_those_who_may(world: World) -> None:
    with pytest.raises(RoleMissing):
        rewrites(world, by="lay", text="Mine.")
    world.submit("treatment")
    with pytest.raises(PreconditionStale):
        rewrites(world, text="Late.")
    assert world.version("treatment").state == State.IN_REVIEW
    world.submit("risks")
    world.translate("fr")
    with world.acting("editor") as (session, actor):
        version = versions.newest(session, "treatment", "fr")
        assert version is not None
        writing = rewriting.written(text_of(session))
        with pytest.raises(BadInput, match="catalogue"):
            rewriting.rewrite(session, actor, version, writing)
