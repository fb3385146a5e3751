"""All the ways in which one person signs in: counted, so that the last one stays, and ended."""

from sqlmodel import Session

from content.errors import LastWayIn, PasskeyNotFound
from content.people import oidc_link, passkey, password
from content.people import session as sessions
from content.people.passkey import Passkey


def own(session: Session, person_id: str) -> int:
    """Ways that the hub itself knows. Another service may be gone tomorrow: it does not count."""
    has_password = password.of_person(session, person_id) is not None
    return len(passkey.of_person(session, person_id)) + has_password


def remove_passkey(session: Session, person_id: str, credential: str) -> Passkey:
    """Take one of one's own passkeys away. Raises PasskeyNotFound, LastWayIn."""
    if credential not in {one.credential for one in passkey.of_person(session, person_id)}:
        raise PasskeyNotFound(credential=credential)
    _require_another(session, person_id)
    return passkey.remove(session, credential, by=person_id)


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
    password.remove(session, person_id, by=by)
    oidc_link.part(session, person_id, by=by)
    for row in sessions.of_person(session, person_id):
        if row.is_open:
            sessions.end(session, person_id, row.key, by=by)
