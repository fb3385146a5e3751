"""Whether a document has a valid sign-off. Nothing is served that does not pass here.

1. The document's and the statement's bytes hash to their names, and the statement lists the
   document, for this section, locale and number.
2. A signature counts if its bytes name this statement, this person and `approval`.
3. Distinct people are counted, never the one who opened it, up to the statement's threshold.
4. Whatever it follows passes the same check, up to a source text: a translation its source, a
   regional variant its base text and what that follows.
5. A source is signed off by the board, a translation by the board or its language's reviewers.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from sqlmodel import Session, col, select

from content.errors import NotSignedOff
from content.people.role import Role
from content.records import lineage
from content.records.document import StoredDocument
from content.records.version import Version
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry, StatementState


@dataclass(frozen=True)
class Proof:
    """The statement that signed a version off, and the signatures that counted."""

    statement: Statement
    signatures: tuple[Signature, ...]
    version: int
    document: str | None

    def is_of(self, version: Version) -> bool:
        return (self.version, self.document) == (version.key, version.document)


def require_sign_off(session: Session, version: Version) -> Statement:
    """The statement that signed this version off. Raises NotSignedOff."""
    proof = proofs(session, [version]).get(version.key)
    if proof is None:
        raise NotSignedOff(version=version.reference, document=version.document)
    return proof.statement


def proofs(session: Session, listed: Collection[Version]) -> dict[int, Proof]:
    """Version id to its proof, for those that pass, in a fixed number of queries."""
    above = lineage.by_document(session, listed)
    everything = {version.key: version for version in [*listed, *above.values()]}
    statements = _statements(session, everything)
    signatures = _signatures(session, statements)
    whole = _whole(session, everything.values())
    own: dict[int, Proof] = {}
    for key, statement in statements:
        version = everything[key]
        counted = tuple(one for one in signatures[statement.sha256] if _counts(one, statement))
        if (
            version.document in whole
            and _lists(statement, version)
            and _may_sign(statement.role, version)
            and len({one.person for one in counted}) >= statement.threshold  # rule 3
        ):
            own.setdefault(key, Proof(statement, counted, key, version.document))
    return {
        version.key: own[version.key]
        for version in listed
        if version.key in own and _stands(version, above, own)
    }


def _stands(version: Version, above: Mapping[str, Version], own: Mapping[int, Proof]) -> bool:
    chain = lineage.chain(version, above)
    return lineage.is_whole(version, chain) and all(one.key in own for one in chain)  # rule 4


def _statements(session: Session, everything: Collection[int]) -> list[tuple[int, Statement]]:
    rows = session.exec(
        select(StatementEntry.version, Statement)
        .join(Statement, col(Statement.sha256) == col(StatementEntry.statement))
        .where(
            col(StatementEntry.version).in_(everything),
            col(Statement.state) == StatementState.SIGNED_OFF,
        )
    )
    return list(rows.all())


def _signatures(
    session: Session, statements: Collection[tuple[int, Statement]]
) -> dict[str, list[Signature]]:
    found: dict[str, list[Signature]] = defaultdict(list)
    named = {statement.sha256 for _, statement in statements}
    for signature in session.exec(
        select(Signature)
        .where(col(Signature.statement).in_(named))
        .order_by(col(Signature.at), col(Signature.person))
    ):
        found[signature.statement].append(signature)
    return found


def _whole(session: Session, listed: Collection[Version]) -> set[str]:
    """Digests of the documents whose bytes are what their names say."""
    digests = {version.document for version in listed if version.document is not None}
    rows = session.exec(
        select(StoredDocument.sha256, StoredDocument.body).where(
            col(StoredDocument.sha256).in_(digests)
        )
    )
    return {digest for digest, body in rows if sha256(body).hexdigest() == digest}  # rule 1


def _may_sign(role: str, version: Version) -> bool:
    language = f"{Role.LANGUAGE_REVIEWER}:{version.locale}"
    return role == Role.BOARD or (version.is_translation and role == language)  # rule 5


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


def _counts(signature: Signature, statement: Statement) -> bool:
    """Rule 2, and that nobody signs what they opened."""
    block = json.loads(signature.block)
    return signature.person != statement.opened_by and (
        block["statement"],
        block["person"],
        block["meaning"],
        signature.meaning,
    ) == (signature.statement, signature.person, "approval", "approval")
