"""Where links may lead, and how a target is written in Markdown."""

import re
from functools import lru_cache

from markdown_it.common.normalize_url import normalizeLink

TARGET_CHARACTERS_MAX = 2_000
TARGETS_KEPT_MAX = 4_096
PARENTHESES_DEPTH_MAX = 32  # CommonMark 0.31, 6.3: deeper ones need not be understood

_ALLOWED = re.compile(r"(?:https?://[^/?#\s]|mailto:[^?\s])", re.IGNORECASE)
_WRITABLE = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_ENTITY_START = re.compile(r"&(?=#?[A-Za-z0-9]+;)")


def link_target(href: str) -> str | None:
    """The target as it is stored (percent-encoded, host in ASCII), or None: not allowed.

    Only https, http and mailto, with something behind them.
    """
    return _known_target(href) if len(href) <= TARGET_CHARACTERS_MAX else _target(href)


def _target(href: str) -> str | None:
    target = normalizeLink(href)
    if len(target) > TARGET_CHARACTERS_MAX or not _ALLOWED.match(target):
        return None
    stable = _WRITABLE.fullmatch(target) and normalizeLink(target) == target
    return target if stable else None


#: A link is met in its source and in each translation.
_known_target = lru_cache(TARGETS_KEPT_MAX)(_target)


def written_target(target: str) -> str:
    """The target between the parentheses of a Markdown link."""
    written = _ENTITY_START.sub(r"\\&", target)
    return written if _balanced(written) else re.sub(r"([()])", r"\\\1", written)


def _balanced(text: str) -> bool:
    depth = 0
    for character in re.findall(r"[()]", text):
        depth += 1 if character == "(" else -1
        if not 0 <= depth <= PARENTHESES_DEPTH_MAX:
            return False
    return depth == 0
