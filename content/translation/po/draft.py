"""An entry while its lines come in: which may follow which.

Order of one entry: comments of any kind; previous texts; msgctxt; msgid; msgid_plural; msgstr or
msgstr[0], msgstr[1] and so on. A blank line means nothing, as in gettext.
"""

from enum import IntEnum

from content.errors import CatalogueRefused
from content.translation.po import limits
from content.translation.po.entry import PoEntry
from content.translation.po.refusal import refused, too_large


class Stage(IntEnum):
    """The last keyword that came."""

    NOTHING = 0
    CONTEXT = 1
    SOURCE = 2
    PLURAL_SOURCE = 3
    TARGET = 4


STAGES = {
    "msgctxt": Stage.CONTEXT,
    "msgid": Stage.SOURCE,
    "msgid_plural": Stage.PLURAL_SOURCE,
    "msgstr": Stage.TARGET,
}
KEYWORDS = {stage: keyword for keyword, stage in STAGES.items()}
#: What each keyword may come right after.
AFTER = {
    Stage.CONTEXT: {Stage.NOTHING},
    Stage.SOURCE: {Stage.NOTHING, Stage.CONTEXT},
    Stage.PLURAL_SOURCE: {Stage.SOURCE},
    Stage.TARGET: {Stage.SOURCE, Stage.PLURAL_SOURCE, Stage.TARGET},
}


#: Of the context, the source and the plural source.
PreviousTexts = tuple[str | None, str | None, str | None]
NO_PREVIOUS: PreviousTexts = (None, None, None)


