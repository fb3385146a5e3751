"""Pictures in an export: those that a text shows, and none of a draft."""

from hashlib import sha256
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from content.publication.export.store import Store
from content.records import page_import
from tests.exporting import Exporter, files, manifest
from tests.tampering import tamper
from tests.world import LOCALES, TEXT, World, page

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><title>Steps</title></svg>'
OTHER = b'<svg xmlns="http://www.w3.org/2000/svg"><title>Draft</title></svg>'
DIGEST = sha256(PICTURE).hexdigest()
URL = f"/v1/figures/{DIGEST}"


def write(world: World, text: str, picture: bytes) -> list[str]:
    source = page(f'{text}\n![Three steps.](steps.svg "Steps")\n').replace(
        b"\n---\n", b"\nfigures: [{file: steps.svg, credit: MSIF, license: CC0-1.0}]\n---\n", 1
    )
    with world.acting("author") as (session, actor):
        told = page_import.import_page(session, actor, source, {"steps.svg": picture}, LOCALES)
        return [one.section for one in told if one.what in ("created", "updated")]


@pytest.fixture
def pictured(exporter: Exporter) -> Exporter:
    """A picture in force, and another in a draft."""
    exporter.world.publish(*write(exporter.world, TEXT, PICTURE))
    write(exporter.world, TEXT.replace("does not", "cannot"), OTHER)
    return exporter


def test_a_picture_in_force_is_written_and_no_drafts(pictured: Exporter, tmp_path: Path) -> None:
    site = tmp_path / "site"
    written = pictured.export(site).written
    told = manifest(site)["answers"]
    assert [url for url in told if "/figures/" in url] == [URL]
    assert told[URL]["file"] == f"v1/figures/{DIGEST}.svg"
    assert told[URL]["headers"]["Content-Type"] == "image/svg+xml"
    assert "sandbox" in told[URL]["headers"]["Content-Security-Policy"]
    assert files(site)[told[URL]["file"]] == PICTURE
    objects = MemoryStore()
    pictured.export(Store(objects))
    assert bytes(objects.get(URL[1:]).bytes()) == PICTURE
    assert pictured.export(site).kept == written


def test_a_changed_picture_is_left_out(pictured: Exporter, tmp_path: Path) -> None:
    script = "UPDATE figure SET body = CAST(replace(CAST(body AS TEXT), 'Steps', 'Risks') AS BLOB)"
    tamper(pictured.world.engine, script)
    assert pictured.export(tmp_path / "site").left_out == [URL]
