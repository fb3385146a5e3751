"""Catalogues out and back: a page's messages in one locale, as translators' tools read them."""

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response

from api import catalogue_files
from api.answers.translations import UploadTaken
from api.conditional import NO_STORE
from api.dependencies import CurrentActor, CurrentHub, Hub, Reading, SentFile, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.files import DryRun, base_of, known_locale
from api.editing.named import Tag
from content.people.actor import Actor
from content.people.role import Permission
from content.records import section as sections
from content.translation import locale as locales
from content.translation import report_text, upload
from content.translation.catalogue import Only
from content.translation.exchange.xliff import Version
from content.translation.incoming import read_xliff_catalogue
from content.translation.report import Report

router = routes.at("/v1/catalogues")

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
    return catalogue_files.po(request, hub, session, page, _readable(actor, hub, locale), only)


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
    return catalogue_files.xliff(request, hub, session, page, tag, only, version)


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
    return catalogue_files.template(request, session, page)


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
