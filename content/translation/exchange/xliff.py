"""XLIFF 1.2 and 2.1: a page's messages for tools that do not read .po files.

What is written:
1. One unit of the file is one unit of the page; `id` and `name` (`resname` in 1.2) are its id.
2. Each `{1}` is a `ph`, so that it cannot be mistyped; all other text stays, with its spaces.
3. The export's snapshot stands in a note of the file and behind the `#` of `original`.
4. The same renderings give the same bytes.
"""

from collections.abc import Sequence
from typing import Literal

from content.errors import ExchangeRefused, InputTooLarge
from content.translation.exchange import xliff_one, xliff_two
from content.translation.exchange.characters import require_readable, require_writable
from content.translation.exchange.entry import Entry, ReadXliff
from content.translation.exchange.hardened_xml import read_xml, require_root, write_xml
from content.translation.locale import read_tag
from content.translation.merge import Rendering

Version = Literal["1.2", "2.1"]

#: Units of a file; a page has a few hundred.
UNITS_MAX = 20_000
ROOTS = {
    f"{{{xliff_one.NAMESPACE}}}xliff": "1.2",
    f"{{{xliff_two.NAMESPACE}}}xliff": "2",
}
VERBATIM = frozenset({"source", "target", "data", "note"})


def write_xliff(
    page: str,
    locale: str,
    source_locale: str,
    renderings: Sequence[Rendering],
    *,
    snapshot: str = "",
    version: Version = "2.1",
) -> bytes:
    """A page's messages in a locale. A unit that comes twice is written once.

    Raises ExchangeRefused for a character that XML cannot carry, and where there is nothing.
    """
    once = {rendering.message.unit: rendering for rendering in reversed(renderings)}
    units = [once.pop(one.message.unit) for one in renderings if one.message.unit in once]
    if not units:
        raise ExchangeRefused(f"`{page}` has nothing to translate yet.")
    for one in units:
        for text in (one.message.text, one.target, one.previous_source or ""):
            require_writable(text, one.message.unit)
    write = xliff_one.write if version == "1.2" else xliff_two.write
    return write_xml(write(page, locale, source_locale, units, snapshot), VERBATIM)


def read_xliff(source: bytes) -> ReadXliff:
    """What a file says. Raises ExchangeRefused with the line, InputTooLarge, LocaleMalformed."""
    root = read_xml(source, what="XLIFF")
    known = require_root(root, ROOTS, "XLIFF")
    read = xliff_one.read(root) if known == "1.2" else xliff_two.read(root)
    if len(read.entries) > UNITS_MAX:
        raise InputTooLarge(f"An XLIFF file has at most {UNITS_MAX:,} units.")
    for entry in read.entries:
        require_readable(entry.source + entry.target, entry.line)
    return ReadXliff(
        read.version,
        read_tag(read.source_locale),
        read_tag(read.target_locale) if read.target_locale else "",
        read.snapshot,
        _once(read.entries),
    )


def _once(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Each unit once. Raises ExchangeRefused where a file says two things of one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        kept = found.setdefault(entry.unit, entry)
        if (kept.source, kept.target, kept.fuzzy) != (entry.source, entry.target, entry.fuzzy):
            raise ExchangeRefused(
                f"Line {entry.line}: the unit `{entry.unit}` stands on line {kept.line} already, "
                "with another text.",
                line=entry.line,
                unit=entry.unit,
            )
    return tuple(found.values())
