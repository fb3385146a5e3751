"""XLIFF 1.2 (OASIS, 2008), as CAT tools write it."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from content.translation.exchange import snapshots
from content.translation.exchange.cat_tools import says_unconfirmed
from content.translation.exchange.entry import Entry, ReadXliff
from content.translation.exchange.hardened_xml import XML_SPACE, line_of, name_of, refuse
from content.translation.exchange.inline import fill, stood_for, text_of
from content.translation.exchange.unit_notes import notes_of
from content.translation.merge import Rendering

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_N = f"{{{NAMESPACE}}}"
#: Elements are written without a prefix.
DEFAULT: Any = {None: NAMESPACE}
#: States of a target that somebody stands behind (2.4 State).
CONFIRMED = frozenset({"translated", "signed-off", "final"})
#: Where a tool says that it found the target rather than that somebody wrote it.
FOUND = frozenset(
    {
        *("exact-match", "fuzzy-match", "id-match", "leveraged-glossary", "leveraged-inherited"),
        *("leveraged-mt", "leveraged-repository", "leveraged-tm", "mt-suggestion"),
        *("rejected-grammar", "rejected-inaccurate", "rejected-length", "rejected-spelling"),
        *("tm-suggestion",),
    }
)


def write(
    page: str, locale: str, source_locale: str, units: Sequence[Rendering], snapshot: str
) -> etree._Element:
    root = etree.Element(f"{_N}xliff", nsmap=DEFAULT, version="1.2")
    file = etree.SubElement(
        root,
        f"{_N}file",
        {
            "original": snapshots.original(page, snapshot),
            "source-language": source_locale,
            "target-language": locale,
            "datatype": "x-markdown",
        },
    )
    if snapshot:
        header = etree.SubElement(file, f"{_N}header")
        note = etree.SubElement(header, f"{_N}note", {"from": snapshots.NOTE})
        note.text = snapshot
    body = etree.SubElement(file, f"{_N}body")
    for rendering in units:
        _write_unit(body, rendering)
    return root


def _write_unit(body: etree._Element, rendering: Rendering) -> None:
    message = rendering.message
    unit = etree.SubElement(
        body,
        f"{_N}trans-unit",
        {"id": message.unit, "resname": message.unit, XML_SPACE: "preserve"},
    )
    fill(etree.SubElement(unit, f"{_N}source"), message.text, _placeholder)
    if rendering.target:
        # A blank unit has no target at all: whoever fills it in need not know of states.
        state = "needs-review-translation" if rendering.fuzzy else "translated"
        target = etree.SubElement(unit, f"{_N}target", {"state": state})
        fill(target, rendering.target, _placeholder)
    for told in notes_of(rendering):
        etree.SubElement(unit, f"{_N}note").text = told


def _placeholder(parent: etree._Element, name: str, placeholder: str) -> etree._Element:
    made = etree.SubElement(parent, f"{_N}ph", {"id": name, "equiv-text": placeholder})
    made.text = placeholder
    return made


def read(root: etree._Element) -> ReadXliff:
    files = root.findall(f"{_N}file")
    if root.get("version") != "1.2" or not files:
        raise refuse(root, "an XLIFF file of this namespace says version 1.2 and has a file in it.")
    languages = {(one.get("source-language", ""), one.get("target-language", "")) for one in files}
    if len(languages) > 1:
        raise refuse(files[1], "the files in it are not all in the same languages.")
    source_locale, target_locale = languages.pop()
    entries = tuple(_entry(unit) for unit in root.iter(f"{_N}trans-unit"))
    return ReadXliff("1.2", source_locale, target_locale, _snapshot(files[0]), entries)


def _snapshot(file: etree._Element) -> str:
    for note in file.findall(f"{_N}header/{_N}note"):
        if note.get("from") == snapshots.NOTE:
            return (note.text or "").strip()
    return snapshots.of_original(file.get("original", ""))


def _entry(unit: etree._Element) -> Entry:
    source, target = unit.find(f"{_N}source"), unit.find(f"{_N}target")
    name = unit.get("resname") or unit.get("id") or ""
    if source is None or not name:
        raise refuse(unit, "a trans-unit has an id and a source.")
    told = "" if target is None else text_of(target, {}, stood_for(source, {}))
    fuzzy = bool(told) and target is not None and _unconfirmed(unit, target)
    return Entry(name, text_of(source, {}), told, fuzzy, line_of(unit))


def _unconfirmed(unit: etree._Element, target: etree._Element) -> bool:
    """Whether nobody stands behind the target yet, or behind a part of it."""
    if any(not "".join(map(str, part.itertext())).strip() for part in _segments(target)):
        return True
    if unit.get("approved") == "yes":
        return False
    if says_unconfirmed(unit):
        return True
    state = target.get("state")
    if state is None:
        return target.get("state-qualifier", "") in FOUND
    return state not in CONFIRMED


def _segments(target: etree._Element) -> Iterator[etree._Element]:
    for mark in target.iter():
        if name_of(mark) == "mrk" and mark.get("mtype") == "seg":
            yield mark
