"""Taking an upload back, whole: unless later work stands on it, and then it says which."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col

from content import clock, ledger
from content.errors import LaterWorkStands, StateHasMoved
from content.people.actor import Actor
from content.people.role import Permission
from content.records import version as versions
from content.records.version import State, Version
from content.translation import snapshot, standing, suggestion, translation, unit, upload_history
from content.translation.merge import Rendering, carry
from content.translation.report import Written
from content.translation.suggestion import SuggestionState
from content.translation.upload import Upload, report_of

Work = dict[str, str]


class LaterWork(StrEnum):
    """Why words of an upload cannot be put back."""

    PAST_DRAFT = "Its version is past draft."
    CHANGED = "It was changed since."
    SENT = "It was sent again since."
    TAKEN = "Its suggestion was taken."


def undo(session: Session, actor: Actor, upload: Upload) -> list[Version]:
    """Put back what stood before the upload. Its file and its report stay on record.

    Returns the drafts that it had begun, and that nobody else wrote into. Raises LaterWorkStands,
    StateHasMoved where it was undone before.
    """
    actor.must(Permission.TRANSLATE, upload.locale)
    if upload.undone_at is not None:
        raise StateHasMoved("This upload was undone already.")
    written = report_of(upload).written
    later = [
        *_changed_since(session, written),
        *_sent_since(session, upload, written),
        *_taken_since(session, upload),
    ]
    if later:
        raise LaterWorkStands(works=later)
    drafts = [versions.by_id(session, key) for key in dict.fromkeys(one.version for one in written)]
    begun = [one for one in drafts if upload_history.is_all_of(session, upload, one)]
    for draft in drafts:
        _restore(session, actor, upload, [one for one in written if one.version == draft.key])
    for one in suggestion.of_upload(session, upload.sha256, upload.turn):
        if one.state == SuggestionState.OPEN:
            suggestion.settle(session, one, SuggestionState.UNDONE, by=actor.id)
    _mark(session, actor, upload)
    return begun


def _changed_since(session: Session, written: tuple[Written, ...]) -> Iterator[Work]:
    standing = _rows(session, {one.version for one in written})
    for one in written:
        version = versions.by_id(session, one.version)
        row = standing[one.version].get(one.unit)
        if version.state != State.DRAFT:
            why = LaterWork.PAST_DRAFT
        elif row is None or (row.target, row.fuzzy) != (one.after.target, one.after.fuzzy):
            why = LaterWork.CHANGED
        else:
            continue
        yield {"section": one.section, "unit": one.unit, "why": why}


def _sent_since(session: Session, undone: Upload, written: tuple[Written, ...]) -> Iterator[Work]:
    """Units for which somebody sent the same words later: they stand for both."""
    sections: dict[tuple[str, str], list[str]] = {}
    for one in written:
        sections.setdefault((one.unit, one.after.target), []).append(one.section)
    for other in upload_history.later(session, undone):
        for sent in _sent(session, other):
            for section in sections.pop(sent, ()):
                yield {"section": section, "unit": sent[0], "why": LaterWork.SENT}


def _sent(session: Session, upload: Upload) -> Iterator[tuple[str, str]]:
    """(unit, words) of what somebody did in a file; not what came back in it as it went."""
    out = upload.snapshot and snapshot.find(session, upload.snapshot, upload.page, upload.locale)
    for one in report_of(upload).entries:
        went = out.get(one.unit) if out else None
        words = snapshot.digest(one.target)
        if went is None or (went.target, went.fuzzy) != (words, one.fuzzy):
            yield one.unit, one.target


def _taken_since(session: Session, upload: Upload) -> Iterator[Work]:
    for one in suggestion.of_upload(session, upload.sha256, upload.turn):
        if one.state == SuggestionState.TAKEN:
            yield {"section": one.section, "unit": one.unit, "why": LaterWork.TAKEN}


def _rows(session: Session, listed: set[int]) -> dict[int, Mapping[str, Rendering]]:
    loaded = unit.load_all(session, listed)
    return {
        version: {one.message.unit: one for one in renderings}
        for version, renderings in loaded.items()
    }


def _restore(session: Session, actor: Actor, upload: Upload, written: list[Written]) -> None:
    draft = versions.by_id(session, written[0].version)
    said = upload_history.summaries(session, upload, draft)
    if said and draft.change_summary == said[1]:
        draft.change_summary = said[0]
    # What it was made from, a variant's base text too, is the language that its text follows.
    source = versions.named_by(session, draft.source) if draft.source else None
    now = standing.of_section(
        session, written[0].section, upload.locale, base=source.locale if source else None
    )
    rows = _rows(session, {written[0].version})[written[0].version]
    messages = {one.message.unit: one.message for one in now.renderings}
    changes = {}
    for one in written:
        stood = Rendering(
            rows[one.unit].message,
            one.before.target,
            one.before.fuzzy,
            one.previous_source,
            own_links=rows[one.unit].own_links,
        )
        # The source may have moved since; then the old words are as stale as they would be.
        if one.unit in messages:
            changes[one.unit] = carry(messages[one.unit], stood, inherits=now.is_variant)
    translation.write(session, actor, now, changes)


def _mark(session: Session, actor: Actor, upload: Upload) -> None:
    marked = session.connection().execute(
        update(Upload)
        .where(
            col(Upload.sha256) == upload.sha256,
            col(Upload.turn) == upload.turn,
            col(Upload.undone_at).is_(None),
        )
        .values(undone_by=actor.id, undone_at=clock.now())
    )
    if marked.rowcount != 1:
        raise StateHasMoved("This upload was undone already.")
    session.refresh(upload)
    ledger.append(
        session,
        actor=actor.id,
        event="catalogue.undone",
        subject=f"{upload.page}/{upload.locale}",
        detail={"upload": upload.sha256, "turn": upload.turn},
    )
