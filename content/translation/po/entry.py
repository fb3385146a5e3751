"""What was read: values, and nothing in them that a reader of a file would have to guess."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

FUZZY = "fuzzy"
#: `range: 1..5` is one flag; the others are parted by commas or, for gettext, by blanks.
FLAG = re.compile(r"range:\s*[^\s,]+|[^\s,]+")


class PoEntry(NamedTuple):
    """One message of a .po file, as it stands there. Never changes.

    A tuple: there are as many as a file has messages, and a frozen dataclass takes four times as
    long to make.
    """

    #: Line of its first keyword, counted from 1.
    line: int
    context: str | None
    source: str
    plural_source: str | None
    #: One text, or one for each plural form. Empty texts are not translated yet.
    targets: tuple[str, ...]
    #: In lower case, in the order of the file: gettext knows `Fuzzy` as little as polib does, but
    #: whoever wrote it did not mean the text to go live.
    flags: tuple[str, ...] = ()
    previous_context: str | None = None
    previous_source: str | None = None
    previous_plural_source: str | None = None
    #: Lines of the translator's comments (`#`).
    comments: tuple[str, ...] = ()
    #: Lines of the notes that came with the source (`#.`).
    notes: tuple[str, ...] = ()
    #: Words of the `#:` lines.
    references: tuple[str, ...] = ()
    #: Commented out with `#~`: the source no longer has it.
    obsolete: bool = False

    @property
    def fuzzy(self) -> bool:
        """Whether somebody still has to look at it; such a text is never published."""
        return FUZZY in self.flags


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd that did not keep us from reading; to be shown with the report."""

    line: int
    #: Stable, for programs.
    code: str
    #: A sentence for people.
    message: str


@dataclass(frozen=True, slots=True)
class PoFile:
    """A whole catalogue. `header` has its names in lower case; it is not one of the entries."""

    header: Mapping[str, str]
    header_line: int
    header_fuzzy: bool
    entries: tuple[PoEntry, ...]
    warnings: tuple[Remark, ...] = ()
