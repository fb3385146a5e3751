"""Signatures: one person's word on one statement, signed with their key."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from content.b64u import b64u
from content.sign_off.statement import Statement


class Signature(SQLModel, table=True):
    """What one person signed. Never changed and never deleted: a trigger refuses both."""

    __tablename__ = "signature"

    statement: str = Field(primary_key=True, foreign_key="statement.sha256")
    person: str = Field(primary_key=True, foreign_key="person.id")
    organisation: str
    meaning: str
    #: Whether the signer declared that an interest is relevant here.
    interests_relevant: bool
    #: Canonical JSON of kind `msif.signature/1`: the bytes that are signed.
    block: bytes
    #: The passkey's answer, as JSON.
    credential: str | None = None
    comment: str
    at: datetime

    @property
    def interests(self) -> str:
        """What the signer declared, in their own words."""
        return str(json.loads(self.block)["interests"])


_OF_STATEMENT = (
    select(Signature)
    .where(col(Signature.statement) == bindparam("statement"))
    .order_by(col(Signature.at), col(Signature.person))
)


def of_statement(session: Session, statement: Statement) -> list[Signature]:
    return list(session.exec(_OF_STATEMENT, params={"statement": statement.sha256}).all())


def served(session: Session, statement: Statement) -> dict[str, Any]:
    """What members fetch: the bytes that were signed, with all signatures."""
    return {
        "statement": b64u(statement.body),
        "signatures": [_served(one) for one in of_statement(session, statement)],
    }


def _served(one: Signature) -> dict[str, Any]:
    credential = json.loads(one.credential) if one.credential else None
    return {"block": b64u(one.block), "credential": credential}
