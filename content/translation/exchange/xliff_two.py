"""XLIFF 2.1 (ISO 21720), and 2.0, which says the same in its core."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from content.translation.exchange import snapshots
from content.translation.exchange.entry import Entry, ReadXliff
from content.translation.exchange.hardened_xml import XML_SPACE, line_of, name_of, refuse
from content.translation.exchange.inline import (
    OriginalText,
    fill,
    split_placeholders,
    stood_for,
    text_of,
)
from content.translation.exchange.unit_notes import notes_of
from content.translation.merge import Rendering

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_N = f"{{{NAMESPACE}}}"
#: Elements are written without a prefix.
DEFAULT: Any = {None: NAMESPACE}
VERSIONS = frozenset({"2.0", "2.1"})
#: The place of a target among those of its unit (4.3.1.21).
ORDER = re.compile(r"[1-9][0-9]{0,5}")
#: States of a segment (4.3.1.29); only of the first it is said that nobody stands behind it.
STATES = frozenset({"initial", "translated", "reviewed", "final"})


def write(
    page: str, locale: str, source_locale: str, units: Sequence[Rendering], snapshot: str
) -> etree._Element:
    root = etree.Element(
        f"{_N}xliff",
        {"version": "2.1", "srcLang": source_locale, "trgLang": locale},
        nsmap=DEFAULT,
    )
    original = snapshots.original(page, snapshot)
    file = etree.SubElement(root, f"{_N}file", {"id": "f1", "original": original})
    if snapshot:
        notes = etree.SubElement(file, f"{_N}notes")
        note = etree.SubElement(notes, f"{_N}note", {"category": snapshots.NOTE})
        note.text = snapshot
    for rendering in units:
        _write_unit(file, rendering)
    return root


def _write_unit(file: etree._Element, rendering: Rendering) -> None:
    message = rendering.message
    unit = etree.SubElement(
        file, f"{_N}unit", {"id": message.unit, "name": message.unit, XML_SPACE: "preserve"}
    )
    notes = etree.SubElement(unit, f"{_N}notes")
    for told in notes_of(rendering):
        etree.SubElement(notes, f"{_N}note").text = told
    _write_originals(unit, rendering)
    segment = etree.SubElement(unit, f"{_N}segment")
    fill(etree.SubElement(segment, f"{_N}source"), message.text, _placeholder)
    if rendering.target:
        # A blank segment says no state at all: whoever fills it in need not know of states.
        segment.set("state", "initial" if rendering.fuzzy else "translated")
        if rendering.fuzzy:
            segment.set("subState", "msif:suggestion")
        fill(etree.SubElement(segment, f"{_N}target"), rendering.target, _placeholder)


def _write_originals(unit: etree._Element, rendering: Rendering) -> None:
    used = {
        placeholder: f"d{name.partition('-')[0]}"
        for text in (rendering.message.text, rendering.target)
        for _, name, placeholder in split_placeholders(text)
        if name
    }
    if not used:
        return
    originals = etree.SubElement(unit, f"{_N}originalData")
    for placeholder, name in used.items():
        etree.SubElement(originals, f"{_N}data", id=name).text = placeholder


def _placeholder(parent: etree._Element, name: str, placeholder: str) -> etree._Element:
    return etree.SubElement(
        parent,
        f"{_N}ph",
        {
            "id": name,
            "canCopy": "no",
            "canDelete": "no",
            "dataRef": f"d{name.partition('-')[0]}",
            "disp": placeholder,
            "equiv": placeholder,
        },
    )


def read(root: etree._Element) -> ReadXliff:
    files = root.findall(f"{_N}file")
    version = root.get("version", "")
    if version not in VERSIONS or not files:
        raise refuse(
            root, "an XLIFF file of this namespace says version 2.0 or 2.1 and has a file."
        )
    entries = tuple(_entry(unit) for unit in root.iter(f"{_N}unit"))
    return ReadXliff(
        version, root.get("srcLang", ""), root.get("trgLang", ""), _snapshot(files[0]), entries
    )


def _snapshot(file: etree._Element) -> str:
    for note in file.findall(f"{_N}notes/{_N}note"):
        if note.get("category") == snapshots.NOTE:
            return (note.text or "").strip()
    return snapshots.of_original(file.get("original", ""))


def _entry(unit: etree._Element) -> Entry:
    name = unit.get("name") or unit.get("id") or ""
    parts = [part for part in unit if part.tag in (f"{_N}segment", f"{_N}ignorable")]
    if not name or any(part.find(f"{_N}source") is None for part in parts) or not parts:
        raise refuse(unit, "a unit has an id and segments, each with a source.")
    originals: OriginalText = {
        data.get("id", ""): "".join(map(str, data.itertext()))
        for data in unit.iterfind(f"{_N}originalData/{_N}data")
    }
    known = {
        stands: text
        for source in unit.iterfind(f"*/{_N}source")
        for stands, text in stood_for(source, originals).items()
    }
    sources = "".join(text_of(source, originals) for source in unit.iterfind(f"*/{_N}source"))
    told = [part for part in parts if _has_text(part.find(f"{_N}target"))]
    if not told:
        return Entry(name, sources, "", False, line_of(unit))
    target = "".join(text_of(one, originals, known) for one in _targets(parts))
    return Entry(name, sources, target, any(map(_unconfirmed, parts)), line_of(unit))


def _has_text(target: etree._Element | None) -> bool:
    return target is not None and (len(target) > 0 or bool((target.text or "").strip()))


def _unconfirmed(part: etree._Element) -> bool:
    """Whether nobody stands behind this segment yet."""
    if name_of(part) == "ignorable":
        return False
    state = part.get("state")
    if state is not None and state not in STATES:
        raise refuse(part, f"`{state}` is no state of a segment.")
    return state == "initial" or not _has_text(part.find(f"{_N}target"))


def _targets(parts: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """The targets in their order, and what stands between segments where it has none."""
    placed = []
    for place, part in enumerate(parts, start=1):
        target = part.find(f"{_N}target")
        if target is None and name_of(part) == "ignorable":
            target = part.find(f"{_N}source")
        if target is not None:
            order = target.get("order", "")
            placed.append((int(order) if ORDER.fullmatch(order) else place, target))
    yield from (target for _, target in sorted(placed, key=lambda one: one[0]))
