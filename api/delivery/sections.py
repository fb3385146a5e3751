"""Sections as member sites read them: lists, one section, its history."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from sqlmodel import Session

from api import auditing, cursor
from api.answers.sections import SectionEnvelope, SectionHistory, SectionList, SectionOverview
from api.conditional import CONTENT_SEQ, IMMUTABLE_DAY, respond, respond_json
from api.delivery import stored
from api.dependencies import CurrentHub, Reading, ReadingNow
from api.keys import KeyIfRequired
from api.problems import RESPONSES
from content.errors import NotFound, SectionNotFound, TranslationNotFound, Withdrawn
from content.publication import demo, envelope, history, listing, release
from content.publication.listing import LIMIT_MAX, Wanted
from content.records import document as documents
from content.records.version import State
from content.translation import locale as locales

router = APIRouter(
    prefix="/v1/sections", tags=["delivery"], responses=RESPONSES, route_class=KeyIfRequired
)

Slug = Annotated[str, Path(max_length=80, examples=["ahsct-evidence"], description="The section")]
Tag = Annotated[
    str, Path(max_length=35, examples=["fr"], description="The language, as a tag of BCP 47")
]
Fallback = Annotated[str, Query(max_length=35, description="Another locale, if this is not there")]
Status = Literal["current", "outdated", "review-due"]


@router.get("", response_model=SectionList)
def list_sections(
    request: Request,
    session: ReadingNow,
    locale: Annotated[str, Query(max_length=35, description="This language only")] = "",
    page: Annotated[str, Query(max_length=80, description="This page only")] = "",
    status: Annotated[
        Status | None, Query(description="Only texts that readers are told this of")
    ] = None,
    changed_since: Annotated[
        datetime | None, Query(description="Only what changed since; UTC where no offset is said")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 50,
    after: Annotated[
        str, Query(alias="cursor", max_length=200, description="Where the list before ended")
    ] = "",
) -> Response:
    """List what is in force.

    Summaries by section and locale, a page of the list at a time.
    """
    wanted = Wanted(
        locale=locales.read_tag(locale) if locale else "",
        page=page,
        status=status or "",
        changed_since=cursor.in_utc(changed_since) if changed_since else None,
        after=cursor.read(after) if after else None,
        limit=limit,
    )
    found, more = listing.summaries(session, wanted)
    told = {"sections": found, "more": more, **envelope.demo_mark(demo.is_demo(session), "en")}
    headers = {CONTENT_SEQ: str(release.newest_seq(session))}
    if more:
        following = cursor.write(found[-1]["section"], found[-1]["locale"])
        address = request.url.include_query_params(cursor=following)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
        told["cursor"] = following
    return respond_json(request, told, headers=headers)


@router.get("/{slug}", response_model=SectionOverview)
def read_section_overview(request: Request, hub: CurrentHub, slug: Slug) -> Response:
    """See in which languages a section is in force.

    The section without language, and where it stands in the tree.
    """
    found = stored.read(hub, f"/v1/sections/{slug}")
    if found is None:
        raise SectionNotFound(section=slug)
    return stored.answer(request, hub, found)


@router.get("/{slug}/{locale}", response_model=SectionEnvelope)
def read_section(
    request: Request,
    hub: CurrentHub,
    session: Reading,
    slug: Slug,
    locale: Tag,
    fallback: Fallback = "",
) -> Response:
    """Read one section in one language.

    404 names the languages there are; 410 says why it went.
    """
    tag = locales.read_tag(locale)
    other = locales.read_tag(fallback) if fallback else ""
    found = stored.look_up(hub, f"/v1/sections/{slug}", tag, other)
    if found is None:
        raise not_there(session, slug, tag)
    return stored.answer(request, hub, found, requested_locale=tag)


@router.get("/{slug}/{locale}/versions", response_model=SectionHistory)
def read_section_history(
    request: Request, session: ReadingNow, slug: Slug, locale: Tag
) -> Response:
    """List what was ever in force of a section in one language.

    Numbers, dates, changes, who signed.
    """
    tag = locales.read_tag(locale)
    found = history.of_text(session, slug, tag)
    if not found:
        raise not_there(session, slug, tag)
    told = history.told(slug, tag, found, demo.is_demo(session))
    return respond_json(request, told, headers={CONTENT_SEQ: str(release.newest_seq(session))})


@router.get("/{slug}/{locale}/versions/{number}", response_model=documents.Document)
def read_old_version(
    request: Request,
    hub: CurrentHub,
    session: ReadingNow,
    slug: Slug,
    locale: Tag,
    number: Annotated[int, Path(ge=1, le=1_000_000, description="The number of the version")],
) -> Response:
    """Read a version that was in force once.

    As its document; 410 once it was withdrawn.
    """
    version = listing.published(session, slug, locales.read_tag(locale), number)
    if version.state == State.WITHDRAWN:
        raise Withdrawn(section=slug, locale=version.locale, version=number)
    assert version.document is not None  # noqa: S101 (it was in force)
    body = auditing.load_whole(hub, session, version.document)
    return respond(request, body, tag=f'"{version.document}"', cache=IMMUTABLE_DAY)


def not_there(session: Session, slug: str, locale: str, form: str = "") -> NotFound:
    """What is not in force is not told of: a section that is being written is no section yet."""
    there = listing.available(session, "section", slug, form)
    if not there:
        return SectionNotFound(section=slug)
    return TranslationNotFound(section=slug, locale=locale, available=there)
