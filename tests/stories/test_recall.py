"""A text was wrong and is withdrawn: the hub knows which sites showed it, and follows each."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import BadInput, RecallNotFound, RoleMissing, StateHasMoved
from content.ledger import LedgerRow
from content.publication import due
from content.syndication import member, progress, recall, showing
from content.syndication.member import Particulars
from content.syndication.showing import Entry
from tests.reader import TODAY
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)
HOUR = timedelta(hours=1)


def enter(world: World, *ids: str) -> None:
    with writing(world.engine) as session:
        for one in ids:
            told = Particulars("Example", "CH", "web@ms.example", "https://ms.example", ["fr"])
            member.add(session, one, told, by="operator")


def tells(world: World, who: str, *shown: str) -> None:
    """A site says all that it shows, as `section/locale/version`."""
    listed = [told.split("/") for told in shown]
    entries = [Entry(s, x, f"https://{who}.example/{s}/{x}", int(n)) for s, x, n in listed]
    with writing(world.engine) as session:
        recall.open_due(session)
        if showing.report(session, who, showing.checked(entries)):
            recall.heard(session, who)


def recalls(world: World, *, open_only: bool = False) -> list[int]:
    with writing(world.engine) as session:
        recall.open_due(session)
        rows = recall.listed(session, before=2**31 - 1, limit=50, open_only=open_only)
        return [row.seq for row in rows]


def states(world: World, seq: int) -> dict[str, str]:
    with world.reading() as session:
        return {one.member.id: one.state for one in progress.of(session, recall.find(session, seq))}


def is_over(world: World, seq: int) -> datetime | None:
    with world.reading() as session:
        row = recall.find(session, seq)
        return progress.closed_at(row, progress.of(session, row))


def events(world: World, seq: int) -> list[str]:
    with world.reading() as session:
        rows = session.exec(select(LedgerRow).where(col(LedgerRow.subject) == f"recall-{seq}"))
        return [row.event for row in rows]


@pytest.mark.begins_with("en")
def test_a_withdrawal_is_followed_until_the_last_site_has_acted(
    world: World, time_machine: TimeMachineFixture
) -> None:
    enter(world, "aism", "arsep", "dmsg", "silent")
    tells(world, "aism", "benefits/en/1", "risks/en/1")
    tells(world, "arsep", "benefits/en/1")
    tells(world, "dmsg", "risks/en/1")

    at = datetime.fromisoformat(TODAY.replace("Z", "+00:00")).astimezone(UTC)
    time_machine.move_to(at + HOUR, tick=False)
    world.withdraw("benefits")
    (seq,) = recalls(world)
    assert states(world, seq) == {
        "aism": "not-reported-since",
        "arsep": "not-reported-since",
        "dmsg": "never-showed",
        "silent": "never-reported",
    }
    with world.reading() as session:
        showed = [one.line for one in progress.of(session, recall.find(session, seq)) if one.line]
    (page_shown,) = showed[0].pages
    assert page_shown == {
        "version": 1,
        "url": "https://aism.example/benefits/en",
        "since": TODAY,
    }

    time_machine.move_to(at + 2 * HOUR, tick=False)
    tells(world, "aism", "benefits/en/1", "risks/en/1")
    tells(world, "arsep")
    assert states(world, seq)["aism"] == "still-shows"
    assert states(world, seq)["arsep"] == "gone"
    assert is_over(world, seq) is None
    assert recalls(world, open_only=True) == [seq]

    time_machine.move_to(at + 3 * HOUR, tick=False)
    tells(world, "aism", "risks/en/1")
    assert is_over(world, seq) == at + 3 * HOUR
    assert recalls(world, open_only=True) == []
    with world.reading() as session:
        assert recall.counts(session, [seq]) == {seq: (2, 2)}
    assert events(world, seq) == ["recall.gone", "recall.gone"]


@pytest.mark.begins_with("en")
def test_a_site_that_took_it_down_before_it_was_heard_of_counts_as_it_was(world: World) -> None:
    enter(world, "aism")
    tells(world, "aism", "benefits/en/1")
    world.withdraw("benefits")
    tells(world, "aism")  # before anybody looked at the recall
    (seq,) = recalls(world)
    assert states(world, seq) == {"aism": "gone"}


@pytest.mark.begins_with("en")
def test_a_site_that_shows_it_again_or_only_now_is_followed_too(world: World) -> None:
    enter(world, "aism", "late")
    tells(world, "aism", "benefits/en/1")
    world.withdraw("benefits")
    (seq,) = recalls(world)
    tells(world, "aism", "risks/en/1")
    tells(world, "aism", "benefits/en/1", "risks/en/1")
    tells(world, "late", "benefits/en/1")
    assert states(world, seq) == {"aism": "not-reported-since", "late": "still-shows"}
    assert events(world, seq) == ["recall.gone", "recall.shown", "recall.shown"]
    tells(world, "aism", "benefits/en/1")
    assert len(events(world, seq)) == 3, "the same is heard once"


@pytest.mark.begins_with("en")
def test_older_versions_go_with_the_withdrawn_one_and_a_later_one_stays(world: World) -> None:
    world.publish_page(page(TEXT.replace("4 of 10", "3 of 10"), summary="Corrected"))
    enter(world, "aism", "arsep")
    tells(world, "aism", "benefits/en/1")
    world.withdraw("benefits")
    world.publish_page(page(TEXT.replace("4 of 10", "2 of 10"), summary="Again"))
    tells(world, "arsep", "benefits/en/3")
    tells(world, "aism", "benefits/en/1", "risks/en/1")
    (seq,) = recalls(world)
    assert states(world, seq)["aism"] in ("still-shows", "not-reported-since")
    assert states(world, seq)["arsep"] == "never-showed"
    tells(world, "aism", "benefits/en/3")
    assert states(world, seq)["aism"] == "gone"


@pytest.mark.begins_with("en", "fr")
def test_a_withdrawn_source_is_followed_in_every_language(sqlite_world: World) -> None:
    enter(sqlite_world, "arsep")
    tells(sqlite_world, "arsep", "benefits/fr/1")
    sqlite_world.withdraw("benefits")
    french, english = recalls(sqlite_world)
    assert states(sqlite_world, english) == {"arsep": "never-showed"}
    assert is_over(sqlite_world, english) is not None, "nobody showed it: it is over at once"
    assert states(sqlite_world, french)["arsep"] == "not-reported-since"


@pytest.mark.begins_with("en")
def test_what_time_withdraws_is_followed_like_the_rest(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    enter(sqlite_world, "aism")
    tells(sqlite_world, "aism", "benefits/en/1")
    time_machine.move_to("2028-06-01T09:00:00Z", tick=False)
    with writing(sqlite_world.engine) as session:
        due.carry_out(session, sqlite_world.policy)
        assert recall.anything_due(session)
        assert recall.open_due(session) == 3
        assert not recall.anything_due(session)
    assert len(recalls(sqlite_world, open_only=True)) == 1


@pytest.mark.begins_with("en")
def test_an_editor_closes_the_line_of_a_site_that_will_not_say(world: World) -> None:
    enter(world, "aism", "gone", "other")
    tells(world, "gone", "benefits/en/1")
    world.withdraw("benefits")
    with writing(world.engine) as session:
        member.close(session, "gone", by="editor")
    (seq,) = recalls(world)

    def close(who: str, reason: str = "Seen by telephone.", by: str = "editor") -> None:
        with world.acting(by) as (session, actor):
            recall.close_line(session, actor, seq, who, reason)

    with pytest.raises(RoleMissing):
        close("gone", by="administrator")
    for wrong in (" ", "x" * 1_001):
        with pytest.raises(BadInput):
            close("gone", wrong)
    with pytest.raises(RecallNotFound):
        close("other")
    close("gone")
    with pytest.raises(StateHasMoved):
        close("gone")
    assert states(world, seq) == {
        "aism": "never-reported",
        "gone": "closed",
        "other": "never-reported",
    }
    assert is_over(world, seq) is not None
    assert events(world, seq) == ["recall.line_closed"]
    with pytest.raises(RecallNotFound), world.reading() as session:
        recall.find(session, 999)


@pytest.mark.begins_with("en")
def test_a_line_that_was_closed_by_hand_stays_closed(sqlite_world: World) -> None:
    enter(sqlite_world, "aism")
    tells(sqlite_world, "aism", "benefits/en/1")
    sqlite_world.withdraw("benefits")
    (seq,) = recalls(sqlite_world)
    with sqlite_world.acting("duty-2") as (session, actor):
        recall.close_line(session, actor, seq, "aism", "It is behind a login.")
    tells(sqlite_world, "aism")
    tells(sqlite_world, "aism", "benefits/en/1")
    assert states(sqlite_world, seq) == {"aism": "closed"}
    assert events(sqlite_world, seq) == ["recall.line_closed"]
