"""What stands in each unit of a version, as those see it who talk about it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from sqlmodel import Session

from content.errors import UnitNotFound
from content.records import message
from content.records.version import Version
from content.translation import unit as units_of_translation


@dataclass(frozen=True)
class Wording:
    """One unit of a text as it stands. Frozen."""

    unit: str
    #: Of the message; empty where the text has the unit no more.
    kind: str
    #: Empty where nothing is translated yet.
    words: str
    #: Of a translation: the words that it translates.
    source: str | None = None

    @cached_property
    def digest(self) -> str:
        """The name of these words."""
        return sha256(self.words.encode()).hexdigest()


def units(session: Session, version: Version) -> dict[str, Wording]:
    """Unit to what stands in it, in reading order."""
    if version.is_translation:
        rendered = units_of_translation.load(session, version.key)
        return {
            one.message.unit: Wording(
                one.message.unit, one.message.kind, one.shown, one.message.text
            )
            for one in rendered
        }
    assert version.document is not None  # noqa: S101 (a source text has one)
    found = message.of_document(session, version.document)
    return {one.unit: Wording(one.unit, one.kind, one.text) for one in found}


def find(session: Session, version: Version, unit: str) -> Wording:
    """What stands in one unit. Raises UnitNotFound."""
    found = units(session, version).get(unit)
    if found is None:
        raise UnitNotFound(unit=unit, version=version.reference)
    return found


def gone(unit: str) -> Wording:
    """For a unit that the text has no more."""
    return Wording(unit, "", "")
