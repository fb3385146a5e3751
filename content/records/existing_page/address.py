"""Addresses of links and pictures, made absolute where that can be."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from markdown_it.common.normalize_url import normalizeLink

ADDRESS_CHARACTERS_MAX = 2_000

_KEPT = ("http", "https", "mailto")
_WHOLE = re.compile(r"(?:https?://[^/?#\s]|mailto:[^?\s])", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """Where a link leads; without an `href` it cannot stand in a draft, for the reason `why`."""

    href: str | None
    why: str = ""


def is_web_address(address: str) -> bool:
    """Whether it is a whole http or https address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def resolved(href: str, base: str | None) -> Target:
    """The address a link means on a page whose address is `base`."""
    href = re.sub("[\t\n\r]", "", href).strip()
    if not href:
        return Target(None, "link without an address")
    if href.startswith("#"):
        return Target(None, "link to a place in the page")
    try:
        absolute = urljoin(base, href) if base else href
        scheme = urlsplit(absolute).scheme
    except ValueError:
        return Target(None, "link with a broken address")
    if not scheme:
        return Target(None, "link with a relative address")
    return _allowed(absolute, scheme)


def _allowed(address: str, scheme: str) -> Target:
    if scheme not in _KEPT:
        return Target(None, f"link of a kind that is not allowed ({scheme[:20]}:)")
    written = normalizeLink(address)
    if not _WHOLE.match(written) or normalizeLink(written) != written:
        return Target(None, "link with a broken address")
    if len(written) > ADDRESS_CHARACTERS_MAX:
        return Target(None, f"link with more than {ADDRESS_CHARACTERS_MAX:,} characters of address")
    return Target(written)
