"""Lists, as far as files can have them: a file knows no query.

`/v1/sections` is the whole list at once, whatever page or filter is asked for. The feed would send
a reader that asks for what is new back to its beginning, so it has an address of its own,
`/v1/changes.json`: the newest events.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from content.publication import caching, demo, envelope, front_door, listing, release
from content.publication.answer import JSON_TYPE, as_json, etag
from content.publication.export.exported import Exported, of_value
from content.publication.release import FEED_MAX
from content.publication.representation import Representation

CHANGES = "/v1/changes.json"
LINKS = {
    name: CHANGES if name == "changes" else url
    for name, url in front_door.LINKS.items()
    if name not in ("openapi", "reference")
}


def lists(session: Session, locale_tags: Sequence[str]) -> Iterator[Exported]:
    is_demo = demo.is_demo(session)
    mark = envelope.demo_mark(is_demo, "en")
    yield of_value(
        "/v1", caching.IN_FORCE, lambda: front_door.told(session, locale_tags, links=LINKS)
    )
    yield of_value(
        "/v1/locales",
        caching.IN_FORCE,
        lambda: listing.locale_coverage(session, locale_tags),
        **({"Demo": "true"} if is_demo else {}),
    )
    told = {"Content-Type": JSON_TYPE, "Cache-Control": caching.IN_FORCE}
    yield Exported("/v1/sections", told, lambda: _sections(session, mark))
    yield of_value(CHANGES, caching.IN_FORCE, lambda: _newest(session) | mark)


def _sections(session: Session, mark: dict[str, Any]) -> bytes:
    """Joined from the bytes of each: as values they would take many times the memory."""
    listed = b",".join(as_json(one) for one in _summaries(session))
    rest = as_json({"more": False, **mark})
    return b'{"sections":[%b],%b' % (listed, rest[1:])


def _summaries(session: Session) -> Iterator[dict[str, Any]]:
    """By section and locale. What is left out because its bytes were changed is not listed."""
    places = select(Representation.path).where(col(Representation.kind) == "section")
    ordered = places.order_by(col(Representation.section), col(Representation.locale))
    for path in session.exec(ordered).all():
        row = session.exec(select(Representation).where(col(Representation.path) == path)).one()
        if etag(row.body) == row.etag:
            yield listing.summary(row)


def _newest(session: Session) -> dict[str, Any]:
    """The newest events. Whoever is further behind than `after` takes everything anew."""
    after = max(0, release.newest_seq(session) - FEED_MAX)
    events, following, _ = release.after(session, after)
    return {"after": after, "events": [release.told(one) for one in events], "next": following}
