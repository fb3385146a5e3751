"""The translation memory of a language: to search, to save as a file, and to add to from one."""

from collections import Counter
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Response

from api.answers.terms import MemoryHits, MemoryReport
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.files import XML, DryRun, XmlBody, known_locale, saved_as
from api.editing.named import Tag
from content.people.role import Permission
from content.sign_off import recall
from content.translation import memory_import
from content.translation.memory import Hit
from content.translation.memory_index import LIKENESS_MIN

router = routes.at("/v1/memory")

#: Characters of a text that is looked up.
ASKED_MAX = 4_000
#: Below it, texts have nothing to do with each other.
SCORE_MIN = 50


# Before the address without an ending, which would take `fr.tmx` for a language.
@router.get("/{locale}.tmx")
def read_memory_as_tmx(
    actor: CurrentActor, hub: CurrentHub, session: Reading, locale: Tag
) -> Response:
    """Fetch the translation memory as TMX.

    All that is remembered, as TMX 1.4, each pair with where it comes from.
    """
    tag = known_locale(hub, locale)
    actor.must(Permission.READ_DRAFTS, tag)
    return saved_as(f"memory-{tag}.tmx", recall.export(session, tag), XML)


@router.get("/{locale}", response_model=MemoryHits)
def search_memory(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Reading,
    locale: Tag,
    q: Annotated[str, Query(min_length=1, max_length=ASKED_MAX, description="The source text")],
    score: Annotated[
        float, Query(ge=SCORE_MIN, le=100, description="How like it has to be at least")
    ] = LIKENESS_MIN,
) -> Response:
    """See what was said for a text before.

    Or for one like it. Suggestions: nothing is filled in.
    """
    tag = known_locale(hub, locale)
    actor.must(Permission.READ_DRAFTS, tag)
    source_locale = hub.settings.locale_tags[0]
    hits = recall.search(session, q, tag, source_locale=source_locale, least=score)
    return private({"locale": tag, "hits": [_told(hit) for hit in hits]})


@router.put("/{locale}.tmx", response_model=MemoryReport)
def import_memory_tmx(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    locale: Tag,
    body: XmlBody,
    dry_run: DryRun = False,
) -> Response:
    """Take the pairs of a TMX file into the memory.

    As imported ones; says unit by unit what was done.
    """
    tag = known_locale(hub, locale)
    source_locale = hub.settings.locale_tags[0]
    report = memory_import.import_tmx(session, actor, tag, source_locale, body)
    if dry_run:
        session.rollback()
    counts = Counter(taken.outcome for taken in report)
    refused = [asdict(taken) for taken in report if taken.outcome == "refused"]
    return private({"dry_run": dry_run, "locale": tag, "counts": counts, "refused": refused})


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.pair.source,
        "text": hit.pair.target,
        "score": hit.likeness,
        "section": hit.pair.section or None,
        "version": hit.pair.version,
        "locale": hit.pair.locale,
        "approvers": list(hit.pair.approvers),
        "origin": hit.pair.origin,
    }
