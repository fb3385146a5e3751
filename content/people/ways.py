"""All the ways in which one person signs in: counted, so that the last one stays, and ended."""

from sqlmodel import Session

from content.errors import LastWayIn, PasskeyNotFound
from content.people import invitation, oidc_link, passkey, password
from content.people import session as sessions
from content.people.passkey import Passkey
from content.people.session import Way


def own(session: Session, person_id: str) -> int:
    """Ways that the hub itself knows. Another service may be gone tomorrow: it does not count."""
    has_password = password.of_person(session, person_id) is not None
    return len(passkey.of_person(session, person_id)) + has_password


def take_passkey(session: Session, credential: str, *, by: str, but: int = 0) -> Passkey:
    """Take a passkey away, with what whoever has it could hold on to: sessions that began with a
    passkey, but for the one in which it is done, and links by which keys are registered.

    A session does not know which of the keys opened it. Raises PasskeyNotFound.
    """
    row = passkey.remove(session, credential, by=by)
    sessions.end_all(session, row.person, by=by, way=Way.PASSKEY, but=but)
    invitation.end_all(session, row.person, by=by)
    return row


def remove_passkey(session: Session, person_id: str, credential: str, *, but: int = 0) -> Passkey:
    """Take one of one's own passkeys away, in this session. Raises PasskeyNotFound, LastWayIn."""
    if credential not in {one.credential for one in passkey.of_person(session, person_id)}:
        raise PasskeyNotFound(credential=credential)
    _require_another(session, person_id)
    return take_passkey(session, credential, by=person_id, but=but)


def remove_password(session: Session, person_id: str) -> None:
    """Sign in without a password from now on. Raises LastWayIn."""
    if password.of_person(session, person_id) is not None:
        _require_another(session, person_id)
        password.remove(session, person_id, by=person_id)


def _require_another(session: Session, person_id: str) -> None:
    if own(session, person_id) < 2:
        raise LastWayIn


def reset(session: Session, person_id: str, *, by: str) -> None:
    """End everything by which somebody could be signed in as this person, but passkeys and tokens,
    which whoever runs the hub ends one by one: passkeys sign, too.
    """
    invitation.end_all(session, person_id, by=by)
    password.remove(session, person_id, by=by)
    oidc_link.part(session, person_id, by=by)
    sessions.end_all(session, person_id, by=by)
