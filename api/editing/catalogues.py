"""Catalogues out and back: a page's messages in one locale, as translators' tools read them."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from sqlmodel import Session

from api.answers.translations import UploadTaken
from api.conditional import NO_STORE, respond
from api.dependencies import CurrentActor, CurrentHub, Hub, Reading, SentFile, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.files import DryRun, base_of, known_locale
from api.editing.named import Tag
from content.database import writing
from content.people.actor import Actor
from content.people.role import Permission
from content.records import section as sections
from content.translation import catalogue, report_text, snapshot, upload
from content.translation import locale as locales
from content.translation.catalogue import Export, Only
from content.translation.exchange.xliff import Version, write_xliff
from content.translation.incoming import read_xliff_catalogue
from content.translation.report import Report

router = routes.at("/v1/catalogues")

XLIFF_TYPE = "application/xliff+xml"
PO_TYPE = "text/x-gettext-translation; charset=UTF-8"
TEXT_TYPE = "text/plain; charset=UTF-8"
Page = Annotated[str, Path(max_length=80, examples=["stem-cell-therapy"], description="The page")]
Summary = Annotated[
    str, Query(max_length=1_000, description="What changed, for the drafts that this begins")
]


def sent(media_type: str) -> dict[str, Any]:
    """The two forms of a body, for openapi.json."""
    file = {"type": "string", "format": "binary"}
    form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
    forms = {media_type: {"schema": file}, "multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": forms}}


@router.get("/{page}/{locale}.po")
def read_catalogue(
    request: Request,
    actor: CurrentActor,
    hub: CurrentHub,
    session: Reading,
    page: Page,
    locale: Tag,
    only: Annotated[Only, Query(description="`todo` leaves out what is done")] = "all",
) -> Response:
    """Fetch the catalogue of a page, to translate.

    The .po file: what stands now, with what a translator needs to know beside it.
    """
    tag = _readable(actor, hub, locale)
    sections.find(session, page)
    export = catalogue.write(session, page, tag, only, base_of(hub, tag))
    _put_on_record(hub, session, export)
    return _file(request, export.text.encode(), f"{page}.{tag}.po", PO_TYPE)


@router.get("/{page}/{locale}.xlf")
def read_xliff(
    request: Request,
    actor: CurrentActor,
    hub: CurrentHub,
    session: Reading,
    page: Page,
    locale: Tag,
    only: Annotated[Only, Query(description="`todo` leaves out what is done")] = "all",
    version: Annotated[Version, Query(description="Of XLIFF")] = "2.1",
) -> Response:
    """Fetch the catalogue of a page as XLIFF.

    For tools that do not read .po files.
    """
    tag = _readable(actor, hub, locale)
    source = base_of(hub, tag) or sections.find(session, page).source_locale
    export = catalogue.write(session, page, tag, only, base_of(hub, tag))
    body = write_xliff(
        page, tag, source, export.renderings, snapshot=export.snapshot_name, version=version
    )
    _put_on_record(hub, session, export)
    return _file(request, body, f"{page}.{tag}.xlf", XLIFF_TYPE)


@router.get("/{page}/{locale}.pot")
def read_template(
    request: Request,
    actor: CurrentActor,
    session: Reading,
    page: Page,
    locale: Tag,
) -> Response:
    """Fetch the template of a page.

    Every message, no translation, the same for every locale.
    """
    actor.must(Permission.READ_DRAFTS, locales.read_tag(locale))
    source = sections.find(session, page).source_locale
    text = catalogue.write_template(session, page, source)
    return _file(request, text.encode(), f"{page}.pot", PO_TYPE)


#: A report in the other form that can be asked for.
AS_TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": "updated  12\n"}}}
}


@router.put(
    "/{page}/{locale}.po",
    openapi_extra=sent("text/x-gettext-translation"),
    responses=AS_TABLE,
    response_model=UploadTaken,
)
def put_catalogue(
    request: Request,
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    page: Page,
    locale: Tag,
    body: SentFile,
    dry_run: DryRun = False,
    summary: Summary = "",
) -> Response:
    """Send a catalogue back.

    Each entry is in one class of the report, and no words are lost.

    The file is the body, or the one file of a form. `X-Hub-Snapshot` in its header is what
    If-Match is elsewhere. With `Accept: text/plain` the report is a table.
    """
    tag = known_locale(hub, locale)
    sections.find(session, page)
    report = upload.take(session, actor, page, tag, body, summary=summary, base=base_of(hub, tag))
    if dry_run:
        session.rollback()
    return _report(request, report, dry_run=dry_run)


@router.put(
    "/{page}/{locale}.xlf",
    openapi_extra=sent("application/xliff+xml"),
    responses=AS_TABLE,
    response_model=UploadTaken,
)
def put_xliff(
    request: Request,
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    page: Page,
    locale: Tag,
    body: SentFile,
    dry_run: DryRun = False,
    summary: Summary = "",
) -> Response:
    """Send an XLIFF file back.

    1.2 or 2.x, with the same merge and the same report as a catalogue.
    """
    tag = known_locale(hub, locale)
    sections.find(session, page)
    report = upload.take(
        session,
        actor,
        page,
        tag,
        body,
        summary=summary,
        base=base_of(hub, tag),
        read=read_xliff_catalogue,
    )
    if dry_run:
        session.rollback()
    return _report(request, report, dry_run=dry_run)


def _readable(actor: Actor, hub: Hub, locale: str) -> str:
    actor.must(Permission.READ_DRAFTS, locales.read_tag(locale))
    return known_locale(hub, locale)


def _put_on_record(hub: Hub, session: Session, export: Export) -> None:
    """What goes out is kept by what it holds, so that it can be compared when it comes back."""
    if not snapshot.is_kept(session, export.snapshot):
        with writing(hub.engine) as recording:
            snapshot.keep(recording, export.page, export.locale, export.snapshot)


def _file(request: Request, body: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return respond(request, body, cache=NO_STORE, headers=headers)


def _report(request: Request, report: Report, *, dry_run: bool) -> Response:
    if wants_text(request):
        note = "Dry run: nothing was written.\n" if dry_run else ""
        return Response(
            report_text.table(report) + note,
            media_type=TEXT_TYPE,
            headers={"Cache-Control": NO_STORE},
        )
    location = "" if dry_run else f"/v1/uploads/{report.upload}"
    return private({"dry_run": dry_run} | report.told(), location=location)


def wants_text(request: Request) -> bool:
    """Whether a person at a terminal asks: `text/plain`, and not JSON."""
    accepted = request.headers.get("accept", "")
    return "text/plain" in accepted and "json" not in accepted
