"""What memory an export takes as a hub grows: each run is a process of its own.

`python -m tests.bench.exporting URL FOLDER` is one of them. Its memory is what the kernel counts.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from content import database
from content.review import policy as policies
from content.samples import bundle
from tests.bench import reading
from tests.bench.hubs import new_hub
from tests.exporting import Exporter
from tests.world import World

#: Sections, each in four languages.
SMALL, LARGE = 40, 160
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True)
class Memory:
    """Of one run, in bytes: before it began, and at most."""

    before: int
    most: int
    #: Texts in force, of which each has several answers.
    texts: int

    @property
    def taken(self) -> int:
        return self.most - self.before


def filled(path: Path, sections: int) -> Engine:
    engine = new_hub(path)
    reading.filled(engine, sections)
    return engine


def first_and_next(engine: Engine, folder: Path) -> list[Memory]:
    """Of the run that writes everything, and of one that finds nothing to do."""
    return [exported(engine, folder) for _ in range(2)]


def growth(small: Memory, large: Memory) -> float:
    """Bytes for each text more."""
    return (large.taken - small.taken) / (large.texts - small.texts)


def exported(engine: Engine, folder: Path) -> Memory:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.bench.exporting", url, str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return Memory(**json.loads(told.stdout))


def main(url: str, folder: str) -> None:
    world = World(database.connect(url), policies.load(bundle.POLICY_FILE))
    exporter = Exporter(world, Path(folder))
    before = _peak()
    exporter.export(Path(folder, "site"))
    most = _peak()
    listed = json.loads(Path(folder, "site", "v1", "sections", "index.json").read_bytes())
    texts = len(listed["sections"])
    sys.stdout.write(json.dumps({"before": before, "most": most, "texts": texts}))


def _peak() -> int:
    found = PEAK.search(Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1_024


if __name__ == "__main__":
    main(*sys.argv[1:])
