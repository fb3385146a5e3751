"""What `msif verify` looks at within: trust files, statements, documents, the register."""

from hashlib import sha256

from sqlmodel import Session, col, select

from clients import verify
from content import clock
from content.cli.checks import PIN
from content.cli.finding import Finding, of_all
from content.errors import ContentError
from content.publication import register
from content.records.document import StoredDocument
from content.review.policy import Policy
from content.settings import Settings
from content.sign_off import quorum, registrar, signature, trust_file
from content.sign_off.statement import Statement, StatementState
from content.sign_off.trust_file import Trust

COMPARE = "Compare the database with its last good copy."


def trust(session: Session, policy: Policy) -> Finding:
    """The chain from the pinned file to the one that holds; how long it holds, the doctor tells."""
    try:
        held = trust_file.required(session, policy.pinned)
    except ContentError as error:
        return Finding("trust", error.message, "See docs/trust.md.")
    if not policy.pinned:
        return Finding("trust", f"version {held.version}, and this machine pins none", PIN)
    return Finding("trust", f"version {held.version}, from the pinned one on")


def statements(session: Session, policy: Policy) -> Finding:
    """Every statement that was signed off has its signatures, under the file of its time."""
    wrong, counted = [], 0
    known = {one.version: one for one in trust_file.all_of(session, policy.pinned)}
    for row in session.exec(
        select(Statement)
        .where(col(Statement.state) == StatementState.SIGNED_OFF)
        .order_by(col(Statement.name))
    ):
        counted += 1
        if not _is_signed(session, row, known):
            wrong.append(row.name)
    return of_all("statements", wrong, COMPARE, f"{counted} signed off")


def _is_signed(session: Session, row: Statement, known: dict[int, Trust]) -> bool:
    if sha256(row.body).hexdigest() != row.sha256:
        return False
    then = known.get(quorum.trust_version(row.body))
    return then is not None and quorum.is_signed(row, signature.of_statement(session, row), then)


def documents(session: Session) -> Finding:
    """Every document's bytes hash to its name."""
    wrong, counted = [], 0
    for digest, body in session.exec(select(StoredDocument.sha256, StoredDocument.body)):
        counted += 1
        if sha256(body).hexdigest() != digest:
            wrong.append(digest[:12])
    return of_all("documents", wrong, COMPARE, f"{counted} hash to their names")


def the_register(session: Session, settings: Settings, policy: Policy) -> Finding:
    """The register that this machine would sign, as a member reads it."""
    try:
        signer = registrar.load(settings.registrar_key)
        now = register.read(session, policy)
        held = trust_file.required(session, policy.pinned)
        signed = register.sign(now, now.all(), signer, register.this_hour())
        verify.read_register(signed, held.told, clock.stamp(clock.now()), {})
    except ContentError as error:
        return Finding("register", error.message, "See docs/trust.md.")
    except verify.Refused as error:
        return Finding("register", f"members would refuse it ({error})", "See docs/trust.md.")
    return Finding("register", f"number {now.seq}, {len(now.entries)} texts")
