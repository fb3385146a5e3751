"""Links of a translation: where they lead in the source, and where here."""

from dataclasses import asdict
from typing import Any

from fastapi import Response
from pydantic import Field
from sqlmodel import Session

from api.answers.translations import LinksOfText
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.files import base_of, known_locale
from api.editing.named import Slug, Tag
from api.models import RequestModel
from content.people.role import Permission
from content.records.version import Version
from content.translation import linking, standing
from content.translation import locale as locales
from content.translation.standing import Standing

router = routes.below("/sections/{slug}/{locale}/links")


class LinkRequest(RequestModel):
    """Where one link of a text leads; null, or the source's target, takes it back."""

    unit: str = Field(max_length=80, description="The id of the unit that has the link")
    source: str = Field(max_length=2_000, description="Where it leads in the source")
    target: str | None = Field(description="Where it leads here")


@router.get("", response_model=LinksOfText)
def list_links(
    actor: CurrentActor, hub: CurrentHub, session: Reading, slug: Slug, locale: Tag
) -> Response:
    """List the links of a translation.

    Every link of the section's newest source text, and where the translation's leads.
    """
    tag = locales.read_tag(locale)
    actor.must(Permission.READ_DRAFTS, tag)
    tag = known_locale(hub, tag)
    now = standing.of_section(session, slug, tag, base=base_of(hub, tag))
    return _told(session, now, now.version)


@router.put("", response_model=LinksOfText)
def lead_link(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    slug: Slug,
    locale: Tag,
    body: LinkRequest,
) -> Response:
    """Let a link lead to a page in the reader's language.

    The words stay, and so does the source.

    It goes into the section's draft, which is begun where there is none.
    """
    tag = known_locale(hub, locale)
    actor.must(Permission.TRANSLATE, tag)
    base = base_of(hub, tag)
    now = standing.of_section(session, slug, tag, base=base)
    version = linking.lead(session, actor, now, body.unit, body.source, body.target)
    return _told(session, standing.of_section(session, slug, tag, base=base), version)


def _told(session: Session, now: Standing, version: Version | None) -> Response:
    told: dict[str, Any] = {
        "section": now.section,
        "locale": now.locale,
        "version": named.summary(version) if version else None,
        "links": [asdict(one) for one in linking.links_of(now)],
    }
    return private(told, etag=named.etag(session, version) if version else "")
