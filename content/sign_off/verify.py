"""Whether a document has a valid sign-off. Nothing is served that does not pass here.

1. The statement's bytes hash to its name and list the document, for this section, locale, number.
2. A signature counts if its bytes name this statement, this person and `approval`.
3. Distinct people are counted, never the one who opened it, up to the statement's threshold.
4. A translation's source document passes the same check.
"""

import json
from hashlib import sha256

from sqlmodel import Session, col, select

from content.errors import NotSignedOff
from content.records import version as versions
from content.records.version import Version
from content.sign_off.signature import Signature, approvals
from content.sign_off.statement import Statement, StatementEntry, StatementState


def require_sign_off(session: Session, version: Version) -> Statement:
    """The statement that signed this version off. Raises NotSignedOff."""
    if version.source is not None:  # rule 4
        source = versions.named_by(session, version.source)
        if source is None:
            raise NotSignedOff(version=version.reference, document=version.source)
        require_sign_off(session, source)
    for statement in _statements(session, version):
        if _lists(statement, version) and _enough(session, statement):
            return statement
    raise NotSignedOff(version=version.reference, document=version.document)


def _statements(session: Session, version: Version) -> list[Statement]:
    rows = session.exec(
        select(Statement)
        .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
        .where(
            col(StatementEntry.version) == version.key,
            col(Statement.state) == StatementState.SIGNED_OFF,
        )
    )
    return list(rows.all())


def _lists(statement: Statement, version: Version) -> bool:
    if sha256(statement.body).hexdigest() != statement.sha256:  # rule 1
        return False
    told = json.loads(statement.body)
    return told["role"] == statement.role and any(
        (item["section"], item["locale"], item["version"], item["sha256"], item["source"])
        == (version.section, version.locale, version.number, version.document, version.source)
        for item in told["items"]
    )


def _enough(session: Session, statement: Statement) -> bool:
    people = {
        signature.person
        for signature in approvals(session, statement)
        if _says_so(signature) and signature.person != statement.opened_by  # rules 2 and 3
    }
    return len(people) >= statement.threshold


def _says_so(signature: Signature) -> bool:
    block = json.loads(signature.block)
    return (block["statement"], block["person"], block["meaning"]) == (
        signature.statement,
        signature.person,
        "approval",
    )
