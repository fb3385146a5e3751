"""What changed: a version against the one in force, an older one, or its source against before."""

from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session

from api.answers.versions import Diff
from api.dependencies import Reading
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import NUMBER_MAX, VersionToRead
from content.errors import BadInput, DocumentNotFound, VersionNotFound
from content.records import diff
from content.records import version as versions
from content.records.document import Document
from content.records.version import Version
from content.translation import document

router = routes.below("/sections/{slug}/{locale}/{number}/diff")

IN_FORCE = "in-force"
SOURCE = "source"
Against = Annotated[
    str,
    Query(
        max_length=10,
        pattern=f"^({IN_FORCE}|{SOURCE}|[1-9][0-9]*)$",
        description="The version in force, or one by its number; `source` compares the text that "
        "this translates with the text that the translation in force translates",
    ),
]


@router.get("", response_model=Diff)
def compare_versions(
    session: Reading,
    new: VersionToRead,
    against: Against = IN_FORCE,
) -> Response:
    """See what changed from one version to another.

    Block by block and word by word, changes of numbers and negations marked as critical.
    """
    old = _base(session, new, against)
    if against == SOURCE:
        old, new = _source(session, old), _source(session, new)
    changes = diff.compare(_text(session, old), _text(session, new))
    return private(
        {
            "old": named.summary(old),
            "new": named.summary(new),
            "changes": diff.as_json(changes),
        }
    )


def _base(session: Session, new: Version, against: str) -> Version:
    if against not in (IN_FORCE, SOURCE):
        return versions.find(session, new.section, new.locale, min(int(against), NUMBER_MAX))
    found = versions.in_force(session, new.section, new.locale)
    if found is None:
        raise VersionNotFound("There is no version in force to compare with.")
    return found


def _source(session: Session, translation: Version) -> Version:
    if translation.source is None:
        raise BadInput("This is a source text; compare it with `in-force` or a number.")
    found = versions.named_by(session, translation.source)
    assert found is not None  # noqa: S101 (a foreign key, and documents are of versions)
    return found


def _text(session: Session, version: Version) -> Document:
    text = document.of_version(session, version)
    if text is None:
        raise DocumentNotFound("The translation is not complete, so it has no text yet.")
    return text
