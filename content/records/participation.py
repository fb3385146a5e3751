"""Four eyes as a rule of the data: one person has one part in one version.

The primary key of the table makes it so. Reviews refer to it by a foreign key and signatures by a
trigger, so neither a code path nor a script at the database can let somebody judge their own text.
"""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import UniqueConstraint, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, select

from content.errors import FourEyes


class Part(StrEnum):
    """What a person is in one version. Review kinds are parts of the same name."""

    WRITER = "writer"
    REVISION = "revision"
    MEDICAL = "medical"
    LAY = "lay"
    LANGUAGE = "language"
    SIGNER = "signer"


class Participation(SQLModel, table=True):
    """One person's part in one version. Written once; a trigger refuses to change or delete it."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("version", "person", "part"),)

    version: int = Field(primary_key=True, foreign_key="version.id")
    person: str = Field(primary_key=True, foreign_key="person.id")
    part: str


#: The same words in SQLite and PostgreSQL. No ON CONFLICT: in SQLite, the trigger that refuses
#: to replace a row comes first.
TAKE = text(
    "INSERT INTO participation (version, person, part) "
    "SELECT id, CAST(:person AS VARCHAR), CAST(:part AS VARCHAR) FROM version "
    "WHERE id IN :versions AND NOT EXISTS "
    "(SELECT 1 FROM participation WHERE version = version.id AND person = :person)"
).bindparams(bindparam("versions", expanding=True))


def take_part(session: Session, version: int, person: str, part: Part) -> None:
    """Enter the part. Raises FourEyes where the person has another part in this version."""
    take_part_in(session, [version], person, part)


def take_part_in(session: Session, versions: Sequence[int], person: str, part: Part) -> None:
    """The same part in each of these versions."""
    session.flush()
    taken = session.connection().execute(
        TAKE, {"versions": versions, "person": person, "part": part.value}
    )
    if taken.rowcount == len(versions):
        return
    require_free(session, versions, person, part)


def require_free(session: Session, versions: Sequence[int], person: str, part: Part) -> None:
    """Raises FourEyes where the person has another part in one of these. Takes none."""
    standing = session.exec(
        select(Participation.part).where(
            col(Participation.version).in_(versions),
            col(Participation.person) == person,
            col(Participation.part) != part.value,
        )
    ).first()
    refuse_other(standing, part)


def refuse_other(standing: str | None, part: Part) -> None:
    """Raises FourEyes where there is another part already."""
    if standing is not None:
        raise FourEyes(part=standing, wanted=part.value)


def parts(session: Session, version: int) -> dict[str, Part]:
    """Person to part."""
    rows = session.exec(select(Participation).where(col(Participation.version) == version)).all()
    return {row.person: Part(row.part) for row in rows}


def inherit_parts(session: Session, old: int, new: int) -> None:
    """The next version takes over the old one's words, so writers and reviewers keep their part.

    Signers do not: they may sign the new one.
    """
    for person, part in parts(session, old).items():
        if part is not Part.SIGNER:
            take_part(session, new, person, part)


def inherit_writers(session: Session, old: int, new: int) -> None:
    """A new draft begins from the old one's text: who wrote that text wrote this one."""
    for person, part in parts(session, old).items():
        if part is Part.WRITER:
            take_part(session, new, person, part)