class Draft:
    """Takes the lines of one entry and refuses the first that does not fit."""

    __slots__ = (
        "comment_lines",
        "comments",
        "flags",
        "line",
        "notes",
        "obsolete",
        "open",
        "previous",
        "previous_line",
        "previous_obsolete",
        "references",
        "stage",
        "targets",
        "texts",
    )

    def __init__(self) -> None:
        self.line = 0
        self.stage = Stage.NOTHING
        self.obsolete = False
        #: The string that the next line may go on with.
        self.open: list[str] | None = None
        self.texts: dict[Stage, list[str]] = {}
        self.targets: list[list[str]] = []
        self.previous: dict[Stage, list[str]] = {}
        self.previous_line = 0
        self.previous_obsolete = False
        self.comment_lines = 0
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []

    def count_comment(self, line: int) -> None:
        """Before any line of comment, and before the first of a previous text."""
        if self.stage:
            raise refused(
                line,
                "comment-misplaced",
                f"a comment stands before its message, not after {KEYWORDS[self.stage]}.",
            )
        self.open = None
        self.comment_lines += 1
        if self.comment_lines > limits.COMMENT_LINES_MAX:
            raise too_large(
                line,
                "comment-lines",
                f"a message has at most {limits.COMMENT_LINES_MAX} lines of comments.",
            )

    def begin(self, line: int, keyword: str, index: str | None, obsolete: bool) -> None:
        """A keyword: the next strings are its text."""
        stage = STAGES[keyword]
        if self.stage not in AFTER[stage]:
            raise self._misplaced(line, stage)
        if self.stage:
            self._require_same_mark(line, obsolete)
        else:
            self._begin_entry(line, obsolete)
        self.open = []
        if stage is Stage.TARGET:
            self._require_next_form(line, index)
            self.targets.append(self.open)
        else:
            self._require_no_index(line, keyword, index)
            self.texts[stage] = self.open
        self.stage = stage

    def begin_previous(self, line: int, keyword: str, index: str | None, obsolete: bool) -> None:
        """A keyword behind `#|` or `#~|`."""
        stage = STAGES[keyword]
        self.count_comment(line)
        self._require_no_index(line, keyword, index)
        if stage is Stage.TARGET:
            raise refused(line, "keyword-misplaced", "#| has texts of the source alone.")
        if self.previous:
            self._require_previous_order(line, stage, obsolete)
        self.previous_line = line
        self.previous_obsolete = obsolete
        self.open = self.previous[stage] = []

    def go_on(self, line: int, text: str, *, obsolete: bool, previous: bool) -> None:
        """A string: the first of its keyword, or one more line of it."""
        if self.open is None or previous != (not self.stage):
            raise refused(
                line, "string-stray", "this string belongs to no keyword; write msgid or msgstr."
            )
        if obsolete != (self.previous_obsolete if previous else self.obsolete):
            raise self._mixed(line)
        self.open.append(text)
        if len(self.open) > limits.STRING_LINES_MAX:
            raise too_large(
                line, "string-lines", f"a string has at most {limits.STRING_LINES_MAX:,} lines."
            )

    def require_string(self, line: int) -> None:
        """Before whatever may not stand between a keyword and its text."""
        if self.open is not None and not self.open:
            raise refused(line, "string-missing", 'the keyword before has no text; write "".')

    def require_whole(self, line: int) -> None:
        """At the end of the file."""
        self.require_string(line)
        if (self.stage or self.previous) and self.stage is not Stage.TARGET:
            raise refused(line, "target-missing", "the last message has no msgstr.")

    def entry(self) -> PoEntry:
        """The entry, when it is whole."""
        texts = self.texts
        return PoEntry(
            self.line,
            _text(texts, Stage.CONTEXT),
            "".join(texts[Stage.SOURCE]),
            _text(texts, Stage.PLURAL_SOURCE),
            tuple(map("".join, self.targets)),
            tuple(self.flags),
            *(_previous(self.previous) if self.previous else NO_PREVIOUS),
            tuple(self.comments),
            tuple(self.notes),
            tuple(self.references),
            self.obsolete,
        )

    def _begin_entry(self, line: int, obsolete: bool) -> None:
        self.line = line
        self.obsolete = obsolete
        if self.previous and self.previous_obsolete != obsolete:
            raise self._mixed(line)

    def _require_same_mark(self, line: int, obsolete: bool) -> None:
        if obsolete != self.obsolete:
            raise self._mixed(line)

    def _require_previous_order(self, line: int, stage: Stage, obsolete: bool) -> None:
        if obsolete != self.previous_obsolete:
            raise self._mixed(line)
        if stage in self.previous:
            raise refused(line, "keyword-twice", f"#| {KEYWORDS[stage]} is there already.")
        if stage < max(self.previous):
            raise refused(line, "keyword-misplaced", f"#| {KEYWORDS[stage]} comes too late.")

    def _require_no_index(self, line: int, keyword: str, index: str | None) -> None:
        if index is not None:
            raise refused(line, "plural-index", f"{keyword} has no number; only msgstr has.")

    def _require_next_form(self, line: int, index: str | None) -> None:
        due = len(self.targets)
        if index is None:
            if Stage.PLURAL_SOURCE in self.texts:
                raise refused(line, "plural-index", f"after msgid_plural comes msgstr[{due}].")
            if due:
                raise refused(line, "keyword-twice", "this message has a msgstr already.")
            return
        if Stage.PLURAL_SOURCE not in self.texts:
            raise refused(line, "plural-index", "a message without msgid_plural has msgstr alone.")
        if int(index) != due or due >= limits.PLURAL_FORMS_MAX:
            raise refused(
                line,
                "plural-index",
                "plural forms are numbered from 0 without a gap, "
                f"and there are at most {limits.PLURAL_FORMS_MAX}.",
            )

    def _misplaced(self, line: int, stage: Stage) -> CatalogueRefused:
        keyword = KEYWORDS[stage]
        if stage in self.texts:
            return refused(line, "keyword-twice", f"this message has a {keyword} already.")
        if stage > Stage.SOURCE and Stage.SOURCE not in self.texts:
            return refused(line, "source-missing", f"{keyword} comes after a msgid.")
        return refused(line, "target-missing", f"the message before {keyword} has no msgstr.")

    def _mixed(self, line: int) -> CatalogueRefused:
        return refused(
            line, "obsolete-mixed", "either each line of a message begins with #~, or none does."
        )


def _previous(texts: dict[Stage, list[str]]) -> PreviousTexts:
    return (
        _text(texts, Stage.CONTEXT),
        _text(texts, Stage.SOURCE),
        _text(texts, Stage.PLURAL_SOURCE),
    )


def _text(texts: dict[Stage, list[str]], stage: Stage) -> str | None:
    return "".join(texts[stage]) if stage in texts else None
