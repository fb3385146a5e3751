"""What a run writes, removes and leaves as it is."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from content.errors import ExportBusy, ExportRefused
from content.publication.export.folder import Folder
from content.publication.register_desk import RegisterDesk
from tests.exporting import Exporter, files, manifest
from tests.reader import TODAY
from tests.tampering import tamper
from tests.world import TEXT, page

FRENCH = "/v1/sections/benefits/fr"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_everything_that_is_served_to_everybody_is_written(
    exporter: Exporter, folder: Path
) -> None:
    outcome = exporter.with_log().export(folder)
    told = manifest(folder)
    assert (told["kind"], told["seq"]) == ("msif.export/1", outcome.seq)
    assert {
        "/v1",
        "/v1/locales",
        "/v1/sections",
        "/v1/changes.json",
        "/v1/sections/benefits",
        FRENCH,
        f"{FRENCH}.html",
        f"{FRENCH}.md",
        f"{FRENCH}.jsonld",
        f"{FRENCH}.txt",
        f"{FRENCH}/versions",
        f"{FRENCH}/versions/1",
        "/v1/pages/treatment/fr",
        "/v1/pages/treatment/fr.html",
        "/v1/trust",
        "/v1/trust/1",
        "/v1/register",
        "/log/checkpoint",
    } < set(told["answers"])
    assert len(told["answers"]) == outcome.written == len(files(folder)) - 1
    for url, answer in told["answers"].items():
        body = (folder / answer["file"]).read_bytes()
        assert sha256(body).hexdigest() == answer["sha256"], url
        assert len(body) == answer["size"]
        assert {"ETag", "Content-Type", "Cache-Control"} < set(answer["headers"])


def test_nothing_is_written_where_nothing_changed(exporter: Exporter, folder: Path) -> None:
    first = exporter.export(folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    again = exporter.export(folder)
    assert (again.written, again.removed, again.kept) == (0, 0, first.written)
    del times[folder / ".msif" / "lock"]
    assert all(path.stat().st_mtime_ns == time for path, time in times.items())
    assert exporter.export(folder, full=True).written == first.written


def test_one_change_touches_what_it_changed(
    exporter: Exporter, folder: Path, tmp_path: Path
) -> None:
    exporter.export(folder)
    before = files(folder)
    exporter.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
    exporter.export(folder)
    after = files(folder)
    exporter.export(tmp_path / "fresh")
    assert after == files(tmp_path / "fresh")
    touched = changed(before, after)
    assert "v1/sections/benefits/en/index.json" in touched
    assert not any("risks" in name for name in touched)
    told = json.loads(after["v1/changes.json"])
    assert (told["after"], told["next"], len(told["events"])) == (0, told["next"], told["next"])


def test_a_withdrawn_text_is_removed_and_its_tombstone_stands_beside(
    exporter: Exporter, folder: Path, tmp_path: Path
) -> None:
    exporter.export(folder)
    digest = exporter.world.version("benefits", "fr").document
    exporter.world.withdraw("benefits", "fr")
    assert (folder / "v1" / "content" / str(digest)).exists()
    exporter.export(folder)
    names = set(files(folder))
    assert not names & {
        f"v1/content/{digest}",
        "v1/sections/benefits/fr/index.json",
        "v1/sections/benefits/fr.html",
        "v1/sections/benefits/fr/versions/1",
    }
    told = manifest(folder)["answers"]
    assert told[FRENCH]["status"] == told[f"{FRENCH}.html"]["status"] == 410
    assert told[FRENCH]["file"] == "v1/sections/benefits/fr.410.json"
    tombstone = json.loads((folder / told[FRENCH]["file"]).read_bytes())
    assert (tombstone["code"], tombstone["reason"]) == ("withdrawn", "error")
    exporter.export(tmp_path / "fresh")
    assert files(folder) == files(tmp_path / "fresh")


def noting(step: str, original: Callable[..., None], steps: list[str]) -> Callable[..., None]:
    def noted(self: Folder, *given: object) -> None:
        steps.append(step)
        original(self, *given)

    return noted


def test_what_goes_goes_first_and_the_manifest_comes_last(
    exporter: Exporter, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter.export(folder)
    exporter.world.withdraw("benefits")
    steps: list[str] = []
    for step in ("begin", "remove", "write", "finish"):
        monkeypatch.setattr(Folder, step, noting(step, getattr(Folder, step), steps))
    exporter.export(folder)
    assert steps[:2] == ["begin", "remove"]
    assert set(steps[2:-1]) == {"write"}
    assert steps[-1] == "finish"


def test_a_refused_text_is_removed(exporter: Exporter, folder: Path) -> None:
    exporter.export(folder)
    tamper(exporter.world.engine, "DELETE FROM signature WHERE person = 'language-2-fr'")
    exporter.export(folder)
    told = manifest(folder)["answers"]
    assert told[FRENCH]["status"] == 503
    assert told[FRENCH]["file"] == "v1/sections/benefits/fr.503.json"
    assert told[FRENCH]["headers"]["Cache-Control"] == "no-store"
    assert not (folder / "v1/sections/benefits/fr/index.json").exists()


CHANGED = "UPDATE {0} SET body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10') AS BLOB)"


def test_bytes_that_nobody_signed_are_left_out(exporter: Exporter, folder: Path) -> None:
    whole = exporter.export(folder)
    tamper(exporter.world.engine, CHANGED.format("representation"), CHANGED.format("document"))
    # What lies there is what was signed, and it stays.
    again = exporter.export_as_is(folder)
    assert not again.left_out
    assert b"9 of 10" not in b"".join(files(folder).values())
    anew = exporter.export_as_is(folder, full=True)
    assert {FRENCH, "/v1/sections/benefits/en", "/v1/pages/treatment/en"} < set(anew.left_out)
    assert anew.removed == len(anew.left_out)
    assert anew.written + anew.removed == whole.written
    assert b"9 of 10" not in b"".join(files(folder).values())
    assert FRENCH not in manifest(folder)["answers"]


def test_a_new_file_of_such_bytes_is_not_begun(exporter: Exporter, folder: Path) -> None:
    tamper(exporter.world.engine, CHANGED.format("representation"))
    outcome = exporter.export_as_is(folder)
    assert outcome.removed == 0
    assert FRENCH in outcome.left_out


def test_the_register_is_written_anew_each_hour(
    exporter: Exporter, folder: Path, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(TODAY, tick=False)
    exporter.export(folder)
    before = files(folder)
    time_machine.shift(3600)
    exporter.export(folder)
    assert changed(before, files(folder)) == {"v1/register", "manifest.json"}


def test_files_of_others_are_left_alone(exporter: Exporter, folder: Path) -> None:
    exporter.export(folder)
    (folder / "robots.txt").write_text("User-agent: *")
    (folder / "v1" / "notes").write_text("ours")
    (folder / "v1" / "sections" / "gone" / "en").mkdir(parents=True)
    (folder / "v1" / "sections" / "gone" / "en" / "index.json").write_text("{}")
    outcome = exporter.export(folder)
    assert (outcome.written, outcome.removed) == (0, 1)
    assert (folder / "robots.txt").exists()
    assert (folder / "v1" / "notes").exists()
    assert not (folder / "v1" / "sections" / "gone").exists()


def test_a_folder_with_something_else_in_it_is_refused(exporter: Exporter, folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.tex").write_text("years of work")
    with pytest.raises(ExportRefused):
        exporter.export(folder)
    assert [one.name for one in folder.iterdir()] == ["thesis.tex"]


def test_two_exports_at_once_do_no_harm(exporter: Exporter, folder: Path) -> None:
    with Folder(folder).opened(), pytest.raises(ExportBusy):
        exporter.export(folder)
    assert exporter.export(folder).written


def test_what_somebody_removed_or_cut_off_is_written_again(
    exporter: Exporter, folder: Path
) -> None:
    exporter.export(folder)
    before = files(folder)
    (folder / "v1" / "register").unlink()
    (folder / "v1" / "sections" / "benefits" / "fr.html").write_text("<p>")
    assert exporter.export(folder).written == 2
    assert files(folder) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]\n",
        '{"kind":"other/1","answers":{\n}}\n',
        '{"kind":"msif.export/1","answers":{\n"/v1":{"file":"v1/index.json"}\n}}\n',
        '{"kind":"msif.export/1","answers":{\n"/v1":7\n}}\n',
        '{"kind":"msif.export/1","answers":{\n',
    ],
)
def test_a_manifest_that_is_not_whole_says_nothing(
    exporter: Exporter, folder: Path, text: str
) -> None:
    first = exporter.export(folder)
    (folder / "manifest.json").write_text(text)
    assert exporter.export(folder).written == first.written


def test_a_long_list_is_read_in_parts(
    exporter: Exporter, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter.export(folder)
    monkeypatch.setattr("content.publication.export.texts.AT_ONCE", 1)
    exporter.export(tmp_path / "parts")
    assert files(tmp_path / "parts") == files(folder)


def test_another_desk_gives_the_same_register(exporter: Exporter, folder: Path) -> None:
    exporter.export(folder)
    world = exporter.world
    desk = RegisterDesk(world.engine, exporter.folder / "registrar.key", folder / "seen")
    found, _ = desk.now(world.policy)
    assert found.seq == manifest(folder)["seq"]


def test_a_folder_is_moved_as_it_is(exporter: Exporter, folder: Path, tmp_path: Path) -> None:
    exporter.export(folder)
    shutil.copytree(folder, tmp_path / "copy")
    assert exporter.export(tmp_path / "copy").written == 0
