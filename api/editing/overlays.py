"""Regional variants: what a page inherits in one, and the touch that accepts it."""

from dataclasses import asdict
from typing import Any

from fastapi import Response

from api.answers.translations import Acceptance, Inherited
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import Slug, Tag
from content.people.role import Permission
from content.review import acceptance
from content.review.acceptance import Accepted
from content.translation import catalogue, overlay
from content.translation import locale as locales

router = routes.below("/overlays/{slug}/{locale}")


@router.get("", response_model=Inherited)
def read_inheritance(
    actor: CurrentActor, hub: CurrentHub, session: Reading, slug: Slug, locale: Tag
) -> Response:
    """See what a page inherits in a regional variant.

    Every message of the page: inherited, overridden or stale, and what the locale demands.
    """
    tag = locales.read_tag(locale)
    actor.must(Permission.READ_DRAFTS, tag)
    base = overlay.require_base(tag, hub.settings.locale_tags)
    found = catalogue.standings(session, slug, tag, base)
    told = {"page": slug, "locale": tag, "base": base}
    return private(told | {"messages": [asdict(row) for row in overlay.matrix(found)]})


@router.put("/acceptance", response_model=Acceptance)
def accept_inheritance(
    actor: CurrentActor, hub: CurrentHub, session: Writing, slug: Slug, locale: Tag
) -> Response:
    """Accept the base text of a page in a regional variant.

    Of every section that has a newer one; what is whole is submitted.
    """
    tag = locales.read_tag(locale)
    actor.must(Permission.TRANSLATE, tag)
    base = overlay.require_base(tag, hub.settings.locale_tags)
    accepted = acceptance.accept_page(session, actor, slug, tag, base, hub.policy(session))
    told = {"page": slug, "locale": tag, "base": base}
    return private(told | {"sections": [_told(one) for one in accepted]})


def _told(one: Accepted) -> dict[str, Any]:
    return {
        "section": one.section,
        "outcome": one.outcome,
        "stale": list(one.stale),
        "version": named.summary(one.version) if one.version else None,
    }
