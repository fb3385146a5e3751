"""Catalogues as files that go out: what they hold is put on record, and they are saved by name."""

from fastapi import Request, Response
from sqlmodel import Session

from api.conditional import NO_STORE, respond
from api.dependencies import Hub
from content.database import writing
from content.records import section as sections
from content.translation import catalogue, snapshot
from content.translation import locale as locales
from content.translation.catalogue import Export, Only
from content.translation.exchange.xliff import Version, write_xliff

XLIFF_TYPE = "application/xliff+xml"
PO_TYPE = "text/x-gettext-translation; charset=UTF-8"


def po(
    request: Request, hub: Hub, session: Session, page: str, tag: str, only: Only = "all"
) -> Response:
    """The catalogue of a page. Raises SectionNotFound."""
    sections.find(session, page)
    export = catalogue.write(session, page, tag, only, _base(hub, tag))
    _put_on_record(hub, session, export)
    return _file(request, export.text.encode(), f"{page}.{tag}.po", PO_TYPE)


def xliff(
    request: Request,
    hub: Hub,
    session: Session,
    page: str,
    tag: str,
    only: Only = "all",
    version: Version = "2.1",
) -> Response:
    """The same for tools that do not read .po files. Raises SectionNotFound."""
    source = _base(hub, tag) or sections.find(session, page).source_locale
    export = catalogue.write(session, page, tag, only, _base(hub, tag))
    body = write_xliff(
        page, tag, source, export.renderings, snapshot=export.snapshot_name, version=version
    )
    _put_on_record(hub, session, export)
    return _file(request, body, f"{page}.{tag}.xlf", XLIFF_TYPE)


def template(request: Request, session: Session, page: str) -> Response:
    """Every message of a page, no translation. Raises SectionNotFound."""
    text = catalogue.write_template(session, page, sections.find(session, page).source_locale)
    return _file(request, text.encode(), f"{page}.pot", PO_TYPE)


def _base(hub: Hub, tag: str) -> str | None:
    return locales.base(tag, hub.settings.locale_tags)


def _put_on_record(hub: Hub, session: Session, export: Export) -> None:
    """What goes out is kept by what it holds, so that it can be compared when it comes back."""
    if not snapshot.is_kept(session, export.snapshot):
        with writing(hub.engine) as recording:
            snapshot.keep(recording, export.page, export.locale, export.snapshot)


def _file(request: Request, body: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return respond(request, body, cache=NO_STORE, headers=headers)
