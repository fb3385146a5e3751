"""A member's folder, filled by `sync.py` from a hub behind a real socket."""

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from api.app import create_app
from content.settings import Settings
from content.sign_off import trust_file
from tests.keys import registrar_file
from tests.servers import in_thread
from tests.structure.sources import ROOT
from tests.world import World, page

#: Another dose, so that every translation is behind.
EDITION = b"# Treatment {#treatment}\n\nSome people take 1000 mg a day.\n"


@pytest.fixture
def sync(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The program as a member runs it, with `verify.py` beside it."""
    monkeypatch.syspath_prepend(str(ROOT / "clients"))
    module = importlib.import_module("sync")
    yield module
    for name in ("sync", "verify"):
        sys.modules.pop(name)


@dataclass
class Member:
    """A folder, what was pinned, and where the hub is."""

    sync: ModuleType
    world: World
    hub: str
    folder: Path

    def run(self, *locales: str) -> int:
        ended: int = self.sync.main(
            self.hub, str(self.folder), str(self.folder.parent / "trust-1.json"), *locales
        )
        return ended

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob("*/*"))

    def text(self, name: str) -> dict[str, object]:
        told: dict[str, object] = json.loads((self.folder / name).read_text("utf-8"))
        return told


@pytest.fixture
def member(sync: ModuleType, sqlite_world: World, tmp_path: Path) -> Iterator[Member]:
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    registrar_file(keys)
    world = sqlite_world
    world.publish_page()
    world.publish_translation("fr")
    with world.reading() as session:
        pinned = trust_file.numbered(session, 1).body
    (tmp_path / "trust-1.json").write_bytes(pinned)
    url = world.engine.url.render_as_string(hide_password=False)
    with in_thread(create_app(Settings(data_dir=tmp_path, database_url=url))) as hub:
        yield Member(sync, world, hub, tmp_path / "texts")


FRENCH = ["fr/benefits.json", "fr/risks.json", "fr/treatment.json"]


def test_the_folder_has_what_is_in_force_in_these_languages(member: Member) -> None:
    assert member.run("fr") == 0
    assert member.files() == FRENCH
    text = member.text("fr/benefits.json")
    assert (text["title"], text["status"], text["version"]) == ("fr – Benefits", "current", 1)
    assert member.run("fr", "en") == 0
    assert len(member.files()) == 6


def test_a_run_without_news_writes_no_text(
    member: Member, capsys: pytest.CaptureFixture[str]
) -> None:
    member.run("fr")
    capsys.readouterr()
    before = {path: path.stat().st_mtime_ns for path in member.folder.glob("fr/*")}
    assert member.run("fr") == 0
    assert {path: path.stat().st_mtime_ns for path in member.folder.glob("fr/*")} == before
    assert capsys.readouterr().out == ""


def test_a_withdrawn_text_leaves_the_folder(member: Member) -> None:
    member.run("fr")
    member.world.withdraw("benefits")
    assert member.run("fr") == 0
    assert member.files() == ["fr/risks.json", "fr/treatment.json"]


def test_an_outdated_translation_gets_its_label(member: Member) -> None:
    member.run("fr")
    member.world.publish_page(page(EDITION.decode()))
    assert member.run("fr") == 0
    assert member.text("fr/treatment.json")["status"] == "outdated"


def test_what_was_damaged_or_cut_off_is_made_good(member: Member) -> None:
    member.run("fr")
    (member.folder / "fr" / "risks.json").unlink()
    (member.folder / "fr" / "benefits.json").write_text('{"sha', "utf-8")
    assert member.run("fr") == 0
    assert member.files() == FRENCH
    assert member.text("fr/benefits.json")["title"] == "fr – Benefits"


def test_a_text_that_was_changed_on_the_way_does_not_come_in(
    member: Member, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    member.run("fr")
    (member.folder / "fr" / "risks.json").unlink()
    get = member.sync.get
    monkeypatch.setattr(
        member.sync,
        "get",
        lambda url: get(url).replace(b"nerves", b"everything") if "/content/" in url else get(url),
    )
    assert member.run("fr") == 1
    assert member.files() == ["fr/benefits.json", "fr/treatment.json"]
    assert "risks.json is left: Refused: bytes-changed" in capsys.readouterr().err


def test_under_another_trust_file_nothing_comes_in(member: Member) -> None:
    member.run("fr")
    told = (member.folder.parent / "trust-1.json").read_text("utf-8")
    (member.folder.parent / "trust-1.json").write_text(told.replace("board-1", "board-9"), "utf-8")
    assert member.run("fr") == 1
    assert member.files() == FRENCH


def test_a_register_of_one_text_does_not_empty_the_folder(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    member.run("fr")
    get = member.sync.get
    monkeypatch.setattr(
        member.sync,
        "get",
        lambda url: get(f"{url}?section=risks&locale=fr" if url.endswith("/register") else url),
    )
    with pytest.raises(member.sync.verify.Refused, match="unknown-here"):
        member.run("fr")
    assert member.files() == FRENCH


def test_the_new_trust_file_is_followed(member: Member) -> None:
    member.run("fr")
    member.world.replace_trust()
    assert member.run("fr") == 0
    assert len(json.loads((member.folder / "state.json").read_text("utf-8"))["trust"]) == 1
    assert member.files() == FRENCH
