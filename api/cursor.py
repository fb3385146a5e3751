"""Cursors: where a list goes on. Opaque to clients; a mangled one is refused."""

from datetime import UTC, datetime

from content.b64u import b64u, read_b64u
from content.errors import BadInput


def write(*parts: str) -> str:
    return b64u("\0".join(parts).encode())


def read(text: str) -> tuple[str, str]:
    """The two parts of a cursor. Raises BadInput."""
    first, second = read_parts(text, 2)
    return first, second


def read_parts(text: str, count: int) -> tuple[str, ...]:
    """So many parts of a cursor. Raises BadInput."""
    try:
        parts = tuple(read_b64u(text).decode().split("\0"))
    except (BadInput, ValueError):
        parts = ()
    if len(parts) != count:
        raise BadInput("That cursor is not one of ours; begin without it.")
    return parts


def in_utc(time: datetime) -> datetime:
    """A time in UTC, whole seconds; one without a zone is taken as UTC. Raises BadInput."""
    try:
        aware = time if time.tzinfo else time.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise BadInput("That time is before the year 1 or after the year 9999 in UTC.") from None
