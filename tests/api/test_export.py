"""What is exported is what the hub serves: the same bytes, the same status, the same headers."""

import json
from pathlib import Path

from content.log import key
from tests.api.hubs import open_app
from tests.api.promised import Promised
from tests.exporting import Exporter, manifest
from tests.world import World

#: What a server adds for itself, and what holds for the moment of asking alone.
OF_THE_MOMENT = {
    *("content-length", "etag", "content-seq"),
    *("access-control-allow-origin", "access-control-expose-headers"),
}
#: As a file it cannot be what it is as an address with a query; see docs/export.md.
OTHERS = {"/v1", "/v1/changes.json"}


def test_the_export_says_what_the_hub_says(published_world: World, tmp_path: Path) -> None:
    published_world.withdraw("risks", "fr")
    exporter = Exporter(published_world, tmp_path / "keys")
    exporter.log_key = key.make(tmp_path / "keys" / "log.key", "hub.example.org/log")
    site = tmp_path / "site"
    exporter.export(site)
    answers = manifest(site)["answers"]
    settings = {
        "data_dir": tmp_path,
        "locales": "en,fr,it,de",
        "registrar_key_file": tmp_path / "keys" / "registrar.key",
        "log_key_file": tmp_path / "keys" / "log.key",
    }
    with Promised(open_app(published_world.engine, **settings)) as hub:
        for url in answers.keys() - OTHERS:
            told = answers[url]
            answer = hub.get(url)
            assert answer.status_code == told["status"], url
            assert answer.content == (site / told["file"]).read_bytes(), url
            headers = {name.lower(): value for name, value in told["headers"].items()}
            assert {name: answer.headers[name] for name in headers} == headers, url
            left = answer.headers.keys() - headers.keys()
            assert left <= OF_THE_MOMENT, (url, left)
        assert (
            json.loads((site / "v1/changes.json").read_bytes())["events"]
            == (hub.get("/v1/changes").json()["events"])
        )
        root = json.loads((site / "v1/index.json").read_bytes())
        served = hub.get("/v1").json()
        assert root | {"links": 0} == served | {"links": 0}
        assert root["links"].items() - served["links"].items() == {("changes", "/v1/changes.json")}
