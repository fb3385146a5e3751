"""The glossary: terms that a translation has to use, and words that it must not.

Words are compared by their stems, so that `cellules souches` is found in `cellule souche`; a term
counts as used where all its stems stand anywhere in the translation. A false alarm costs more than
a miss.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from content.records.message import Message
from content.translation.checks.finding import Finding, warning
from content.translation.exchange.term import Term

#: Shorter words have no stem.
STEM_LETTERS_MIN = 4
#: What a word may have at its end that its stem has not, in letters.
ENDING_MAX = 3
#: Compiled terms at hand.
KEPT_MAX = 8_192
_WORD = re.compile(r"[^\W_]+")


def check_terms(message: Message, target: str, terms: Sequence[Term]) -> tuple[Finding, ...]:
    """Terms of the source that are missing, and forbidden words that stand for them."""
    lower = _bare(target)
    found: list[Finding] = []
    for term in terms_in(message.text, terms):
        if term.preferred and not any(_is_used(form, lower, target) for form in term.preferred):
            found.append(
                warning(
                    "term-missing",
                    f"“{term.source}” is “{'” or “'.join(term.preferred)}” in the glossary;"
                    " use that term.",
                )
            )
        found += _forbidden(term, message.text, target)
    return tuple(found)


def terms_in(text: str, terms: Sequence[Term]) -> Iterator[Term]:
    """The terms that a source text has."""
    lower = text.lower()
    for term in terms:
        # Most terms are not in a text; the first letters say so without a pattern.
        if term.source[:STEM_LETTERS_MIN].lower() in lower and _asked(term.source).search(text):
            yield term


def _forbidden(term: Term, source: str, target: str) -> list[Finding]:
    """Forbidden words; not those that the source has beside the term: they say something else."""
    if not term.forbidden:
        return []
    itself = [match.span() for match in _asked(term.source).finditer(source)]
    good = [match.span() for form in term.preferred for match in _pattern(form).finditer(target)]
    return [
        warning(
            "term-forbidden",
            f"“{match[0]}” must not stand for “{term.source}”; use"
            f" “{'” or “'.join(term.preferred) or 'another word'}”.",
            match.span(),
        )
        for form in term.forbidden
        if (match := _first_outside(form, target, good))
        and not _first_outside(form, source, itself)
    ]


def _first_outside(
    form: str, target: str, good: Sequence[tuple[int, int]]
) -> "re.Match[str] | None":
    """The first place of a form that is not inside a good one."""
    for match in _pattern(form).finditer(target):
        if not any(start <= match.start() and match.end() <= end for start, end in good):
            return match
    return None


def _is_used(form: str, lower: str, target: str) -> bool:
    """Whether all stems of a form stand in a text, also as parts of longer words."""
    if form.isupper():
        return bool(_pattern(form).search(target))
    return all(stem in lower for stem in _stems(form))


def _bare(text: str) -> str:
    """In lower case and without marks on letters: `Schübe` is a plural of `Schub`."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(KEPT_MAX)
def _stems(form: str) -> tuple[str, ...]:
    words = _WORD.findall(_bare(form))
    kept = [word for word in words if len(word) >= STEM_LETTERS_MIN] or words
    return tuple(word[: max(STEM_LETTERS_MIN, len(word) - ENDING_MAX)] for word in kept)


@lru_cache(KEPT_MAX)
def _asked(term: str) -> "re.Pattern[str]":
    """A source term, or its plural. No other ending: `several` is not `severe`."""
    words = [re.escape(word) for word in _WORD.findall(term)] or [r"(?!)"]
    flags = re.NOFLAG if term.isupper() else re.IGNORECASE
    together = r"[\W_]{1,3}".join(words)
    return re.compile(rf"(?<![^\W_]){together}(?:e?s)?(?![^\W_])", flags)


@lru_cache(KEPT_MAX)
def _pattern(form: str) -> "re.Pattern[str]":
    """A form as it may be inflected at the end of each word; abbreviations as they are."""
    written = [_inflected(word) for word in _WORD.findall(form)] or [r"(?!)"]
    flags = re.NOFLAG if form.isupper() else re.IGNORECASE
    together = r"[\W_]{1,3}".join(written)
    return re.compile(rf"(?<![^\W_]){together}(?![^\W_])", flags)


def _inflected(word: str) -> str:
    if len(word) < STEM_LETTERS_MIN or not word[1:].islower():
        return re.escape(word) + ("s?" if word.isupper() and len(word) > 1 else "")
    # One letter may change (cellula, cellule) and some may follow.
    return f"{re.escape(word[:-1])}[^\\W\\d_]{{0,{ENDING_MAX}}}"
