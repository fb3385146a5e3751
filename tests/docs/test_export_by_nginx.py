"""The export behind a real nginx, as docs/export.md configures it, seen as members see it."""

import importlib
import json
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from content.cli.outside import Outside
from content.sign_off import trust_draft, trust_file
from tests import nginx
from tests.exporting import Exporter, manifest
from tests.structure.sources import ROOT
from tests.tampering import tamper
from tests.world import World

pytestmark = pytest.mark.skipif(not nginx.NGINX, reason="there is no nginx on this machine")

#: Headers of the hub that a file server sends as the hub does.
SAME = (
    "Content-Type",
    "Cache-Control",
    "CDN-Cache-Control",
    "Content-Language",
    "X-Content-Type-Options",
    "Content-Security-Policy",
)
#: That it sends with everything, where the hub sends them with what a browser may show.
MORE = ("X-Content-Type-Options", "Content-Security-Policy")


@pytest.fixture
def exporter(sqlite_world: World, tmp_path: Path) -> Exporter:
    """English and French in force, one withdrawn, one refused; a log that the trust file names."""
    world = sqlite_world
    made = Exporter(world, tmp_path / "keys").with_log()
    draft = world.trust_draft()
    assert made.log_key is not None
    named = trust_draft.log_of(made.log_key)
    world.replace_trust(
        type(draft)(draft.party, draft.registrars, named, draft.thresholds, days=365)
    )
    world.publish_page()
    world.publish_translation("fr")
    world.withdraw("risks", "fr")
    return made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def address(tmp_path: Path, site: Path) -> Iterator[str]:
    port = nginx.free_port()
    changes = {"/srv/msif-site": str(site), "listen 80;": f"listen 127.0.0.1:{port};"}
    conf = nginx.configured(tmp_path / "nginx", nginx.documented("export.md"), changes)
    with nginx.running(conf, port) as found:
        yield found


def get(address: str, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request(method, path, headers={n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_every_address_is_answered_as_by_the_hub(
    exporter: Exporter, site: Path, address: str
) -> None:
    exporter.export(site)
    tamper(exporter.world.engine, "DELETE FROM signature WHERE person = 'language-2-fr'")
    exporter.export(site)
    answers = manifest(site)["answers"]
    assert {told["status"] for told in answers.values()} == {200, 410, 503}
    for url, told in answers.items():
        answer, body = get(address, url)
        assert answer.status == told["status"], url
        assert body == (site / told["file"]).read_bytes(), url
        headers = told["headers"]
        for name in SAME:
            if name in headers or name not in MORE:
                assert answer.getheader(name) == headers.get(name), (url, name)
        assert answer.getheader("Access-Control-Allow-Origin") == "*"
        again, nothing = get(address, url, "HEAD")
        assert (again.status, nothing) == (told["status"], b"")


def test_what_is_not_there_is_not_there(exporter: Exporter, site: Path, address: str) -> None:
    exporter.export(site)
    digest = exporter.world.version("risks", "fr").document
    for path in (
        "/",
        "/v1/sections/risks/it",
        f"/v1/content/{digest}",
        "/v1/changes",
        "/v2",
        "/.msif/lock",
        "/v1/../.msif/lock",
        "/log/nothing",
    ):
        answer, _ = get(address, path)
        assert (answer.status, answer.getheader("Cache-Control")) == (404, "no-store"), path
    answer, body = get(address, "/manifest.json")
    assert json.loads(body)["seq"] == manifest(site)["seq"]
    assert answer.getheader("Cache-Control") == "no-cache"


def test_a_reader_that_has_it_is_told_so(exporter: Exporter, site: Path, address: str) -> None:
    exporter.export(site)
    path = "/v1/sections/benefits/en"
    answer, _ = get(address, path)
    tag = answer.getheader("ETag") or ""
    assert get(address, path, if_none_match=tag)[0].status == 304
    packed, _ = get(address, path, accept_encoding="gzip")
    assert packed.getheader("Content-Encoding") == "gzip"
    assert packed.getheader("Vary") == "Accept-Encoding"


def test_it_is_verified_as_a_hub_is(exporter: Exporter, site: Path, address: str) -> None:
    exporter.export(site)
    found = list(Outside(address, {}).findings(""))
    assert [one for one in found if not one.in_order] == []
    told = {one.name: one.told for one in found}
    assert told["texts"] == "5 verified"
    assert told["log"].endswith("tiles")


def test_a_changed_file_is_found_out(exporter: Exporter, site: Path, address: str) -> None:
    exporter.export(site)
    digest = exporter.world.version("benefits").document
    file = site / "v1" / "content" / str(digest)
    file.write_bytes(file.read_bytes().replace(b"4 of 10", b"9 of 10"))
    wrong = {one.name: one.told for one in Outside(address, {}).findings("") if not one.in_order}
    assert wrong == {"benefits/en/1": "bytes-changed"}


def test_a_withdrawal_needs_no_reload(exporter: Exporter, site: Path, address: str) -> None:
    exporter.export(site)
    path = "/v1/pages/treatment/en.html"
    assert get(address, path)[0].status == 200
    exporter.world.withdraw("treatment", "en")
    exporter.export(site)
    answer, body = get(address, path)
    assert (answer.status, json.loads(body)["code"]) == (410, "withdrawn")
    assert answer.getheader("Content-Type") == "application/problem+json"


def test_a_members_folder_is_kept_from_it_as_from_the_hub(
    exporter: Exporter, site: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter.export(site)
    with exporter.world.reading() as session:
        (tmp_path / "trust-1.json").write_bytes(trust_file.numbered(session, 1).body)
    monkeypatch.syspath_prepend(str(ROOT / "clients"))
    sync = importlib.import_module("sync")
    texts = tmp_path / "texts"
    assert sync.main(address, str(texts), str(tmp_path / "trust-1.json"), "fr") == 0
    assert sorted(one.name for one in texts.glob("fr/*")) == ["benefits.json", "treatment.json"]
    for name in ("sync", "verify"):
        del sys.modules[name]
