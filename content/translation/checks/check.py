"""All checks of one translated text."""

import re
from collections.abc import Iterator
from itertools import islice

from content.records.message import Message
from content.translation.checks.characters import character_findings
from content.translation.checks.codes import code_findings
from content.translation.checks.finding import Finding, error
from content.translation.checks.kept import kept
from content.translation.checks.language import language
from content.translation.checks.markup import markup_findings
from content.translation.checks.measures import rate_findings, unit_findings
from content.translation.checks.numbers import read_numbers
from content.translation.checks.quantities import number_findings
from content.translation.checks.reading import Reading, read_text
from content.translation.checks.wording import wording_findings

#: A text with more is to be written anew.
FINDINGS_MAX = 50
#: Sources read and kept at hand: those of the largest page, and the characters of the longest.
SOURCES_KEPT_MAX = 16_384
SOURCE_CHARACTERS_MAX = 500
_READABLE = re.compile(r"[^\W_]")


def check(
    message: Message, target: str, locale: str, *, source_locale: str = "en"
) -> tuple[Finding, ...]:
    """What is wrong with a translation of a message, at most FINDINGS_MAX findings.

    `locale` and `source_locale` are language tags (BCP 47); of one that nobody knows, only what
    needs no language is checked.
    """
    if not message.text.strip():
        return ()
    if is_blank(target):
        return (error("blank", "There is no translation; write one."),)
    return tuple(islice(_findings(message, target, locale, source_locale), FINDINGS_MAX))


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in a text: no letter, digit, mark or sign."""
    return not _READABLE.search(text) and not any(
        sign.isprintable() and not sign.isspace() for sign in text
    )


def _findings(message: Message, target: str, locale: str, source_locale: str) -> Iterator[Finding]:
    ours = _read_source(message.text, source_locale)
    theirs = _read(target, locale, ours.names)
    yield from character_findings(message.text, target, theirs.language)
    yield from markup_findings(message.kind, message.text, target)
    yield from code_findings(ours, theirs)
    if ours.amounts or theirs.amounts:
        yield from number_findings(ours, theirs)
        yield from unit_findings(ours, theirs)
    yield from rate_findings(ours, theirs)
    yield from wording_findings(ours, theirs)


@kept(SOURCES_KEPT_MAX, SOURCE_CHARACTERS_MAX)
def _read_source(text: str, locale: str) -> Reading:
    """A source is checked against each of its translations."""
    return _read(text, locale)


def _read(text: str, locale: str, names: frozenset[str] = frozenset()) -> Reading:
    reading = read_text(text, language(locale), names)
    read_numbers(reading)
    return reading
