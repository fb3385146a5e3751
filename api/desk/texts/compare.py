"""Two texts beside each other: with an earlier version, with what is in force, with the source."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import ReadingNow
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from api.desk.texts import around, comparisons
from api.desk.texts.beside import NAMES as FACTS
from api.desk.texts.beside import Beside, beside
from api.desk.texts.chosen import Chosen, Numbered, Slug, Tag, choose
from api.desk.texts.comparisons import IN_FORCE, SOURCE
from api.desk.texts.states import STATES
from content.errors import VersionNotFound
from content.records import diff, message, side_by_side
from content.records.document import Document
from content.records.side_by_side import Row, Words
from content.records.version import Version
from content.review import scrutiny
from content.review.scrutiny import Found
from content.translation import document, unit
from content.translation import locale as locales

router = APIRouter(prefix="/sections/{slug}/{locale}/compare", route_class=SignedInRoute)

With = Annotated[
    str, Query(alias="with", max_length=10, pattern=rf"^(|{IN_FORCE}|{SOURCE}|[1-9][0-9]{{0,6}})$")
]


@router.get("")
def show_comparison(
    request: Request,
    visitor: CurrentVisitor,
    session: ReadingNow,
    slug: Slug,
    locale: Tag,
    version: Numbered = None,
    against: With = "",
) -> Response:
    """See two texts beside each other."""
    chosen = choose(session, visitor.actor, slug, locale, version)
    old = _other(chosen, against)
    is_translation = old.locale != chosen.version.locale
    rows = _rows(session, old, chosen.version)
    return show(
        request,
        "compare.html",
        visitor=visitor,
        chosen=chosen,
        old=old,
        new=chosen.version,
        title=around.title(session, chosen.version),
        is_translation=is_translation,
        folded=side_by_side.folded(rows),
        changes=sum(row.what != "same" for row in rows),
        beside=[] if is_translation else _beside(session, old, chosen.version),
        facts=FACTS,
        findings=_findings(session, chosen.version) if is_translation else {},
        choices=_choices(chosen),
        states=STATES,
        dir_of=lambda tag: locales.describe(tag).dir,
    )


def _other(chosen: Chosen, against: str) -> Version:
    """What it is compared with. Raises VersionNotFound where there is no such text."""
    if against == SOURCE:
        found = chosen.source
    elif against == IN_FORCE:
        found = chosen.in_force
    elif against:
        found = next((one for one in chosen.versions if str(one.number) == against), None)
    else:
        found = _best(chosen)
    if found is None:
        raise VersionNotFound("There is nothing to compare it with.")
    return found


def _best(chosen: Chosen) -> Version | None:
    """What it is compared with where nobody says."""
    if chosen.in_force not in (None, chosen.version):
        return chosen.in_force
    return comparisons.before(chosen) or chosen.source


def _choices(chosen: Chosen) -> list[Version]:
    """Other versions in its language."""
    return [one for one in chosen.versions if one != chosen.version]


def _rows(session: Session, old: Version, new: Version) -> list[Row]:
    before, after = _words(session, old), _words(session, new)
    if old.locale != new.locale:
        return side_by_side.translation(before, after, (old.locale, new.locale))
    return side_by_side.versions(before, after, new.locale)


def _words(session: Session, version: Version) -> Words:
    """The words of a text; of a translation that is not whole yet, what there is."""
    text = document.of_version(session, version)
    if text is not None:
        return diff.words_by_unit(text)
    return {
        one.message.unit: (one.message.kind, message.bare(one.message.kind, one.shown))
        for one in unit.load(session, version.key)
        if one.shown
    }


def _beside(session: Session, old: Version, new: Version) -> list[Beside]:
    texts = [document.of_version(session, one) for one in (old, new)]
    whole: list[Document] = [text for text in texts if text is not None]
    return beside(*whole) if len(whole) == len(texts) else []


def _findings(session: Session, version: Version) -> dict[str, list[Found]]:
    """What the checks found, by unit."""
    found: dict[str, list[Found]] = {}
    for one in scrutiny.of_version(session, version).found:
        found.setdefault(one.unit, []).append(one)
    return found
