"""What a section is called: the titles of its documents, without reading them whole twice."""

import json
from collections.abc import Collection

from sqlmodel import Session, col, select

from content.records.document import StoredDocument
from content.records.kept import Kept

#: Titles at hand, by digest; a document never changes.
KEPT_MAX = 32_768
_titles: Kept[str] = Kept(KEPT_MAX)


def titles(session: Session, documents: Collection[str]) -> dict[str, str]:
    """Digest to title, of documents that there are. One query at most."""
    found = _titles.found(documents)
    missing = [digest for digest in documents if digest not in found]
    if missing:
        stored = select(StoredDocument.sha256, StoredDocument.body)
        for digest, body in session.exec(stored.where(col(StoredDocument.sha256).in_(missing))):
            found[digest] = json.loads(body)["title"]
            _titles.keep(digest, found[digest])
    return found
