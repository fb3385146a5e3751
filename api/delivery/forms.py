"""Sections and pages in other forms than JSON: `/fr.html`, `/fr.md`, `/fr.jsonld`, `/fr.txt`."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.answers.sections import LinkedText
from api.delivery import stored
from api.delivery.pages import not_there as no_such_page
from api.delivery.sections import Fallback, Slug, Tag
from api.delivery.sections import not_there as no_such_section
from api.dependencies import CurrentHub, Reading
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.errors import FormNotFound
from content.publication.forms import FORMS
from content.translation import locale as locales

#: What a form is answered with; the media type of the text is that of the form.
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The text",
        "content": {form.media_type.partition(";")[0]: {} for form in FORMS.values()}
        | {"application/ld+json": {"schema": LinkedText.model_json_schema()}},
    },
}

# Before `sections` and `pages`, which would take the point for a part of the locale.
router = APIRouter(
    prefix="/v1",
    tags=["delivery"],
    responses=RESPONSES | ANSWERS,
    route_class=KeyIfRequired,
)

Named = Annotated[
    str, Path(examples=["html"], json_schema_extra={"enum": list(FORMS)}, description="The form")
]


@router.get("/sections/{slug}/{locale}.{form}", response_class=Response)
def read_section_in_form(
    request: Request,
    hub: CurrentHub,
    session: Reading,
    slug: Slug,
    locale: Tag,
    form: Named,
    fallback: Fallback = "",
) -> Response:
    """Read one section as HTML, Markdown, JSON-LD or plain text.

    The HTML is a fragment, to be put into a page.
    """
    tag, other = _asked(locale, fallback, form)
    found = stored.look_up(hub, f"/v1/sections/{slug}", tag, other, form)
    if found is None:
        raise no_such_section(session, slug, tag, form)
    return stored.answer(request, hub, found, requested_locale=tag)


@router.get("/pages/{slug}/{locale}.{form}", response_class=Response)
def read_page_in_form(
    request: Request,
    hub: CurrentHub,
    session: Reading,
    slug: Slug,
    locale: Tag,
    form: Named,
    fallback: Fallback = "",
) -> Response:
    """Read a whole page as HTML, Markdown, JSON-LD or plain text.

    The HTML is a fragment, to be put into a page.
    """
    tag, other = _asked(locale, fallback, form)
    found = stored.look_up(hub, f"/v1/pages/{slug}", tag, other, form)
    if found is None:
        raise no_such_page(session, slug, tag, form)
    return stored.answer(request, hub, found, requested_locale=tag)


def _asked(locale: str, fallback: str, form: str) -> tuple[str, str]:
    """The locales to look for. Raises FormNotFound, LocaleMalformed."""
    if form not in FORMS:
        raise FormNotFound(forms=list(FORMS))
    return locales.read_tag(locale), locales.read_tag(fallback) if fallback else ""
