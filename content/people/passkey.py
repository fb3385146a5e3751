"""Passkeys: the public halves of the keys with which people sign.

The other halves never leave the devices of their owners.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import AlreadyThere, PasskeyNotFound, SignatureRefused
from content.people import person

#: What a key may be, as trust files name it.
ALGORITHM = "ES256"
LABEL_MAX = 100
#: Of one person. Two are enough; more are for those who change their devices often.
KEYS_MAX = 10


class Passkey(SQLModel, table=True):
    """One key of one person. Only ever taken away; a trigger holds the rest."""

    __tablename__ = "passkey"

    #: The credential's id, base64url without padding.
    credential: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    alg: str
    #: SubjectPublicKeyInfo, DER.
    spki: bytes
    #: What its owner calls it: `phone`, `key in the safe`.
    label: str
    #: Digest of the invitation by which it came.
    invitation: str = Field(foreign_key="invitation.digest")
    created_at: datetime
    removed_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """What two people compare by telephone: `3f2a 91c0 77be 04d1`."""
        return fingerprint(self.spki)


def fingerprint(spki: bytes) -> str:
    """Sixteen digits of a key's SHA-256, in fours."""
    digest = sha256(spki).hexdigest()[:16]
    return " ".join(digest[place : place + 4] for place in range(0, 16, 4))


def of_person(session: Session, person_id: str) -> list[Passkey]:
    """A person's keys that were not taken away, the oldest first."""
    rows = session.exec(
        select(Passkey)
        .where(col(Passkey.person) == person_id, col(Passkey.removed_at).is_(None))
        .order_by(col(Passkey.created_at), col(Passkey.credential))
    )
    return list(rows.all())


def add(session: Session, row: Passkey) -> Passkey:
    """Keep a key whose owner has shown that it is theirs. Raises AlreadyThere."""
    if session.get(Passkey, row.credential) is not None:
        raise AlreadyThere("This passkey is registered already; use another device or key.")
    person.require_line("A passkey has a name of", row.label, LABEL_MAX)
    if len(of_person(session, row.person)) >= KEYS_MAX:
        raise AlreadyThere(f"A person has at most {KEYS_MAX} passkeys; take one away first.")
    session.add(row)
    session.flush()
    ledger.append(
        session,
        actor=row.person,
        event="passkey.registered",
        subject=row.person,
        detail={"credential": row.credential, "spki": sha256(row.spki).hexdigest()},
    )
    return row


def remove(session: Session, credential: str, *, by: str) -> Passkey:
    """Take a key away: it is in no trust file from now on. Taking it twice changes nothing.

    Raises PasskeyNotFound.
    """
    row = session.get(Passkey, credential)
    if row is None:
        raise PasskeyNotFound(credential=credential)
    if row.removed_at is None:
        session.connection().execute(
            update(Passkey)
            .where(col(Passkey.credential) == credential, col(Passkey.removed_at).is_(None))
            .values(removed_at=clock.now())
        )
        session.refresh(row)
        ledger.append(
            session,
            actor=by,
            event="passkey.removed",
            subject=row.person,
            detail={"credential": credential},
        )
    return row


def require_kept(session: Session, credential: object) -> None:
    """This key was not taken away. Members take its word until a trust file leaves it out, and the
    hub none from now on. Raises SignatureRefused.
    """
    row = session.get(Passkey, credential) if isinstance(credential, str) else None
    if row is not None and row.removed_at is not None:
        raise SignatureRefused("This key was taken away; sign with another one.", refused="removed")
