"""An entry as every tool writes it, read at one go: nearly all of a file are like this.

Its comments stand in gettext's order, with a blank behind their mark; its strings have no escapes;
it is not obsolete and has neither plural nor previous texts; and what follows cannot belong to it.
Whatever else there is, or is near a limit, is read line by line (reader.py), which takes four times
as long and knows what is wrong. Both read the same: a property of the tests.
"""

import re

from content.translation.po import limits
from content.translation.po.entry import FLAG, PoEntry

STRINGS = r'((?>"[^"\\\n]*+"\n)++)'
USUAL = re.compile(
    rf"""
    (
      ((?>\#[ ][^\n]*+\n)*+)
      ((?>\#\.[ ][^\n]*+\n)*+)
      ((?>\#:[ ][^\n]*+\n)*+)
      (?>\#,([^\n]*+)\n)?+
    )
    (?>msgctxt[ ]{STRINGS})?+
    msgid[ ]{STRINGS}
    msgstr[ ]{STRINGS}
    \n*+
    (?=\#[^~|]|msgctxt[ ]"|msgid[ ]"|\Z)
    """,
    re.VERBOSE,
)


def usual_entry(line: int, match: re.Match[str]) -> PoEntry | None:
    """The entry of a match of USUAL that begins at this line; None where it is to be read line by
    line: it is a header, or may be beyond a limit of one line or one message.
    """
    if match.end() - match.start() > limits.LINE_CHARS_MAX:
        return None
    whole = match[0]
    above, comments, notes, references, flags, context, source, target = match.groups()
    if whole.count("\n") > limits.COMMENT_LINES_MAX:
        return None
    text = _text(source)
    flagged = tuple(FLAG.findall(flags.lower())) if flags else ()
    if not text or len(flagged) > limits.FLAGS_MAX:
        return None
    return PoEntry(
        line + above.count("\n"),
        _text(context) if context else None,
        text,
        None,
        (_text(target),),
        flagged,
        comments=_lines(comments, "\n# ") if comments else (),
        notes=_lines(notes, "\n#. ") if notes else (),
        references=tuple(references[3:].replace("\n#: ", " ").split()) if references else (),
    )


def _text(strings: str) -> str:
    """`"a"` or `"a"\\n"b"`, each line with its end: there are no other quotes in it."""
    return strings[1:-2].replace('"\n"', "")


def _lines(block: str, mark: str) -> tuple[str, ...]:
    return tuple([line.rstrip() for line in block[len(mark) - 1 : -1].split(mark)])
