"""What a page says of itself outside of its text."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag

from content.records.existing_page.characters import readable
from content.records.existing_page.elements import attribute, text_of
from content.records.existing_page.findings import Findings
from content.records.existing_page.front_matter import Known

SITE_CHARACTERS_MAX = 300

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def known_of(soup: BeautifulSoup, selected: Tag, findings: Findings) -> Known:
    """Language, title and site; the title is the page's first <h1> with a text, or its <title>."""
    headings = [_text(tag, findings) for tag in (*soup.find_all("h1", limit=10), soup.title) if tag]
    site = soup.find("meta", property="og:site_name")
    named = attribute(site, "content") if isinstance(site, Tag) else None
    return Known(
        locale=_locale(selected),
        title=next(filter(None, headings), None),
        site=readable(named[:SITE_CHARACTERS_MAX], "the head", findings).strip() if named else None,
    )


def base_address(soup: BeautifulSoup, address: str | None) -> str | None:
    """What relative links are relative to: the page's <base>, the address, or nothing known."""
    base = soup.find("base", href=True)
    href = attribute(base, "href") if isinstance(base, Tag) else None
    try:
        return urljoin(address or "", href) if href else address
    except ValueError:
        return address


def _locale(selected: Tag) -> str | None:
    """The language of the nearest element around that names one."""
    for tag in (selected, *selected.parents):
        language = (attribute(tag, "lang") or "").strip().replace("_", "-")
        if _LANGUAGE.fullmatch(language):
            return language
    return None


def _text(tag: Tag, findings: Findings) -> str:
    return readable(text_of(tag), "the title", findings).strip()
