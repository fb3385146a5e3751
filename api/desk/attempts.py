"""Failed attempts to sign in, counted in this process: whoever fails often waits."""

from collections import OrderedDict, deque
from threading import Lock

from content import clock
from content.errors import TooManyAttempts

#: So many may fail from one address within MINUTES.
FAILED_MAX = 10
MINUTES = 10
#: Addresses that are remembered; beyond, the one that failed longest ago is forgotten.
ADDRESSES_MAX = 10_000


class Attempts:
    """When attempts from each address failed. Bounded; gone with the process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def may_try(self, address: str) -> None:
        """Raises TooManyAttempts."""
        since = clock.seconds() - MINUTES * 60
        with self._lock:
            failed = self._failed.get(address, ())
            if sum(at > since for at in failed) >= FAILED_MAX:
                raise TooManyAttempts

    def failed(self, address: str) -> None:
        with self._lock:
            times = self._failed.setdefault(address, deque(maxlen=FAILED_MAX))
            times.append(clock.seconds())
            self._failed.move_to_end(address)
            while len(self._failed) > ADDRESSES_MAX:
                self._failed.popitem(last=False)
