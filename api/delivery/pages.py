"""Whole pages as member sites read them."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from api.answers.sections import PageEnvelope
from api.delivery import stored
from api.delivery.sections import Fallback, Slug, Tag
from api.dependencies import CurrentHub, Reading
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.errors import NotFound, SectionNotFound, TranslationNotFound
from content.publication import listing
from content.translation import locale as locales

router = APIRouter(
    prefix="/v1/pages", tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired
)


@router.get("/{slug}/{locale}", response_model=PageEnvelope)
def read_page(
    request: Request,
    hub: CurrentHub,
    session: Reading,
    slug: Slug,
    locale: Tag,
    fallback: Fallback = "",
) -> Response:
    """Read a whole page in one language.

    The root's section with all below it, nested in order.
    """
    tag = locales.read_tag(locale)
    other = locales.read_tag(fallback) if fallback else ""
    found = stored.look_up(hub, f"/v1/pages/{slug}", tag, other)
    if found is None:
        raise not_there(session, slug, tag)
    return stored.answer(request, hub, found, requested_locale=tag)


def not_there(session: Session, slug: str, locale: str, form: str = "") -> NotFound:
    """The languages that the page is in force in, if there are any."""
    there = listing.available(session, "page", slug, form)
    if not there:
        return SectionNotFound(f"There is no page `{slug}` in force.", page=slug)
    return TranslationNotFound(page=slug, locale=locale, available=there)
