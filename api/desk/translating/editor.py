"""The texts of one section, to be translated one by one."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, ReadingNow
from api.desk import words
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.translating import ground, units
from api.desk.translating.after import lost, status_after, typed_in
from api.desk.translating.ground import CurrentGround, Ground, Section, sections_of
from api.desk.translating.refused import refused
from api.desk.translating.sayings import DECIDE, KINDS, LACKS, SHOWS
from api.desk.translating.typed import TEXT_MAX, TOGETHER, UNIT_MAX, Sent, SentForm, Show
from content.database import reading
from content.errors import ContentError, NotAllowed, NotFound, SuggestionNotFound
from content.people.role import Permission
from content.records import version as versions
from content.records.version import State
from content.review import handing_in
from content.translation import (
    board,
    settling,
    standing,
    suggestion,
    unit_by_unit,
)
from content.translation.merge import Rendering
from content.translation.report import Taken
from content.translation.standing import Standing

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=SignedInRoute)

Unit = Annotated[str, Query(max_length=UNIT_MAX, description="Where to go on")]


@router.get("/{section}")
def show_editor(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    here: CurrentGround,
    section: Section,
    shown: Annotated[Show, Query(alias="show")] = "all",
    at: Unit = "",
) -> Response:
    """See the texts of a section, and translate them."""
    now = now_of(session, here, section)
    return _draw(request, visitor, session, here, now, shown=shown, at=at)


@router.post("/{section}")
def save_texts(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    here: CurrentGround,
    section: Section,
    sent: SentForm,
) -> Response:
    """Save what was typed; take or dismiss a suggestion."""
    return carry_out(request, visitor, hub, here, section, sent)


def carry_out(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    here: Ground,
    section: str,
    sent: Sent,
    *,
    hands_in: bool = False,
) -> Response:
    """Do it, and lead to the page that says so; or show what was typed, and why it is not done."""
    try:
        with hub.writing() as session:
            taken = _save(session, visitor, here, section, sent)
            if hands_in and not any(map(_is_to_tell, taken)):
                now = now_of(session, here, section)
                handing_in.hand_in(session, visitor.actor, now, hub.policy(session))
    except (NotFound, NotAllowed):
        raise
    except ContentError as error:
        return _again(request, visitor, hub, here, section, sent, {}, error)
    tell = {one.unit: one for one in taken if _is_to_tell(one)}
    if tell:
        return _again(request, visitor, hub, here, section, sent, tell)
    if hands_in:
        return go_to(f"{here.address}?done=section-handed-in")
    return go_to(_onward(here, section, sent))


def now_of(session: Session, here: Ground, section: str) -> Standing:
    """Raises NotFound where the page has no such section, or none that can be translated yet."""
    if section not in sections_of(session, here):
        raise NotFound
    found = standing.of_sections(session, [section], here.tag, here.base)
    if not found:
        raise NotFound
    return found[0]


def _save(
    session: Session, visitor: Visitor, here: Ground, section: str, sent: Sent
) -> Sequence[Taken]:
    """First what was typed, so that nothing of it is lost to what else is asked for."""
    now_of(session, here, section)
    actor = visitor.actor
    offered = _offered(session, here, section, sent)
    aside = set(sent.aside) | ({offered.unit} if sent.take and offered else set())
    touched = [one for one in sent.typed if not one.is_untouched]
    taken: Sequence[Taken] = ()
    if touched:
        taken = unit_by_unit.take(
            session, actor, here.page, here.tag, touched, base=here.base, asks=True, aside=aside
        )
    if any(map(_is_to_tell, taken)):
        return taken
    if offered and sent.take:
        settling.take(session, actor, offered)
    elif offered:
        settling.dismiss(session, actor, offered)
    return taken


def _is_to_tell(one: Taken) -> bool:
    """Whether its writer has to know: it is not what stands now. An unsure text may well be."""
    return one.fate in DECIDE and (one.fate != "fuzzy" or bool(one.why))


def _offered(
    session: Session, here: Ground, section: str, sent: Sent
) -> suggestion.Suggestion | None:
    """The suggestion to settle. Raises SuggestionNotFound for one of another text."""
    key = sent.take or sent.dismiss
    if key is None:
        return None
    found = suggestion.find(session, key)
    if (found.section, found.locale) != (section, here.tag):
        raise SuggestionNotFound(suggestion=key)
    return found


def _onward(here: Ground, section: str, sent: Sent) -> str:
    done = (
        "suggestion-taken"
        if sent.take
        else "suggestion-dismissed"
        if sent.dismiss
        else "words-saved"
    )
    query = urlencode({"show": sent.show, "at": sent.onward, "done": done})
    anchor = f"#u-{sent.onward}" if sent.onward.isascii() and sent.onward.isalnum() else ""
    return f"{here.address}/{section}?{query}{anchor}"


def _again(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    here: Ground,
    section: str,
    sent: Sent,
    taken: Mapping[str, Taken],
    error: ContentError | None = None,
) -> Response:
    """The same texts with what was typed in them, and why it is not done."""
    with reading(hub.engine) as session:
        now = now_of(session, here, section)
        return _draw(
            request,
            visitor,
            session,
            here,
            now,
            shown=sent.show,
            sent=sent,
            taken=taken,
            error=error,
        )


def _draw(
    request: Request,
    visitor: Visitor,
    session: Session,
    here: Ground,
    now: Standing,
    *,
    shown: Show,
    at: str = "",
    sent: Sent | None = None,
    taken: Mapping[str, Taken] | None = None,
    error: ContentError | None = None,
) -> Response:
    section = units.section_of(session, now)
    listed = section.shown_as(shown)
    begin = _page_of(listed, at)
    chosen = listed[begin : begin + TOGETHER]
    if sent is not None and sent.typed:
        sent_units = {one.unit for one in sent.typed}
        begin, listed = 0, [one for one in now.renderings if one.message.unit in sent_units]
        chosen = listed
    texts = units.show(session, section, chosen)
    if sent is not None:
        texts = typed_in(texts, sent, taken or {}, refused=error is not None)
    lacks = handing_in.missing(now)
    language = words.language_of(request)
    return show(
        request,
        "translating/editor.html",
        visitor=visitor,
        status=status_after(taken, error),
        here_is=here,
        now=now,
        title=board.title_of(now),
        names=ground.names_of([here.tag, now.source.locale], language),
        source_dir=Ground(here.page, now.source.locale, None).dir,
        texts=texts,
        lost=lost(now, taken or {}),
        counts=section.counts(),
        show=shown,
        shows=SHOWS,
        kinds=KINDS,
        decide=DECIDE,
        at=at,
        begin=begin,
        in_all=len(listed),
        before=listed[max(0, begin - TOGETHER)].message.unit if begin else None,
        behind=listed[begin + TOGETHER].message.unit if begin + TOGETHER < len(listed) else None,
        lacks=lacks,
        lack_words=LACKS,
        may_write=visitor.actor.may(Permission.TRANSLATE, here.tag) and not _is_closed(now),
        may_hand_in=visitor.actor.may(Permission.SUBMIT_TRANSLATION, here.tag) and not lacks,
        text_max=TEXT_MAX,
        refused=refused(error) if error else "",
        detail=error.message if error else "",
    )


def _page_of(listed: Sequence[Rendering], at: str) -> int:
    """Where the page begins that has this unit; the first where none has."""
    place = next((n for n, one in enumerate(listed) if one.message.unit == at), 0)
    return place - place % TOGETHER


def _is_closed(now: Standing) -> bool:
    version = now.version
    return version is not None and version.state in versions.OPEN_STATES - {State.DRAFT}
