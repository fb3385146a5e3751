"""What a text follows: a regional variant its base text, a translation its source.

`fr-CH` follows `fr`, and `fr` follows the text it was translated from. A chain is read from the
digests that versions name, so it cannot lead back to where it began; it is bounded all the same.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from content.records.version import Version

#: Texts above one: `es-AR`, `es-419`, `es` and the source are three. More is somebody's mistake.
LINKS_MAX = 4

#: Nearest first; whole where the last one is a source text.
Chain = tuple[Version, ...]


def chain(version: Version, by_document: Mapping[str, Version]) -> Chain:
    """What it follows, as far as it is known. A source text follows nothing."""
    found: list[Version] = []
    while version.source is not None and len(found) < LINKS_MAX:
        above = by_document.get(version.source)
        if above is None or above.section != version.section:
            break
        found.append(above)
        version = above
    return tuple(found)


def is_whole(version: Version, above: Chain) -> bool:
    """Whether the chain ends with a source text."""
    return not (above[-1] if above else version).is_translation


def by_document(session: Session, listed: Collection[Version]) -> dict[str, Version]:
    """Every version that these follow, by document, in one query for each link."""
    found: dict[str, Version] = {}
    level: Collection[Version] = listed
    for _ in range(LINKS_MAX):
        wanted = {one.source for one in level if one.source is not None} - found.keys()
        level = _of_documents(session, wanted) if wanted else ()
        found |= {one.document: one for one in level if one.document is not None}
    return found


def _of_documents(session: Session, documents: Collection[str]) -> Sequence[Version]:
    return session.exec(
        select(Version).where(col(Version.document).in_(documents)).order_by(col(Version.id))
    ).all()
