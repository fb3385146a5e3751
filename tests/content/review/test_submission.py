"""What writers and editors do with an open version, and the edges it walks on."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import col, select

from content.database import writing
from content.errors import (
    CommentMissing,
    ContentError,
    DateInThePast,
    RequirementsOpen,
    ReviewByRefused,
    RoleMissing,
    StateHasMoved,
)
from content.ledger import LedgerRow
from content.people import person
from content.people.actor import HUB
from content.records import version as versions
from content.records.version import State, Version, opened
from content.review import submission, workflow
from content.review.review import Kind, Verdict
from tests.world import TEXT, World, page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TREATMENT = "# Cells {#stem-cell-therapy}\n\nText.\n"


def abandon(world: World, by: str = "author", reason: str = "Not yet.", locale: str = "en") -> None:
    with world.acting(by) as (session, actor):
        version = opened(session, "benefits", locale)
        assert version is not None
        submission.abandon(session, actor, version, reason)


def schedule(world: World, at: datetime | None, by: str = "editor", number: int = 1) -> None:
    with world.acting(by) as (session, actor):
        version = versions.find(session, "benefits", "en", number)
        submission.schedule(session, actor, version, at)


def events(world: World, subject: str = "benefits/en/1") -> list[tuple[str, str, str]]:
    with world.reading() as session:
        rows = session.exec(
            select(LedgerRow).where(col(LedgerRow.subject) == subject).order_by(col(LedgerRow.seq))
        )
        return [(row.actor, row.event, row.detail) for row in rows]


# Submitting


def test_a_submitted_text_waits_for_reviews_and_is_on_record(world: World) -> None:
    world.write()
    world.submit("benefits")

    version = world.version("benefits")
    assert version.state == "in_review"
    assert events(world)[1:] == [
        (
            "author",
            "version.submitted",
            f'{{"document":"{version.document}","from":"draft","to":"in_review"}}',
        )
    ]


def test_a_text_is_submitted_once(world: World) -> None:
    world.write()
    world.submit("benefits")

    with pytest.raises(StateHasMoved, match="is in_review; from there it cannot become in_review"):
        world.submit("benefits")
    assert len(events(world)) == 2


def test_two_who_submit_from_the_same_page_submit_it_once(world: World) -> None:
    """Both saw a draft; the second finds that it is none any more."""
    world.write()
    seen = [world.version("benefits") for _ in range(2)]

    with world.acting("author") as (session, actor):
        first = session.merge(seen[0])
        submission.submit(session, actor, first, world.policy)
    with world.acting("author-2") as (session, actor), pytest.raises(StateHasMoved) as moved:
        submission.submit(session, actor, seen[1], world.policy)

    assert moved.value.context == {"version": "benefits/en/1"}
    assert [event for _, event, _ in events(world)] == ["version.begun", "version.submitted"]


def test_who_may_not_write_may_not_submit(sqlite_world: World) -> None:
    sqlite_world.write()
    for somebody in ("medical-1", "board-1", "translator-fr", "administrator"):
        with pytest.raises(RoleMissing):
            sqlite_world.submit("benefits", by=somebody)


@pytest.mark.parametrize(
    ("text", "review_by", "limit"),
    [
        (TEXT, "2029-11-24", "no later than 2029-11-23"),
        (TREATMENT, "2027-11-24", "no later than 2027-11-23"),
    ],
)
def test_a_review_by_date_is_not_too_far_ahead(
    sqlite_world: World, text: str, review_by: str, limit: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        sqlite_world.write(page(text, review_by=review_by))
        root = text[text.index("{#") + 2 : text.index("}")]
        with pytest.raises(ReviewByRefused, match=f"review_by is {review_by}.*{limit}") as refused:
            sqlite_world.submit(root)
        assert refused.value.context == {"limit": limit[-10:]}
        day_before = f"{review_by[:-2]}{int(review_by[-2:]) - 1}"
        sqlite_world.write(page(text, review_by=day_before))
        sqlite_world.submit(root)


@pytest.mark.begins_with("en")
def test_a_translation_is_submitted_when_it_is_complete(sqlite_world: World) -> None:
    po = sqlite_world.pull("fr")
    sqlite_world.push(
        "fr", po.replace('msgid "Benefits"\nmsgstr ""', 'msgid "Benefits"\nmsgstr "B"')
    )

    with pytest.raises(RequirementsOpen, match="have no translation") as incomplete:
        sqlite_world.submit("benefits", "fr")
    assert incomplete.value.context == {"requirements": ["complete"]}

    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")
    assert sqlite_world.states("fr")["benefits"] == ["in_review"]


@pytest.mark.begins_with("en")
def test_a_translation_of_a_text_that_moved_on_is_put_to_the_new_one_first(
    sqlite_world: World,
) -> None:
    sqlite_world.translate("fr")
    sqlite_world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))

    with pytest.raises(RequirementsOpen, match="pull the catalogue and push it") as moved:
        sqlite_world.submit("benefits", "fr")
    assert moved.value.context == {"requirements": ["source-moved"]}

    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")


# Scheduling


def test_an_effective_time_is_set_taken_back_and_on_record(world: World) -> None:
    ahead = NOW + timedelta(days=3)
    with time_machine.travel(NOW, tick=False):
        world.write()
        schedule(world, ahead)
        assert world.version("benefits").effective_at == ahead
        schedule(world, None)

    assert world.version("benefits").effective_at is None
    assert events(world)[1:] == [
        ("editor", "version.scheduled", '{"effective_at":"2026-11-26T09:00:00Z"}'),
        ("editor", "version.scheduled", '{"effective_at":null}'),
    ]


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(seconds=1)])
def test_an_effective_time_lies_ahead(sqlite_world: World, at: datetime) -> None:
    sqlite_world.write()
    with (
        time_machine.travel(NOW, tick=False),
        pytest.raises(DateInThePast, match="leave it out to publish at once") as past,
    ):
        schedule(sqlite_world, at)
    assert past.value.context == {"now": "2026-11-23T09:00:00Z"}


@pytest.mark.begins_with("en")
def test_what_is_in_force_is_not_scheduled_any_more(sqlite_world: World) -> None:
    with pytest.raises(StateHasMoved):
        schedule(sqlite_world, None)


def test_an_editor_schedules_and_nobody_else(sqlite_world: World) -> None:
    sqlite_world.write()
    for somebody in ("author", "board-1", "duty-1"):
        with pytest.raises(RoleMissing):
            schedule(sqlite_world, None, by=somebody)


# Giving up


def test_an_abandoned_version_says_why_and_its_number_is_spent(world: World) -> None:
    world.write()
    abandon(world, reason=" Not yet. ")

    assert world.states()["benefits"] == ["abandoned"]
    assert '"reason":"Not yet."' in events(world)[-1][2]
    assert world.write()[1].version == 2


def test_a_reason_is_needed(sqlite_world: World) -> None:
    sqlite_world.write()
    with pytest.raises(CommentMissing):
        abandon(sqlite_world, reason=" ")


@pytest.mark.begins_with("en")
def test_a_half_translated_draft_can_be_given_up(sqlite_world: World) -> None:
    po = sqlite_world.pull("fr")
    sqlite_world.push(
        "fr", po.replace('msgid "Benefits"\nmsgstr ""', 'msgid "Benefits"\nmsgstr "B"')
    )
    assert sqlite_world.version("benefits", "fr").document is None

    abandon(sqlite_world, by="translator-fr", locale="fr")

    assert sqlite_world.states("fr")["benefits"] == ["abandoned"]


def test_who_may_not_abandon_does_not(sqlite_world: World) -> None:
    sqlite_world.write()
    for somebody in ("medical-1", "translator-fr", "duty-1"):
        with pytest.raises(RoleMissing):
            abandon(sqlite_world, by=somebody)


def translate_benefits(world: World) -> None:
    world.publish_page()
    world.translate("fr")


def test_an_author_handles_source_texts_alone(sqlite_world: World) -> None:
    translate_benefits(sqlite_world)
    for by in ("author", "author-2", "translator-it"):
        with pytest.raises(RoleMissing) as refused:
            sqlite_world.submit("benefits", "fr", by=by)
        assert refused.value.context == {"permission": "submit-translation", "locale": "fr"}
        with pytest.raises(RoleMissing) as refused:
            abandon(sqlite_world, by=by, locale="fr")
        assert refused.value.context == {"permission": "abandon-translation", "locale": "fr"}

    sqlite_world.submit("benefits", "fr", by="editor")
    abandon(sqlite_world, by="editor", locale="fr")

    assert sqlite_world.states("fr")["benefits"] == ["abandoned"]


def test_a_translator_handles_translations_alone_even_of_the_sources_language(
    sqlite_world: World,
) -> None:
    with writing(sqlite_world.engine) as session:
        person.grant(session, "translator-it", "translator:en", by="operator")
    sqlite_world.write()
    with pytest.raises(RoleMissing):
        sqlite_world.submit("benefits", by="translator-it")
    with pytest.raises(RoleMissing):
        abandon(sqlite_world, by="translator-it")


# The machine


@pytest.mark.parametrize("seen", list(State))
def test_only_edges_are_walked(sqlite_world: World, seen: State) -> None:
    sqlite_world.write()
    version = sqlite_world.version("benefits").model_copy(update={"state": seen.value})
    for to in set(State) - workflow.EDGES[seen]:
        with (
            writing(sqlite_world.engine) as session,
            pytest.raises(StateHasMoved, match=f"is {seen}; from there it cannot become {to}"),
        ):
            workflow.move(session, version, to, actor=HUB.id, event="version.moved")
    assert len(events(sqlite_world)) == 1


def test_every_open_state_can_be_given_up_and_no_other(sqlite_world: World) -> None:
    assert {seen for seen, ends in workflow.EDGES.items() if State.ABANDONED in ends} == set(
        versions.OPEN_STATES
    )


def test_a_version_whose_text_changed_since_it_was_seen_does_not_move(world: World) -> None:
    world.write()
    seen = world.version("benefits")
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))

    with writing(world.engine) as session, pytest.raises(StateHasMoved):
        workflow.move(session, seen, State.IN_REVIEW, actor=HUB.id, event="version.submitted")

    assert world.version("benefits").state == "draft"


def test_reviewers_who_return_at_once_return_it_once(world: World) -> None:
    """Guarded UPDATE: both saw a text in review, the second finds a draft."""
    world.write()
    world.submit("benefits")
    seen: list[Version] = [world.version("benefits") for _ in range(2)]
    refused: list[ContentError] = []
    for version in seen:
        with writing(world.engine) as session:
            try:
                workflow.move(
                    session,
                    session.merge(version, load=False),
                    State.DRAFT,
                    actor="lay",
                    event="version.returned",
                )
            except StateHasMoved as error:
                refused.append(error)

    assert len(refused) == 1
    assert [event for _, event, _ in events(world)][1:] == ["version.submitted", "version.returned"]
    with pytest.raises(StateHasMoved):
        world.review("benefits", "lay", Kind.LAY, Verdict.RETURN)
