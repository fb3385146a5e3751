"""Well-formed .po files for tests: what stands in them, and several ways of writing it."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from content.translation.po import PoEntry

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
#: Lines of HEADER, so what follows begins one below.
HEADER_LINES = 6
MESSAGE = 'msgctxt "aaaaaaaa"\nmsgid "Dose: 2000"\nmsgstr "Dose : 2000"\n'

#: Letters that have once been lost or taken for something else.
LETTERS = st.sampled_from(
    'ab"\\\n\t\r#~|[]{}%:; é’\u00a0\u202f\u3000\ufeff💉msgid'
) | st.characters(
    exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
TEXTS = st.text(LETTERS, max_size=30)
COMMENTS = TEXTS.map(lambda text: " ".join(text.split()))
WORDS = st.text(st.sampled_from("abc:/.-1#"), min_size=1, max_size=8)


@st.composite
def entries(draw: st.DrawFn) -> PoEntry:
    plural = draw(st.none() | TEXTS)
    forms = 1 if plural is None else 2
    return PoEntry(
        line=0,
        context=draw(st.none() | TEXTS),
        source=draw(TEXTS.filter(bool)),
        plural_source=plural,
        targets=tuple(draw(st.lists(TEXTS, min_size=forms, max_size=forms))),
        flags=tuple(
            draw(st.lists(st.sampled_from(["fuzzy", "no-wrap", "range: 1..5"]), max_size=3))
        ),
        previous_context=draw(st.none() | TEXTS),
        previous_source=draw(st.none() | TEXTS),
        previous_plural_source=draw(st.none() | TEXTS),
        comments=tuple(draw(st.lists(COMMENTS, max_size=3))),
        notes=tuple(draw(st.lists(COMMENTS.filter(bool), max_size=3))),
        references=tuple(draw(st.lists(WORDS, max_size=3))),
        obsolete=draw(st.booleans()),
    )


@st.composite
def usual_entries(draw: st.DrawFn) -> PoEntry:
    """Such as every tool writes: neither plural nor previous texts, nothing that is escaped."""
    plain = TEXTS.map(lambda text: "".join(letter for letter in text if letter not in '"\\\n\t\r'))
    return PoEntry(
        line=0,
        context=draw(st.none() | plain),
        source=draw(plain.filter(bool)),
        plural_source=None,
        targets=(draw(plain),),
        flags=tuple(draw(st.lists(st.sampled_from(["fuzzy", "no-wrap"]), max_size=1))),
        comments=tuple(draw(st.lists(COMMENTS, max_size=2))),
        notes=tuple(draw(st.lists(COMMENTS.filter(bool), max_size=3))),
        references=tuple(draw(st.lists(WORDS, max_size=3))),
    )


def quoted(text: str) -> str:
    for letter, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(letter, escape)
    return '"' + text.replace("\r", "\\r") + '"'


def on_one_line(text: str) -> list[str]:
    return [quoted(text)]


def on_many_lines(text: str) -> list[str]:
    return ['""', *(quoted(text[at : at + 5]) for at in range(0, len(text), 5))]


def side_by_side(text: str) -> list[str]:
    return [" ".join(map(quoted, text)) or '""']


#: Ways of writing a string: its lines.
STYLES: list[Callable[[str], list[str]]] = [on_one_line, on_many_lines, side_by_side]


def written(found: list[PoEntry], strings: Callable[[str], list[str]], blank: str = " ") -> str:
    """A file with these messages; `blank` stands behind `#,` and its like."""
    return HEADER + "\n".join(_written(entry, strings, blank) for entry in found)


def _written(entry: PoEntry, strings: Callable[[str], list[str]], blank: str) -> str:
    lines = [f"# {told}" for told in entry.comments] + [f"#.{blank}{told}" for told in entry.notes]
    lines += [f"#:{blank}{told}" for told in entry.references]
    lines += [f"#,{blank}{flag}" for flag in entry.flags]
    mark, before = ("#~" + blank, "#~|" + blank) if entry.obsolete else ("", "#|" + blank)
    parts: list[tuple[str, str, Any]] = [
        (before, "msgctxt", entry.previous_context),
        (before, "msgid", entry.previous_source),
        (before, "msgid_plural", entry.previous_plural_source),
        (mark, "msgctxt", entry.context),
        (mark, "msgid", entry.source),
        (mark, "msgid_plural", entry.plural_source),
    ]
    for form, target in enumerate(entry.targets):
        parts.append((mark, "msgstr" if entry.plural_source is None else f"msgstr[{form}]", target))
    for begin, keyword, text in parts:
        if text is not None:
            first, *more = strings(text)
            lines += [f"{begin}{keyword} {first}", *(f"{begin}{string}" for string in more)]
    return "\n".join(lines) + "\n"
