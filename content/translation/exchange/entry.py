"""What a file that came back says of the units in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One unit of the file: as much as a merge with what the hub has needs. Frozen."""

    unit: str
    source: str
    target: str
    #: The file does not say that somebody stands behind the target.
    fuzzy: bool
    line: int


@dataclass(frozen=True)
class ReadXliff:
    """A whole XLIFF file. Frozen."""

    #: `1.2`, `2.0` or `2.1`.
    version: str
    source_locale: str
    #: Empty where the file does not say.
    target_locale: str
    #: The export it came from; empty where it does not say.
    snapshot: str
    entries: tuple[Entry, ...]
