"""Placeholders, links, emphasis, code, line breaks and HTML against those of the source."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from content.records.markdown.grammar import inline_tokens_of_unit
from content.records.markdown.simple import simple_links
from content.records.message import PLAIN_KINDS
from content.translation.checks.finding import Finding, error

#: Characters that begin markup; a text with more is not a text.
MARKS_MAX = 2_000
#: In a longer text every link is looked at.
SIMPLE_CHARACTERS_MAX = 2_000
_PLACEHOLDER = re.compile(r"\{([0-9]{1,4})\}")
_LINK = re.compile(r"(!?\[)(?:[^\[\]]|\[[^\[\]]{0,200}\]){1,2000}\]\{([0-9]{1,4})\}")
_MARK = re.compile(r"[\\`*_\[\]<&!\n]")
_MAY_BE_MARKUP = re.compile(r"[\\`*_\[\]<&!\n{]")
_TAG = re.compile(
    r"</?[A-Za-z!?][^<>\n]{0,200}>?|&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,30});"
)
_LEFT_OVER = re.compile(r"[*`]|(?<![^\W_])__|__(?![^\W_])")
_KINDS = {"em_open": "emphasis", "strong_open": "strong", "code_inline": "code"}


@dataclass(frozen=True)
class Markup:
    """The markup of one text. Frozen."""

    kinds: frozenset[str] = frozenset()
    #: Numbers of the placeholders that are links.
    linked: frozenset[int] = frozenset()
    breaks: int = 0
    #: Marks that open or close nothing.
    left_over: int = 0
    #: Links with an address of their own.
    addresses: int = 0
    #: Links without words.
    empty: int = 0


def markup_findings(kind: str, source: str, target: str) -> Iterator[Finding]:
    """All that the markup of a translation does not have in common with its source."""
    if not (_MAY_BE_MARKUP.search(source) or _MAY_BE_MARKUP.search(target)):
        return
    if _have_the_same_links_alone(source, target):
        return
    yield from _placeholder_findings(source, target)
    yield from _html_findings(source, target)
    if kind in PLAIN_KINDS:
        if source.count("\n") != target.count("\n"):
            yield _breaks(source.count("\n"), target.count("\n"))
    elif _MARK.search(target) or _MARK.search(source):
        yield from _inline_findings(source, target)


def _have_the_same_links_alone(source: str, target: str) -> bool:
    """Whether two texts have the same links, each once, and no other markup, as most have."""
    if max(len(source), len(target)) > SIMPLE_CHARACTERS_MAX:
        return False
    links = simple_links(source)
    if links is None or not source.count("{") == target.count("{") == len(links):
        return False
    return links == simple_links(target)


def _placeholder_findings(source: str, target: str) -> Iterator[Finding]:
    if "{" not in source and "{" not in target:
        return
    wanted = Counter(_PLACEHOLDER.findall(source))
    found = list(_PLACEHOLDER.finditer(target))
    seen: Counter[str] = Counter()
    for match in found:
        number, span = match[1], match.span()
        seen[number] += 1
        if number not in wanted:
            yield error(
                "placeholder-unknown",
                f"{{{number}}} is not in the source; take it out or correct its number.",
                span,
            )
        elif seen[number] == wanted[number] + 1:
            yield error(
                "placeholder-doubled", f"{{{number}}} is there too often; take one out.", span
            )
    yield from _bracket_findings(source, target, wanted.keys() & seen.keys())
    for number in wanted:
        if seen[number] < wanted[number]:
            yield error(
                "placeholder-missing",
                f"{{{number}}} is missing; put it right behind the words of the link.",
            )


def _bracket_findings(source: str, target: str, numbers: "set[str]") -> Iterator[Finding]:
    ours, theirs = _bracketed(source), _bracketed(target)
    for number in sorted(numbers):
        if ours.get(number) != theirs.get(number):
            place = target.find(f"{{{number}}}")
            yield error(
                "link-broken",
                f"{{{number}}} does not follow the words of its link or picture; write"
                f" {ours.get(number, '')}words]{{{number}}}.",
                (place, place + len(number) + 2),
            )


def _bracketed(text: str) -> dict[str, str]:
    """What opens the words of each placeholder: `[`, or `![` for a picture."""
    return {match[2]: match[1] for match in _LINK.finditer(text)}


def _html_findings(source: str, target: str) -> Iterator[Finding]:
    if "<" not in target and "&" not in target:
        return
    known = set(_TAG.findall(source))
    for match in _TAG.finditer(target):
        if match[0] not in known:
            yield error(
                "html", f"{match[0][:40]} is HTML; write the character itself, or nothing.",
                match.span(),
            )  # fmt: skip


def _inline_findings(source: str, target: str) -> Iterator[Finding]:
    if len(_MARK.findall(target)) > MARKS_MAX:
        yield error(
            "markup-unbalanced", f"There are over {MARKS_MAX} marks; take out what is not text."
        )
        return
    ours, theirs = markup_of(source), markup_of(target)
    for kind in sorted(ours.kinds - theirs.kinds):
        yield error("markup-kind", f"The source has {kind}, the translation has none; mark it too.")
    for kind in sorted(theirs.kinds - ours.kinds):
        yield error("markup-kind", f"The translation has {kind}, the source has none; unmark it.")
    if theirs.left_over > ours.left_over:
        place = _LEFT_OVER.search(target)
        yield error(
            "markup-unbalanced",
            "A * or ` opens or closes nothing; write it on both sides, without blanks inside.",
            place.span() if place else None,
        )
    if theirs.breaks != ours.breaks:
        yield _breaks(ours.breaks, theirs.breaks)
    yield from _link_findings(ours, theirs, target)


def _link_findings(ours: Markup, theirs: Markup, target: str) -> Iterator[Finding]:
    if theirs.empty > ours.empty:
        yield error("link-broken", "A link has no words; write them between [ and ].")
    if theirs.addresses > ours.addresses:
        yield error(
            "link-address",
            "A link or a picture brings an address of its own; use the placeholders of the source.",
        )
    if ours.linked and ours.linked == theirs.linked and _open_brackets(target):
        place = target.find("[")
        yield error("link-broken", "A [ or ] belongs to no link; take it out.", (place, place + 1))


def _open_brackets(target: str) -> int:
    """Brackets that are part of no link."""
    return abs(target.count("[") - target.count("]"))


def _breaks(wanted: int, found: int) -> Finding:
    return error(
        "line-break",
        f"The source has {wanted} line breaks, the translation has {found}; break the same lines.",
    )


def markup_of(text: str) -> Markup:
    """The markup of a text; none where no character can begin any."""
    if not _MARK.search(text) or len(_MARK.findall(text)) > MARKS_MAX:
        return Markup()
    links = simple_links(text)
    if links is not None:
        return Markup(linked=links)
    tokens = inline_tokens_of_unit(text)
    pairs = list(itertools.pairwise(tokens))
    return Markup(
        kinds=frozenset(_KINDS[token.type] for token in tokens if token.type in _KINDS),
        linked=frozenset(
            int(token.meta["number"])
            for token, after in pairs
            if token.type == "link_open" and "number" in token.meta
        ),
        breaks=sum(token.type == "hardbreak" for token in tokens),
        left_over=sum(map(_left_over, tokens)),
        addresses=sum(map(_has_address, tokens)),
        empty=sum(
            token.type == "link_open" and after.type == "link_close" for token, after in pairs
        ),
    )


def _left_over(token: Token) -> int:
    if token.type == "text":
        return len(_LEFT_OVER.findall(token.content))
    return int(token.type == "text_special" and token.content in ("*", "`"))


def _has_address(token: Token) -> bool:
    return token.type == "image" or (token.type == "link_open" and "number" not in token.meta)
