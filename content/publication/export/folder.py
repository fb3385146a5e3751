"""A folder that an export is written to.

Guarantees:
1. A reader finds the old file or the new one, never a part: each is written beside the others and
   then moved to its place.
2. One export at a time: a second one is refused.
3. What no export can have made is left alone, and a folder of somebody else's is not begun with.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from content.errors import ExportBusy, ExportRefused
from content.publication.export import layout

#: What no web server has to show: the lock, the file that is being written, the note of a change.
OWN = ".msif"
MANIFEST = "manifest.json"


class Folder:
    """One folder, and what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = path / OWN

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Raises ExportRefused, ExportBusy."""
        self.path.mkdir(parents=True, exist_ok=True)
        if not self._own.exists() and any(self.path.iterdir()):  # guarantee 3
            raise ExportRefused(folder=str(self.path))
        self._own.mkdir(exist_ok=True)
        with (self._own / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # guarantee 2
            except BlockingIOError:
                raise ExportBusy(folder=str(self.path)) from None
            yield

    def name(self, url: str, status: int, media_type: str) -> str:
        return layout.in_folder(url, status, media_type)

    def files(self) -> dict[str, int]:
        """Every file that an export can have made, and its size."""
        found = {}
        for above, _, names in os.walk(self.path):
            for name in names:
                path = Path(above, name)
                relative = path.relative_to(self.path).as_posix()
                if layout.is_ours(relative):
                    found[relative] = path.lstat().st_size
        return found

    @property
    def is_changing(self) -> bool:
        """Whether an export began to change something and did not come to its end."""
        return (self._own / "changing").exists()

    def begin(self) -> None:
        (self._own / "changing").touch()

    def write(self, name: str, body: bytes, headers: Mapping[str, str]) -> None:
        partial = self._own / "partial"
        partial.write_bytes(body)
        self._put(partial, name)

    def remove(self, names: list[str]) -> None:
        for name in names:
            path = self.path / name
            path.unlink()
            folder = path.parent
            with suppress(OSError):  # the first folder that something is left in
                while True:
                    folder.rmdir()
                    folder = folder.parent

    def manifest(self) -> Iterator[str]:
        """Its lines; none where there is none."""
        with suppress(FileNotFoundError), (self.path / MANIFEST).open(encoding="utf-8") as file:
            yield from file

    def finish(self, manifest: Path) -> None:
        """Put the manifest into its place: from then on the export is whole."""
        partial = self._own / "partial"
        shutil.copyfile(manifest, partial)
        self._put(partial, MANIFEST)
        (self._own / "changing").unlink(missing_ok=True)

    def _put(self, partial: Path, name: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(path)  # guarantee 1
