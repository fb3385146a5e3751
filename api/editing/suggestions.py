"""Suggestions: words that wait for a translator to take or dismiss them."""

from typing import Annotated, Any

from fastapi import Path, Query, Response

from api.answers.translations import SuggestionAnswer, SuggestionList
from api.answers.versions import VersionSummary
from api.dependencies import CurrentActor, Reading, Writing
from api.editing import named, routes
from api.editing.answers import private
from content import clock
from content.people.role import Permission
from content.records import tree
from content.translation import locale as locales
from content.translation import settling, suggestion
from content.translation.suggestion import Suggestion

router = routes.at("/v1/suggestions")

Key = Annotated[int, Path(ge=1, le=2**31 - 1, description="The suggestion")]


@router.get("", response_model=SuggestionList)
def list_suggestions(
    actor: CurrentActor,
    session: Reading,
    page: Annotated[str, Query(max_length=80, description="This page only")],
    locale: Annotated[str, Query(max_length=35, description="This language only")],
) -> Response:
    """List the suggestions for a page in a locale.

    What waits, the oldest first.
    """
    tag = locales.read_tag(locale)
    actor.must(Permission.READ_DRAFTS, tag)
    slugs = tree.page_sections(session, page)
    return private({"suggestions": [_told(one) for one in suggestion.opened(session, slugs, tag)]})


@router.put("/{key}/acceptance", response_model=VersionSummary)
def take_suggestion(actor: CurrentActor, session: Writing, key: Key) -> Response:
    """Take a suggestion into the draft.

    Made for another source text, they come in marked fuzzy.
    """
    version = settling.take(session, actor, suggestion.find(session, key))
    return private(named.summary(version), etag=named.etag(session, version))


@router.put("/{key}/dismissal", response_model=SuggestionAnswer)
def dismiss_suggestion(actor: CurrentActor, session: Writing, key: Key) -> Response:
    """Dismiss a suggestion.

    It stays on record.
    """
    found = suggestion.find(session, key)
    settling.dismiss(session, actor, found)
    return private(_told(found))


def _told(one: Suggestion) -> dict[str, Any]:
    return {
        "suggestion": one.key,
        "section": one.section,
        "locale": one.locale,
        "unit": one.unit,
        "source": one.source,
        "target": one.target,
        "origin": one.origin,
        "reason": one.reason,
        "upload": one.upload,
        "person": one.person,
        "at": clock.stamp(one.at),
        "state": one.state,
    }
