"""Whether somebody may sign a statement: asked before they sign, and again when they do."""

from sqlmodel import Session

from content import clock
from content.errors import AlreadyThere, ContentError, FourEyes, RoleMissing, StateHasMoved
from content.people.actor import Actor
from content.people.role import Permission, read_grant
from content.records.participation import Part, require_free
from content.records.version import State, Version
from content.review.policy import Policy
from content.sign_off import statement as statements
from content.sign_off import trust_file
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementState
from content.sign_off.trust_file import Trust


def obstacle(
    session: Session, actor: Actor, statement: Statement, policy: Policy
) -> ContentError | None:
    """What would refuse this person's signature now, whatever it says; None if nothing does."""
    try:
        require_role(actor, statement)
        require_turn(session, actor, statement)
        require_named(session, actor, statement, policy)
    except ContentError as error:
        return error
    return None


def permission(statement: Statement) -> Permission:
    """What whoever signs it has to be allowed."""
    locale = read_grant(statement.role).locale
    return Permission.SIGN_LANGUAGE if locale else Permission.SIGN_BOARD


def require_role(actor: Actor, statement: Statement) -> None:
    """Raises RoleMissing, ScopeMissing, FourEyes."""
    actor.must(permission(statement), read_grant(statement.role).locale)
    if actor.id == statement.opened_by:
        raise FourEyes("You opened this statement, so somebody else has to sign it.")


def require_turn(session: Session, actor: Actor, statement: Statement) -> list[Version]:
    """The statement's versions, if it takes this person's signature now.

    Raises StateHasMoved, AlreadyThere, FourEyes.
    """
    require_open(statement)
    require_first(session.get(Signature, (statement.sha256, actor.id)))
    listed = statements.versions_of(session, statement)
    require_waiting(statement, any(version.state == State.SIGN_OFF for version in listed))
    require_free(session, [version.key for version in listed], actor.id, Part.SIGNER)
    return listed


def require_open(statement: Statement) -> None:
    """Raises StateHasMoved."""
    if statement.state != StatementState.OPEN or statement.lapses_at <= clock.now():
        raise StateHasMoved(f"Statement {statement.name} is no longer open.")


def require_first(signature: Signature | None) -> None:
    """Raises AlreadyThere."""
    if signature is not None:
        raise AlreadyThere("You have signed this statement already.")


def require_waiting(statement: Statement, is_waiting: bool) -> None:
    """Some version of it still waits for signature. Raises StateHasMoved."""
    if not is_waiting:
        raise StateHasMoved(f"Every version of statement {statement.name} was given up.")


def require_named(session: Session, actor: Actor, statement: Statement, policy: Policy) -> Trust:
    """The trust file that names this person for it. Raises TrustMissing, RoleMissing."""
    trust = trust_file.required(session, policy.pinned)
    require_listed(actor, statement, trust)
    return trust


def require_listed(actor: Actor, statement: Statement, trust: Trust) -> None:
    """Raises RoleMissing."""
    if actor.id not in trust.people(statement.role):
        raise RoleMissing(
            f"The trust file does not name you for {statement.role}; the operator prepares the "
            "next one with `msif trust replace`."
        )
