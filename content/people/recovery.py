"""Recovery codes: on paper, for the day when the phone is lost. Each takes a code's place once."""

import secrets
from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import ledger
from content.people.secret import digest

#: How many there are, and of how many characters: 80 bits, which nobody tries out from a digest.
CODES = 8
CHARACTERS = 16
#: Crockford's base 32: nothing in it is taken for something else.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
READ_AS = str.maketrans("oil", "011", " -")


class RecoveryCode(SQLModel, table=True):
    """The digest of a code. Deleted when it is used, and all when new ones are made."""

    __tablename__ = "recovery_code"

    person: str = Field(primary_key=True, foreign_key="person.id")
    #: Lowercase hex SHA-256 of the code, without its strokes.
    digest: str = Field(primary_key=True)


def make(session: Session, person_id: str) -> Sequence[str]:
    """New codes, `xxxx-xxxx-xxxx-xxxx`, that cannot be read again; those before count no more."""
    forget(session, person_id)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CHARACTERS)) for _ in range(CODES)]
    session.add_all(RecoveryCode(person=person_id, digest=digest(code)) for code in codes)
    session.flush()
    ledger.append(session, actor=person_id, event="person.codes_made", subject=person_id, detail={})
    return ["-".join(code[at : at + 4] for at in range(0, CHARACTERS, 4)) for code in codes]


def find(session: Session, person_id: str, typed: str) -> RecoveryCode | None:
    """The code that somebody typed, if it is one of theirs."""
    return session.get(RecoveryCode, (person_id, digest(typed.casefold().translate(READ_AS))))


def use(session: Session, row: RecoveryCode) -> None:
    """It has taken a code's place and does so never again."""
    session.delete(row)
    session.flush()
    ledger.append(
        session,
        actor=row.person,
        event="person.code_used",
        subject=row.person,
        detail={"left": left(session, row.person)},
    )


def left(session: Session, person_id: str) -> int:
    """How many still work."""
    mine = col(RecoveryCode.person) == person_id
    return session.exec(select(func.count()).select_from(RecoveryCode).where(mine)).one()


def forget(session: Session, person_id: str) -> None:
    session.connection().execute(delete(RecoveryCode).where(col(RecoveryCode.person) == person_id))
