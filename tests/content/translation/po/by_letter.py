"""A second way of reading a .po file, letter by letter and without a regular expression.

For tests: it takes whatever could be taken, so it is no reader, but what it says of a file that
our reader took has to be the same.
"""

from content.translation.po import PoFile

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
#: (mark, keyword, text), in the order of the file.
Told = list[tuple[str, str, str]]


def told_in(source: bytes) -> Told:
    """Every text of a file, its header's too, with the keyword before it."""
    found: Told = []
    text = source.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        line = line.strip(" \t")
        mark = next((mark for mark in ("#~|", "#~", "#|") if line.startswith(mark)), "")
        if line.startswith("#") and not mark:
            continue
        _take_line(line[len(mark) :], mark, found)
    return found


def _take_line(line: str, mark: str, found: Told) -> None:
    keyword = ""
    rest = iter(line)
    for letter in rest:
        if letter != '"':
            keyword += letter.strip(" \t")
            continue
        if keyword:
            found.append((mark, keyword, ""))
            keyword = ""
        here, name, before = found[-1]
        text = ""
        while (letter := next(rest)) != '"':
            text += ESCAPES[next(rest)] if letter == "\\" else letter
        assert here == mark
        found[-1] = (here, name, before + text)
    if keyword:
        found.append((mark, keyword, ""))


def told_by(read: PoFile) -> Told:
    """The same from what our reader found, without the header."""
    found: Told = []
    for entry in read.entries:
        mark, before = ("#~", "#~|") if entry.obsolete else ("", "#|")
        forms = [("msgstr", entry.targets[0])]
        if entry.plural_source is not None:
            forms = [(f"msgstr[{form}]", text) for form, text in enumerate(entry.targets)]
        parts = [
            (before, "msgctxt", entry.previous_context),
            (before, "msgid", entry.previous_source),
            (before, "msgid_plural", entry.previous_plural_source),
            (mark, "msgctxt", entry.context),
            (mark, "msgid", entry.source),
            (mark, "msgid_plural", entry.plural_source),
            *((mark, keyword, text) for keyword, text in forms),
        ]
        found += [(where, keyword, text) for where, keyword, text in parts if text is not None]
    return found
