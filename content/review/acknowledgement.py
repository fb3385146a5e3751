"""Acknowledgements: a language reviewer says why a warning is no fault. On record, for these words.

An acknowledgement is bound to the source text and the translation it was given for: where one of
them changes, the warning is open again. An error cannot be acknowledged.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import AlreadyThere
from content.people.actor import Actor
from content.people.role import Permission
from content.records.version import Version
from content.review.declaration import require_reason

#: Hexadecimal digits that name a pair of texts.
TEXTS_LENGTH = 32


class Acknowledgement(SQLModel, table=True):
    """Why one warning about one pair of texts is no fault. Never changed and never deleted."""

    __tablename__ = "acknowledgement"

    section: str = Field(primary_key=True, foreign_key="section.slug")
    locale: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    #: Of the finding.
    code: str = Field(primary_key=True)
    #: Digest of the source text and the translation.
    texts: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    reason: str
    at: datetime


def texts_of(source: str, target: str) -> str:
    """The name of a pair of texts."""
    return sha256(f"{source}\0{target}".encode()).hexdigest()[:TEXTS_LENGTH]


def give(
    session: Session,
    actor: Actor,
    version: Version,
    *,
    unit: str,
    code: str,
    texts: str,
    reason: str,
) -> Acknowledgement:
    """Put it on record. The caller has seen that there is such a warning.

    Raises RoleMissing, CommentMissing, AlreadyThere.
    """
    actor.must(Permission.REVIEW_LANGUAGE, version.locale)
    require_reason(reason)
    key = (version.section, version.locale, unit, code, texts)
    if session.get(Acknowledgement, key) is not None:
        raise AlreadyThere("This warning was acknowledged already.")
    given = Acknowledgement(
        section=version.section,
        locale=version.locale,
        unit=unit,
        code=code,
        texts=texts,
        person=actor.id,
        reason=reason.strip(),
        at=clock.now(),
    )
    session.add(given)
    session.flush()
    ledger.append(
        session,
        actor=actor.id,
        event="warning.acknowledged",
        subject=version.reference,
        detail={"unit": unit, "code": code, "texts": texts},
    )
    return given


def of_sections(
    session: Session, sections: Collection[str], locales: Collection[str]
) -> dict[tuple[str, str, str, str, str], Acknowledgement]:
    """(section, locale, unit, code, texts) to the acknowledgement."""
    rows = session.exec(
        select(Acknowledgement).where(
            col(Acknowledgement.section).in_(sections), col(Acknowledgement.locale).in_(locales)
        )
    )
    return {(row.section, row.locale, row.unit, row.code, row.texts): row for row in rows}
