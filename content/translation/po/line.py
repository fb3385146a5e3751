"""One line of a .po file: what it is, the text of its string, and what is wrong with it.

Two things of gettext's are not taken: several keywords on one line, which no tool writes, and the
escapes for bytes and control characters (`\\a \\b \\f \\v \\101 \\x41`), which are not text.
"""

import re

from content.errors import CatalogueRefused
from content.translation.po.refusal import refused

# Possessive (`*+`): never tried a second way, so a long line costs neither time nor memory. What
# is repeated so is atomic (`(?>`), see tests/structure/test_patterns.py.
CONTENT = r'[^"\\\n]*+(?>\\.[^"\\\n]*+)*+'
KEYWORD = r"msgctxt|msgid_plural|msgid|msgstr"
INDEX = r"\[[ \t]*+([0-9]{1,9})[ \t]*+\]"
#: What is told apart by the last group that took part, `Match.lastindex`.
STRING, BARE_INDEXED, BARE_KEYWORD, COMMENT, WRONG = 5, 8, 7, 10, 11
LINE = re.compile(
    rf"""[ \t]*+(?:
      (?>(\#~\|?+|\#\|))?+ [ \t]*+
      (?>({KEYWORD}) [ \t]*+ (?>{INDEX})?+ [ \t]*+)?+
      "({CONTENT})" [ \t]*+ ((?>"{CONTENT}"[ \t]*+)*+)
    | (?>(\#~\|?+|\#\|))?+ [ \t]*+ ({KEYWORD}) [ \t]*+ (?>{INDEX} [ \t]*+)?+
    | \#(?![~|]) ([.,:=]?+) ([^\n]*+)
    | (?>\#~)?+ [ \t]*+
    )\n
    | ([^\n]*+)\n""",
    re.VERBOSE,
)
QUOTED = re.compile(f'"({CONTENT})"')

CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:[ \t]|$)")
MARK = re.compile(r"[ \t]*(?:#~\||#~|#\|)?[ \t]*")
WORD = re.compile(r"[a-z_]+")
BEFORE_STRING = re.compile(rf"(?>(?:{KEYWORD})[ \t]*+(?>{INDEX})?+[ \t]*+)?+")
UNCLOSED = re.compile(rf'"{CONTENT}\\?')
KNOWN = frozenset(KEYWORD.split("|"))


def joined(first: str, more: str) -> str:
    """The strings of one line, `"a" "b"`, as one; `first` comes without its quotes."""
    return first + "".join(QUOTED.findall(more))


def unescaped(line: int, raw: str) -> str:
    """What a string says. Raises CatalogueRefused for an escape that is not text."""
    # From left to right, so a backslash that is itself escaped takes no part in what follows.
    # NUL cannot be in the text any more.
    text = raw.replace("\\\\", "\0")
    for escape, character in (("\\n", "\n"), ('\\"', '"'), ("\\t", "\t"), ("\\r", "\r")):
        text = text.replace(escape, character)
    unknown = text.find("\\")
    if unknown >= 0:
        raise refused(
            line,
            "escape",
            f"{text[unknown : unknown + 2]} is not understood; write the letter itself, and \\\\ "
            'for a backslash. Only \\n \\t \\r \\" and \\\\ stand for something else.',
        )
    return text.replace("\0", "\\")


def wrong(line: int, text: str) -> CatalogueRefused:
    """Why a line is none of a .po file."""
    if CONFLICT.match(text):
        return refused(
            line, "conflict-marker", "two versions were merged here and not settled; keep one."
        )
    rest = text[MARK.match(text).end() :].rstrip(" \t")  # type: ignore[union-attr]
    word = WORD.match(rest)
    if rest.startswith('"') or (word and word[0] in KNOWN):
        return _wrong_string(line, rest)
    if word and '"' in rest:
        return refused(line, "keyword-unknown", f"{word[0][:40]} is not a keyword of this file.")
    return refused(
        line,
        "line-unknown",
        "this is no comment, keyword or string; put a text in quotes and a comment after #.",
    )


def _wrong_string(line: int, rest: str) -> CatalogueRefused:
    string = rest[BEFORE_STRING.match(rest).end() :]  # type: ignore[union-attr]
    if string.startswith("["):
        return refused(line, "plural-index", "a plural form is written as msgstr[0], msgstr[1].")
    if not string.startswith('"'):
        return refused(line, "quote", "the string has no opening quote.")
    if UNCLOSED.fullmatch(string):
        return refused(line, "quote", "the string has no closing quote.")
    return refused(
        line,
        "text-after-string",
        'there is text after the closing quote; write a quote inside a string as \\".',
    )
