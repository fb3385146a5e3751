"""A store of objects that an export is written to: S3 and what speaks like it, by `obstore`.

A put is whole or not at all, so a reader finds the old object or the new one. A store has no lock:
let one machine export into it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from content.errors import BadInput, ExportRefused, ExtraMissing, StoreFailed
from content.publication.export import layout

MANIFEST, CHANGING = "manifest.json", "changing"
#: What a store sends with an object; the rest of the headers is in the manifest alone.
SENT = ("Content-Type", "Cache-Control", "Content-Language")
#: Objects that are removed by one request.
REMOVED_MAX = 1_000


class Store:
    """One prefix of a store, and what is below it."""

    def __init__(self, objects: Any, prefix: str = "") -> None:
        self.objects = objects
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Raises ExportRefused for a prefix of somebody else's, StoreFailed."""
        from obstore.exceptions import BaseError

        try:
            self._require_ours()
            yield
        except (BaseError, FileNotFoundError) as error:
            raise StoreFailed(str(error).partition("\n")[0]) from None

    def _require_ours(self) -> None:
        names = self._all().keys()
        if names and not names & {MANIFEST, CHANGING}:
            raise ExportRefused(folder=self.prefix)

    def name(self, url: str, status: int, media_type: str) -> str:
        return layout.in_store(url, status, media_type)

    def files(self) -> dict[str, int]:
        """Every object that an export can have made, and its size."""
        return {name: size for name, size in self._all().items() if layout.is_ours(name)}

    @property
    def is_changing(self) -> bool:
        """Whether an export began to change something and did not come to its end."""
        return CHANGING in self._all()

    def begin(self) -> None:
        self.write(CHANGING, b"An export is at work, or died.", {})

    def write(self, name: str, body: bytes, headers: Mapping[str, str]) -> None:
        sent = {header: headers[header] for header in SENT if header in headers}
        self.objects.put(self.prefix + name, body, attributes=sent)

    def remove(self, names: list[str]) -> None:
        for start in range(0, len(names), REMOVED_MAX):
            self.objects.delete([self.prefix + name for name in names[start : start + REMOVED_MAX]])

    def manifest(self) -> Iterator[str]:
        """Its lines; none where there is none."""
        try:
            found = self.objects.get(self.prefix + MANIFEST)
        except FileNotFoundError:
            return
        with TemporaryFile() as file:
            for part in found.stream():
                file.write(part)
            file.seek(0)
            yield from (line.decode() for line in file)

    def finish(self, manifest: Path) -> None:
        """Put the manifest into its place: from then on the export is whole."""
        sent = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
        self.objects.put(self.prefix + MANIFEST, manifest, attributes=sent)
        self.remove([CHANGING])

    def _all(self) -> dict[str, int]:
        """Names and sizes of all that is below the prefix."""
        return {
            one["path"].removeprefix(self.prefix): one["size"]
            for part in self.objects.list(self.prefix or None)
            for one in part
        }


def at(address: str) -> Store:
    """The store at `s3://BUCKET/PREFIX`, with the keys that the environment has for it.

    Raises ExtraMissing without `obstore`, BadInput for another address.
    """
    try:
        from obstore.store import S3Store
    except ImportError:
        raise ExtraMissing(
            'Writing to a store of objects needs the extra `s3`: pip install "msif-hub[s3]".',
            extra="s3",
        ) from None
    scheme, _, place = address.partition("://")
    bucket, _, prefix = place.partition("/")
    if scheme != "s3" or not bucket:
        raise BadInput("Write s3://BUCKET or s3://BUCKET/PREFIX.")
    return Store(S3Store(bucket), prefix)
