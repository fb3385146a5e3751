"""Figures: picture files by digest. A figure is served as what it was checked to be."""

import re
from hashlib import sha256

from lxml import etree
from sqlmodel import Field, Session, SQLModel

from content.errors import DocumentNotFound, FigureRefused

FIGURE_BYTES_MAX = 2_000_000
SVG_MEDIA_TYPE = "image/svg+xml"
#: First bytes of the raster formats we take.
SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
ACTIVE_ELEMENTS = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "image"}
)
OUTWARD_CSS = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)


class Figure(SQLModel, table=True):
    """The bytes of a picture under their digest. Never changed: a trigger refuses it."""

    __tablename__ = "figure"

    sha256: str = Field(primary_key=True)
    media_type: str
    body: bytes


def store(session: Session, body: bytes) -> str:
    """Keep a picture and return its digest. Raises FigureRefused."""
    media = media_type(body)
    digest = sha256(body).hexdigest()
    if session.get(Figure, digest) is None:
        session.add(Figure(sha256=digest, media_type=media, body=body))
        session.flush()
    return digest


def load(session: Session, digest: str) -> Figure:
    found = session.get(Figure, digest)
    if found is None:
        raise DocumentNotFound("There is no figure with that digest.", sha256=digest)
    return found


def path(digest: str) -> str:
    """Where the hub serves it."""
    return f"/v1/figures/{digest}"


def media_type(body: bytes) -> str:
    """What the bytes are, judged by themselves. Raises FigureRefused."""
    if len(body) > FIGURE_BYTES_MAX:
        raise FigureRefused(bytes=len(body))
    for signature, name in SIGNATURES.items():
        if body.startswith(signature):
            return name
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    _require_still_svg(body)
    return SVG_MEDIA_TYPE


def _require_still_svg(body: bytes) -> None:
    """An SVG that runs nothing, fetches nothing and links nowhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise FigureRefused from None
    if getattr(root.getroottree().docinfo, "doctype", "") or etree.QName(root).localname != "svg":
        raise FigureRefused("The file is not a plain SVG.")
    for element in root.iter():
        _require_still(element)


def _require_still(element: "etree._Element") -> None:
    if not isinstance(element.tag, str):
        if element.tag is etree.Comment:
            return
        raise FigureRefused("An SVG may not have processing instructions or entities.")
    if etree.QName(element).localname.lower() in ACTIVE_ELEMENTS:
        raise FigureRefused(f"An SVG may not have <{etree.QName(element).localname}>.")
    if OUTWARD_CSS.search(element.text or ""):
        raise FigureRefused("An SVG may not fetch anything.")
    for name, value in element.attrib.items():
        local = etree.QName(name).localname.lower()
        outward = local == "href" and not str(value).startswith("#")
        if local.startswith("on") or outward or OUTWARD_CSS.search(str(value)):
            raise FigureRefused(f"An SVG may not have {local}={str(value)[:40]!r}.")
