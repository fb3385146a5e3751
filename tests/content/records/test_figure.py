"""Figures: what a picture file may be. An SVG is a program to a browser, and none here."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.database import writing
from content.errors import DocumentNotFound, FigureRefused
from content.records import figure
from content.records.figure import FIGURE_BYTES_MAX, media_type
from content.settings import ROOT
from tests.world import World

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def svg(inside: str = "", attributes: str = "", before: str = "", after: str = "") -> bytes:
    return f"{before}<svg {NAMESPACES} {attributes}>{inside}</svg>{after}".encode()


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 JFIF", "image/jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (svg(), "image/svg+xml"),
        (svg(before='\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->'), None),
        (svg("<defs><linearGradient id='g'/></defs><rect fill='url(#g)'/>"), None),
        (svg("""<rect fill="url( '#g' )" style='clip-path: url("#c")'/>"""), None),
        (svg("<use href='#step'/><use xlink:href='#step'/>"), None),
        (svg("<style>rect { fill: red } /* no @rule */</style><title>On and off</title>"), None),
        (svg("<text>See http://example.org, javascript: and url(http://x)</text>"), None),
        (svg("<metadata><r xmlns='urn:rdf' about='http://example.org'/></metadata>"), None),
    ],
)
def test_a_picture_is_taken_for_what_its_bytes_are(body: bytes, media: str | None) -> None:
    assert media_type(body) == (media or "image/svg+xml")


def test_the_figures_that_come_with_the_hub_are_taken() -> None:
    files = list(Path(ROOT, "content", "samples", "figures").iterdir())

    assert files
    assert {media_type(file.read_bytes()) for file in files} == {"image/svg+xml"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # It runs something.
        (svg("<script>alert(1)</script>"), "not have <script>"),
        (svg("<g><SCRIPT/></g>"), "not have <SCRIPT>"),
        (svg("<s:script xmlns:s='http://www.w3.org/2000/svg'/>"), "not have <script>"),
        (svg(attributes='onload="alert(1)"'), "not have onload="),
        (svg("<rect OnClick='x()'/>"), "not have OnClick="),
        (svg("<foreignObject/>"), "not have <foreignObject>"),
        (svg("<handler type='text/ecmascript'/>"), "not have <handler>"),
        (svg(f"<b {XHTML}>bold</b>"), "not have <b>"),
        (svg(f"<img {XHTML} src='https://evil.example/x.png'/>"), "not have <img>"),
        (svg(f"<h:meta xmlns:h={XHTML[6:]} http-equiv='refresh'/>"), "not have <meta>"),
        (svg("<iframe/>"), "not have <iframe>"),
        # It becomes something else after it was looked at.
        (svg("<a><animate attributeName='href' to='javascript:x()'/></a>"), "not have <animate>"),
        (svg("<set attributeName='onclick' to='x()'/>"), "not have <set>"),
        (svg("<animateTransform attributeName='transform'/>"), "not have <animateTransform>"),
        # It leads or fetches out of itself.
        (svg("<a href='https://evil.example'/>"), "not have href='https://evil.example'"),
        (svg("<a xlink:href='javascript:x()'/>"), "not have href='javascript:x"),
        (svg("<use href='data:image/svg+xml,...'/>"), "not have href='data:"),
        (svg("<use href='other.svg#a'/>"), "not have href='other.svg#a'"),
        (svg("<use href=' #a'/>"), "not have href=' #a'"),
        (svg("<image href='#a'/>"), "not have <image>"),
        (svg("<feImage xlink:href='//evil.example/x'/>"), "not have href="),
        (svg(attributes="xml:base='https://evil.example/'"), "not have base="),
        (svg("<rect fill='url(http://evil.example/#a)'/>"), "not have fill="),
        (svg("<rect style='fill:URL( \"https://evil.example\")'/>"), "not have style="),
        (svg("<rect fill='\\75rl(https://evil.example)'/>"), "not have fill="),
        (svg("<rect style='cursor:image-set(\"x.png\" 1x)'/>"), "not have style="),
        (svg("<style>@import 'https://evil.example';</style>"), "may not fetch"),
        (svg("<style>rect { fill: url(https://evil.example) }</style>"), "may not fetch"),
        (svg("<style>rect{}<!-- -->@import 'https://evil.example';</style>"), "may not fetch"),
        (svg("<style>@imp<!-- -->ort 'https://evil.example';</style>"), "may not fetch"),
        (svg("<style>@im<g/>port 'https://evil.example';</style>"), "may not fetch"),
        (svg("<style><![CDATA[@IMPORT 'https://evil.example';]]></style>"), "may not fetch"),
        (svg("<style>@\\69mport 'https://evil.example';</style>"), "may not fetch"),
        (svg("<style>&#64;import 'https://evil.example';</style>"), "may not fetch"),
        # Around the root.
        (svg(before="<!DOCTYPE svg>"), "document type"),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "<script/>">]>'), "document type"),
        (
            svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "document type",
        ),
        (svg(before='<?xml-stylesheet href="https://evil.example/x.css"?>'), "processing"),
        (svg("<g><?php echo 1 ?></g>"), "processing"),
        (svg(after="<?php echo 1 ?>"), "processing"),
        # Another reader would read something else.
        (svg(before='<?xml version="1.0" encoding="UTF-7"?>'), "written in UTF-8"),
        (svg(before="<?xml version='1.0' encoding = 'ISO-8859-1' ?>"), "written in UTF-8"),
        (svg().decode().encode("utf-16"), "A figure is an SVG without scripts"),
        (svg("\xe9").decode().encode("latin-1"), "A figure is an SVG without scripts"),
        (f"<svg {XHTML}/>".encode(), "its root is not <svg"),
        (b"<svg/>", "its root is not <svg"),
        (b"<html xmlns='http://www.w3.org/2000/svg'/>", "its root is not <svg"),
    ],
)
def test_an_svg_that_does_anything_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(FigureRefused, match=words.replace("(", r"\(")):
        media_type(body)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GIF89a",
        b"BM....",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"RIFF",
        b"\x89PNG",
        b"<svg" + PNG,
        b"\n" + PNG,
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        svg() + svg(),
        svg("<rect fill='&a11;'/>", before=f'<!DOCTYPE svg [<!ENTITY a0 "ha">{LAUGHS}]>'),
        svg("<g>" * 10_000 + "</g>" * 10_000),
    ],
)
def test_what_is_no_picture_is_refused(body: bytes) -> None:
    with pytest.raises(FigureRefused):
        media_type(body)


def test_a_file_that_is_two_things_is_served_as_the_picture_alone() -> None:
    """The first bytes decide, and the answer names that type; no sniffing finds the rest."""
    assert media_type(PNG + b"<script>alert(1)</script>") == "image/png"
    assert media_type(PNG + b"PK\x03\x04") == "image/png"


def test_a_picture_has_a_size() -> None:
    assert media_type(PNG.ljust(FIGURE_BYTES_MAX, b"\0")) == "image/png"
    with pytest.raises(FigureRefused, match="at most 2,000,000 bytes") as refused:
        media_type(PNG.ljust(FIGURE_BYTES_MAX + 1, b"\0"))
    assert refused.value.context == {"bytes": 2_000_001}


def test_a_picture_is_kept_once_under_its_digest(world: World) -> None:
    with writing(world.engine) as session:
        digest = figure.store(session, PNG)
        assert figure.store(session, PNG) == digest == sha256(PNG).hexdigest()

    with world.reading() as session:
        kept = figure.load(session, digest)
        assert (kept.media_type, kept.body) == ("image/png", PNG)
        with pytest.raises(DocumentNotFound, match="no figure with that digest"):
            figure.load(session, "0" * 64)
    with pytest.raises(DBAPIError, match="append-only"), world.engine.begin() as connection:
        connection.execute(text("UPDATE figure SET media_type = 'text/html'"))


def test_a_picture_that_is_refused_is_not_kept(sqlite_world: World) -> None:
    body = svg("<script/>")
    with writing(sqlite_world.engine) as session, pytest.raises(FigureRefused):
        figure.store(session, body)

    with sqlite_world.reading() as session, pytest.raises(DocumentNotFound):
        figure.load(session, sha256(body).hexdigest())
