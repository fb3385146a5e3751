"""Catalogues: the messages of one page in one locale, as a .po file.

`msgctxt` is the unit's id, `msgid` the source text, `msgstr` the translation. Facts that several
sections share stand in the file once. The same state gives the same bytes, and the header names
the snapshot by which the file is compared when it comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import polib
from sqlmodel import Session

from content import clock
from content.people import person
from content.people.actor import HUB
from content.records import section as sections
from content.records import tree
from content.translation import glossary, note, retired, snapshot, standing, suggestion, unit
from content.translation import locale as locales
from content.translation.exchange.term import Term
from content.translation.merge import Rendering
from content.translation.standing import Standing
from content.translation.suggestion import Suggestion

#: What is written: all of it, or what is not done yet.
Only = Literal["all", "todo"]


@dataclass(frozen=True)
class Export:
    """A catalogue to hand out, and the snapshot of what it holds. To be kept before it goes out."""

    page: str
    locale: str
    text: str
    #: The messages in it.
    renderings: tuple[Rendering, ...]
    snapshot: bytes

    @property
    def snapshot_name(self) -> str:
        return snapshot.name_of(self.snapshot)


def standings(session: Session, page: str, locale: str, base: str | None = None) -> list[Standing]:
    """Where each section of a page stands, in reading order.

    `base` is the locale that a regional variant inherits from, as `locale.base` says. Sections
    without a text that can be translated yet are left out.
    """
    return standing.of_sections(session, tree.page_sections(session, page), locale, base)


def write_template(session: Session, page: str, source_locale: str) -> str:
    """The .pot of a page: every message, no translation."""
    found = standings(session, page, source_locale)
    blank = [
        replace(now, renderings=tuple(Rendering(one.message) for one in now.renderings))
        for now in found
    ]
    header = _facts(page, source_locale, blank) | {"Language": ""}
    return str(_catalogue(header, blank, template=True)) + "\n"


def write(
    session: Session, page: str, locale: str, only: Only = "all", base: str | None = None
) -> Export:
    """The .po of a page in a locale, with everything that stands in it now.

    What a regional variant inherits stands in it as a blank.
    """
    found = standings(session, page, locale, base)
    # The snapshot is of the whole page, whatever part of it is written.
    body = snapshot.body_of(page, locale, (one for now in found for one in now.renderings))
    header = _facts(page, locale, found) | _last_written(session, found, locale)
    header |= {"Language": locale, snapshot.HEADER: snapshot.name_of(body)}
    offered = _offered(session, found, locale)
    gone = retired.behind(session, found, locale) if only == "all" else []
    if only == "todo":
        found = _with_work_left(found)
    follows = base or sections.find(session, page).source_locale
    terms = glossary.agreed(session, locale, follows)
    catalogue = _catalogue(header, found, offered, terms)
    catalogue.extend(_obsolete(one) for one in gone)
    told = tuple(one for now in found for one in now.renderings)
    return Export(page, locale, str(catalogue) + "\n", told, body)


def _with_work_left(found: Sequence[Standing]) -> list[Standing]:
    """The units that are not done somewhere, told as in the whole file: what one section has of a
    shared one is shown, so that nobody overwrites what they have not seen.
    """
    left = {one.message.unit for now in found for one in now.renderings if not one.done}
    return [
        replace(now, renderings=tuple(one for one in now.renderings if one.message.unit in left))
        for now in found
    ]


def hand_out(session: Session, page: str, locale: str, base: str | None = None) -> str:
    """The text of a catalogue whose snapshot is kept: it can be compared when it comes back."""
    export = write(session, page, locale, base=base)
    snapshot.keep(session, page, locale, export.snapshot)
    return export.text


def _catalogue(
    header: dict[str, str],
    found: Sequence[Standing],
    offered: Mapping[str, Sequence[Suggestion]] | None = None,
    terms: Sequence[Term] = (),
    *,
    template: bool = False,
) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = header
    catalogue.metadata_is_fuzzy = template
    seen: dict[str, polib.POEntry] = {}
    for now in found:
        for rendering in now.renderings:
            name = rendering.message.unit
            if name not in seen:
                seen[name] = _entry(now, rendering, (offered or {}).get(name, ()), terms)
                catalogue.append(seen[name])
            seen[name].occurrences.append((f"/v1/sections/{now.section}", ""))
    return catalogue


def _offered(
    session: Session, found: Sequence[Standing], locale: str
) -> dict[str, list[Suggestion]]:
    """Unit to the suggestions that wait for it, each words once: sections share units."""
    waiting: dict[str, list[Suggestion]] = {}
    for one in suggestion.opened(session, [now.section for now in found], locale):
        same = waiting.setdefault(one.unit, [])
        if one.target not in {other.target for other in same}:
            same.append(one)
    return waiting


def _last_written(session: Session, found: Sequence[Standing], locale: str) -> dict[str, str]:
    """Who translated last, and when; nothing where nobody did. An erased name is not told."""
    last = unit.last_written(session, [now.section for now in found], locale)
    if last is None:
        return {}
    writer = person.find(session, last[0])
    told = {"PO-Revision-Date": _moment(last[1])}
    return told if writer.erased_at else told | {"Last-Translator": writer.name}


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}+0000"


def _facts(page: str, locale: str, found: Sequence[Standing]) -> dict[str, str]:
    described = locales.describe(locale)
    # A time of the text, not of the export: the same state gives the same bytes.
    made = max((now.source.created_at for now in found), default=clock.now())
    return {
        "Project-Id-Version": page,
        "POT-Creation-Date": _moment(made),
        "PO-Revision-Date": _moment(made),
        "Last-Translator": HUB.name,
        "Language-Team": described.name,
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": described.plural_forms,
    }


def _entry(
    now: Standing, rendering: Rendering, waiting: Sequence[Suggestion], terms: Sequence[Term]
) -> polib.POEntry:
    message = rendering.message
    notes = [
        *note.of_message(now.section, rendering),
        *note.of_change(rendering, now.source.locale),
        *note.of_terms(message, terms),
        *note.of_suggestions(waiting),
    ]
    return polib.POEntry(
        msgctxt=message.unit,
        msgid=message.text,
        msgstr=rendering.target,
        comment="\n".join(notes),
        flags=["fuzzy"] if rendering.fuzzy else [],
        previous_msgid=rendering.previous_source if rendering.fuzzy else None,
    )


def _obsolete(rendering: Rendering) -> polib.POEntry:
    """What the source has no more. A file that comes back may have it; nothing becomes of it."""
    message = rendering.message
    return polib.POEntry(
        msgctxt=message.unit, msgid=message.text, msgstr=rendering.target, obsolete=True
    )


def file_name(page: str, locale: str) -> Path:
    """Where a page's catalogue lies below the locales folder."""
    return Path(locale) / "LC_MESSAGES" / f"{page}.po"
