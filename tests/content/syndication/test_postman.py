"""Workers: what they send, when they try again, and that none does what another does already."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

import pytest
import standardwebhooks
import time_machine
from sqlalchemy import Engine
from sqlmodel import col, select

from content import clock
from content.database import queueing, reading, writing
from content.errors import BadInput, DeliveryNotFound, HubIsBusy, LimitReached
from content.ledger import LedgerRow
from content.syndication import delivery, lease, member, retry, webhook, webhook_key
from content.syndication import postman as postmen
from content.syndication.delivery import Delivery, State
from content.syndication.lease import IN_FLIGHT_MAX, LEASE, Lease
from content.syndication.sending import Outcome, Sender
from tests.postbox import (
    Receiver,
    answer,
    answering,
    attempts,
    deliveries,
    enter,
    happen,
    hook,
    postman,
    receiving,
    row_of,
    waiting_for,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OK = Outcome(1, 204)


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def ready(engine: Engine, receiver: Receiver, *kinds: str, types: tuple[str, ...] = ()) -> str:
    """A member with a webhook, and events that it is to be told of."""
    enter(engine)
    one = hook(engine, receiver.url, types=types)
    if kinds:
        happen(engine, *kinds)
    return one


def fill(engine: Engine) -> None:
    with reading(engine) as session:
        behind = lease.behind(session)
    for one in behind:
        with queueing(engine) as session:
            lease.fill(session, one)


def take(engine: Engine, limit: int = 16, failing: int = 8) -> list[Lease]:
    with queueing(engine) as session:
        return lease.take(session, limit, failing)


def end(engine: Engine, one: Lease, outcome: Outcome) -> None:
    with writing(engine) as session:
        lease.end(session, one, outcome, lambda: 0.5, by="hub")


def states(engine: Engine, one: str) -> list[str]:
    return [found.state for found in deliveries(engine, one)]


def test_each_event_is_told_once_and_signed(
    engine: Engine, receiver: Receiver, tmp_path: Path
) -> None:
    one = ready(engine, receiver, "in_force", "outdated", "notice")
    secret = row_of(engine, one).secret
    key_file = tmp_path / "webhook.key"
    webhook_key.make(key_file)
    worker = postman(engine, key_file=key_file)
    assert worker.drain() == 3
    assert worker.drain() == 0
    assert sorted(receiver.ids) == [f"msg_{one}_{seq}" for seq in (1, 2, 3)]
    for got in receiver.got:
        told = standardwebhooks.Webhook(secret).verify(got.body, got.headers)
        assert set(told["data"]) == {"seq", "section", "locale", "version"}
        assert " v1a," in got.headers["webhook-signature"]
        assert got.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert states(engine, one) == ["delivered"] * 3
    assert row_of(engine, one).cursor == 3
    made = attempts(engine, one)
    assert [(row.number, row.status, row.error) for row in made] == [(1, 204, None)] * 3


def test_what_a_filter_leaves_out_is_passed_over(sqlite_engine: Engine, receiver: Receiver) -> None:
    one = ready(sqlite_engine, receiver, "notice", "in_force", "withdrawn", types=("in_force",))
    postman(sqlite_engine).drain()
    assert [found.seq for found in deliveries(sqlite_engine, one)] == [2, 3]
    assert row_of(sqlite_engine, one).cursor == 3


def test_a_withdrawal_goes_first(sqlite_engine: Engine, receiver: Receiver) -> None:
    ready(sqlite_engine, receiver, "in_force", "in_force", "in_force", "withdrawn")
    fill(sqlite_engine)
    assert [one.seq for one in take(sqlite_engine)] == [4, 1]


def test_it_is_tried_on_schedule_until_it_is_given_up_and_the_webhook_switched_off(
    engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(engine, receiver, "in_force")
    receiver.behaviour = answering("500 Oops", body=b"a bug of ours \xff\0")
    worker = postman(engine)
    assert worker.drain() == 1
    while row_of(engine, one).state != "off":
        (waits,) = deliveries(engine, one)
        traveller.move_to(waits.due_at - timedelta(seconds=1))
        assert worker.drain() == 0
        traveller.shift(timedelta(seconds=1))
        assert worker.drain() == 1
    delays = list(accumulate(retry.DELAYS_SECONDS))
    assert [(row.at - NOW).total_seconds() for row in attempts(engine, one)] == delays
    assert states(engine, one) == ["given-up"]
    assert len(receiver.got) == 10
    assert len(set(receiver.ids)) == 1
    assert len({got.headers["webhook-timestamp"] for got in receiver.got}) == 10
    assert len({got.body for got in receiver.got}) == 1
    row = row_of(engine, one)
    assert (row.state, row.off_reason, row.failures) == ("off", "failing", 10)
    assert attempts(engine, one)[0].answer == b"a bug of ours \xff\0"
    with reading(engine) as session:
        last = session.exec(select(LedgerRow).order_by(col(LedgerRow.seq).desc())).first()
        assert last is not None
        assert (last.actor, last.event) == ("hub", "webhook.switched_off")


def test_a_withdrawal_is_tried_every_minute(
    sqlite_engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(sqlite_engine, receiver, "withdrawn")
    receiver.behaviour = answering("500 Oops")
    worker = postman(sqlite_engine)
    for minutes in range(70):
        traveller.move_to(NOW + timedelta(minutes=minutes))
        assert worker.drain() == (1 if minutes <= 60 else 0)
    assert row_of(sqlite_engine, one).state == "failing"


def test_one_that_fails_is_shown_and_one_success_mends_it(
    sqlite_engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")
    receiver.behaviour = answering("500 Oops")
    worker = postman(sqlite_engine)
    seen = []
    for seconds in (0, 5, 400, 4_000):
        traveller.move_to(NOW + timedelta(seconds=seconds))
        if seconds == 4_000:
            receiver.behaviour = answer
        worker.drain()
        seen.append(row_of(sqlite_engine, one).state)
    assert seen == ["on", "on", "failing", "on"]
    assert states(sqlite_engine, one) == ["delivered"]


def test_one_message_that_is_not_taken_does_not_switch_off_what_takes_others(
    sqlite_engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")
    worker = postman(sqlite_engine)
    receiver.behaviour = answering("500 Oops")
    worker.drain()
    for _ in retry.DELAYS_SECONDS[1:]:
        traveller.move_to(deliveries(sqlite_engine, one)[-1].due_at)
        with writing(sqlite_engine) as session:
            delivery.ping(session, webhook.find(session, "ms", one))
        for leased in take(sqlite_engine):
            end(sqlite_engine, leased, OK if leased.seq < 0 else Outcome(1, 500))
    found = next(row for row in deliveries(sqlite_engine, one) if row.seq == 1)
    assert (found.state, found.tries) == ("given-up", 10)
    assert row_of(sqlite_engine, one).state != "off"


def test_410_switches_off_at_once(engine: Engine, receiver: Receiver) -> None:
    one = ready(engine, receiver, "in_force")
    receiver.behaviour = answering("410 Gone")
    worker = postman(engine)
    worker.drain()
    happen(engine, "in_force")
    worker.drain()
    row = row_of(engine, one)
    assert (row.state, row.off_reason, row.cursor) == ("off", "gone", 1)
    assert states(engine, one) == ["given-up"]
    assert len(receiver.got) == 1


def test_switched_on_again_it_goes_on_where_it_stopped(
    engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(engine, receiver, "in_force")
    receiver.behaviour = answering("500 Oops")
    worker = postman(engine)
    worker.drain()
    with writing(engine) as session:
        webhook.switch_off(session, webhook.find(session, "ms", one), "by-hand", by="ada")
    happen(engine, "in_force", times=2)
    traveller.shift(timedelta(days=9))
    assert worker.drain() == 0
    receiver.behaviour = answer
    with writing(engine) as session:
        delivery.switch_on(session, webhook.find(session, "ms", one), by="ada")
    assert worker.drain() == 3
    assert states(engine, one) == ["delivered"] * 3


def test_a_closed_member_is_sent_nothing(sqlite_engine: Engine, receiver: Receiver) -> None:
    ready(sqlite_engine, receiver, "in_force")
    fill(sqlite_engine)
    with writing(sqlite_engine) as session:
        member.close(session, "ms", by="ada")
    happen(sqlite_engine, "in_force")
    assert postman(sqlite_engine).drain() == 0


@pytest.mark.parametrize(
    ("status", "minutes"), [("429 Slow", 1), ("502 Bad", 1), ("504 Late", 1), ("500 Oops", 0)]
)
def test_an_endpoint_that_is_overloaded_is_left_alone(
    sqlite_engine: Engine,
    receiver: Receiver,
    traveller: time_machine.Traveller,
    status: str,
    minutes: int,
) -> None:
    ready(sqlite_engine, receiver, "in_force")
    receiver.behaviour = answering(status)
    worker = postman(sqlite_engine)
    worker.drain()
    happen(sqlite_engine, "in_force")
    traveller.shift(timedelta(seconds=59))
    assert worker.drain() == (0 if minutes else 2)
    happen(sqlite_engine, "withdrawn")
    assert worker.drain() == 1, "a withdrawal does not wait for others"


def test_retry_after_is_honoured(
    sqlite_engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")
    receiver.behaviour = answering("503 Busy", "Retry-After: Mon, 23 Nov 2026 13:00:00 GMT")
    worker = postman(sqlite_engine)
    worker.drain()
    assert deliveries(sqlite_engine, one)[0].due_at == NOW + timedelta(hours=4)
    happen(sqlite_engine, "withdrawn")
    worker.drain()
    urgent = deliveries(sqlite_engine, one)[1]
    assert urgent.due_at == NOW + timedelta(hours=1), "of a withdrawal, for an hour"
    traveller.shift(timedelta(hours=3, minutes=59))
    receiver.behaviour = answer
    assert worker.drain() == 1
    traveller.shift(timedelta(minutes=1))
    assert worker.drain() == 1


# Leases


def test_two_workers_at_once_send_nothing_twice(engine: Engine, receiver: Receiver) -> None:
    enter(engine)
    hooks = [hook(engine, receiver.url) for _ in range(5)]
    happen(engine, "in_force", times=20)
    start = Barrier(4)

    def work() -> None:
        worker = postman(engine)
        start.wait()
        # One that finds another at work has nothing to do, and looks again.
        while any(one.ended_at is None for row in hooks for one in deliveries(engine, row)) or any(
            row_of(engine, row).cursor < 20 for row in hooks
        ):
            worker.drain()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receiver.ids) == len(set(receiver.ids)) == 100
    assert {row.number for one in hooks for row in attempts(engine, one)} == {1}


def test_who_takes_at_the_same_time_takes_different_ones(
    engine: Engine, receiver: Receiver
) -> None:
    enter(engine)
    for _ in range(6):
        hook(engine, receiver.url)
    happen(engine, "in_force", times=4)
    fill(engine)
    start, taken = Barrier(4), []

    def work() -> None:
        start.wait()
        for _ in range(6):
            taken.extend(take(engine, 3))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.extend(take(engine))
    names = [(one.webhook, one.seq) for one in taken]
    assert len(names) == len(set(names)) == 6 * IN_FLIGHT_MAX
    assert take(engine) == [], "no more than that at one endpoint"


def test_a_lease_that_is_out_is_anybodys_and_its_worker_changes_nothing_any_more(
    engine: Engine, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    one = ready(engine, receiver, "in_force")
    fill(engine)
    (lost,) = take(engine)
    (begun,) = attempts(engine, one)
    assert (begun.at, begun.duration_ms) == (NOW, None), "on record before it is made"
    traveller.shift(LEASE - timedelta(seconds=1))
    assert take(engine) == []
    traveller.shift(timedelta(seconds=1))
    (again,) = take(engine)
    assert (again.number, again.message) == (2, lost.message)
    end(engine, lost, Outcome(9, 500))
    assert states(engine, one) == ["leased"]
    end(engine, again, OK)
    assert states(engine, one) == ["delivered"]
    assert [row.status for row in attempts(engine, one)] == [500, 204]


def test_a_worker_that_died_while_filling_has_moved_nothing(
    engine: Engine, receiver: Receiver
) -> None:
    one = ready(engine, receiver, "in_force", "notice")
    with suppress(ZeroDivisionError), queueing(engine) as session:
        lease.fill(session, one)
        raise ZeroDivisionError
    assert deliveries(engine, one) == []
    for _ in range(2):
        fill(engine)
        with queueing(engine) as session:
            lease.fill(session, one)
            lease.fill(session, "no-such")
    assert [row.seq for row in deliveries(engine, one)] == [1, 2]


def test_the_feed_is_filled_in_steps(
    sqlite_engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "FILL_MAX", 3)
    one = ready(sqlite_engine, receiver)
    happen(sqlite_engine, "in_force", times=7)
    assert postman(sqlite_engine).drain() == 7
    assert states(sqlite_engine, one) == ["delivered"] * 7


def test_failing_endpoints_get_one_attempt_at_a_time_and_half_of_the_places(
    sqlite_engine: Engine, receiver: Receiver
) -> None:
    enter(sqlite_engine)
    hooks = [hook(sqlite_engine, receiver.url) for _ in range(4)]
    with writing(sqlite_engine) as session:
        for one in hooks[:3]:
            webhook.find(session, "ms", one).failures = webhook.FAILING_AFTER
    happen(sqlite_engine, "in_force", times=5)
    fill(sqlite_engine)
    taken = take(sqlite_engine, 9, 2)
    assert [one.failing for one in taken] == [False] * IN_FLIGHT_MAX + [True, True]
    assert len({one.webhook for one in taken}) == 3
    assert take(sqlite_engine, 9, 0) == []


def test_an_endpoint_that_hangs_holds_up_no_other(sqlite_engine: Engine) -> None:
    with receiving() as slow, receiving() as quick:
        let_go = Event()
        slow.behaviour = waiting_for(let_go)
        enter(sqlite_engine)
        hook(sqlite_engine, slow.url)
        other = hook(sqlite_engine, quick.url)
        happen(sqlite_engine, "in_force", times=12)
        worker = postman(sqlite_engine)
        thread = Thread(target=worker.drain)
        thread.start()
        while states(sqlite_engine, other) != ["delivered"] * 12:
            pass
        assert len(slow.got) <= IN_FLIGHT_MAX
        let_go.set()
        thread.join()
        assert len(set(slow.ids)) == 12


def test_one_that_is_removed_while_it_is_sent_to_is_forgotten(
    engine: Engine, receiver: Receiver
) -> None:
    one = ready(engine, receiver, "in_force")
    fill(engine)
    (leased,) = take(engine)
    with writing(engine) as session:
        delivery.remove(session, webhook.find(session, "ms", one), by="ada")
    end(engine, leased, OK)
    assert deliveries(engine, one) == []


def test_what_is_replayed_while_it_is_sent_is_sent_again(
    engine: Engine, receiver: Receiver
) -> None:
    one = ready(engine, receiver, "in_force")
    fill(engine)
    (leased,) = take(engine)
    with writing(engine) as session:
        assert delivery.replay(session, webhook.find(session, "ms", one), 0, 1) == 1
    end(engine, leased, OK)
    assert states(engine, one) == ["waiting"]
    assert postman(engine).drain() == 1
    assert states(engine, one) == ["delivered"]


# By hand


def test_a_ping_is_a_delivery_with_a_number_of_its_own(engine: Engine, receiver: Receiver) -> None:
    one = ready(engine, receiver)
    with writing(engine) as session:
        row = webhook.find(session, "ms", one)
        assert [delivery.ping(session, row).seq for _ in range(delivery.PINGS_MAX)][:2] == [-1, -2]
        with pytest.raises(LimitReached):
            delivery.ping(session, row)
    postman(engine).drain()
    assert json.loads(receiver.got[0].body) == {
        "type": "ping",
        "timestamp": "2026-11-23T09:00:00Z",
        "data": {},
    }
    assert f"ping_{one}_1" in receiver.ids
    with writing(engine) as session:
        assert delivery.ping(session, webhook.find(session, "ms", one)).seq == -6


def test_a_replay_tells_again_what_was_and_what_was_before(
    engine: Engine, receiver: Receiver
) -> None:
    enter(engine)
    happen(engine, "in_force", "notice", "in_force")
    one = hook(engine, receiver.url, types=("in_force",))
    happen(engine, "in_force", "withdrawn")
    worker = postman(engine)
    assert worker.drain() == 2
    happen(engine, "in_force")
    with writing(engine) as session:
        row = webhook.find(session, "ms", one)
        assert delivery.replay(session, row, 1, 999) == 3, "3 and 4, and 5; 6 is to come anyway"
        for after, to in ((-1, 2), (2, 2), (0, delivery.REPLAY_MAX + 1)):
            with pytest.raises(BadInput):
                delivery.replay(session, row, after, to)
    assert worker.drain() == 4
    assert sorted(receiver.ids) == sorted(f"msg_{one}_{seq}" for seq in (3, 4, 4, 5, 5, 6))
    assert [(row.seq, row.number) for row in attempts(engine, one)] == [
        *((3, 1), (4, 1), (4, 2), (5, 1), (5, 2), (6, 1)),
    ]


def test_deliveries_are_listed_the_newest_first(sqlite_engine: Engine, receiver: Receiver) -> None:
    one = ready(sqlite_engine, receiver, "in_force", "in_force", "in_force")
    postman(sqlite_engine).drain()
    happen(sqlite_engine, "notice")
    fill(sqlite_engine)
    with reading(sqlite_engine) as session:
        row = webhook.find(session, "ms", one)

        def seqs(before: int | None, state: str, limit: int) -> tuple[list[int], bool]:
            found, more = delivery.listed(session, row, before=before, state=state, limit=limit)
            return [one.seq for one in found], more

        assert seqs(None, "", 2) == ([4, 3], True)
        assert seqs(3, "", 2) == ([2, 1], False)
        assert seqs(None, "waiting", 9) == ([4], False)
        assert delivery.waiting(session, "ms") == {one: 1}
        assert [
            row.number for row in delivery.attempts(session, delivery.find(session, row, 1))
        ] == [1]
        with pytest.raises(DeliveryNotFound):
            delivery.find(session, row, 5)


def test_what_is_over_is_kept_for_90_days(
    engine: Engine,
    receiver: Receiver,
    traveller: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "PRUNED_AT_ONCE", 2)
    one = ready(engine, receiver, "in_force", "in_force", "in_force")
    worker = postman(engine)
    worker.drain()
    traveller.shift(timedelta(days=90))
    happen(engine, "in_force")
    worker.drain()
    assert len(deliveries(engine, one)) == 4
    traveller.shift(timedelta(seconds=1))
    worker.drain()
    assert len(deliveries(engine, one)) == 4, "it looks once an hour"
    traveller.shift(timedelta(hours=1))
    worker.drain()
    assert [row.seq for row in deliveries(engine, one)] == [4]
    assert [row.seq for row in attempts(engine, one)] == [4]


# Going on whatever happens


def run_until(worker: postmen.Postman, tidings: Event, holds: Callable[[], bool]) -> None:
    stop = Event()
    thread = Thread(target=worker.run, args=(stop,))
    thread.start()
    while not holds():
        tidings.set()
    stop.set()
    tidings.set()
    thread.join()


def test_a_worker_goes_on_where_a_round_failed(
    sqlite_engine: Engine,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")
    failures = iter((HubIsBusy(), RuntimeError()))
    whole = lease.take

    def busy_at_first(*told: object) -> list[Lease]:
        for failure in failures:
            raise failure
        return whole(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(lease, "take", busy_at_first)
    tidings = Event()
    worker = postmen.Postman(sqlite_engine, Sender("any"), Path("none"), tidings=tidings)
    with caplog.at_level(logging.ERROR):
        run_until(worker, tidings, lambda: states(sqlite_engine, one) == ["delivered"])
    busy, unforeseen = caplog.records
    assert busy.getMessage().startswith("Webhooks could not be sent: Another change")
    assert not busy.exc_info
    assert unforeseen.getMessage() == "Webhooks could not be sent: RuntimeError"
    assert unforeseen.exc_info


def test_an_attempt_that_could_not_be_noted_is_made_again(
    sqlite_engine: Engine,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    traveller: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")

    def busy(*_: object, **__: object) -> None:
        raise HubIsBusy

    worker = postman(sqlite_engine)
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(lease, "end", busy)
        assert worker.drain() == 1
    assert "is repeated" in caplog.text
    traveller.shift(LEASE)
    assert worker.drain() == 1
    assert receiver.ids == [f"msg_{one}_1"] * 2


def test_no_more_at_once_than_there_are_places(
    sqlite_engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postmen, "SLOTS", 1)
    one = ready(sqlite_engine, receiver, "in_force", "in_force")
    worker = postman(sqlite_engine)
    let_go = Event()
    receiver.behaviour = waiting_for(let_go)
    assert worker.go_round() == 1
    assert worker.go_round() == 0
    let_go.set()
    worker.drain()
    assert states(sqlite_engine, one) == ["delivered"] * 2


def test_a_round_that_passes_over_what_is_being_noted_is_not_the_last(
    postgres_engine: Engine, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the second is noted its webhook is locked, and afterwards nobody looks but itself."""
    one = ready(postgres_engine, receiver, "in_force", "in_force", "in_force")
    worker = postman(postgres_engine)
    noting, passed_over = Event(), Event()
    ends, takes = count(1), count(1)

    def end_slowly(*told: Any, **by: Any) -> None:
        real_end(*told, **by)
        if next(ends) == 2:
            noting.set()
            passed_over.wait()

    def take_meanwhile(*asked: Any) -> list[Lease]:
        if next(takes) != 2:
            return real_take(*asked)
        noting.wait()
        leases = real_take(*asked)
        passed_over.set()
        worker._wait_for(lambda: not worker._under_way)
        return leases

    real_end, real_take = lease.end, lease.take
    monkeypatch.setattr(lease, "end", end_slowly)
    monkeypatch.setattr(lease, "take", take_meanwhile)
    assert worker.drain() == 3
    assert states(postgres_engine, one) == ["delivered"] * 3


def test_a_key_that_cannot_be_used_stops_sending_and_loses_nothing(
    sqlite_engine: Engine, receiver: Receiver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = ready(sqlite_engine, receiver, "in_force")
    key_file = tmp_path / "webhook.key"
    key_file.write_text("rubbish")
    key_file.chmod(0o600)
    tidings = Event()
    worker = postmen.Postman(sqlite_engine, Sender("any"), key_file, tidings=tidings)
    with caplog.at_level(logging.ERROR):
        run_until(worker, tidings, lambda: "holds none" in caplog.text)
    assert receiver.got == []
    assert clock.now() == NOW
    key_file.unlink()
    assert postman(sqlite_engine).drain() == 1
    with reading(sqlite_engine) as session:
        assert session.get_one(Delivery, (one, 1)).state == State.DELIVERED
