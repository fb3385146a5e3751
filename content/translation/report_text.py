"""The report of an upload as a table, for a person at a terminal."""

from collections.abc import Iterator, Sequence

from content.translation.report import Coverage, Report, Taken

#: Characters of a text that are shown in the table.
SHOWN_MAX = 60
GAP = "  "


def table(report: Report) -> str:
    """What became of each entry that is not `unchanged`, with its findings, and the coverage."""
    lines = list(_lines(report))
    return "\n".join(lines) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"{report.page}/{report.locale}, upload {report.upload}"
    if report.again:
        yield "Nothing new: this very file was taken before. This is what became of it:"
    yield from report.remarks
    told = [one for one in report.entries if one.fate != "unchanged" or one.findings]
    yield from _columns([_row(one) for one in told])
    for one in told:
        yield from _below(one)
    yield ", ".join(f"{count} {fate}" for fate, count in report.counts.items()) or "No entries."
    yield f"before: {_covered(report.before)}"
    yield f"after:  {_covered(report.after)}"


def _row(one: Taken) -> list[str]:
    return [f"line {one.line}", one.fate, one.section or "-", one.unit or "-", _short(one.target)]


def _below(one: Taken) -> Iterator[str]:
    if one.why:
        yield f"line {one.line}: {one.why}"
    if one.fate in ("conflict", "refused") and one.stands:
        yield f"line {one.line}: what stands: {_short(one.stands)}"
    for fix in one.fixes:
        yield f"line {one.line}: put right: {fix}"
    for finding in one.findings:
        yield f"line {one.line}: {finding['severity']} {finding['code']}: {finding['message']}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()


def _covered(one: Coverage) -> str:
    return (
        f"{one.done} of {one.messages} done, {one.stale} stale, "
        f"{one.suggested} suggested, {one.blank} blank"
    )


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= SHOWN_MAX else shown[: SHOWN_MAX - 1] + "…"
