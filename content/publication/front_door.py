"""Where a client begins: the hub's name, and links to everything."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from content.publication import demo, envelope, release

NAME = "MSIF hub"
LINKS = {
    "locales": "/v1/locales",
    "sections": "/v1/sections",
    "section": "/v1/sections/{slug}/{locale}",
    "page": "/v1/pages/{slug}/{locale}",
    "history": "/v1/sections/{slug}/{locale}/versions",
    "content": "/v1/content/{sha256}",
    "sign_off": "/v1/sign-offs/{sha256}",
    "search": "/v1/search?q={words}&locale={locale}",
    "changes": "/v1/changes",
    "openapi": "/openapi.json",
    "reference": "/reference",
}


def told(
    session: Session, locale_tags: Sequence[str], links: Mapping[str, str] = LINKS
) -> dict[str, Any]:
    """What `/v1` says."""
    return {
        "name": NAME,
        "seq": release.newest_seq(session),
        "locales": list(locale_tags),
        "links": links,
        **envelope.demo_mark(demo.is_demo(session), locale_tags[0]),
    }
