"""A catalogue that came back, read: its entries, its snapshot, and what is odd about it."""

from dataclasses import dataclass
from functools import lru_cache

from content.errors import InputTooLarge, LocaleMismatch, WrongLanguage
from content.translation import locale as locales
from content.translation.checks import tidy
from content.translation.exchange.xliff import read_xliff
from content.translation.fate import Entry
from content.translation.po import PoFile, read_po, require_second_opinion
from content.translation.po.limits import PO_BYTES_MAX
from content.translation.snapshot import HEADER

#: Texts put right last that are kept at hand: in the file of a week nearly all are as they were.
TIDIED_MAX = 32_768
_tidied = lru_cache(TIDIED_MAX)(tidy)


@dataclass(frozen=True)
class Incoming:
    """What a file says. Obsolete entries are left out: the tool that sent it has given them up."""

    entries: tuple[Entry, ...]
    #: As the file names it; empty where it does not.
    snapshot: str
    remarks: tuple[str, ...]


def read_catalogue(source: bytes, locale: str) -> Incoming:
    """Read a .po file for a locale.

    Raises CatalogueRefused, InputTooLarge, WrongLanguage, LocaleMismatch.
    """
    found = read_po(source)
    require_second_opinion(source, found)
    remarks = [f"Line {one.line}: {one.message}" for one in found.warnings]
    language = found.header.get("language", "").strip()
    if language:
        require_language(language, locale)
    else:
        remarks.append(f"The header names no Language; it was taken for {locale}.")
    snapshot = found.header.get(HEADER.lower(), "").strip()
    return Incoming(_entries(found, locale), snapshot, tuple(remarks))


def read_xliff_catalogue(source: bytes, locale: str) -> Incoming:
    """Read an XLIFF file for a locale. Raises ExchangeRefused and what `read_catalogue` does."""
    if len(source) > PO_BYTES_MAX:
        raise InputTooLarge(f"A catalogue has at most {PO_BYTES_MAX:,} bytes.")
    found = read_xliff(source)
    remarks = []
    if found.target_locale:
        require_language(found.target_locale, locale)
    else:
        remarks.append(f"The file names no target language; it was taken for {locale}.")
    entries = tuple(
        entry_of(one.unit, one.source, (one.target,), one.fuzzy, one.line, locale)
        for one in found.entries
    )
    return Incoming(entries, found.snapshot, tuple(remarks))


def require_language(named: str, locale: str) -> None:
    """Raises LocaleMismatch for a regional variant of the same language, WrongLanguage else."""
    tag = locales.read_tag(named)
    if tag == locale:
        return
    if tag.partition("-")[0] == locale.partition("-")[0]:
        raise LocaleMismatch(
            f"The file is for {tag}, and this is the address of {locale}; "
            f"send it to {tag}, or correct its Language.",
            locale=locale,
            language=tag,
        )
    raise WrongLanguage(f"The file says it is {tag}, not {locale}.", locale=locale, language=tag)


def _entries(found: PoFile, locale: str) -> tuple[Entry, ...]:
    return tuple(
        entry_of(one.context or "", one.source, one.targets, one.fuzzy, one.line, locale)
        for one in found.entries
        if not one.obsolete
    )


def entry_of(
    unit: str, source: str, targets: tuple[str, ...], fuzzy: bool, line: int, locale: str
) -> Entry:
    """The entry with the slips in its words put right, and what was done."""
    target, fixes = _tidied(targets[0], locale)
    told = tuple([f"{fix.before!r} -> {fix.after!r}" for fix in fixes]) if fixes else ()
    return Entry(unit, source, target, fuzzy, line, forms=targets[1:], fixes=told)
