"""A password with a code: the way back for whoever has no passkey at hand. Never one alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.database import reading
from content.errors import BadInput, NotFound, PasswordRefused
from content.people import password_hash, person, recovery, totp
from content.people.desk_key import DeskKey

#: Characters of a name for signing in.
NAME_MAX = 200


class Password(SQLModel, table=True):
    """What one person knows and what their phone knows. Replaced as a whole; of it alone, the last
    half minute whose code was used goes on.
    """

    __tablename__ = "password"

    person: str = Field(primary_key=True, foreign_key="person.id")
    #: What they type for who they are: their id, their address of mail, as they like.
    name: str = Field(unique=True)
    #: `$argon2id$…`.
    hash: str
    #: The secret of the codes, as the desk's key sealed it.
    sealed: bytes
    #: The half minute whose code was used last: it counts once, and none before it.
    last_step: int
    set_at: datetime


def plain(name: str) -> str:
    """A name as it is compared."""
    return name.strip().casefold()


def of_person(session: Session, person_id: str) -> Password | None:
    return session.get(Password, person_id)


def require(session: Session, person_id: str) -> Password:
    """Raises NotFound."""
    row = of_person(session, person_id)
    if row is None:
        raise NotFound("This person signs in without a password.", person=person_id)
    return row


def named(session: Session, name: str) -> Password | None:
    return session.exec(select(Password).where(col(Password.name) == plain(name))).first()


def hash_for(
    engine: Engine,
    person_id: str,
    *,
    name: str,
    password: str,
    sealed: bytes,
    code: str,
    key: DeskKey,
) -> str:
    """The hash of a password that this person may set under this name; give it to `set_for`.

    Outside of any transaction, for it takes long and one writer waits for another; and only once
    the code is right, so that nobody has the hub work for nothing.

    Raises BadInput, PasswordRefused, DeskKeyUnusable.
    """
    with reading(engine) as session:
        who = person.find(session, person_id)
        require_name(session, person_id, name)
    _step(person_id, sealed, code, key)
    password_hash.require_strong(password, [who.id, who.name, who.organisation, name])
    return password_hash.hash_of(password)


def set_for(
    session: Session,
    person_id: str,
    *,
    name: str,
    hashed: str,
    sealed: bytes,
    code: str,
    key: DeskKey,
) -> Sequence[str]:
    """Set or replace a person's password by its hash, once a code shows that their phone knows the
    secret in `sealed`. Returns new recovery codes, which cannot be read again.

    Raises BadInput, PasswordRefused, DeskKeyUnusable.
    """
    require_name(session, person_id, name)
    row = Password(
        person=person_id,
        name=plain(name),
        hash=hashed,
        sealed=sealed,
        last_step=_step(person_id, sealed, code, key),
        set_at=clock.now(),
    )
    session.merge(row)
    session.flush()
    _note(session, person_id, "person.password_set", by=person_id)
    return recovery.make(session, person_id)


def _step(person_id: str, sealed: bytes, code: str, key: DeskKey) -> int:
    """The half minute that the code is of. Raises PasswordRefused, DeskKeyUnusable."""
    step = totp.step_of(key.unseal(sealed, person_id), totp.typed(code))
    if step is None:
        raise PasswordRefused("This is not the code of this moment.", reason="code")
    return step


def require_name(session: Session, person_id: str, name: str) -> None:
    """One line, and neither the name nor the id of somebody else. Raises BadInput, PasswordRefused.

    Whoever is signed in may learn by this that a name is taken; nobody else does.
    """
    person.require_line("A name for signing in has", name, NAME_MAX)
    if len(plain(name)) > NAME_MAX:  # some letters become two
        raise BadInput(f"A name for signing in has at most {NAME_MAX} characters.")
    taken = named(session, name)
    other = session.get(person.Person, plain(name))
    if (taken and taken.person != person_id) or (other and other.id != person_id):
        raise PasswordRefused("Somebody else signs in under this name.", reason="taken")


def remove(session: Session, person_id: str, *, by: str) -> None:
    """Take the password, the secret of its codes and the recovery codes away. Twice is as once."""
    row = of_person(session, person_id)
    if row is not None:
        session.delete(row)
        recovery.forget(session, person_id)
        session.flush()
        _note(session, person_id, "person.password_removed", by=by)


def _note(session: Session, person_id: str, event: str, *, by: str) -> None:
    ledger.append(session, actor=by, event=event, subject=person_id, detail={})
