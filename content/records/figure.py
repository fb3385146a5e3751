"""Figures: picture files by digest. A figure is served as what it was checked to be."""

from hashlib import sha256

from sqlmodel import Field, Session, SQLModel

from content.errors import DocumentNotFound, FigureRefused
from content.records.still_svg import require_still_svg

FIGURE_BYTES_MAX = 2_000_000
#: Opened on its own, an SVG is a page: this one may draw and nothing more.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
SVG_MEDIA_TYPE = "image/svg+xml"
#: First bytes of the raster formats we take.
SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


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


def headers(media_type: str) -> dict[str, str]:
    """What it is sent with, so that it can show and do nothing else."""
    return {
        "Content-Type": media_type,
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }


def media_type(body: bytes) -> str:
    """What the bytes are, judged by themselves. Raises FigureRefused."""
    if len(body) > FIGURE_BYTES_MAX:
        raise FigureRefused(bytes=len(body))
    for signature, name in SIGNATURES.items():
        if body.startswith(signature):
            return name
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    require_still_svg(body)
    return SVG_MEDIA_TYPE
