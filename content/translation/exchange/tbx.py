"""A glossary as TBX: ISO 30042:2019, dialect TBX-Basic, style DCA.

DCA, because it names data by attributes as all TBX before 2019 did, so that tools of either age
read it. DCT and the `martif` of 2008 are read as well. How a term stands is said by its
`administrativeStatus`:

1. `preferredTerm-admn-sts`: agreed; `admittedTerm-admn-sts`: proposed, where none is preferred.
2. `deprecatedTerm-admn-sts`: forbidden.
3. `supersededTerm-admn-sts`: retired, where nothing else is said; otherwise forbidden.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from content.errors import InputTooLarge, LocaleMalformed
from content.translation.exchange.characters import require_writable
from content.translation.exchange.hardened_xml import (
    XML_LANG,
    line_of,
    name_of,
    read_xml,
    require_root,
    write_xml,
)
from content.translation.exchange.term import ReadTerm, Status, Term, read_term, tidy
from content.translation.locale import look_up, read_tag

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
CONCEPTS_MAX = 10_000
_N = f"{{{NAMESPACE}}}"
_DEFAULT: Any = {None: NAMESPACE}
ROOTS = {f"{_N}tbx": "2019", "martif": "2008"}
CONCEPTS = frozenset({"conceptEntry", "termEntry"})
LANGUAGES = frozenset({"langSec", "langSet"})
TERMS = frozenset({"termSec", "tig", "ntig"})
VERBATIM = frozenset({"term", "note", "p"})
WRITTEN = {
    Status.AGREED: "preferredTerm-admn-sts",
    Status.PROPOSED: "admittedTerm-admn-sts",
    Status.RETIRED: "supersededTerm-admn-sts",
}
FORBIDDEN = "deprecatedTerm-admn-sts"
#: What statuses of either age begin with, and what they mean; what says nothing is agreed.
MEANT = {
    **dict.fromkeys(("preferred", "standardized", "legal", "regulated"), "agreed"),
    "admitted": "proposed",
    "superseded": "retired",
    **dict.fromkeys(("deprecated", "obsolete", "notRecommended"), "forbidden"),
}


def write_tbx(terms: Sequence[Term], locale: str, source_locale: str) -> bytes:
    """The terms in their order; the same terms give the same bytes."""
    root = etree.Element(
        f"{_N}tbx",
        {"type": "TBX-Basic", "style": "dca", XML_LANG: source_locale},
        nsmap=_DEFAULT,
    )
    header = etree.SubElement(root, f"{_N}tbxHeader")
    described = etree.SubElement(etree.SubElement(header, f"{_N}fileDesc"), f"{_N}sourceDesc")
    etree.SubElement(described, f"{_N}p").text = f"MSIF hub: glossary, {source_locale} to {locale}"
    body = etree.SubElement(etree.SubElement(root, f"{_N}text"), f"{_N}body")
    for number, term in enumerate(terms, start=1):
        for text in (term.source, *term.preferred, *term.forbidden, term.note):
            require_writable(text, term.source)
        concept = etree.SubElement(body, f"{_N}conceptEntry", id=f"c{number}")
        _write_language(concept, source_locale, [(term.source, "")])
        said = [(word, WRITTEN[term.status]) for word in term.preferred]
        said += [(word, FORBIDDEN) for word in term.forbidden]
        _write_language(concept, locale, said, term.note)
    return write_xml(root, VERBATIM)


def _write_language(
    concept: etree._Element, locale: str, said: Sequence[tuple[str, str]], note: str = ""
) -> None:
    language = etree.SubElement(concept, f"{_N}langSec", {XML_LANG: locale})
    if note:
        etree.SubElement(language, f"{_N}note").text = note
    for word, status in said:
        term = etree.SubElement(language, f"{_N}termSec")
        etree.SubElement(term, f"{_N}term").text = word
        if status:
            told = etree.SubElement(term, f"{_N}termNote", type="administrativeStatus")
            told.text = status


def read_tbx(source: bytes, locale: str, source_locale: str) -> list[ReadTerm]:
    """Every concept that has both languages, and why another one has no term.

    Raises ExchangeRefused with the line, InputTooLarge.
    """
    root = read_xml(source, what="TBX")
    require_root(root, ROOTS, "TBX")
    concepts = [one for one in root.iter() if name_of(one) in CONCEPTS]
    if len(concepts) > CONCEPTS_MAX:
        raise InputTooLarge(f"A TBX file has at most {CONCEPTS_MAX:,} concepts.")
    return [_term(concept, locale, source_locale) for concept in concepts]


def _term(concept: etree._Element, locale: str, source_locale: str) -> ReadTerm:
    line = line_of(concept)
    languages = [one for one in concept if name_of(one) in LANGUAGES]
    # Where both are one language, the source comes first.
    sources = [one for one in languages if _is_in(one, source_locale)][:1]
    targets = [one for one in languages if one not in sources and _is_in(one, locale)]
    named = [word for one in sources for word, _ in _words(one)]
    if not named:
        return ReadTerm(line, "", None, f"It has no term in `{source_locale}`.")
    if not targets:
        return ReadTerm(line, tidy(named[0]), None, f"It has no term in `{locale}`.")
    said = [one for target in targets for one in _words(target)]
    meanings = {meaning for _, meaning in said}
    status = next((one for one in ("agreed", "proposed", "retired") if one in meanings), "agreed")
    kept = {"agreed", "proposed"} if status != "retired" else {"retired"}
    return read_term(
        line,
        named[0],
        [word for word, meaning in said if meaning in kept],
        [word for word, meaning in said if meaning not in kept],
        "\n".join(_notes(targets)),
        status,
    )


def _is_in(language: etree._Element, locale: str) -> bool:
    try:
        tag = read_tag(language.get(XML_LANG) or language.get("lang") or "")
    except LocaleMalformed:
        return False
    return look_up(tag, {locale}) is not None


def _words(language: etree._Element) -> Iterator[tuple[str, str]]:
    """(term, what its status means) of one language."""
    for section in language:
        if name_of(section) not in TERMS:
            continue
        term, meaning = None, "agreed"
        for part in section.iter():
            if name_of(part) == "term" and term is None:
                term = part
            elif "administrativeStatus" in (part.get("type"), name_of(part)):
                told = tidy(str(part.text or ""))
                meaning = next((MEANT[one] for one in MEANT if told.startswith(one)), meaning)
        word = "" if term is None else tidy("".join(map(str, term.itertext())))
        if word:
            yield word, meaning


def _notes(targets: Sequence[etree._Element]) -> Iterator[str]:
    for target in targets:
        yield from (tidy(str(one.text or "")) for one in target if name_of(one) == "note")
