"""`make bench`: prints what was measured. `python -m tests.bench 300` for a smaller hub.

A million stored versions, and the servers beside others, have commands of their own: see
docs/performance.md.
"""

import sys
import tempfile
from pathlib import Path
from typing import get_args

from tests.bench import (
    desk,
    exporting,
    following,
    growing,
    merging,
    reading,
    remembering,
    searching,
    showing,
    spreading,
    uploading,
)
from tests.bench.hubs import new_hub

#: Sections of 25 versions in four languages.
GROWN = 400


def main() -> None:
    sections = int(sys.argv[1]) if len(sys.argv) > 1 else reading.LARGE
    with tempfile.TemporaryDirectory() as folder:
        small, large = new_hub(Path(folder) / "small.db"), new_hub(Path(folder) / "large.db")
        reading.filled(small, reading.SMALL)
        filled = reading.filled(large, sections)
        told = [f"{step:<18} {seconds:7.1f} s" for step, seconds in filled.seconds.items()]
        told.append(f"{sections} sections, {sum(filled.seconds.values()):.1f} s of processor time")
        with reading.client(small) as one, reading.client(large) as other:
            for ratio in (reading.one_section(one, other), reading.list_size(one, other)):
                told.append(_line(ratio))
            if sections == reading.LARGE:
                told.append(_line(reading.list_depth(other)))
        for kind in get_args(uploading.Kind):
            below = Path(folder) / kind
            below.mkdir()
            catalogues = uploading.hub(below, kind)
            told.append(f"{kind} text:")
            told.append(_line(uploading.measured(catalogues, below)))
            told.append(_line(uploading.measured_weekly(catalogues, below)))
        short = following.filled(Path(folder) / "short.db", following.SMALL)
        long = following.filled(Path(folder) / "long.db", following.LARGE)
        told.append(_line(following.signing(short, long)))
        told += [_line(following.tiles(short, long, level)) for level in (0, 1)]
        told.append(_line(following.catching_up(short, long)))
        few = searching.filled(f"sqlite:///{folder}/few.db", searching.SMALL)
        many = searching.filled(f"sqlite:///{folder}/many.db", searching.LARGE)
        told += [_line(searching.growth(what, few, many)) for what in searching.QUERIES]
        for run in exporting.first_and_next(large, Path(folder) / "exported"):
            taken = run.taken / 1_000_000
            told.append(f"an export of {run.texts} texts takes {taken:.0f} MB")
        shown = showing.filled(Path(folder) / "shown.db")
        told.append(f"what 50 members show, {showing.seconds(shown):.2f} s of processor time")
        told.append("The pages of the desk, with 1,000 sections and work open for everybody:")
        told += desk.table(desk.costs(desk.served(desk.filled(Path(folder) / "desk.db"))))
        told.append("40,000 stored versions beside a page:")
        both = growing.filled(Path(folder) / "grown", GROWN)
        told += [_line(measure(both)) for measure in growing.MEASURES]
    told.append("From commit to the last process: how many, p50, p99, the worst")
    told += spreading.table()
    memory = remembering.remembered(remembering.LARGE)
    small_memory = remembering.remembered(remembering.SMALL)
    for ratio in (remembering.growth(small_memory, memory), remembering.thought(memory)):
        told.append(f"{_line(ratio)} ({remembering.ASKED} texts)")
    told.append("A section of 4,000 texts against one of 500, for 100,000 texts each:")
    for name, change in merging.CHANGES.items():
        for ratio in (merging.finding(change), merging.merging(change)):
            told.append(f"{name} changed, {_line(ratio)}")
    sys.stdout.write("\n".join(told) + "\n")


def _line(ratio: reading.Ratio) -> str:
    return (
        f"{ratio.what:<38} {ratio.small_ms:7.2f} ms {ratio.large_ms:7.2f} ms "
        f"ratio {ratio.value:.2f}"
    )


main()
