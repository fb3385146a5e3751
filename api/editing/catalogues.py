"""Catalogues out and back: a page's messages in one locale, as translators' tools read them."""

from typing import Annotated

from fastapi import Path, Query, Request, Response

from api.conditional import PRIVATE, respond
from api.dependencies import CurrentActor, CurrentHub, Reading, SentFile, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.named import Tag
from content.database import writing
from content.errors import LocaleUnknown
from content.people.actor import Actor
from content.people.role import Permission
from content.records import section as sections
from content.settings import Settings
from content.translation import catalogue, report_text, snapshot, upload
from content.translation import locale as locales
from content.translation.catalogue import Only
from content.translation.report import Report

router = routes.at("/v1/catalogues")

PO_TYPE = "text/x-gettext-translation; charset=UTF-8"
TEXT_TYPE = "text/plain; charset=UTF-8"
Page = Annotated[str, Path(max_length=80, examples=["stem-cell-therapy"])]
DryRun = Annotated[bool, Query(description="Report, and change nothing")]
Summary = Annotated[
    str, Query(max_length=1_000, description="What changed, for the drafts that this begins")
]


@router.get("/{page}/{locale}.po")
def get_catalogue(
    request: Request,
    actor: CurrentActor,
    hub: CurrentHub,
    session: Reading,
    page: Page,
    locale: Tag,
    only: Annotated[Only, Query(description="`todo` leaves out what is done")] = "all",
) -> Response:
    """The .po file of a page: what stands now, with what a translator needs to know beside it."""
    tag = _readable(actor, hub.settings, locale)
    sections.find(session, page)
    export = catalogue.write(session, page, tag, only)
    if not snapshot.is_kept(session, export.snapshot):
        # What goes out is put on record, so that it can be compared when it comes back.
        with writing(hub.engine) as recording:
            snapshot.keep(recording, page, tag, export.snapshot)
    return _file(request, export.text, f"{page}.{tag}.po")


@router.get("/{page}/{locale}.pot")
def get_template(
    request: Request,
    actor: CurrentActor,
    session: Reading,
    page: Page,
    locale: Tag,
) -> Response:
    """The template of a page: every message, no translation, the same for every locale."""
    actor.must(Permission.READ_DRAFTS, locales.read_tag(locale))
    source = sections.find(session, page).source_locale
    return _file(request, catalogue.write_template(session, page, source), f"{page}.pot")


#: The two forms of the body, for openapi.json.
SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "text/x-gettext-translation": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
        },
    }
}


@router.put("/{page}/{locale}.po", openapi_extra=SENT)
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
    """Take a catalogue back: each entry is in one class of the report, and no words are lost.

    The file is the body, or the one file of a form. `X-Hub-Snapshot` in its header is what
    If-Match is elsewhere. With `Accept: text/plain` the report is a table.
    """
    tag = _known(hub.settings, locale)
    sections.find(session, page)
    report = upload.take(session, actor, page, tag, body, summary=summary)
    if dry_run:
        session.rollback()
    return _report(request, report, dry_run=dry_run)


def _readable(actor: Actor, settings: Settings, locale: str) -> str:
    actor.must(Permission.READ_DRAFTS, locales.read_tag(locale))
    return _known(settings, locale)


def _known(settings: Settings, locale: str) -> str:
    tag = locales.read_tag(locale)
    if tag not in settings.locale_tags:
        raise LocaleUnknown(locale=tag, locales=list(settings.locale_tags))
    return tag


def _file(request: Request, text: str, name: str) -> Response:
    headers = {
        "Content-Type": PO_TYPE,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return respond(request, text.encode(), cache=PRIVATE, headers=headers)


def _report(request: Request, report: Report, *, dry_run: bool) -> Response:
    if wants_text(request):
        note = "Dry run: nothing was written.\n" if dry_run else ""
        return Response(
            report_text.table(report) + note,
            media_type=TEXT_TYPE,
            headers={"Cache-Control": PRIVATE},
        )
    location = "" if dry_run else f"/v1/uploads/{report.upload}"
    return private({"dry_run": dry_run} | report.told(), location=location)


def wants_text(request: Request) -> bool:
    """Whether a person at a terminal asks: `text/plain`, and not JSON."""
    accepted = request.headers.get("accept", "")
    return "text/plain" in accepted and "json" not in accepted
