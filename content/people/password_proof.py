"""Showing who one is by a password and a code: the same answer, and the same work, for all that is
wrong.

1. An attempt under this name counts before anything is looked at (content/people/delay.py).
2. A name that is not there has a password, too, which nobody knows.
3. Password and code are both looked at, whichever is wrong; a wrong password uses no code up.
4. A code, or a recovery code, counts once.

The password is looked at between two transactions: it takes long, and one writer waits for another.
"""

from sqlalchemy import Engine
from sqlmodel import Session

from content import ledger
from content.database import reading, writing
from content.errors import SignInFailed
from content.people import delay, password, password_hash, person, recovery, totp
from content.people.desk_key import DeskKey
from content.people.password import Password

#: The ledger is told of every so many failures in a row.
TOLD_EVERY = 5
#: What is looked at for a name that is not there.
NOBODYS_SECRET = totp.make_secret()


def recognise(engine: Engine, name: str, typed: str, code: str, key: DeskKey) -> str:
    """Whose name, password and code these are; the person's id.

    Raises SignInFailed, TooManyAttempts, DeskKeyUnusable.
    """
    code = totp.typed(code)
    with writing(engine) as session:
        failed = delay.take_turn(session, password.plain(name))  # 1
    with reading(engine) as session:
        row = password.named(session, name)
    is_right = password_hash.is_of(typed, row.hash if row else password_hash.nobodys())  # 2
    with writing(engine) as session:
        known = password.named(session, name)
        is_code = _use(session, known, code, key, is_right and _is_same(row, known))  # 3
        if known is not None and is_code:
            _note(session, known.person, delay.succeed(session, password.plain(name)))
        elif known is not None and failed % TOLD_EVERY == 0:
            _note(session, known.person, failed)
    if known is None or not is_code:
        raise SignInFailed
    return known.person


def recognise_person(engine: Engine, person_id: str, typed: str, code: str, key: DeskKey) -> None:
    """The same for a person who is signed in already and need not say their name."""
    with reading(engine) as session:
        row = password.of_person(session, person_id)
    if recognise(engine, row.name if row else "", typed, code, key) != person_id:
        raise SignInFailed


def _is_same(one: Password | None, other: Password | None) -> bool:
    """Whether the password was not replaced meanwhile, and its person is still somebody."""
    return one is not None and other is not None and one.hash == other.hash


def _use(session: Session, row: Password | None, code: str, key: DeskKey, is_right: bool) -> bool:
    """Whether all is right; the code is used up by that, and by that alone."""
    secret = key.unseal(row.sealed, row.person) if row else NOBODYS_SECRET
    step = totp.step_of(secret, code)
    spare = recovery.find(session, row.person if row else "", code)
    if row is None or not is_right or person.find(session, row.person).erased_at is not None:
        return False
    if spare is not None:
        recovery.use(session, spare)
        return True
    if step is None or step <= row.last_step:  # 4
        return False
    row.last_step = step
    session.add(row)
    session.flush()
    return True


def _note(session: Session, person_id: str, failed: int) -> None:
    if failed:
        ledger.append(
            session,
            actor="hub",
            event="person.attempts_failed",
            subject=person_id,
            detail={"failed": failed},
        )
