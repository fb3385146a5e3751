"""The glossary of a language: to read, to save as a file, and to take from one."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from fastapi import Response
from sqlmodel import Session

from api.answers.terms import Glossary, GlossaryReport
from api.dependencies import CurrentActor, CurrentHub, Hub, Reading, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.files import CSV, XML, CsvBody, DryRun, XmlBody, known_locale, saved_as
from api.editing.named import Tag
from content import clock
from content.people.actor import Actor
from content.people.role import Permission
from content.translation import glossary
from content.translation.glossary import Form, GlossaryTerm

router = routes.at("/v1/glossary")


# Before the address without an ending, which would take `fr.csv` for a language.
@router.get("/{locale}.csv")
def read_glossary_as_csv(
    actor: CurrentActor, hub: CurrentHub, session: Reading, locale: Tag
) -> Response:
    """Fetch a glossary as a table.

    One row for a source term.
    """
    tag = _readable(actor, hub, locale)
    return saved_as(f"glossary-{tag}.csv", _export(session, hub, tag, "csv"), CSV)


@router.get("/{locale}.tbx")
def read_glossary_as_tbx(
    actor: CurrentActor, hub: CurrentHub, session: Reading, locale: Tag
) -> Response:
    """Fetch a glossary as TBX, for CAT tools.

    TBX-Basic (ISO 30042:2019).
    """
    tag = _readable(actor, hub, locale)
    return saved_as(f"glossary-{tag}.tbx", _export(session, hub, tag, "tbx"), XML)


@router.get("/{locale}", response_model=Glossary)
def read_glossary(actor: CurrentActor, hub: CurrentHub, session: Reading, locale: Tag) -> Response:
    """Read the glossary of a language.

    Every term: how it is said, how it is not, how far it has come, who changed it last.
    """
    tag = _readable(actor, hub, locale)
    listed = [_told(row) for row in glossary.rows(session, tag)]
    return private({"locale": tag, "source_locale": hub.settings.locale_tags[0], "terms": listed})


@router.put("/{locale}.csv", response_model=GlossaryReport)
def import_glossary_csv(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    locale: Tag,
    body: CsvBody,
    dry_run: DryRun = False,
) -> Response:
    """Take terms from a table into a glossary.

    Says row by row what was done. What is not in it stays.
    """
    return _import(actor, hub, session, locale, body, "csv", dry_run)


@router.put("/{locale}.tbx", response_model=GlossaryReport)
def import_glossary_tbx(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    locale: Tag,
    body: XmlBody,
    dry_run: DryRun = False,
) -> Response:
    """Take terms from a TBX file into a glossary.

    Says concept by concept what was done.
    """
    return _import(actor, hub, session, locale, body, "tbx", dry_run)


def _readable(actor: Actor, hub: Hub, locale: str) -> str:
    tag = known_locale(hub, locale)
    actor.must(Permission.READ_DRAFTS, tag)
    return tag


def _export(session: Session, hub: Hub, tag: str, form: Form) -> bytes:
    return glossary.export(session, tag, form, source_locale=hub.settings.locale_tags[0])


def _import(
    actor: Actor,
    hub: Hub,
    session: Session,
    locale: str,
    body: bytes,
    form: Form,
    dry_run: bool,
) -> Response:
    tag = known_locale(hub, locale)
    source_locale = hub.settings.locale_tags[0]
    report = glossary.import_file(session, actor, tag, body, form, source_locale=source_locale)
    if dry_run:
        session.rollback()
    counts = Counter(taken.outcome for taken in report)
    rows = [asdict(taken) for taken in report]
    return private({"dry_run": dry_run, "locale": tag, "counts": counts, "terms": rows})


def _told(row: GlossaryTerm) -> dict[str, Any]:
    term = row.term
    return {
        "source": term.source,
        "preferred": list(term.preferred),
        "forbidden": list(term.forbidden),
        "note": term.note,
        "status": term.status.value,
        "who": row.who,
        "at": clock.stamp(row.at),
    }
