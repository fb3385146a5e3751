"""A catalogue comes back: first what would become of it, then it is taken; what came, and undoing
it.
"""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Request, Response, UploadFile
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, Reading
from api.desk import told
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.translating import account, parcel
from api.desk.translating.ground import CurrentGround, Ground, sections_of
from api.desk.translating.progress import refuse
from api.desk.words import later as N_
from api.problems import status_of
from content.database import reading, writing
from content.errors import BadInput, ContentError, LaterWorkStands, NotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.review import retraction
from content.translation import board, standing, upload, upload_history
from content.translation.incoming import read_catalogue, read_xliff_catalogue
from content.translation.po.limits import PO_BYTES_MAX
from content.translation.report import Report
from content.translation.upload import Reader, Upload

router = APIRouter(prefix="/translate/{page}/{locale}", route_class=SignedInRoute)

NUMBER_MAX = 100_000
DIGEST = "^[0-9a-f]{64}$"
NO_FILE = N_("Choose a file first: a .po or .xlf file that your tool saved.")
BOM = b"\xef\xbb\xbf"
Number = Annotated[int, Path(ge=1, le=NUMBER_MAX, description="The upload, counted from the first")]
Packed = Annotated[str, Form(alias="file", max_length=parcel.PACKED_MAX)]
Shown = Annotated[str, Form(pattern=DIGEST)]


@router.post("/uploads/look")
def look_at_file(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    here: CurrentGround,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> Response:
    """See what would become of a file. Nothing is changed."""
    visitor.actor.must(Permission.TRANSLATE, here.tag)
    if isinstance(file, str) or file is None or not file.filename:
        return refuse(request, visitor, hub, here, BadInput(), said=NO_FILE)
    try:
        # One byte more than there may be says that it is too large.
        body = file.file.read(PO_BYTES_MAX + 1)
        packed = parcel.pack(body)
        report, texts = _tried(hub, visitor.actor, here, body)
    except ContentError as error:
        return refuse(request, visitor, hub, here, error)
    return _report(request, visitor, here, report, texts, packed=packed)


@router.post("/uploads/take")
def take_file(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    here: CurrentGround,
    packed: Packed,
    shown: Shown,
) -> Response:
    """Take the file that was shown. Where something moved meanwhile, it is shown anew."""
    visitor.actor.must(Permission.TRANSLATE, here.tag)
    try:
        body = parcel.unpack(packed)
        with hub.writing() as session:
            texts = _texts(session, here)
            report = _take(session, visitor.actor, here, body)
            is_as_shown = parcel.mark_of(report) == shown
            if not is_as_shown:
                session.rollback()
    except ContentError as error:
        return refuse(request, visitor, hub, here, error)
    if not is_as_shown:
        return _report(request, visitor, here, report, texts, packed=packed, moved=True)
    return go_to(f"{here.address}?done=file-taken#uploads")


@router.get("/uploads/{number}")
def show_upload(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    here: CurrentGround,
    number: Number,
) -> Response:
    """Read what became of a file."""
    texts = _texts(session, here)
    found = upload_history.numbered(session, here.page, here.tag, number)
    return _kept(request, visitor, here, found, texts, number)


@router.post("/uploads/{number}/undo")
def undo_upload(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    here: CurrentGround,
    number: Number,
    sha256: Annotated[str, Form(alias="upload", pattern=DIGEST)],
) -> Response:
    """Take a whole upload back."""
    visitor.actor.must(Permission.TRANSLATE, here.tag)
    try:
        with hub.writing() as session:
            found = upload.find(session, sha256)
            if (found.page, found.locale) != (here.page, here.tag):
                raise NotFound
            retraction.take_back(session, visitor.actor, found)
    except NotFound:
        raise
    except ContentError as error:
        with reading(hub.engine) as session:
            found, texts = upload.find(session, sha256), _texts(session, here)
            return _kept(request, visitor, here, found, texts, number, error)
    return go_to(f"{here.address}?done=file-undone#uploads")


def _reader(body: bytes) -> Reader:
    """By what it is, whatever it is called: a .po file never begins with a tag."""
    is_xml = body.removeprefix(BOM).lstrip()[:1] == b"<"
    return read_xliff_catalogue if is_xml else read_catalogue


def _take(session: Session, actor: Actor, here: Ground, body: bytes) -> Report:
    return upload.take(
        session, actor, here.page, here.tag, body, base=here.base, read=_reader(body)
    )


def _tried(hub: Hub, actor: Actor, here: Ground, body: bytes) -> tuple[Report, account.Texts]:
    """What would become of it, and what stands now; nothing of it stays."""
    with writing(hub.engine) as session:
        texts = _texts(session, here)
        report = _take(session, actor, here, body)
        session.rollback()
    return report, texts


def _texts(session: Session, here: Ground) -> account.Texts:
    found = standing.of_sections(session, sections_of(session, here), here.tag, here.base)
    return account.texts_of(found, {now.section: board.title_of(now) for now in found})


def _report(
    request: Request,
    visitor: Visitor,
    here: Ground,
    report: Report,
    texts: account.Texts,
    **more: Any,
) -> Response:
    groups = account.groups(report, texts)
    shown: dict[str, Any] = {
        "packed": "",
        "moved": False,
        "kept": None,
        "number": None,
        "refused": "",
        "works": [],
        "may_undo": False,
    }
    return show(
        request,
        "translating/report.html",
        visitor=visitor,
        here_is=here,
        report=report,
        groups=groups,
        is_empty=account.is_empty(groups),
        mark=parcel.mark_of(report),
        shown_max=account.SHOWN_MAX,
        titles=texts.titles,
        page_title=texts.titles.get(here.page, here.page),
        **shown | more,
    )


def _kept(
    request: Request,
    visitor: Visitor,
    here: Ground,
    found: Upload,
    texts: account.Texts,
    number: int,
    error: ContentError | None = None,
) -> Response:
    return _report(
        request,
        visitor,
        here,
        upload.report_of(found),
        texts,
        status=status_of(error) if error else 200,
        kept=found,
        number=number,
        refused=told.refused(error) if error else "",
        works=error.context.get("works", []) if isinstance(error, LaterWorkStands) else [],
        may_undo=found.undone_at is None and visitor.actor.may(Permission.TRANSLATE, here.tag),
    )
