"""What changed beside the words of a text: links, evidence, order, dates, in names for people."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.desk.words import later as N_
from content.records import diff
from content.records.diff import BlockChange
from content.records.document import Document
from content.records.word_diff import Run

#: By what `content/records/diff.py` calls it.
NAMES = {
    "children": N_("Texts below it"),
    "evidence": N_("What it rests on"),
    "figures": N_("Figures"),
    "authors": N_("Authors"),
    "attribution": N_("Whom to name"),
    "license": N_("Licence"),
    "last_reviewed": N_("Evidence last looked at"),
    "review_by": N_("Next review by"),
    "translation_of": N_("Source text"),
    "links": N_("Where links lead"),
    "cited": N_("Evidence that a part cites"),
    "form": N_("Form"),
}
FORM = N_("A part looks different, though no word changed.")


@dataclass(frozen=True)
class Beside:
    """One thing beside the words that changed. Frozen. `name` is a key of NAMES."""

    name: str
    runs: tuple[Run, ...]
    sentence: str = ""


def beside(old: Document, new: Document) -> list[Beside]:
    """All of them, in the order of the text."""
    return [one for change in diff.compare(old, new) for one in _of(change)]


def _of(change: BlockChange) -> Iterator[Beside]:
    if any(one.kind == "fact" for one in change.units):
        yield from (Beside(one.unit, one.runs) for one in change.units)
        return
    if change.unlinked or change.linked:
        yield Beside("links", _runs(change.unlinked, change.linked))
    if change.uncited or change.cited:
        yield Beside("cited", _runs(change.uncited, change.cited))
    if change.form and not (change.linked or change.unlinked or change.cited or change.uncited):
        yield Beside("form", (), FORM)


def _runs(gone: tuple[str, ...], come: tuple[str, ...]) -> tuple[Run, ...]:
    return (
        *(Run("delete", f"{one}\n") for one in gone),
        *(Run("insert", f"{one}\n") for one in come),
    )
