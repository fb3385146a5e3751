"""The same file, written so that polib 1.2.0 can read it, and in a time that grows with its size.

Works on the lines of a file that the reader has accepted, and knows nothing of what it read: no
escape is resolved and no entry put together here, so polib's reading stays one of its own.

Always: one kind of line end; a string that goes on over several lines is put on one, for polib
adds each line to the text so far, which takes time with the square of their number.

Only where such a thing is in the file, line by line:
- `#,fuzzy` `#.note` `#:place` `#comment` `##comment` `#|msgid` `#~msgid`: polib wants a blank.
- `#~|`: polib drops these lines; as `#|` it keeps what they say.
- `#=`: flags to newer gettext, an error to polib.
- `#:` `#,` `#.` `#~` with nothing behind: at the end of a file polib loses the last entry.
- `"a" "b"`: an error to polib, or read as `a" "b` after `msgstr[0]` and `#| msgid`.
- `msgid"a"`, `msgstr [ 00 ]`, a keyword alone on its line: an error, or another plural form.
"""

import re

from content.translation.po.line import (
    BARE_INDEXED,
    BARE_KEYWORD,
    COMMENT,
    LINE,
    STRING,
    WRONG,
    joined,
)

GOES_ON = re.compile(r'"[ \t]*+\n[ \t\n]*+(?>#~\|?+|#\|)?+[ \t]*+"')
#: A blank or nothing has to be where polib is particular; more is found here than is odd.
ODD_LINE = re.compile(
    r"""\n[ \t]*+(?:
      \#(?:[^ .:,|~\n]|[.:,|~](?![ ]+\S))
    | (?>\#[~|][ ]++)?+msg(?:ctxt|id_plural|id|str(?>\[[0-9]\])?+)(?![ ]")
    )""",
    re.VERBOSE,
)
SEVERAL_STRINGS = re.compile(r'"[ \t]*+"[^\n]')


def canonical(text: str) -> str:
    """`text` is plain_text of a file that was accepted."""
    text = GOES_ON.sub("", text)
    if _is_odd(text):
        return "".join(map(_plainer, LINE.finditer(text)))
    return text


def _is_odd(text: str) -> bool:
    first = text[: text.index("\n")]
    found = ODD_LINE.match(f"\n{first}\n") or ODD_LINE.search(text)
    return bool(found or SEVERAL_STRINGS.search(text))


def _plainer(match: re.Match[str]) -> str:
    if match.lastindex == STRING:
        mark, keyword, index, first, more = match.group(1, 2, 3, 4, 5)
        return f'{_beginning(mark, keyword, index)}"{joined(first, more)}"\n'
    if match.lastindex in (BARE_KEYWORD, BARE_INDEXED):
        return f'{_beginning(*match.group(6, 7, 8))}""\n'
    if match.lastindex == COMMENT:
        return _comment(match[9], match[10])
    # A blank line; and what the reader would have refused, for polib to refuse it too.
    return match[0] if match.lastindex == WRONG else "\n"


def _beginning(mark: str | None, keyword: str | None, index: str | None) -> str:
    marked = "" if mark is None else "#~ " if mark == "#~" else "#| "
    form = "" if index is None else f"[{int(index)}]"
    return f"{marked}{keyword}{form} " if keyword else marked


def _comment(kind: str, text: str) -> str:
    text = text.removeprefix(" ")
    if kind and not text.strip():
        return "\n"
    return f"#{kind.replace('=', ',')} {text}\n"
