"""Writing the draft of a source text anew, in a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, Form, Request, Response
from pydantic import AfterValidator

from api.dependencies import ReadingNow
from api.desk import told
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.texts.chosen import Chosen, Number, Slug, Tag, address, below, choose
from api.desk.texts.doing import Where
from api.desk.texts.mistake_names import MISTAKE_NAMES
from api.desk.texts.sent import Seen, Words, as_written, require_seen, seen
from api.desk.texts.states import CHANGE_KINDS
from api.desk.words import later as N_
from api.problems import status_of
from content.database import reading
from content.errors import BadInput, ContentError
from content.people.role import Permission
from content.records import document as documents
from content.records import rewriting
from content.records.document import ChangeKind
from content.records.rewriting import Writing
from content.records.version import State
from content.translation import locale as locales

#: Characters of a section's text as it is typed; the reader of the format has its own limits.
TEXT_MAX = 400_000

router = APIRouter(prefix="/sections/{slug}/{locale}/{number}/edit", route_class=SignedInRoute)

#: Mistakes that are shown.
MISTAKES_MAX = 50
#: Characters of a day, and of a kind of change.
SHORT_MAX = 20
Text = Annotated[str, Form(max_length=TEXT_MAX), AfterValidator(as_written)]
Short = Annotated[str, Form(max_length=SHORT_MAX)]
NO_DAY = N_("One of these is no date. Write it like 2026-11-27.")
NO_KIND = N_("Say how much the change matters.")


class Unfit(BadInput):
    """A field of the form has nothing in it that can be taken; `message` says so in words."""


@router.get("")
def show_editor(
    request: Request,
    visitor: CurrentVisitor,
    session: ReadingNow,
    slug: Slug,
    locale: Tag,
    number: Number,
) -> Response:
    """Edit a draft. What is none leads to its page."""
    chosen = choose(session, visitor.actor, slug, locale, number)
    visitor.actor.must(Permission.WRITE_SOURCE)
    version = chosen.version
    if version.state != State.DRAFT or version.document is None or version.is_translation:
        return go_to(address(version))
    written = rewriting.written(documents.load(session, version.document))
    return _page(request, visitor, chosen, _as_values(written) | {"seen": seen(version)})


@dataclass(frozen=True)
class Typed:
    """What a form has in it, as it came. Frozen."""

    values: Mapping[str, str]

    def writing(self) -> Writing:
        """The same as a text. Raises Unfit."""
        told = self.values
        try:
            days = [date.fromisoformat(told[name]) for name in ("last_reviewed", "review_by")]
        except ValueError:
            raise Unfit(NO_DAY) from None
        if told["change"] not in get_args(ChangeKind):
            raise Unfit(NO_KIND)
        change = cast(ChangeKind, told["change"])
        words = (told["title"], told["summary"], told["markdown"], change, told["change_summary"])
        return Writing(*words, *days)


def _typed(
    title: Words = "",
    summary: Words = "",
    markdown: Text = "",
    change: Short = "",
    change_summary: Words = "",
    last_reviewed: Short = "",
    review_by: Short = "",
) -> Typed:
    texts = {"title": title, "summary": summary, "markdown": markdown}
    days = {"last_reviewed": last_reviewed, "review_by": review_by}
    return Typed(texts | days | {"change": change, "change_summary": change_summary})


@router.post("")
def save_draft(place: Where, typed: Annotated[Typed, Depends(_typed)], seen: Seen = "") -> Response:
    """Save a draft."""
    place.actor.must(Permission.WRITE_SOURCE)
    try:
        writing = typed.writing()
        with place.hub.writing() as session:
            version = place.chosen(session)
            require_seen(version, seen)
            rewriting.rewrite(session, place.actor, version, writing)
            onward = address(version)
    except ContentError as error:
        with reading(place.hub.engine) as session:
            chosen = choose(session, place.actor, place.slug, place.locale, place.number)
            values = dict(typed.values) | {"seen": _seen_anew(chosen, error, seen)}
            return _page(place.request, place.visitor, chosen, values, error)
    return go_to(f"{onward}&done=saved")


def _seen_anew(chosen: Chosen, error: ContentError, before: str) -> str:
    """After a refusal that told of another text, whoever sends again has been told."""
    return seen(chosen.version) if status_of(error) == 412 else before


def _as_values(writing: Writing) -> dict[str, str]:
    return {
        "title": writing.title,
        "summary": writing.summary,
        "markdown": writing.text,
        "change": writing.change_kind,
        "change_summary": writing.change_summary,
        "last_reviewed": writing.last_reviewed.isoformat(),
        "review_by": writing.review_by.isoformat(),
    }


def _page(
    request: Request,
    visitor: Visitor,
    chosen: Chosen,
    values: Mapping[str, str],
    error: ContentError | None = None,
) -> Response:
    version = chosen.version
    return show(
        request,
        "edit.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        version=version,
        values=values,
        refused=_refused(error),
        mistake_names=MISTAKE_NAMES,
        mistakes=error.context.get("mistakes", [])[:MISTAKES_MAX] if error else [],
        kinds=CHANGE_KINDS,
        text_address=address(version),
        action=below(version, "edit"),
        dir=locales.describe(version.locale).dir,
    )


def _refused(error: ContentError | None) -> str:
    if error is None:
        return ""
    return error.message if isinstance(error, Unfit) else told.refused(error)
