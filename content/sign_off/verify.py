"""Whether a document has a valid sign-off. Nothing is served that does not pass here.

1. The document's and the statement's bytes hash to their names, and the statement lists the
   document, for this section, locale and number.
2. A signature counts if its bytes name this statement, this person and `approval`.
3. Distinct people are counted, never the one who opened it, up to the statement's threshold.
4. A translation's source document passes the same check.
5. A source is signed off by the board, a translation by the board or its language's reviewers.
"""

import json
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from content.errors import NotSignedOff
from content.people.role import Role
from content.records import document as documents
from content.records import version as versions
from content.records.version import Version
from content.sign_off.signature import Signature, approvals
from content.sign_off.statement import Statement, StatementEntry, StatementState

_SIGNED_OFF = (
    select(Statement)
    .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
    .where(
        col(StatementEntry.version) == bindparam("version"),
        col(Statement.state) == StatementState.SIGNED_OFF,
    )
)


def require_sign_off(session: Session, version: Version) -> Statement:
    """The statement that signed this version off. Raises NotSignedOff."""
    if version.source is not None:  # rule 4
        source = versions.named_by(session, version.source)
        if source is None:
            raise NotSignedOff(version=version.reference, document=version.source)
        require_sign_off(session, source)
    if _whole(session, version):
        for statement in _statements(session, version):
            if (
                _lists(statement, version)
                and _may_sign(statement.role, version)
                and _enough(session, statement)
            ):
                return statement
    raise NotSignedOff(version=version.reference, document=version.document)


def _whole(session: Session, version: Version) -> bool:
    assert version.document is not None  # noqa: S101 (it was put to signature)
    body = documents.load_bytes(session, version.document)
    return sha256(body).hexdigest() == version.document  # rule 1


def _may_sign(role: str, version: Version) -> bool:
    language = f"{Role.LANGUAGE_REVIEWER}:{version.locale}"
    return role == Role.BOARD or (version.is_translation and role == language)  # rule 5


def _statements(session: Session, version: Version) -> list[Statement]:
    return list(session.exec(_SIGNED_OFF, params={"version": version.key}).all())


def _lists(statement: Statement, version: Version) -> bool:
    named, role, listed = _read(statement.body)
    told = (version.section, version.locale, version.number, version.document, version.source)
    return named == statement.sha256 and role == statement.role and told in listed  # rule 1


@lru_cache(maxsize=64)
def _read(body: bytes) -> tuple[str, str, frozenset[tuple[object, ...]]]:
    """(digest, role, items) of a statement's bytes."""
    told = json.loads(body)
    listed = frozenset(
        (item["section"], item["locale"], item["version"], item["sha256"], item["source"])
        for item in told["items"]
    )
    return sha256(body).hexdigest(), told["role"], listed


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
