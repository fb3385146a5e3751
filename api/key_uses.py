"""Which members' keys were used: kept in memory, so that no reader waits for a write."""

from datetime import datetime
from threading import Lock

from content.syndication import member_key
from content.syndication.member_key import Bearer


class KeyUses:
    """When keys, by member and name, were last used, as far as it is not written down yet.

    There are no more than there are keys. What a process that is killed had here is lost: the time
    of a last use is exact to an hour, and no more is made of it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[tuple[str, str], datetime] = {}

    def saw(self, bearer: Bearer, at: datetime) -> None:
        if member_key.is_stale(bearer.last_used_at, at):
            with self._lock:
                self._seen[bearer.member, bearer.key] = at

    def take(self) -> dict[tuple[str, str], datetime]:
        """What there is to write down; nothing is left of it here."""
        with self._lock:
            taken, self._seen = self._seen, {}
        return taken
