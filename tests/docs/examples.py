"""Examples in the documentation, read, run and compared.

A block that begins with ```sh run is run; a ```text block right behind it is what it shows. There,
`…` stands for anything on a line, and a line with nothing else for any number of lines.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(?P<form>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
#: No-break spaces belong into French, and cannot be told from others in a file.
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
#: Printed between two blocks, so that what each one shows can be told apart.
BETWEEN = "-- the next block --"
SECONDS_MAX = 240


@dataclass(frozen=True)
class Example:
    """Commands, and what they show; None where that is not said. Frozen."""

    commands: str
    shown: str | None


def examples(text: str) -> list[Example]:
    """Those of a Markdown file that are run, in order."""
    blocks = list(FENCE.finditer(text))
    found = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["form"] != "sh run":
            continue
        beside = following is not None and not text[block.end() : following.start()].strip()
        shows = following is not None and beside and following["form"] == "text"
        found.append(Example(block["text"], following["text"] if shows and following else None))
    return found


def run(listed: list[Example], folder: Path, env: dict[str, str]) -> list[str]:
    """What each one shows, in one shell; the first command that fails is the end."""
    between = f"\nprintf '\\n%s\\n' '{BETWEEN}'\n"
    script = "set -eu\n" + between.join(one.commands for one in listed)
    ended = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )
    assert ended.returncode == 0, f"{ended.stdout[-2000:]}\n{ended.stderr[-2000:]}"
    return ended.stdout.split(f"\n{BETWEEN}\n")


def is_shown(expected: str, output: str) -> bool:
    """Whether the output is what the documentation says."""
    return re.fullmatch(_pattern(expected), _plain(output)) is not None


def _pattern(expected: str) -> str:
    lines = [
        r"(?:[^\n]*\n)*?"
        if line.strip() == "…"
        else re.escape(line).replace("…", r"[^\n]*") + r"\n"
        for line in _plain(expected).splitlines()
    ]
    return "".join(lines)


def _plain(text: str) -> str:
    """Without what an eye does not see."""
    return "".join(f"{line.rstrip()}\n" for line in text.translate(SPACES).strip().splitlines())
