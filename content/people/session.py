"""Sessions at the desk: a browser in which somebody signed in; it ends by itself."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import bindparam, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import PersonNotFound, SessionNotFound, SessionOver, TokenExpired, TokenUnknown
from content.people import person, token
from content.people.actor import Actor
from content.people.person import Person, RoleGrant
from content.people.role import Permission
from content.people.secret import digest
from content.people.token import Token

#: Random bytes in the secret that a browser keeps.
SECRET_BYTES = 32
#: How long a session lives, whatever happens in it.
HOURS_MAX = 12
#: How long it lives while nothing happens.
IDLE_HOURS_MAX = 2
#: How long it is believed that the person who showed who they are is still sitting there.
PROOF_MINUTES = 15
#: How often it is written down that something happened.
SEEN_SECONDS = 60
#: Characters of what a browser is called.
BROWSER_MAX = 60
#: Sessions of one person that are kept, ended ones too; a further one takes the oldest's place.
KEPT_MAX = 20

#: What the secret of a link to sign is for. It opens the page of that signature, not the desk:
#: somebody else made it.
OF_A_LINK = frozenset({Permission.READ_DRAFTS, Permission.SIGN_BOARD, Permission.SIGN_LANGUAGE})


class Way(StrEnum):
    """How somebody showed who they are."""

    #: They chose a fictitious person, in a demonstration.
    DEMO = "demo"
    #: They had a token; the session may do what the token may, and ends with it.
    TOKEN = "token"  # noqa: S105 (a word, not a secret)
    PASSKEY = "passkey"
    #: With a code as well; a password alone lets nobody in.
    PASSWORD = "password"  # noqa: S105 (a word, not a secret)
    #: Another service said who they are (OpenID Connect).
    OIDC = "oidc"


#: Ways by which somebody shows that it is they, here and now.
PROOFS = frozenset({Way.PASSKEY, Way.PASSWORD})
#: Sessions that decide without a proof. In a demonstration nobody has anything to prove. A token is
#: all that the interface asks for the same decisions, and whoever has one has nothing else to show.
EXEMPT = frozenset({Way.DEMO, Way.TOKEN})


class DeskSession(SQLModel, table=True):
    """The digest of a browser's secret. When it was last seen changes, when its person last showed
    who they are, and that it ended, once."""

    __tablename__ = "desk_session"

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    #: Lowercase hex SHA-256 of the secret.
    digest: str = Field(unique=True)
    way: str
    #: The token it began with, where it was one.
    token: int | None = Field(default=None, foreign_key="token.id")
    #: What its person knows the browser by, on one line; empty where it says nothing.
    browser: str
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None
    #: When its person last showed who they are.
    proven_at: datetime | None = None

    @property
    def key(self) -> int:
        """The id of a session that is stored."""
        return cast(int, self.id)

    @property
    def is_open(self) -> bool:
        """Whether it was not ended, by hand or by time."""
        now = clock.now()
        return (
            self.ended_at is None
            and now < self.created_at + timedelta(hours=HOURS_MAX)
            and now < self.last_seen_at + timedelta(hours=IDLE_HOURS_MAX)
        )

    @property
    def may_decide(self) -> bool:
        """Whether its person need not show again who they are before they decide."""
        if Way(self.way) in EXEMPT:
            return True
        lasts = timedelta(minutes=PROOF_MINUTES)
        return self.proven_at is not None and clock.now() < self.proven_at + lasts


# One row for each role of whoever is signed in.
_SIGNED_IN = (
    select(DeskSession, Token, Person, RoleGrant)
    .join(Person, col(Person.id) == col(DeskSession.person))
    .outerjoin(Token, col(Token.id) == col(DeskSession.token))
    .outerjoin(RoleGrant, col(RoleGrant.person) == col(Person.id))
    .where(col(DeskSession.digest) == bindparam("digest"))
)


def begin(session: Session, person_id: str, *, way: Way, browser: str) -> str:
    """The secret of a new session. It cannot be read again later. Raises PersonNotFound."""
    if person.find(session, person_id).erased_at is not None:
        raise PersonNotFound("This person was erased.", person=person_id)
    return _begin(session, person_id, way, None, browser)


def begin_with_token(session: Session, secret: str, *, browser: str) -> str:
    """The same for whoever bears this token. Raises TokenUnknown, TokenExpired."""
    row, bearer = token.find(session, secret)
    if _is_of_a_link(bearer):
        raise TokenUnknown("This is of a link to sign; open that link instead.")
    return _begin(session, bearer.id, Way.TOKEN, row.id, browser)


def _is_of_a_link(bearer: Actor) -> bool:
    return bearer.scope <= OF_A_LINK and len(bearer.scope) > 1


def _begin(session: Session, person_id: str, way: Way, token_id: int | None, browser: str) -> str:
    _make_room(session, person_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    now = clock.now()
    row = DeskSession(
        person=person_id,
        digest=digest(secret),
        way=way.value,
        token=token_id,
        browser=_one_line(browser),
        created_at=now,
        last_seen_at=now,
        proven_at=now if way in PROOFS else None,
    )
    session.add(row)
    session.flush()
    ledger.append(
        session,
        actor=person_id,
        event="session.began",
        subject=person_id,
        detail={"session": row.id, "way": row.way},
    )
    return secret


def _make_room(session: Session, person_id: str) -> None:
    kept = of_person(session, person_id)[: KEPT_MAX - 1]
    session.connection().execute(
        delete(DeskSession).where(
            col(DeskSession.person) == person_id,
            col(DeskSession.id).not_in([one.key for one in kept]),
        )
    )


def _one_line(text: str) -> str:
    return person.CONTROL.sub(" ", text).strip()[:BROWSER_MAX]


def find(session: Session, secret: str) -> tuple[DeskSession, Actor]:
    """The session and who is signed in there, with the roles of this moment, in one question.

    Raises SessionOver.
    """
    rows = session.exec(_SIGNED_IN, params={"digest": digest(secret)}).all()
    if not rows:
        raise SessionOver
    row, shown, whose, _ = rows[0]
    if not row.is_open or whose.erased_at is not None:
        raise SessionOver
    held = [grant for *_, grant in rows if grant is not None]
    try:
        scope = token.scope_of(shown) if shown is not None else frozenset()
    except (TokenUnknown, TokenExpired):
        raise SessionOver from None
    return row, person.acting(whose, held, scope)


def whose(session: Session, secret: str) -> str:
    """Whose session has this secret, over or not; empty where it is nobody's."""
    asked = select(DeskSession.person).where(col(DeskSession.digest) == digest(secret))
    return session.exec(asked).first() or ""


