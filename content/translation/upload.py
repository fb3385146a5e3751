"""Uploads: a catalogue comes back, each entry meets one fate, and no work in it is ever lost.

1. The file is read whole or refused whole, naming the line.
2. Each entry is in exactly one class of the report.
3. What is not written into a draft is kept as a suggestion.
4. The file itself is kept, so whatever was ever sent can be read again.
5. The same bytes again change nothing; one call takes an upload back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import AlreadyThere, UploadNotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.translation import catalogue, collector, retired, snapshot, suggestion, taking
from content.translation.fate import Entry
from content.translation.incoming import Incoming, read_catalogue
from content.translation.report import Report, Taken, coverage, from_bytes, once, to_bytes
from content.translation.taking import Kept

Reader = Callable[[bytes, str], Incoming]


class Upload(SQLModel, table=True):
    """One file as it was sent, and the report of it. Only that it was undone is ever added."""

    __tablename__ = "upload"

    #: Of the file.
    sha256: str = Field(primary_key=True)
    #: Which time these bytes were taken, counted from 1: an undone upload may come again.
    turn: int = Field(primary_key=True)
    page: str = Field(foreign_key="section.slug", index=True)
    locale: str
    snapshot: str | None = Field(default=None, foreign_key="snapshot.sha256")
    person: str = Field(foreign_key="person.id")
    at: datetime
    body: bytes
    #: JSON: the report, and what was written.
    report: bytes
    undone_by: str | None = Field(default=None, foreign_key="person.id")
    undone_at: datetime | None = None


@collector.paused()
def take(
    session: Session,
    actor: Actor,
    page: str,
    locale: str,
    body: bytes,
    *,
    summary: str = "",
    base: str | None = None,
    read: Reader = read_catalogue,
) -> Report:
    """Take a page's catalogue in one locale; `summary` is for the drafts it begins.

    `base` is the locale that a regional variant inherits from, as `locale.base` says.

    Raises what `read` does, SectionNotFound, AlreadyThere for bytes sent for another page.
    """
    actor.must(Permission.TRANSLATE, locale)
    digest = sha256(body).hexdigest()
    last = _last(session, digest)
    stands = last if last is not None and last.undone_at is None else None
    if stands and (stands.page, stands.locale) == (page, locale):
        return replace(report_of(stands), again=True)
    incoming = read(body, locale)
    if stands:
        raise AlreadyThere(
            f"This very file was taken for {stands.page}/{stands.locale}; undo that first.",
            upload=digest,
        )
    before = catalogue.standings(session, page, locale, base)
    exported = snapshot.find(session, incoming.snapshot, page, locale)
    work, strangers = taking.begin(incoming.entries, before, exported)
    for now in before:
        work.section(now)
    written = work.write(session, actor, summary)
    entries = once([*work.taken, *_strangers(session, page, strangers)])
    report = Report(
        upload=digest,
        page=page,
        locale=locale,
        snapshot=incoming.snapshot if exported is not None else None,
        before=coverage(one for now in before for one in now.renderings),
        after=coverage(work.after),
        entries=entries,
        remarks=(*incoming.remarks, *_of_snapshot(incoming, exported is not None)),
        written=written,
    )
    _keep(session, actor, report, body, turn=last.turn + 1 if last else 1, kept=work.kept)
    return report


def find(session: Session, sha256: str) -> Upload:
    """The upload of these bytes, the last one if there were several. Raises UploadNotFound."""
    found = _last(session, sha256)
    if found is None:
        raise UploadNotFound(upload=sha256)
    return found


def report_of(upload: Upload) -> Report:
    """The report as it was given."""
    return from_bytes(upload.report)


def listed(session: Session, page: str, locale: str) -> list[Upload]:
    """Every upload of a page in a locale, the newest first."""
    rows = session.exec(
        select(Upload)
        .where(col(Upload.page) == page, col(Upload.locale) == locale)
        .order_by(col(Upload.at).desc(), col(Upload.sha256), col(Upload.turn).desc())
    )
    return list(rows.all())


def _last(session: Session, digest: str) -> Upload | None:
    return session.exec(
        select(Upload)
        .where(col(Upload.sha256) == digest)
        .order_by(col(Upload.turn).desc())
        .limit(1)
    ).first()


def _strangers(session: Session, page: str, entries: Sequence[Entry]) -> Iterator[Taken]:
    """Entries that the page has no unit for: it had one, or never had."""
    were = retired.sections_of(session, page) if any(one.unit for one in entries) else {}
    for one in entries:
        told = Taken(one.unit, "", one.line, "unknown", target=one.target, fuzzy=one.fuzzy)
        if one.unit in were:
            why = "The source has this unit no more; the words stay in the archive."
            yield replace(told, section=were[one.unit], fate="retired", why=why)
        elif one.unit:
            yield replace(told, why="No section of this page has that msgctxt.")
        else:
            yield replace(
                told, why="It has no msgctxt, and its text is not that of one unit alone."
            )


def _of_snapshot(incoming: Incoming, known: bool) -> Iterator[str]:
    if known:
        return
    what = f"names a snapshot ({incoming.snapshot}) that this hub does not know"
    yield (
        f"The file {what if incoming.snapshot else f'has no {snapshot.HEADER}'}, so nobody knows "
        "what it was made from: its words are kept as suggestions. Pull the catalogue, and work "
        "in that file."
    )


def _keep(
    session: Session,
    actor: Actor,
    report: Report,
    body: bytes,
    *,
    turn: int,
    kept: Sequence[Kept],
) -> None:
    session.add(
        Upload(
            sha256=report.upload,
            turn=turn,
            page=report.page,
            locale=report.locale,
            snapshot=report.snapshot,
            person=actor.id,
            at=clock.now(),
            body=body,
            report=to_bytes(report),
        )
    )
    session.flush()
    suggestion.keep_all(
        session,
        [
            {
                "section": one.section,
                "locale": report.locale,
                "unit": one.entry.unit,
                "source": one.entry.source,
                "target": one.target,
                "origin": "upload",
                "reason": one.reason,
                "upload": report.upload,
                "turn": turn,
                "person": actor.id,
            }
            for one in kept
        ],
    )
    ledger.append(
        session,
        actor=actor.id,
        event="catalogue.uploaded",
        subject=f"{report.page}/{report.locale}",
        detail={"upload": report.upload, "turn": turn, "counts": dict(report.counts)},
    )
