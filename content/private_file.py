"""Files of a demonstration that its owner alone can read, and that are whole or as before."""

import os
from pathlib import Path


def write_private(path: Path, told: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.touch(mode=0o600)
    partial.write_text(told, "utf-8")
    os.replace(partial, path)
