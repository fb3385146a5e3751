"""Attempts to sign in, counted in this process by address: whoever fails often waits."""

from collections import OrderedDict, deque
from threading import Lock

from content import clock
from content.errors import TooManyAttempts

#: So many may fail from one address within MINUTES.
FAILED_MAX = 10
MINUTES = 10
#: So many ceremonies may begin at one address within MINUTES; each is a row until it is old.
BEGUN_MAX = 300
#: Addresses that are remembered; beyond, the one that failed longest ago is forgotten.
ADDRESSES_MAX = 10_000


class Attempts:
    """When each address made attempts that count. Bounded; gone with the process."""

    def __init__(self, most: int = FAILED_MAX) -> None:
        self._most = most
        self._lock = Lock()
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def may_try(self, address: str) -> None:
        """Raises TooManyAttempts."""
        since = clock.seconds() - MINUTES * 60
        with self._lock:
            failed = self._failed.get(address, ())
            if sum(at > since for at in failed) >= self._most:
                raise TooManyAttempts

    def failed(self, address: str) -> None:
        with self._lock:
            times = self._failed.setdefault(address, deque(maxlen=self._most))
            times.append(clock.seconds())
            self._failed.move_to_end(address)
            while len(self._failed) > ADDRESSES_MAX:
                self._failed.popitem(last=False)
