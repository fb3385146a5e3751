"""Sections and pages in other forms than JSON: `/fr.html`, `/fr.md`, `/fr.jsonld`, `/fr.txt`."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import Session

from api.answers.sections import LinkedText
from api.delivery import stored
from api.delivery.pages import not_there as no_such_page
from api.delivery.sections import Fallback, Slug, Tag
from api.delivery.sections import not_there as no_such_section
from api.dependencies import CurrentHub, Hub, Reading
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


#: What is said where it is not there.
NOT_THERE = {"sections": no_such_section, "pages": no_such_page}


@dataclass(frozen=True)
class Asked:
    """A section or a page in one form, as its address names it. Frozen."""

    kind: str
    slug: str
    locale: str
    form: str
    fallback: str


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
    return _in_form(request, hub, session, Asked("sections", slug, locale, form, fallback))


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
    return _in_form(request, hub, session, Asked("pages", slug, locale, form, fallback))


def _in_form(request: Request, hub: Hub, session: Session, asked: Asked) -> Response:
    """Raises FormNotFound, LocaleMalformed, SectionNotFound, TranslationNotFound."""
    if asked.form not in FORMS:
        raise FormNotFound(forms=list(FORMS))
    tag = locales.read_tag(asked.locale)
    other = locales.read_tag(asked.fallback) if asked.fallback else ""
    found = stored.look_up(hub, f"/v1/{asked.kind}/{asked.slug}", tag, other, asked.form)
    if found is None:
        raise NOT_THERE[asked.kind](session, asked.slug, tag, asked.form)
    return stored.answer(request, hub, found, requested_locale=tag)
