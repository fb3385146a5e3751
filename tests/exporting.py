"""Exports of a world in tests: into a folder or a store, and what lies there afterwards."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.database import reading, writing
from content.log import hashes, key
from content.log.note import SigningKey
from content.publication import audit, due
from content.publication.export import run
from content.publication.export.everything import Moment
from content.publication.export.folder import Folder
from content.publication.export.run import Outcome, Target
from content.publication.register_desk import RegisterDesk
from tests.keys import registrar_file
from tests.world import LOCALES, World


@dataclass
class Exporter:
    """A world, and the folder with its keys."""

    world: World
    folder: Path
    log_key: SigningKey | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        registrar_file(self.folder)

    def with_log(self) -> "Exporter":
        self.log_key = key.make(self.folder / "log.key", "hub.example.org/log")
        return self

    def export(self, target: Target | Path, *, full: bool = False) -> Outcome:
        world = self.world
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)
            audit.carry_out(session, world.policy)
        return self.export_as_is(target, full=full)

    def export_as_is(self, target: Target | Path, *, full: bool = False) -> Outcome:
        """Without a look at what is due, or at what no longer passes."""
        world = self.world
        hashes.catch_up(world.engine)
        desk = RegisterDesk(
            world.engine, self.folder / "registrar.key", self.folder / "register.seen"
        )
        with reading(world.engine) as session:
            moment = Moment(session, *desk.within(session, world.policy), self.log_key, LOCALES)
            to = Folder(target) if isinstance(target, Path) else target
            return run.export(moment, to, full=full)


def files(folder: Path) -> dict[str, bytes]:
    """What a web server would find, but for the time at which the manifest was written."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".msif" not in path.parts
    }
    if "manifest.json" in found:
        told = json.loads(found["manifest.json"])
        del told["at"]
        found["manifest.json"] = json.dumps(told, sort_keys=True).encode()
    return found


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_bytes())
