"""What the checks say of translations as they stand, unit by unit."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from content.records.message import Message
from content.translation.checks import Finding, Severity, check, check_terms, check_together
from content.translation.checks.links import link_findings
from content.translation.exchange.term import Term
from content.translation.locale import is_variant
from content.translation.merge import Rendering

#: Texts checked last whose findings are kept at hand: one on its way is looked at several times.
KEPT_MAX = 32_768


@lru_cache(maxsize=KEPT_MAX)
def of_text(message: Message, target: str, locale: str, source_locale: str) -> tuple[Finding, ...]:
    """What is wrong with one text; nothing where there is none yet."""
    if not target.strip():
        return ()
    return check(message, target, locale, source_locale=source_locale)


def of_renderings(
    renderings: Sequence[Rendering],
    locale: str,
    source_locale: str,
    terms: Sequence[Term] = (),
) -> Mapping[str, tuple[Finding, ...]]:
    """Unit to findings, of what somebody stands behind.

    Also what the glossary says, where links lead, and what only shows where texts stand side by
    side. What a regional variant inherits was checked as its base text; what its region demands of
    it is proposed (`overlay.matrix`), and holds nothing up.
    """
    inherits = is_variant(locale, source_locale)
    own = [
        one for one in renderings if one.done and not (inherits and one.shown == one.message.text)
    ]
    together = check_together([(one.message, one.target) for one in own], locale)
    found = {
        one.message.unit: (
            *of_text(one.message, one.target, locale, source_locale),
            *check_terms(one.message, one.target, terms),
            *together.get(one.message.unit, ()),
        )
        for one in own
    }
    for one in renderings:
        if one.done and one.own_links:
            wrong = link_findings(one.message.links, one.own_links)
            found[one.message.unit] = (*found.get(one.message.unit, ()), *wrong)
    return {unit: findings for unit, findings in found.items() if findings}


def errors(found: Iterable[Finding]) -> list[Finding]:
    return [one for one in found if one.severity is Severity.ERROR]


def warnings(found: Iterable[Finding]) -> list[Finding]:
    return [one for one in found if one.severity is Severity.WARNING]


def told(finding: Finding) -> dict[str, Any]:
    """A finding in an answer."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "span": list(finding.span) if finding.span else None,
        "message": finding.message,
    }
