"""One run of the export: what differs is written, what is no longer there is removed.

Guarantees:
1. Everything is of one moment, and what was withdrawn by then goes first.
2. The manifest comes last: it never names what is not there yet.
3. A run that died is made good by the next: until a run has ended, the next one takes nothing for
   granted that lies there.
4. Bytes that are not what was stored or signed are left out, and told of.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from content import clock
from content.errors import NotSignedOff
from content.publication.export import manifest
from content.publication.export.everything import Moment
from content.publication.export.exported import Exported
from content.publication.export.manifest import Entry


class Target(Protocol):
    """Where files go: see folder.py, store.py."""

    @property
    def is_changing(self) -> bool: ...
    def opened(self) -> AbstractContextManager[None]: ...
    def name(self, url: str, status: int, media_type: str) -> str: ...
    def files(self) -> dict[str, int]: ...
    def begin(self) -> None: ...
    def write(self, name: str, body: bytes, headers: Mapping[str, str]) -> None: ...
    def remove(self, names: list[str]) -> None: ...
    def manifest(self) -> Iterator[str]: ...
    def finish(self, manifest: Path) -> None: ...


@dataclass
class Outcome:
    """What a run did."""

    seq: int
    written: int = 0
    removed: int = 0
    kept: int = 0
    #: Addresses whose bytes are not what they should be.
    left_out: list[str] = field(default_factory=list)


def export(moment: Moment, target: Target, *, full: bool = False) -> Outcome:
    """Bring what lies at the target to this moment. With `full`, every file is written anew.

    Raises ExportRefused, ExportBusy, StoreFailed, LedgerBroken.
    """
    with target.opened():
        return _Run(moment, target, full).carry_out()


class _Run:
    def __init__(self, moment: Moment, target: Target, full: bool) -> None:
        self.moment, self.target = moment, target
        trusted = not full and not target.is_changing  # guarantee 3
        self.before = manifest.read(target.manifest()) if trusted else {}
        self.there = target.files()
        self.outcome = Outcome(moment.seq)
        self._has_begun = False

    def carry_out(self) -> Outcome:
        self._remove(self._unplanned())  # guarantee 1
        with TemporaryDirectory(prefix="msif-export-") as folder:
            file = Path(folder, "manifest.json")
            with file.open("w", encoding="utf-8") as lines:
                lines.writelines(self._lines())
            if self._has_begun or not self.before:
                self.target.finish(file)  # guarantee 2
        return self.outcome

    def _unplanned(self) -> list[str]:
        """What lies there and has no address any more."""
        unplanned = set(self.there)
        for one in self.moment.answers():
            unplanned.discard(self._name(one))
        return sorted(unplanned)

    def _lines(self) -> Iterator[str]:
        yield manifest.first_line(self.moment.seq, clock.stamp(clock.now()))
        comma = ""
        for one in self.moment.answers():
            entry = self._take(one)
            if entry is not None:
                told = manifest.line(one.url, self._name(one), one.status, one.headers, entry)
                yield comma + told
                comma = ",\n"
        yield f"\n{manifest.LAST}"

    def _take(self, one: Exported) -> Entry | None:
        """What the manifest says of it; None where it is left out."""
        name = self._name(one)
        try:
            entry = self._as_before(one, name) or self._write(one, name)
        except NotSignedOff:  # guarantee 4
            self.outcome.left_out.append(one.url)
            self._remove([name] if name in self.there else [])
            return None
        return entry

    def _as_before(self, one: Exported, name: str) -> Entry | None:
        """What the last run wrote, if that is what it has to be and still lies there."""
        entry = self.before.get(one.url)
        if entry is None or entry.mark != one.mark or self.there.get(name) != entry.size:
            return None
        self.outcome.kept += 1
        return entry

    def _write(self, one: Exported, name: str) -> Entry:
        body = one.body
        self._begin()
        self.target.write(name, body, one.headers)
        self.outcome.written += 1
        return Entry(one.mark, sha256(body).digest(), len(body))

    def _remove(self, names: list[str]) -> None:
        if names:
            self._begin()
            self.target.remove(names)
            self.outcome.removed += len(names)

    def _begin(self) -> None:
        if not self._has_begun:
            self.target.begin()
            self._has_begun = True

    def _name(self, one: Exported) -> str:
        return self.target.name(one.url, one.status, one.told["Content-Type"])
