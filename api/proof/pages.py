"""The page of one text, by what is stored about it: in force, withdrawn, refused or not there."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import pages
from api.conditional import IN_FORCE, respond
from api.delivery import stored
from api.delivery.sections import Slug, Tag
from api.dependencies import CurrentHub, Hub
from api.problems import RESPONSES
from api.proof.reader import Reader
from content.database import reading
from content.errors import LocaleMalformed, NotFound
from content.publication import demo, listing, provenance
from content.publication.caching import NO_STORE
from content.publication.envelope import proof_path
from content.publication.representation import Representation
from content.settings import ROOT
from content.sign_off import short_code
from content.translation import locale as locales

router = APIRouter(prefix="/proof", tags=["proof"], responses=RESPONSES)

#: What the page loads, by its name.
STATIC = {
    "proof.js": ROOT / "api" / "proof" / "static" / "proof.js",
    "proof.css": ROOT / "api" / "proof" / "static" / "proof.css",
    "verify.mjs": ROOT / "clients" / "verify.mjs",
}
#: Headers of the stored answer that hold for the page about it too.
TAKEN_OVER = ("Surrogate-Key", "Cache-Tag", "Demo")
#: By the status of the stored answer.
TEMPLATES = {200: "in-force.html", 410: "withdrawn.html", 503: "refused.html"}
#: People are told in words, with the same status.
IN_WORDS: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {"text/html": {}}}
    for status, description in (
        (404, "Nothing here"),
        (410, "Withdrawn"),
        (503, "Refused, or busy"),
    )
}


@dataclass(frozen=True)
class Asked:
    """What somebody asked for, and in which language the page speaks to them. Frozen."""

    slug: str
    locale: str
    reader: Reader


@router.get("/{name}")
def read_proof_file(request: Request, name: pages.FileName) -> Response:
    """Fetch a script or a style of the pages of proof.

    `verify.mjs` is the one that member sites run.
    """
    if name not in STATIC:
        raise NotFound
    return pages.program(request, STATIC[name])


@router.get("/{slug}/{locale}", responses=IN_WORDS)
def show_proof(
    request: Request,
    hub: CurrentHub,
    slug: Slug,
    locale: Tag,
    lang: Annotated[str, Query(max_length=35, description="Language of the page itself")] = "",
) -> Response:
    """See who stands behind a text, and verify it.

    A page for people; it lets their browser verify the signatures.
    """
    try:
        tag = locales.read_tag(locale)
    except LocaleMalformed:
        return _not_there(request, hub, Asked(slug, "", Reader.of(lang)))
    found = stored.look_up(hub, f"/v1/sections/{slug}", tag, "")
    if found is None:
        return _not_there(request, hub, Asked(slug, tag, Reader.of(lang, tag)))
    row = found.row
    return _about(request, hub, row, Asked(slug, row.locale, Reader.of(lang, row.locale)))


def _about(request: Request, hub: Hub, found: Representation, asked: Asked) -> Response:
    """A page about the stored answer, under its status."""
    told = json.loads(found.body)
    kept = json.loads(found.headers)
    values = {"told": told, "demo": told.get("demo", False)}
    others = [] if found.status != 200 else sorted(told["urls"]["alternates"])
    if found.status == 200:
        values |= _facts(hub, told)
    elif found.status == 410:
        values |= _instead(hub, told)
    headers = {name: kept[name] for name in TAKEN_OVER if name in kept}
    headers["Content-Location"] = proof_path(asked.slug, asked.locale)
    if others:
        headers["Link"] = ", ".join(
            f'<{proof_path(asked.slug, tag)}>; rel="alternate"; hreflang="{tag}"' for tag in others
        )
    return _page(request, found.status, asked, values | {"others": others}, headers)


def _facts(hub: Hub, told: dict[str, Any]) -> dict[str, Any]:
    with reading(hub.engine) as session:
        hands = provenance.read(session, told)
    source = told["translation_of"]
    return {
        "hands": hands,
        "words": short_code.of(told["approval"]["sign_off"]),
        "is_variant": bool(source) and _same_language(source["locale"], told["locale"]),
    }


def _same_language(one: str, other: str) -> bool:
    return locales.language(one) == locales.language(other)


def _instead(hub: Hub, told: dict[str, Any]) -> dict[str, Any]:
    """Titles of what to read instead of a withdrawn text, where it is in force."""
    listed = [one for one in (told["replacement"], told["notice"]) if one is not None]
    found = [there.row for one in listed if (there := stored.read(hub, one["url"]))]
    return {
        "instead": [
            {"section": one.section, "locale": one.locale, "title": json.loads(one.body)["title"]}
            for one in found
            if one.status == 200
        ]
    }


def _not_there(request: Request, hub: Hub, asked: Asked) -> Response:
    with reading(hub.engine) as session:
        others = [one["locale"] for one in listing.available(session, "section", asked.slug)]
        values = {"others": others, "demo": demo.is_demo(session)}
    return _page(request, 404, asked, values, {})


def _page(
    request: Request, status: int, asked: Asked, values: dict[str, Any], headers: dict[str, str]
) -> Response:
    name = TEMPLATES.get(status, "not-there.html")
    body = asked.reader.read(name, slug=asked.slug, text_locale=asked.locale, **values)
    language = {"Content-Language": asked.reader.locale}
    return respond(
        request,
        body.encode(),
        status=status,
        cache=IN_FORCE if status in (200, 410) else NO_STORE,
        headers=pages.GUARDS | pages.HTML | language | headers,
    )
