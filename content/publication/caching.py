"""How long answers may be kept: the values of `Cache-Control` (RFC 9111, 5.2; RFC 8246)."""

#: What is in force: a minute in caches, a day where the hub cannot be reached.
IN_FORCE = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400"
#: Bytes under their digest. A withdrawn text must die out of private caches within a day.
IMMUTABLE_DAY = "public, max-age=86400, immutable"
#: Bytes that never go away.
IMMUTABLE_YEAR = "public, max-age=31536000, immutable"
#: What is signed for an hour: never past that hour for long.
MINUTE = "public, max-age=60, stale-if-error=86400"
#: A checkpoint grows old with the next row; a few seconds in caches spare the hub a crowd.
FEW_SECONDS = "public, max-age=5"
#: What only somebody signed in may see, and what holds for this moment alone.
NO_STORE = "no-store"
#: Shared caches that can be told to forget may keep a document for a year.
SHARED_YEAR = {"CDN-Cache-Control": "max-age=31536000"}

#: From this status on an answer holds for a moment: a text that is refused may pass again.
NOT_NOW = 500


def of_stored(status: int) -> str:
    """How long a stored answer may be kept."""
    return IN_FORCE if status < NOT_NOW else NO_STORE