def is_to_be_seen(row: DeskSession) -> bool:
    """Whether it is SEEN_SECONDS since something was last written down."""
    return clock.now() >= row.last_seen_at + timedelta(seconds=SEEN_SECONDS)


def see(session: Session, session_id: int) -> None:
    """Write down that something happens in it. One that was ended meanwhile stays as it is."""
    session.connection().execute(
        update(DeskSession)
        .where(col(DeskSession.id) == session_id, col(DeskSession.ended_at).is_(None))
        .values(last_seen_at=clock.now())
    )


def prove(session: Session, person_id: str, session_id: int, way: Way) -> None:
    """Write down that its person has just shown who they are. Raises SessionNotFound."""
    row = session.get(DeskSession, session_id)
    if row is None or row.person != person_id or not row.is_open:
        raise SessionNotFound(session=session_id)
    row.proven_at = clock.now()
    session.flush()
    ledger.append(
        session,
        actor=person_id,
        event="session.proven",
        subject=person_id,
        detail={"session": session_id, "way": way.value},
    )


def of_person(session: Session, person_id: str) -> Sequence[DeskSession]:
    """All that are kept of a person's sessions, the newest first."""
    return session.exec(
        select(DeskSession)
        .where(col(DeskSession.person) == person_id)
        .order_by(col(DeskSession.id).desc())
    ).all()


def end(session: Session, person_id: str, session_id: int, *, by: str = "") -> None:
    """End one of this person's sessions, by themselves or by somebody else. Ending it twice changes
    nothing.

    Raises SessionNotFound, also where it is somebody else's.
    """
    row = session.get(DeskSession, session_id)
    if row is None or row.person != person_id:
        raise SessionNotFound(session=session_id)
    if row.ended_at is None:
        row.ended_at = clock.now()
        session.flush()
        ledger.append(
            session,
            actor=by or person_id,
            event="session.ended",
            subject=person_id,
            detail={"session": session_id},
        )


def end_by_secret(session: Session, secret: str) -> None:
    """End the session with this secret, whoever's it is, for its browser begins another."""
    row = session.exec(select(DeskSession).where(col(DeskSession.digest) == digest(secret))).first()
    if row is not None:
        end(session, row.person, row.key)


def end_others(session: Session, person_id: str, session_id: int) -> None:
    """End all of this person's open sessions but this one."""
    end_all(session, person_id, by=person_id, but=session_id)


def end_all(
    session: Session, person_id: str, *, by: str, way: Way | None = None, but: int = 0
) -> None:
    """End all of this person's open sessions, or those that began in this way, but for one."""
    for row in of_person(session, person_id):
        if row.is_open and row.key != but and row.way == (way or row.way):
            end(session, person_id, row.key, by=by)
