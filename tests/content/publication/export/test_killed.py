"""An export that is killed, really, at any step that it takes with a file."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content import database
from tests.exporting import Exporter, files
from tests.world import TEXT, World, page

#: What an export does with files, as Python's audit hooks name it.
STEPS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir")
#: More steps than an export has here.
STEPS_MAX = 2_000
#: Each so many steps one export is killed, in the quick tests.
STRIDE = 41


@pytest.fixture
def site(exporter: Exporter, tmp_path: Path) -> Path:
    """An export, and behind it a withdrawal and a new version that it does not have yet."""
    exporter.export(tmp_path / "site")
    exporter.world.withdraw("risks", "fr")
    exporter.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
    return tmp_path / "site"


def export_until(exporter: Exporter, folder: Path, step: int) -> bool:
    """Export in a process of its own that kills itself at this step; whether it came so far."""
    child = os.fork()
    if child == 0:
        _export_and_die(exporter, folder, step)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _export_and_die(exporter: Exporter, folder: Path, step: int) -> None:
    left = step

    def hook(event: str, given: tuple[Any, ...]) -> None:
        nonlocal left
        if event in STEPS and str(folder) in str(given[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        url = exporter.world.engine.url
        world = World(database.connect(url.render_as_string(hide_password=False)))
        sys.addaudithook(hook)
        Exporter(world, exporter.folder).export(folder)
        os._exit(0)
    finally:
        os._exit(1)


def deaths(
    exporter: Exporter, site: Path, tmp_path: Path, first: int, stride: int
) -> Iterator[Path]:
    """The folder as it is after each death."""
    for step in range(first, STEPS_MAX, stride):
        folder = tmp_path / f"killed-{step}"
        shutil.copytree(site, folder)
        if not export_until(exporter, folder, step):
            return
        yield folder
        shutil.rmtree(folder)
    raise AssertionError("an export has more steps than that")


def require_made_good(
    exporter: Exporter, site: Path, tmp_path: Path, first: int, stride: int
) -> int:
    """Each file is the old or the new one, and the next run makes a whole export of it."""
    exporter.export(tmp_path / "fresh")
    old, new = files(site), files(tmp_path / "fresh")
    counted = 0
    for folder in deaths(exporter, site, tmp_path, first, stride):
        for name, body in files(folder).items():
            assert body in (old.get(name), new.get(name)), name
        exporter.export(folder)
        assert files(folder) == new
        counted += 1
    return counted


def test_whatever_dies_is_made_good_by_the_next_run(
    exporter: Exporter, site: Path, tmp_path: Path
) -> None:
    assert require_made_good(exporter, site, tmp_path, 3, STRIDE) > 2


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_same_at_every_step(exporter: Exporter, site: Path, tmp_path: Path) -> None:
    assert require_made_good(exporter, site, tmp_path, 1, 1) > 100


def test_what_a_dead_export_wrote_goes_when_it_was_withdrawn_meanwhile(
    exporter: Exporter, site: Path, tmp_path: Path
) -> None:
    """No manifest ever named these files."""
    digest = exporter.world.version("benefits").document
    assert not (site / "v1" / "content" / str(digest)).exists()
    step = 1
    while not (site / "v1" / "content" / str(digest)).exists():
        export_until(exporter, site, step := step + 20)
    exporter.world.withdraw("benefits")
    exporter.export(site)
    exporter.export(tmp_path / "fresh")
    assert files(site) == files(tmp_path / "fresh")
    assert not (site / "v1" / "content" / str(digest)).exists()


def test_a_file_that_went_and_came_back_is_there_again(exporter: Exporter, tmp_path: Path) -> None:
    """A dead run had removed it, and now it is what the old manifest says it was."""
    site, world = tmp_path / "site", exporter.world
    exporter.export(site)
    before = files(site)
    copy = tmp_path / "before.db"
    _copy(world, copy)
    world.withdraw("benefits", "fr")
    step = 1
    while (site / "v1/sections/benefits/fr.html").exists():
        export_until(exporter, site, step := step + 5)
    back = Exporter(World(database.connect(f"sqlite:///{copy}")), tmp_path / "other-keys")
    back.export(site)
    back.world.engine.dispose()
    assert files(site) == before


def test_a_file_of_the_same_size_is_not_taken_for_the_old_one(
    exporter: Exporter, tmp_path: Path
) -> None:
    """A dead run wrote it, and then the hub was restored to what the old manifest says."""
    site, world, copy = tmp_path / "site", exporter.world, tmp_path / "before.db"
    exporter.export(site)
    before = files(site)
    _copy(world, copy)
    # As many letters as in "First edition".
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Other edition"))
    step = 1
    while not _has_other_words_of_one_size(site, before):
        export_until(exporter, site, step := step + 10)
    back = Exporter(World(database.connect(f"sqlite:///{copy}")), tmp_path / "other-keys")
    back.export(site)
    back.world.engine.dispose()
    assert files(site) == before


def _has_other_words_of_one_size(site: Path, before: dict[str, bytes]) -> bool:
    return any(
        body != before.get(name) and len(body) == len(before.get(name, b""))
        for name, body in files(site).items()
    )


def _copy(world: World, path: Path) -> None:
    connection = world.engine.raw_connection()
    connection.cursor().execute("VACUUM INTO ?", (str(path),))
    connection.close()


def test_the_first_export_may_die_too(exporter: Exporter, tmp_path: Path) -> None:
    exporter.export(tmp_path / "fresh")
    for step in (1, 2, 3, 5, 40):
        assert export_until(exporter, tmp_path / "site", step)
        exporter.export(tmp_path / "site")
        assert files(tmp_path / "site") == files(tmp_path / "fresh")
        shutil.rmtree(tmp_path / "site")
