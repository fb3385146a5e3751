"""`msif export` as an operator types it."""

import json
from pathlib import Path

import pytest

from content.log import key
from content.publication.export.folder import Folder
from tests.content.cli.terminal import Terminal
from tests.exporting import manifest
from tests.tampering import tamper


@pytest.fixture
def keyed(terminal: Terminal) -> Terminal:
    """English in force, and a key of the log."""
    key.make(terminal.folder / "keys" / "log.key", "hub.example.org/log")
    terminal.world.publish_page()
    return terminal


def test_a_folder_is_written_and_brought_up_to_date(keyed: Terminal, tmp_path: Path) -> None:
    site = tmp_path / "site"
    written = len_of(keyed.says("export", site))
    assert written == len(manifest(site)["answers"])
    assert "/log/checkpoint" in manifest(site)["answers"]
    assert (
        keyed.says("export", site) == f"Number 3: 0 written, 0 removed, {written} as they were.\n"
    )
    assert len_of(keyed.says("export", site, "--full")) == written


def len_of(told: str) -> int:
    return int(told.split()[2])


def test_what_is_due_is_carried_out_first(keyed: Terminal, tmp_path: Path) -> None:
    """And what no longer passes is refused, as the server does."""
    tamper(keyed.world.engine, "UPDATE signature SET credential = '{}'")
    keyed.says("export", tmp_path / "site")
    answers = manifest(tmp_path / "site")["answers"]
    assert answers["/v1/sections/benefits/en"]["status"] == 503
    signed = json.loads((tmp_path / "site" / "v1" / "sections" / "index.json").read_bytes())
    assert signed["sections"] == []


def test_what_is_left_out_is_told(keyed: Terminal, tmp_path: Path) -> None:
    tamper(
        keyed.world.engine,
        "UPDATE representation SET body = CAST('{}' AS BLOB) "
        "WHERE path = '/v1/sections/benefits/en'",
    )
    told = keyed.refuses("export", tmp_path / "site")
    assert told == (
        "Left out: /v1/sections/benefits/en is not what was stored; run `msif doctor`.\n"
    )


def test_it_goes_on_until_it_is_stopped(
    keyed: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    (keyed.folder / "keys" / "log.key").unlink()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("content.cli.export.time.sleep", sleep)
    site = tmp_path / "site"
    result = keyed.run("export", site, "--every", "60")
    assert slept == [60, 60, 60]
    assert result.stdout.count("Number 3: ") == 3
    slept.clear()
    with Folder(site).opened():
        result = keyed.run("export", site, "--every", "60")
    assert result.stderr.count("export-busy: ") == 3


def test_a_hub_that_cannot_sign_a_register_exports_nothing(
    terminal: Terminal, tmp_path: Path
) -> None:
    (terminal.folder / "keys" / "registrar.key").unlink()
    assert terminal.refuses("export", tmp_path / "site").startswith("registrar-key-unusable: ")
    assert not (tmp_path / "site").exists()


def test_an_address_of_another_kind_is_refused(terminal: Terminal) -> None:
    assert terminal.refuses("export", "ftp://bucket").startswith("bad-input: Write s3://BUCKET")
