"""Pairs of texts written by a linguist who had not seen the checks: right ones and planted ones."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import polib

from content.records.message import Message
from tests.structure.sources import ROOT

FOLDER = Path(__file__).with_name("pairs")
#: What the linguist calls what the hub calls otherwise.
KINDS = {"item": "list-item", "heading": "title"}
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


class Pair(NamedTuple):
    """A source and its translation; `planted` is the class of mistake in it."""

    id: str
    locale: str
    kind: str
    source: str
    target: str
    planted: str = ""

    @property
    def message(self) -> Message:
        links = set(_PLACEHOLDER.findall(self.source))
        targets = tuple(f"https://example.org/{number}" for number in sorted(links))
        return Message(self.id, KINDS.get(self.kind, self.kind), self.source, targets)


def correct_pairs() -> list[Pair]:
    return [
        Pair(
            row["id"], path.stem.removeprefix("correct-"), row["kind"], row["source"], row["target"]
        )
        for path in sorted(FOLDER.glob("correct-*.tsv"))
        for row in _rows(path)
    ]


def planted_pairs() -> list[Pair]:
    return [
        Pair(row["id"], row["locale"], row["kind"], row["source"], row["target"], row["class"])
        for row in _rows(FOLDER / "planted.tsv")
    ]


def catalogue_pairs() -> list[Pair]:
    """The messages of the sample page, all of them rightly translated."""
    return [
        Pair(entry.msgctxt, locale, entry.comment.split(" ")[0], entry.msgid, entry.msgstr)
        for locale in ("fr", "it", "de")
        for entry in polib.pofile(
            str(ROOT / "locales" / locale / "LC_MESSAGES" / "stem-cell-therapy.po")
        )
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
