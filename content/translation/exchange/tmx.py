"""Translation memories: TMX 1.4b (GALA, 2005).

Each pair says where it comes from in `prop` elements: section, version, who approved it, and its
origin. What other tools wrote is read too: `lang` for `xml:lang`, `EN-US` for `en`, and codes
inside a text, of which the text is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from content.errors import ExchangeRefused, InputTooLarge, LocaleMalformed
from content.translation.exchange.characters import require_readable, require_writable
from content.translation.exchange.hardened_xml import (
    XML_LANG,
    line_of,
    read_xml,
    refuse,
    require_root,
    write_xml,
)
from content.translation.exchange.inline import fill, text_of
from content.translation.locale import look_up, read_tag

UNITS_MAX = 50_000
#: Characters of a text, and of a prop.
TEXT_MAX = 20_000
PROP_MAX = 200
PROP = "x-msif-"
VERBATIM = frozenset({"seg", "prop"})


@dataclass(frozen=True)
class Pair:
    """A text and its translation, with where they come from. Frozen."""

    source: str
    target: str
    source_locale: str
    locale: str
    section: str = ""
    #: Number of the version it stands in.
    version: int | None = None
    #: Ids of those who signed it.
    approvers: tuple[str, ...] = ()
    #: `approved`, `import` or `machine`.
    origin: str = ""


@dataclass(frozen=True)
class ReadPair:
    """One unit of a file: a pair, or why it is none. Frozen."""

    line: int
    pair: Pair | None
    why: str = ""


def write_tmx(pairs: Sequence[Pair], locale: str) -> bytes:
    """The pairs in their order; the same pairs give the same bytes."""
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "msif-hub",
            "creationtoolversion": "1",
            "segtype": "block",
            "o-tmf": "msif-hub",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "x-markdown",
        },
    )
    body = etree.SubElement(root, "body")
    for pair in pairs:
        unit = etree.SubElement(body, "tu", srclang=pair.source_locale)
        for name, told in _told(pair):
            require_writable(told, "A memory")
            etree.SubElement(unit, "prop", type=PROP + name).text = told
        _write_text(unit, pair.source_locale, pair.source)
        _write_text(unit, locale, pair.target)
    return write_xml(root, VERBATIM)


def _told(pair: Pair) -> list[tuple[str, str]]:
    version = "" if pair.version is None else str(pair.version)
    told = [("section", pair.section), ("version", version), ("origin", pair.origin)]
    told += [("approver", approver) for approver in pair.approvers]
    return [(name, text) for name, text in told if text]


def _write_text(unit: etree._Element, locale: str, text: str) -> None:
    require_writable(text, "A memory")
    variant = etree.SubElement(unit, "tuv", {XML_LANG: locale})
    fill(etree.SubElement(variant, "seg"), text, _placeholder)


def _placeholder(parent: etree._Element, name: str, placeholder: str) -> etree._Element:
    made = etree.SubElement(parent, "ph", x=name.partition("-")[0])
    made.text = placeholder
    return made


def read_tmx(source: bytes, locale: str, source_locale: str) -> list[ReadPair]:
    """Every unit of a file. Raises ExchangeRefused with the line, InputTooLarge."""
    root = read_xml(source, what="TMX")
    require_root(root, {"tmx": "1"}, "TMX")
    if not root.get("version", "").startswith("1."):
        raise refuse(root, "a TMX file says version 1.4 or older.")
    units = root.findall("body/tu")
    if len(units) > UNITS_MAX:
        raise InputTooLarge(f"A TMX file has at most {UNITS_MAX:,} units.")
    return [_read(unit, locale, source_locale) for unit in units]


def _read(unit: etree._Element, locale: str, source_locale: str) -> ReadPair:
    line = line_of(unit)
    try:
        texts = [_text(unit, one) for one in (source_locale, locale)]
        told = {name: _props(unit, name) for name in ("section", "version", "approver", "origin")}
    except ExchangeRefused as refused:
        return ReadPair(line, None, refused.message)
    if not all(text.strip() for text in texts):
        return ReadPair(line, None, f"It has no text in `{source_locale}`, or none in `{locale}`.")
    if any(len(text) > TEXT_MAX for text in texts):
        return ReadPair(line, None, f"A text has more than {TEXT_MAX:,} characters.")
    number = "".join(told["version"][:1])
    pair = Pair(
        texts[0],
        texts[1],
        source_locale,
        locale,
        section="".join(told["section"][:1]),
        version=int(number) if number.isascii() and number.isdigit() and len(number) < 8 else None,
        approvers=told["approver"],
        origin="".join(told["origin"][:1]),
    )
    return ReadPair(line, pair)


def _text(unit: etree._Element, locale: str) -> str:
    """The text in a locale, or in one below it; empty where there is none."""
    for variant in unit.findall("tuv"):
        segment = variant.find("seg")
        if segment is not None and _is_in(variant, locale):
            text = text_of(segment, {})
            require_readable(text, line_of(segment))
            return text
    return ""


def _is_in(variant: etree._Element, locale: str) -> bool:
    try:
        tag = read_tag(variant.get(XML_LANG) or variant.get("lang") or "")
    except LocaleMalformed:
        return False
    return look_up(tag, {locale}) is not None


def _props(unit: etree._Element, name: str) -> tuple[str, ...]:
    found = tuple(
        (one.text or "").strip() for one in unit.findall("prop") if one.get("type") == PROP + name
    )
    for text in found:
        require_readable(text, line_of(unit))
    return tuple(text[:PROP_MAX] for text in found if text)
