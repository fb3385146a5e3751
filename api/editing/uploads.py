"""Uploads: what became of a catalogue that was sent, and taking it back."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from api.answers.translations import UploadInFull, UploadList, UploadUndone
from api.conditional import NO_STORE
from api.dependencies import CurrentActor, Reading, Writing
from api.editing import catalogues, named, routes
from api.editing.answers import private
from content import clock
from content.people.actor import Actor
from content.people.role import Permission
from content.review import retraction
from content.translation import locale as locales
from content.translation import report_text, upload
from content.translation.upload import Upload

router = routes.at("/v1/uploads")

Digest = Annotated[
    str,
    Path(
        min_length=64,
        max_length=64,
        pattern="^[0-9a-f]{64}$",
        description="SHA-256, in hexadecimal",
    ),
]


@router.get("", response_model=UploadList)
def list_uploads(
    actor: CurrentActor,
    session: Reading,
    page: Annotated[str, Query(max_length=80, description="This page only")],
    locale: Annotated[str, Query(max_length=35, description="This language only")],
) -> Response:
    """List the uploads of a page in a locale.

    The newest first.
    """
    tag = locales.read_tag(locale)
    actor.must(Permission.READ_DRAFTS, tag)
    return private({"uploads": [_told(one) for one in upload.listed(session, page, tag)]})


@router.get("/{sha256}", responses=catalogues.AS_TABLE, response_model=UploadInFull)
def read_upload(
    request: Request, actor: CurrentActor, session: Reading, sha256: Digest
) -> Response:
    """Read the report of an upload.

    As it was given. With `Accept: text/plain` it is a table.
    """
    found = _seen(actor, upload.find(session, sha256))
    report = upload.report_of(found)
    if catalogues.wants_text(request):
        return Response(
            report_text.table(report),
            media_type=catalogues.TEXT_TYPE,
            headers={"Cache-Control": NO_STORE},
        )
    return private(_told(found) | {"report": report.told()})


@router.get("/{sha256}/file")
def read_uploaded_file(actor: CurrentActor, session: Reading, sha256: Digest) -> Response:
    """Fetch an uploaded file, byte for byte as it was sent."""
    found = _seen(actor, upload.find(session, sha256))
    return Response(
        found.body,
        media_type="application/octet-stream",
        headers={
            "Cache-Control": NO_STORE,
            "Content-Disposition": f'attachment; filename="{sha256}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@router.delete("/{sha256}", response_model=UploadUndone)
def undo_upload(actor: CurrentActor, session: Writing, sha256: Digest) -> Response:
    """Take a whole upload back.

    409 where later work stands on it; `works` says which.

    A draft that it had begun, and that nobody else wrote into, is given up.
    """
    found = upload.find(session, sha256)
    given_up = retraction.take_back(session, actor, found)
    return private(_told(found) | {"abandoned": [named.summary(one) for one in given_up]})


def _seen(actor: Actor, found: Upload) -> Upload:
    actor.must(Permission.READ_DRAFTS, found.locale)
    return found


def _told(one: Upload) -> dict[str, Any]:
    return {
        "upload": one.sha256,
        "turn": one.turn,
        "page": one.page,
        "locale": one.locale,
        "snapshot": one.snapshot,
        "person": one.person,
        "at": clock.stamp(one.at),
        "undone_by": one.undone_by,
        "undone_at": clock.stamp(one.undone_at) if one.undone_at else None,
        "url": f"/v1/uploads/{one.sha256}",
    }
