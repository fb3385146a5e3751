"""Documents by digest, as the bytes that are signed, for whoever works on them."""

from fastapi import Response
from sqlmodel import col, select

from api.conditional import NO_STORE
from api.delivery.proof import Digest
from api.dependencies import CurrentActor, Reading
from api.editing import routes
from content.errors import DocumentNotFound
from content.publication.answer import JSON_TYPE
from content.records import document as documents
from content.records.access import may_read, must_read
from content.records.version import Version

router = routes.below("/documents")


@router.get("/{sha256}", response_model=documents.Document)
def read_document_to_sign(actor: CurrentActor, session: Reading, sha256: Digest) -> Response:
    """Read a document that you work on.

    The bytes of a document that the person may read a version of; hash them, and trust that.
    """
    versions = session.exec(select(Version).where(col(Version.document) == sha256)).all()
    if not versions:
        raise DocumentNotFound(sha256=sha256)
    if not any(may_read(actor, version) for version in versions):
        must_read(actor, versions[0])
    body = documents.load_bytes(session, sha256)
    return Response(body, media_type=JSON_TYPE, headers={"Cache-Control": NO_STORE})
