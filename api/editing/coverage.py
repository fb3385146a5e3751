"""Coverage: how far each page is in each locale."""

from typing import Annotated

from fastapi import Query, Response

from api.answers.translations import Coverage
from api.dependencies import CurrentActor, CurrentHub, Reading
from api.editing import routes
from api.editing.answers import private
from api.editing.files import base_of
from content.people.role import Permission
from content.records import section as sections
from content.records import tree
from content.translation import coverage
from content.translation import locale as locales

router = routes.at("/v1/coverage")


@router.get("", response_model=Coverage)
def read_coverage(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Reading,
    page: Annotated[str, Query(max_length=80, description="This page only")] = "",
    locale: Annotated[str, Query(max_length=35, description="This locale only")] = "",
) -> Response:
    """See how far each page is in each locale.

    Of the locales that this person may read: what is done, stale, wrong.
    """
    tags = (locales.read_tag(locale),) if locale else hub.settings.locale_tags
    mine = [tag for tag in tags if actor.may(Permission.READ_DRAFTS, tag)]
    if not mine:
        actor.must(Permission.READ_DRAFTS, tags[0])
    pages = [page] if page else tree.roots(tree.working_children(session))
    cells = []
    for slug in pages:
        source = sections.find(session, slug).source_locale
        cells += [
            coverage.of_page(session, slug, tag, base_of(hub, tag) or source).told()
            for tag in mine
            if tag != source
        ]
    return private({"coverage": cells})
