"""A worker: takes deliveries out of the queue and sends them, several at a time.

Any number of processes may have one. No transaction is open while something is sent.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Condition, Event, Thread

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from content import clock
from content.database import queueing, reading, writing
from content.errors import ContentError
from content.settings import Settings
from content.syndication import delivery, lease, webhook_key, webhook_secret
from content.syndication.lease import Lease
from content.syndication.sending import Sender

#: Attempts of one worker at a time, and how many of them may be at failing endpoints.
SLOTS = 16
FAILING_SLOTS = 8
#: Between two looks into the queue, where nothing tells of something new.
SECONDS_BETWEEN = 1.0
#: What attempts that are being made get, when the worker has to end; others repeat them later.
SECONDS_TO_END = 5.0
#: Between two rounds of pruning.
PRUNE_EVERY = timedelta(hours=1)
#: Who switches a webhook off, for the ledger.
ACTOR = "hub"

log = logging.getLogger(__name__)


class Postman:
    """One worker. `run` until told to stop, or `drain` once."""

    def __init__(
        self,
        engine: Engine,
        sender: Sender,
        key_file: Path,
        *,
        tidings: Event | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._engine = engine
        self._sender = sender
        self._key_file = key_file
        #: Set where something new may be due.
        self._tidings = tidings or Event()
        self._jitter = jitter
        self._under_way: list[Lease] = []
        self._changed = Condition()
        self._pruned_at: datetime | None = None

    def run(self, stop: Event) -> None:
        """Go round until told to stop (`stop`, then `tidings`, are set)."""
        while not stop.is_set():
            try:
                self.go_round()
            except Exception as error:
                # Nothing is lost by it, and the next round may succeed. A worker that ended here
                # would end in silence, so what nobody thought of is told with where it was.
                unforeseen = not isinstance(error, ContentError | SQLAlchemyError)
                log.error("Webhooks could not be sent: %s", _words(error), exc_info=unforeseen)
            self._tidings.wait(SECONDS_BETWEEN)
            self._tidings.clear()
        self._wait_for(lambda: not self._under_way, SECONDS_TO_END)

    def drain(self) -> int:
        """Send until nothing is due or being sent; how many attempts were made."""
        count = 0
        while True:
            # What is under way holds places, and its webhook while it is noted: a round beside it
            # may find nothing and leave something. Only one that was alone has seen everything.
            alone = not self._under_way
            begun = self.go_round()
            count += begun
            if alone and not begun:
                return count
            before = len(self._under_way)
            self._wait_for(lambda before=before: len(self._under_way) < max(before, 1))  # type: ignore[misc]

    def go_round(self) -> int:
        """Fill the queue, and begin as many attempts as there is place for; how many."""
        key = webhook_key.load_if_there(self._key_file)
        with reading(self._engine) as session:
            behind = lease.behind(session)
        for webhook in behind:
            with queueing(self._engine) as session:
                lease.fill(session, webhook)
        self._prune()
        leases = self._take()
        for one in leases:
            # None of them outlives the process: what it did not end is sent again by another.
            Thread(target=self._deliver, args=(one, key), daemon=True).start()
        return len(leases)

    def _take(self) -> list[Lease]:
        with self._changed:
            free = SLOTS - len(self._under_way)
            failing = FAILING_SLOTS - sum(one.failing for one in self._under_way)
        with reading(self._engine) as session:
            if free <= 0 or not lease.anything_due(session):
                return []
        with queueing(self._engine) as session:
            leases = lease.take(session, free, failing)
        with self._changed:
            self._under_way += leases
        return leases

    def _deliver(self, one: Lease, key: Ed25519PrivateKey | None) -> None:
        try:
            self._send(one, key)
        except (ContentError, SQLAlchemyError) as error:
            log.error("An attempt could not be noted and is repeated: %s", _words(error))
        finally:
            with self._changed:
                self._under_way.remove(one)
                self._changed.notify_all()
            self._tidings.set()

    def _send(self, one: Lease, key: Ed25519PrivateKey | None) -> None:
        told = webhook_secret.headers(one.message, clock.now(), one.body, one.secrets, key)
        outcome = self._sender.send(one.url, told, one.body)
        noting = writing if one.may_end_it(outcome) else queueing
        with noting(self._engine) as session:
            lease.end(session, one, outcome, self._jitter, by=ACTOR)

    def _prune(self) -> None:
        now = clock.now()
        if self._pruned_at is not None and now - self._pruned_at < PRUNE_EVERY:
            return
        self._pruned_at = now
        with reading(self._engine) as session:
            if not delivery.anything_to_prune(session):
                return
        pruned = delivery.PRUNED_AT_ONCE
        while pruned == delivery.PRUNED_AT_ONCE:
            with writing(self._engine) as session:
                pruned = delivery.prune(session)

    def _wait_for(self, holds: Callable[[], bool], seconds: float | None = None) -> None:
        with self._changed:
            self._changed.wait_for(holds, seconds)


def at_work(engine: Engine, settings: Settings, tidings: Event | None = None) -> Postman:
    """A worker as the settings have it."""
    sender = Sender(settings.webhook_targets)
    return Postman(engine, sender, settings.webhook_key, tidings=tidings)


def _words(error: Exception) -> str:
    return error.message if isinstance(error, ContentError) else type(error).__name__
