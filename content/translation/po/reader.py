"""The first to read what a person sends: strict, linear, and all our own.

Rules, cited at their checks:
1. At most so much of anything (limits.py), found before time or memory is spent on it.
2. UTF-8, without characters that cannot be seen.
3. A line is a whole comment, keyword or string, or the file is refused.
4. Lines come in their order (draft.py).
5. The header comes first and once; the number of its plural forms is what messages have.
6. What is refused is refused with its line. What is read loses no letter.

The same message twice is not refused: two entries appear, and the merge decides. What is written as
every tool writes it is read an entry at a time (usual_entry.py), all else line by line.
"""

import re

from content.translation.po import limits
from content.translation.po.draft import Draft, Stage
from content.translation.po.entry import FLAG, PoEntry, PoFile
from content.translation.po.header import Header, read_header
from content.translation.po.line import (
    BARE_INDEXED,
    BARE_KEYWORD,
    COMMENT,
    LINE,
    STRING,
    joined,
    unescaped,
    wrong,
)
from content.translation.po.plain_text import plain_text
from content.translation.po.refusal import refused, too_large
from content.translation.po.usual_entry import USUAL, usual_entry

OBSOLETE = ("#~", "#~|")
PREVIOUS = ("#|", "#~|")


def read_po(source: bytes) -> PoFile:
    """Everything in a .po file. Raises CatalogueRefused, InputTooLarge, with `line` and `code`."""
    text = plain_text(source)  # rules 1 and 2
    reading = _Reading()
    line, place = 1, 0
    while place < len(text):
        match = USUAL.match(text, place) if reading.is_between else None
        if match and reading.took_usual(line, match):
            line += match[0].count("\n")
        else:
            match = LINE.match(text, place)
            assert match is not None  # noqa: S101 (its last alternative is any line)
            reading.take(line, match)
            line += 1
        place = match.end()
    return reading.end(line - 1)


class _Reading:
    """One pass over a file."""

    __slots__ = ("draft", "entries", "header", "header_entry", "references")

    def __init__(self) -> None:
        self.draft = Draft()
        self.header: Header | None = None
        self.header_entry: PoEntry | None = None
        self.entries: list[PoEntry] = []
        #: Words of `#:` lines so far.
        self.references = 0

    @property
    def is_between(self) -> bool:
        """Whether nothing of the next entry was read: the one before is whole, or there is none."""
        draft = self.draft
        return draft.stage is Stage.TARGET or not (draft.stage or draft.comment_lines)

    def took_usual(self, line: int, match: re.Match[str]) -> bool:
        """Take an entry at one go; false where its lines are to be taken one by one."""
        entry = usual_entry(line, match)
        if entry is None:
            return False
        if self.draft.stage:
            self.draft.require_string(line)
            self._close(line)
        if self.header is None or len(self.entries) == limits.ENTRIES_MAX:
            return False
        references = self.references + len(entry.references)
        if references > limits.REFERENCES_MAX:
            return False
        self.references = references
        self.entries.append(entry)
        return True

    def take(self, line: int, match: re.Match[str]) -> None:
        """One line."""
        if match.end() - match.start() > limits.LINE_CHARS_MAX:  # rule 1
            raise too_large(
                line, "line-length", f"a line has at most {limits.LINE_CHARS_MAX:,} characters."
            )
        kind = match.lastindex
        if kind is None:  # it is blank
            return
        if kind == STRING:
            mark, keyword, index, first, more = match.group(1, 2, 3, 4, 5)
            raw = joined(first, more) if more else first
            text = unescaped(line, raw) if "\\" in raw else raw
            if keyword is not None:
                self._begin(line, mark, keyword, index)
            self.draft.go_on(line, text, obsolete=mark in OBSOLETE, previous=mark in PREVIOUS)
        elif kind == COMMENT:
            self._comment(line, match[9], match[10])
        elif kind in (BARE_KEYWORD, BARE_INDEXED):
            self._begin(line, *match.group(6, 7, 8))
        else:
            raise wrong(line, match[11])  # rule 3

    def end(self, line: int) -> PoFile:
        self.draft.require_whole(line)
        self._close(line)
        if self.header is None or self.header_entry is None:
            raise refused(1, "header-missing", "the file has no header; export it again.")
        return PoFile(
            header=self.header.fields,
            header_line=self.header_entry.line,
            header_fuzzy=self.header_entry.fuzzy,
            entries=tuple(self.entries),
            warnings=self.header.remarks,
        )

    def _begin(self, line: int, mark: str | None, keyword: str, index: str | None) -> None:
        draft = self.draft
        draft.require_string(line)
        if draft.stage is Stage.TARGET and (keyword != "msgstr" or mark in PREVIOUS):
            draft = self._close(line)
        begin = draft.begin_previous if mark in PREVIOUS else draft.begin
        begin(line, keyword, index, mark in OBSOLETE)  # rule 4

    def _comment(self, line: int, kind: str, text: str) -> None:
        draft = self.draft
        draft.require_string(line)
        if draft.stage is Stage.TARGET:
            draft = self._close(line)
        draft.count_comment(line)
        if kind == ":":
            self._reference(line, text.split())
        elif kind in (",", "="):
            draft.flags += FLAG.findall(text.lower())
            if len(draft.flags) > limits.FLAGS_MAX:  # rule 1
                raise too_large(
                    line, "flag-count", f"a message has at most {limits.FLAGS_MAX} flags."
                )
        else:
            told = draft.notes if kind == "." else draft.comments
            told.append(text.removeprefix(" ").rstrip())

    def _reference(self, line: int, words: list[str]) -> None:
        self.draft.references += words
        self.references += len(words)
        if self.references > limits.REFERENCES_MAX:  # rule 1
            raise too_large(
                line,
                "reference-count",
                f"the #: lines of a file have at most {limits.REFERENCES_MAX:,} words.",
            )

    def _close(self, line: int) -> Draft:
        """Keep the entry that is whole, and begin the next."""
        done, self.draft = self.draft, Draft()
        if done.stage:
            self._keep(done.entry())
            if len(self.entries) > limits.ENTRIES_MAX:  # rule 1
                raise too_large(
                    line, "entry-count", f"a file has at most {limits.ENTRIES_MAX:,} messages."
                )
        return self.draft

    def _keep(self, entry: PoEntry) -> None:
        if self.header is None:  # rule 5
            self.header = read_header(entry)
            self.header_entry = entry
            return
        if not entry.source:
            raise refused(
                entry.line, "header-twice", 'only the header has msgid ""; take this entry out.'
            )
        forms = self.header.plural_forms
        if entry.plural_source is not None and forms and not entry.obsolete:
            _require_forms(entry, forms)
        self.entries.append(entry)


def _require_forms(entry: PoEntry, forms: int) -> None:
    if len(entry.targets) != forms:
        raise refused(
            entry.line,
            "plural-count",
            f"the header says nplurals={forms}, this message has {len(entry.targets)}.",
        )
