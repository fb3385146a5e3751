"""Catalogues: the messages of one page in one locale, as a .po file.

`msgctxt` is the unit's id, `msgid` the source text, `msgstr` the translation. Facts that several
sections share stand in the file once. The same state gives the same bytes, and the header names
the snapshot by which the file is compared when it comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import polib
from sqlmodel import Session

from content import clock
from content.records import tree
from content.translation import locale as locales
from content.translation import snapshot, translation
from content.translation.merge import Rendering
from content.translation.translation import Standing

#: What a placeholder means, for whoever opens the file.
PLACEHOLDER_NOTE = "Keep {1}, {2} ... right behind the link text: they stand for the addresses."
#: What is written: all of it, or what is not done yet.
Only = Literal["all", "todo"]


@dataclass(frozen=True)
class Export:
    """A catalogue to hand out, and the snapshot of what it holds. To be kept before it goes out."""

    page: str
    locale: str
    text: str
    snapshot: bytes


def standings(session: Session, page: str, locale: str, base: str | None = None) -> list[Standing]:
    """Where each section of a page stands, in reading order.

    `base` is the locale that a regional variant inherits from, as `locale.base` says. Sections
    without a text that can be translated yet are left out.
    """
    return translation.standings(session, tree.page_sections(session, page), locale, base)


def write_template(session: Session, page: str, source_locale: str) -> str:
    """The .pot of a page: every message, no translation."""
    found = standings(session, page, source_locale)
    blank = [
        replace(now, renderings=tuple(Rendering(one.message) for one in now.renderings))
        for now in found
    ]
    return _write(_template_header(page, source_locale, blank), blank, template=True)


def write(
    session: Session, page: str, locale: str, only: Only = "all", base: str | None = None
) -> Export:
    """The .po of a page in a locale, with everything that stands in it now.

    What a regional variant inherits stands in it as a blank.
    """
    found = standings(session, page, locale, base)
    # The snapshot is of the whole page, whatever part of it is written.
    body = snapshot.body_of(page, locale, (one for now in found for one in now.renderings))
    header = _header(page, locale, found, snapshot.name_of(body))
    if only == "todo":
        found = [
            replace(now, renderings=tuple(one for one in now.renderings if not one.done))
            for now in found
        ]
    return Export(page, locale, _write(header, found, template=False), body)


def hand_out(session: Session, page: str, locale: str, base: str | None = None) -> str:
    """The text of a catalogue whose snapshot is kept: it can be compared when it comes back."""
    export = write(session, page, locale, base=base)
    snapshot.keep(session, page, locale, export.snapshot)
    return export.text


def _write(header: dict[str, str], found: Sequence[Standing], *, template: bool) -> str:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = header
    catalogue.metadata_is_fuzzy = template
    seen: dict[str, polib.POEntry] = {}
    for now in found:
        for rendering in now.renderings:
            unit = rendering.message.unit
            if unit not in seen:
                seen[unit] = _entry(now.section, rendering)
                catalogue.append(seen[unit])
            seen[unit].occurrences.append((f"/v1/sections/{now.section}", ""))
    return str(catalogue) + "\n"


def _header(page: str, locale: str, found: Sequence[Standing], name: str) -> dict[str, str]:
    return _facts(page, locale, found) | {"Language": locale, snapshot.HEADER: name}


def _template_header(page: str, locale: str, found: Sequence[Standing]) -> dict[str, str]:
    return _facts(page, locale, found) | {"Language": ""}


def _facts(page: str, locale: str, found: Sequence[Standing]) -> dict[str, str]:
    described = locales.describe(locale)
    # A time of the text, not of the export: the same state gives the same bytes.
    made = max((now.source.created_at for now in found), default=clock.now())
    written = f"{made:%Y-%m-%d %H:%M}+0000"
    return {
        "Project-Id-Version": page,
        "POT-Creation-Date": written,
        "PO-Revision-Date": written,
        "Last-Translator": "MSIF hub",
        "Language-Team": described.name,
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": described.plural_forms,
    }


def _entry(section: str, rendering: Rendering) -> polib.POEntry:
    message = rendering.message
    notes = [f"{message.kind} · {section}"]
    if message.links:
        notes.append(PLACEHOLDER_NOTE)
    return polib.POEntry(
        msgctxt=message.unit,
        msgid=message.text,
        msgstr=rendering.target,
        comment="\n".join(notes),
        flags=["fuzzy"] if rendering.fuzzy else [],
        previous_msgid=rendering.previous_source if rendering.fuzzy else None,
    )


def file_name(page: str, locale: str) -> Path:
    """Where a page's catalogue lies below the locales folder."""
    return Path(locale) / "LC_MESSAGES" / f"{page}.po"
