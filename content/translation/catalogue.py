"""Catalogues: the messages of one page in one locale, as a .po file.

`msgctxt` is the unit's id, `msgid` the source text, `msgstr` the translation. Facts that several
sections share stand in the file once. The same state gives the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polib
from sqlmodel import Session

from content import clock
from content.errors import CatalogueRefused
from content.records import tree
from content.translation import locale as locales
from content.translation import po_gate, translation
from content.translation.merge import Rendering
from content.translation.translation import Standing

#: What a placeholder means, for whoever opens the file.
PLACEHOLDER_NOTE = "Keep {1}, {2} ... right behind the link text: they stand for the addresses."
#: `#,fuzzy`: legal, and not understood by polib.
FLAG_RIGHT_BEHIND = re.compile(r"^([^\S\n]*#,)(?=\S)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One entry of a file that came back."""

    #: Its msgctxt; empty where somebody's tool dropped it.
    unit: str
    source: str
    target: str
    fuzzy: bool
    line: int


def standings(session: Session, page: str, locale: str) -> list[Standing]:
    """Where each section of a page stands, in reading order.

    Sections without a text that can be translated yet are left out.
    """
    return translation.standings(session, tree.page_sections(session, page), locale)


def write_template(session: Session, page: str, source_locale: str) -> str:
    """The .pot of a page: every message, no translation."""
    return _write(page, source_locale, standings(session, page, source_locale), template=True)


def write(session: Session, page: str, locale: str) -> str:
    """The .po of a page in a locale, with everything that stands in it now."""
    return _write(page, locale, standings(session, page, locale), template=False)


def _write(page: str, locale: str, found: Sequence[Standing], *, template: bool) -> str:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = _header(page, locale, found, template)
    catalogue.metadata_is_fuzzy = template
    seen: dict[str, polib.POEntry] = {}
    for now in found:
        for rendering in now.renderings:
            unit = rendering.message.unit
            if unit not in seen:
                told = Rendering(rendering.message) if template else rendering
                seen[unit] = _entry(now.section, told)
                catalogue.append(seen[unit])
            seen[unit].occurrences.append((f"/v1/sections/{now.section}", ""))
    return str(catalogue) + "\n"


def _header(page: str, locale: str, found: Sequence[Standing], template: bool) -> dict[str, str]:
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
        "Language": "" if template else locale,
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


def read(source: bytes, locale: str) -> list[Entry]:
    """The entries of a .po file. Raises CatalogueRefused, InputTooLarge."""
    text = po_gate.require_whole(source)
    catalogue = _parse(text)
    named = catalogue.metadata.get("Language", "")
    if named and locales.read_tag(named) != locale:
        raise CatalogueRefused(f"The file says it is {named}, not {locale}.")
    entries = list(_entries(catalogue))
    named_units = [entry.unit for entry in entries if entry.unit]
    if len(set(named_units)) != len(named_units):
        raise CatalogueRefused("The file has the same msgctxt twice.")
    return entries


def _parse(text: str) -> polib.POFile:
    # polib wants a space before a flag, which gettext does not.
    text = FLAG_RIGHT_BEHIND.sub(r"\1 ", text)
    # It opens a file when the text it is given is a path, so it gets a file of ours.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.po"
        path.write_text(text, encoding="utf-8", newline="\n")
        try:
            # The bytes are UTF-8, whatever charset the file claims.
            return polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = str(error).replace(f" {path}", "")
            raise CatalogueRefused(f"The file is not a .po file: {reason}") from None


def _entries(catalogue: polib.POFile) -> Iterator[Entry]:
    for entry in catalogue:
        if entry.obsolete:
            continue
        yield Entry(
            unit=entry.msgctxt or "",
            source=entry.msgid,
            target=entry.msgstr,
            fuzzy=any(flag.lower() == "fuzzy" for flag in entry.flags),
            line=entry.linenum,
        )


def file_name(page: str, locale: str) -> Path:
    """Where a page's catalogue lies below the locales folder."""
    return Path(locale) / "LC_MESSAGES" / f"{page}.po"
