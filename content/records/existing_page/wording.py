"""Runs written as inline Markdown, so that a reader of Markdown gets the same runs back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.records.existing_page.findings import Findings
from content.records.existing_page.page import BREAK, Run, Runs

_ALWAYS = re.compile(r"[\\`*\[\]<|{]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it marks nothing
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_IMAGE = re.compile(r"!$")
# CommonMark 0.31, 4 and 5: what would begin a block; and the fences of `::: note`.
_BLOCK_START = re.compile(r"(?m)^(?:(?=[#>=:~])|(?=[-+](?:[\s-]|$)))")
_NUMBER_START = re.compile(r"(?m)^(\d{1,9})([.)])(?=\s|$)")
_ENDS = re.compile(r"(?s)\A((?:\s|\\\n)*)(.*?)((?:\s|\\\n)*)\Z")
_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\\"`|{}^*\x00-\x1f\x7f]")

_READER = MarkdownIt("commonmark", {"html": False})

_Letter = tuple[str, bool, bool, bool]


def marked(runs: Runs) -> str:
    """The text of a block as Markdown; its lines begin no block of another kind."""
    text = _linked(runs).replace(BREAK, "\\\n")
    return _NUMBER_START.sub(r"\1\\\2", _BLOCK_START.sub(r"\\", text))


def marked_cell(runs: Runs) -> str:
    """The text of a table cell as Markdown."""
    codes = (replace(run, text=run.text.replace("|", "\\|")) if run.code else run for run in runs)
    return _linked(codes)


def escaped(text: str) -> str:
    """The text with a backslash before everything Markdown would take for a mark."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text).replace("~~", "\\~\\~")
    return _IMAGE.sub(r"\\!", _ENTITY.sub(r"\\&", text))


def address(href: str) -> str:
    """The address as it may stand between the parentheses of a link."""
    encoded = _IN_ADDRESS.sub(lambda match: "".join(f"%{b:02X}" for b in match[0].encode()), href)
    return _ENTITY.sub("&amp;", encoded)


def sound(runs: Runs, place: str, findings: Findings) -> Runs:
    """The runs, less the emphasis that Markdown cannot say where it stands (CommonMark, 6.2)."""
    if not any(run.strong or run.em for run in runs):
        return runs
    without_em = tuple(replace(run, em=False) for run in runs)
    for candidate in (runs, without_em):
        if _reads_back(candidate):
            break
    else:
        candidate = tuple(replace(run, strong=False) for run in without_em)
    if candidate != runs:
        findings.note("Emphasis that Markdown cannot write here is left out, its text kept", place)
    return candidate


def _linked(runs: Iterable[Run]) -> str:
    parts = []
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = _emphasised(list(group), "strong")
        parts.append(inner if href is None else _wrapped(inner, "[", f"]({address(href)})"))
    return "".join(parts)


def _emphasised(runs: Sequence[Run], look: str) -> str:
    parts = []
    for on, group in groupby(runs, key=lambda run: bool(getattr(run, look))):
        alike = list(group)
        inner = _emphasised(alike, "em") if look == "strong" else _texts(alike)
        mark = "**" if look == "strong" else "*"
        parts.append(_wrapped(inner, mark, mark) if on else inner)
    return "".join(parts)


def _texts(runs: Iterable[Run]) -> str:
    return "".join(_code(run.text) if run.code else escaped(run.text) for run in runs)


def _wrapped(text: str, opening: str, closing: str) -> str:
    """The text between two marks, with the space at its ends outside of them."""
    match = _ENDS.match(text)
    before, core, after = match.groups() if match else ("", text, "")
    return f"{before}{opening}{core}{closing}{after}" if core else before + after


def _code(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _reads_back(runs: Runs) -> bool:
    (inline,) = _READER.parseInline(marked(runs))
    return _letters_read(inline.children or []) == _letters(runs)


def _letters(runs: Iterable[Run]) -> list[_Letter]:
    """Each visible letter with its look."""
    return [
        (letter, run.strong, run.em, run.code)
        for run in runs
        for letter in run.text
        if not letter.isspace()
    ]


def _letters_read(tokens: Sequence[Token]) -> list[_Letter]:
    depth = {"strong": 0, "em": 0}
    read: list[Run] = []
    for token in tokens:
        look = token.type.removesuffix("_open").removesuffix("_close")
        if look in depth:
            depth[look] += token.nesting
        code = token.type == "code_inline"
        read.append(Run(token.content, depth["strong"] > 0, depth["em"] > 0, code))
    return _letters(read)
