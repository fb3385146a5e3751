"""A glossary as a table that people open in a spreadsheet.

One row for a source term: `source,locale,preferred,forbidden,note,status`. Terms of a kind are
separated by `|`. Read back with commas, semicolons or tabs, whatever the spreadsheet saved;
`locale`, `forbidden`, `note` and `status` may be missing.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from content.errors import ExchangeRefused, InputTooLarge
from content.translation.exchange.characters import require_readable
from content.translation.exchange.term import BETWEEN, ReadTerm, Term, read_term, tidy

CSV_BYTES_MAX = 4_000_000
ROWS_MAX = 10_000
COLUMNS = ("source", "locale", "preferred", "forbidden", "note", "status")
REQUIRED = frozenset({"source", "preferred"})
DELIMITERS = (",", ";", "\t")


def write_csv(terms: Sequence[Term], locale: str) -> bytes:
    """The terms in their order; the same terms give the same bytes."""
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for term in terms:
        table.writerow(
            (
                term.source,
                locale,
                BETWEEN.join(term.preferred),
                BETWEEN.join(term.forbidden),
                term.note,
                term.status.value,
            )
        )
    return written.getvalue().encode("utf-8")


def read_csv(source: bytes, locale: str) -> list[ReadTerm]:
    """Every row of a locale's glossary. A row of another locale is refused by itself.

    Raises ExchangeRefused with the line where this is no such table, InputTooLarge.
    """
    if len(source) > CSV_BYTES_MAX:
        raise InputTooLarge(f"A glossary has at most {CSV_BYTES_MAX:,} bytes.")
    rows = _rows(_text(source))
    line, header = next(rows, (1, []))
    columns = [tidy(name).lower() for name in header]
    if not set(columns) >= REQUIRED or len(set(columns)) < len(columns):
        raise _refused(line, f"the first row has to name the columns: {', '.join(COLUMNS)}.")
    unknown = set(columns) - set(COLUMNS)
    if unknown:
        raise _refused(line, f"`{min(unknown)[:40]}` is no column of a glossary.")
    return [_term(line, columns, row, locale) for line, row in rows if any(map(tidy, row))]


def _text(source: bytes) -> str:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _refused(line, "this is not UTF-8; save the table as CSV UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line_text in enumerate(text.split("\n"), start=1):
        require_readable(line_text, number)
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row."""
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refused(line, f"the table is not whole ({error}); look at its quotes.") from None
        if line > ROWS_MAX:
            raise InputTooLarge(f"A glossary has at most {ROWS_MAX:,} rows.")
        yield line, row
        line = table.line_num + 1


def _term(line: int, columns: Sequence[str], row: Sequence[str], locale: str) -> ReadTerm:
    told = dict(zip(columns, row, strict=False))
    name = tidy(told.get("source", ""))
    if len(row) != len(columns):
        return ReadTerm(line, name, None, f"It has {len(row)} cells, not {len(columns)}.")
    of = tidy(told.get("locale", "")) or locale
    if of != locale:
        return ReadTerm(line, name, None, f"It is for `{of[:40]}`, not for `{locale}`.")
    return read_term(
        line,
        name,
        told["preferred"].split(BETWEEN),
        told.get("forbidden", "").split(BETWEEN),
        told.get("note", ""),
        tidy(told.get("status", "")).lower(),
    )


def _refused(line: int, why: str) -> ExchangeRefused:
    return ExchangeRefused(f"Line {line}: {why}", line=line)
