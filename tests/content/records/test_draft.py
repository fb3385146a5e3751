"""Drafts: begun once, saved by whoever read the last text, and begun again from an old one."""

import pytest
from sqlmodel import Session, col, select

from content.errors import PreconditionStale, SectionIsBusy
from content.ledger import LedgerRow
from content.people.actor import HUB
from content.records import document, draft
from content.records import version as versions
from content.records.document import Change, Document
from content.records.participation import Part, parts
from content.records.version import Version
from tests.world import TEXT, World, page


def text_of(session: Session, version: Version, **changes: object) -> Document:
    assert version.document is not None
    return document.load(session, version.document).model_copy(update=changes)


def events(world: World, subject: str) -> list[tuple[str, str]]:
    with world.reading() as session:
        rows = session.exec(
            select(LedgerRow).where(col(LedgerRow.subject) == subject).order_by(col(LedgerRow.seq))
        )
        return [(row.actor, row.event) for row in rows]


def test_a_draft_takes_over_what_its_text_says_of_the_change(world: World) -> None:
    world.write()
    change = Change(kind="safety", summary="Stop at once")
    with world.acting("author-2") as (session, actor):
        version = versions.find(session, "benefits", "en", 1)
        draft.save(session, actor, version, text_of(session, version, title="Good", change=change))

    saved = world.version("benefits")
    assert (saved.change_kind, saved.change_summary) == ("safety", "Stop at once")
    with world.reading() as session:
        assert text_of(session, saved).title == "Good"
        assert parts(session, saved.key) == {"author": Part.WRITER, "author-2": Part.WRITER}
    assert events(world, "benefits/en/1") == [
        ("author", "version.begun"),
        ("author-2", "version.saved"),
    ]


def test_who_saves_over_a_text_they_have_not_seen_is_told(world: World) -> None:
    world.write()
    seen = world.version("benefits")  # as a page left open has it
    world.write(page(TEXT.replace("4 of 10", "5 of 10")), by="author-2")

    with world.acting("author") as (session, actor):
        mine = text_of(session, seen, title="Mine")
        with pytest.raises(PreconditionStale, match="read it again and decide anew") as stale:
            draft.save(session, actor, seen, mine)

    assert stale.value.context == {"version": "benefits/en/1"}
    assert [event for _, event in events(world, "benefits/en/1")] == [
        "version.begun",
        "version.saved",
    ]


def test_a_text_that_was_submitted_is_not_saved_over(sqlite_world: World) -> None:
    sqlite_world.write()
    seen = sqlite_world.version("benefits")
    sqlite_world.submit("benefits")

    with sqlite_world.acting("author") as (session, actor), pytest.raises(PreconditionStale):
        draft.save(session, actor, seen, text_of(session, seen, title="Late"))

    assert sqlite_world.version("benefits").document == seen.document


def test_there_is_one_draft_at_a_time(sqlite_world: World) -> None:
    sqlite_world.write()
    with sqlite_world.acting("author") as (session, actor):
        open_one = versions.find(session, "benefits", "en", 1)
        with pytest.raises(SectionIsBusy, match="benefits/en/1 is open already"):
            draft.begin(session, actor, text_of(session, open_one))


@pytest.mark.begins_with("en")
def test_an_old_text_begins_again_with_those_who_wrote_it(sqlite_world: World) -> None:
    with sqlite_world.acting("editor") as (session, _):
        old = versions.find(session, "benefits", "en", 1)
        begun = draft.begin_from(session, HUB, old)

        assert (begun.reference, begun.state) == ("benefits/en/2", "draft")
        assert text_of(session, begun).same_text(text_of(session, old))
        assert text_of(session, begun).version == 2
        # The hub is nobody, so it has no part; reviewers and signers may judge it again.
        assert parts(session, begun.key) == {"author": Part.WRITER}
    assert events(sqlite_world, "benefits/en/2") == [("hub", "version.begun")]
