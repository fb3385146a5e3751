"""Trust files: who may sign, with which keys, and how many of them it takes.

Version 1 is a bare file, which members pin, and so does the hub, outside its database. Each later
one is signed by the boards of the one before and of its own. The wire format is `msif.trust/1`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, Session, SQLModel, col, select

from clients import verify
from clients.verify import Refused
from content import clock
from content.b64u import b64u
from content.errors import TrustBroken, TrustFileNotFound, TrustMissing, TrustRoleMissing
from content.review.policy import Policy

#: Before every time that there is: the chain is read first, and how old it is looked at then.
NO_TIME = "2000-01-01T00:00:00Z"


class TrustState(StrEnum):
    """What became of a trust file. The accepted one of the highest version holds."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    GIVEN_UP = "given_up"


class TrustFile(SQLModel, table=True):
    """A trust file as the bytes that are signed. Only its state changes, and a trigger holds it."""

    __tablename__ = "trust_file"
    __table_args__ = (
        Index(
            "uq_trust_file_accepted",
            "version",
            unique=True,
            sqlite_where=text("state = 'accepted'"),
            postgresql_where=text("state = 'accepted'"),
        ),
    )

    sha256: str = Field(primary_key=True)
    version: int
    body: bytes
    #: Who prepared it: a person's id, or `operator`.
    proposed_by: str
    proposed_at: datetime
    accepted_at: datetime | None = None
    state: str


class TrustSignature(SQLModel, table=True):
    """One board member's approval of a trust file. Never changed and never deleted."""

    __tablename__ = "trust_signature"

    trust_file: str = Field(primary_key=True, foreign_key="trust_file.sha256")
    person: str = Field(primary_key=True, foreign_key="person.id")
    block: bytes
    #: The passkey's answer, as JSON.
    credential: str
    at: datetime


@dataclass(frozen=True)
class Trust:
    """The trust file that holds, as members read it. Frozen, and known by its digest."""

    sha256: str
    #: The file's content and its `sha256`, as `verify.trust_file` gives them.
    told: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trust) and self.sha256 == other.sha256

    @property
    def version(self) -> int:
        return int(self.told["version"])

    @property
    def is_expired(self) -> bool:
        return clock.stamp(clock.now()) >= str(self.told["expires"])

    @property
    def honours(self) -> frozenset[str]:
        """Digests of older statements that still stand."""
        return frozenset(self.told["honours"])

    @property
    def name(self) -> dict[str, Any]:
        """How a statement names the file it was opened under."""
        return {"version": self.version, "sha256": self.sha256}

    def people(self, role: str) -> list[str]:
        """Who holds the role; nobody where there is no such role."""
        listed: list[str] = self.told["roles"].get(role, {}).get("people", [])
        return listed

    def threshold(self, role: str) -> int:
        """Distinct people who have to sign. Raises TrustRoleMissing."""
        if role not in self.told["roles"]:
            raise TrustRoleMissing(
                f"The trust file has no role {role}, so nobody can sign for it; the operator "
                "prepares the next one with `msif trust replace`.",
                role=role,
            )
        return max(1, int(self.told["roles"][role]["threshold"]))

    def credentials(self, person: str) -> list[str]:
        """The ids of the keys with which this person signs."""
        return sorted(self.told["people"].get(person, {}).get("keys", {}))


def current(session: Session, pinned: str) -> Trust | None:
    """The trust file that holds; None before the first. Raises TrustBroken.

    `pinned` is the digest of version 1 that this machine holds outside the database; where it is
    empty, the database's word is taken for it.
    """
    rows = accepted(session)
    if not rows:
        return None
    try:
        return _followed(rows[0].body, tuple(envelope(session, row) for row in rows[1:]), pinned)
    except (ValueError, TypeError, KeyError):  # somebody wrote into the database
        raise TrustBroken("The hub's trust files cannot be read.") from None


def all_of(session: Session, pinned: str) -> list[Trust]:
    """Every file of the chain, the oldest first. Raises TrustBroken."""
    rows = accepted(session)
    later = [envelope(session, row) for row in rows[1:]]
    return [_followed(rows[0].body, tuple(later[:many]), pinned) for many in range(len(rows))]


def required(session: Session, pinned: str) -> Trust:
    """The same, to open and to sign under. Raises TrustMissing, TrustBroken."""
    return usable(current(session, pinned))


def usable(trust: Trust | None) -> Trust:
    """The same of one that was read already. Raises TrustMissing."""
    if trust is None:
        raise TrustMissing
    if trust.is_expired:
        raise TrustMissing(
            f"The trust file expired on {trust.told['expires']}; the operator prepares the next "
            "one with `msif trust replace`."
        )
    return trust


def needed(trust: Trust, policy: Policy, role: str) -> int:
    """Distinct people of a role who have to sign. The policy may ask for more than the trust file
    does, never for less. Raises TrustRoleMissing."""
    rules = policy.source if role == "board" else policy.translation
    return max(rules.quorum, trust.threshold(role))


def accepted(session: Session) -> list[TrustFile]:
    """Every trust file that held or holds, the oldest first."""
    rows = session.exec(
        select(TrustFile)
        .where(col(TrustFile.state) == TrustState.ACCEPTED)
        .order_by(col(TrustFile.version))
    )
    return list(rows.all())


def numbered(session: Session, version: int) -> TrustFile:
    """Raises TrustFileNotFound."""
    for row in accepted(session):
        if row.version == version:
            return row
    raise TrustFileNotFound(version=version)


def find(session: Session, digest: str) -> TrustFile:
    """A trust file or a proposal. Raises TrustFileNotFound."""
    row = session.get(TrustFile, digest)
    if row is None:
        raise TrustFileNotFound(sha256=digest)
    return row


def served(session: Session, row: TrustFile) -> bytes:
    """What members fetch: the bare file of version 1, or the later one in its envelope."""
    return row.body if row.version == 1 else envelope(session, row)


def envelope(session: Session, row: TrustFile) -> bytes:
    """A later trust file with its signatures."""
    told = {
        "statement": b64u(row.body),
        "signatures": [
            {"block": b64u(one.block), "credential": json.loads(one.credential)}
            for one in signatures(session, row.sha256)
        ],
    }
    return json.dumps(told, separators=(",", ":")).encode()


def signatures(session: Session, digest: str) -> list[TrustSignature]:
    """The oldest first."""
    rows = session.exec(
        select(TrustSignature)
        .where(col(TrustSignature.trust_file) == digest)
        .order_by(col(TrustSignature.at), col(TrustSignature.person))
    )
    return list(rows.all())


@lru_cache(maxsize=16)
def _followed(first: bytes, later: tuple[bytes, ...], pinned: str) -> Trust:
    """The chain, read by what members run. By its bytes: what was read once is not read again."""
    try:
        told = verify.trust_file(first, [json.loads(one) for one in later], NO_TIME)
    except Refused as error:
        raise TrustBroken(f"The hub's trust files do not follow each other: {error}.") from None
    if pinned and sha256(first).hexdigest() != pinned:
        raise TrustBroken("The first trust file is not the one that this machine pins.")
    return Trust(told["sha256"], told)
