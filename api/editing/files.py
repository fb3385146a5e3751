"""Files in and out: a body that is taken as it is, and one that is saved under a name."""

from typing import Annotated

from fastapi import Body, Query, Response

from api.conditional import NO_STORE
from api.dependencies import Hub
from content.errors import LocaleUnknown
from content.translation import locale as locales

CSV = "text/csv; charset=utf-8"
XML = "application/xml"

CsvBody = Annotated[bytes, Body(media_type="text/csv", strict=True)]
XmlBody = Annotated[bytes, Body(media_type=XML, strict=True)]
DryRun = Annotated[bool, Query(description="Report, and change nothing")]


def known_locale(hub: Hub, locale: str) -> str:
    """The tag of a locale that this hub is set up for. Raises LocaleMalformed, LocaleUnknown."""
    tag = locales.read_tag(locale)
    if tag not in hub.settings.locale_tags:
        raise LocaleUnknown(locale=tag, locales=list(hub.settings.locale_tags))
    return tag


def base_of(hub: Hub, tag: str) -> str | None:
    """The locale that a regional variant inherits from; None for any other locale."""
    return locales.base(tag, hub.settings.locale_tags)


def saved_as(name: str, body: bytes, media_type: str) -> Response:
    """A file for somebody who is signed in: never kept in a cache, never opened as a page."""
    headers = {
        "Cache-Control": NO_STORE,
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=media_type, headers=headers)
