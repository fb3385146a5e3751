"""The first look at a file: its size, its characters, and what would cost too much to parse.

All checks take time in proportion to the file, and come before any parser sees it.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from content.records.markdown.characters import character_problem, normal, with_newlines
from content.records.markdown.log import MistakeLog

FILE_BYTES_MAX = 8_000_000
LINE_CHARACTERS_MAX = 100_000
LINES_MAX = 100_000
MARKUP_MAX = 100_000  # characters that may begin markup; each costs the parser a look
BRACKETS_MAX = 40_000  # the dearest of them
TABLE_CELLS_MAX = 100_000  # in all tables of a file together, empty ones too

_MARKUP = re.compile(r"[\\`*_\[\]<&!]")
_TABLE_RULE = re.compile(r"[ >]{0,9}[|:-][-:| ]*")
_FENCE = "---"


@dataclass(frozen=True)
class Source:
    """A file's text taken apart. Frozen. Lines count from 1; the body may be empty."""

    front_matter: str
    body: str
    body_line: int


def read_source(source: bytes, log: MistakeLog) -> Source | None:
    """The text of a file, or None: it is not read further. Every mistake is noted."""
    if len(source) > FILE_BYTES_MAX:
        log.add(1, "too-large", f"the file is over {FILE_BYTES_MAX:,} bytes")
        return None
    text = _decoded(source, log)
    if text is None or not _lines_fit(text, log):
        return None
    return _apart(normal(text), log)


def too_costly(body: str) -> str:
    """Why the body would take too long to parse, or nothing."""
    marks = _MARKUP.findall(body)
    if len(marks) > MARKUP_MAX or marks.count("[") > BRACKETS_MAX:
        return f"over {MARKUP_MAX:,} characters of markup, or over {BRACKETS_MAX:,} brackets"
    if _table_cells(body) > TABLE_CELLS_MAX:
        return f"over {TABLE_CELLS_MAX:,} cells in tables"
    return ""


def _decoded(source: bytes, log: MistakeLog) -> str | None:
    try:
        return with_newlines(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        log.add(line, "not-utf-8", "the file is not UTF-8; save it as UTF-8")
        return None


def _lines_fit(text: str, log: MistakeLog) -> bool:
    lines = text.split("\n")
    if len(lines) > LINES_MAX:
        log.add(LINES_MAX, "too-large", f"the file has over {LINES_MAX:,} lines")
        return False
    good = True
    for number, line in enumerate(lines, start=1):
        # Tabs before a text are for the parser; inside one they are a mistake of its own.
        problem = character_problem(line, tabs=True)
        if problem:
            log.add(number, problem.code, problem.message)
        if len(line) > LINE_CHARACTERS_MAX:
            message = f"the line is over {LINE_CHARACTERS_MAX:,} characters"
            log.add(number, "text-too-long", message)
        good = good and not problem and len(line) <= LINE_CHARACTERS_MAX
    return good


def _apart(text: str, log: MistakeLog) -> Source:
    lines = text.split("\n")
    if lines[0].rstrip(" ") != _FENCE:
        message = "the file begins with its facts between two lines ---"
        log.add(1, "front-matter-missing", message)
        return Source("", text, 1)
    ends = (place for place, line in enumerate(lines[1:], 1) if line.rstrip(" ") == _FENCE)
    end = next(ends, 0)
    if not end:
        log.add(1, "front-matter-broken", "the second line --- of the front matter is missing")
        return Source("", "", len(lines))
    return Source("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


def _table_cells(body: str) -> int:
    """At least as many cells as all tables can have: columns times the rows that may follow."""
    cells = 0
    lines = body.split("\n")
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        rows = [] if blank else list(group)
        columns = (line.count("|") + 1 for line in rows if _TABLE_RULE.fullmatch(line))
        cells += max(columns, default=0) * len(rows)
    return cells
