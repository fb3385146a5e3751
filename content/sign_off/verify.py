"""Whether a document has a valid sign-off. Nothing is served that does not pass here.

1. The document's and the statement's bytes hash to their names, and the statement lists the
   document, for this section, locale and number.
2. The statement was opened under the trust file that holds, or that file honours it.
3. Of the role's people in the trust file, as many as it asks for signed with their keys, each
   counted once (`quorum`).
4. Whatever it follows passes the same check, up to a source text: a translation its source, a
   regional variant its base text and what that follows.
5. A source is signed off by the board, a translation by the board or its language's reviewers.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from sqlmodel import Session, col, select

from content.errors import NotSignedOff, TrustBroken
from content.people.role import Role
from content.records import lineage
from content.records.document import StoredDocument
from content.records.version import State, Version
from content.review.policy import Policy
from content.sign_off import quorum, trust_file
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry, StatementState
from content.sign_off.trust_file import Trust


@dataclass(frozen=True)
class Proof:
    """The statement that signed a version off, and the signatures that counted."""

    statement: Statement
    signatures: tuple[Signature, ...]
    version: int
    document: str | None
    #: Digest of the statement that signed off what it follows; None for a source text.
    source_sign_off: str | None = None

    def is_of(self, version: Version) -> bool:
        return (self.version, self.document) == (version.key, version.document)


def require_sign_off(session: Session, version: Version, policy: Policy) -> Statement:
    """The statement that signed this version off. Raises NotSignedOff."""
    proof = proofs(session, [version], policy).get(version.key)
    if proof is None:
        raise NotSignedOff(version=version.reference, document=version.document)
    return proof.statement


def proofs(session: Session, listed: Collection[Version], policy: Policy) -> dict[int, Proof]:
    """Version id to its proof, for those that pass, in a fixed number of queries.

    Where the trust files cannot be trusted, nothing passes.
    """
    trust = _trust(session, policy)
    if trust is None or not listed:
        return {}
    above = lineage.by_document(session, listed)
    everything = {version.key: version for version in [*listed, *above.values()]}
    own = _own(session, everything, trust)
    return {
        version.key: _with_source(version, above, own)
        for version in listed
        if version.key in own and _stands(version, above, own)
    }


def _with_source(version: Version, above: Mapping[str, Version], own: Mapping[int, Proof]) -> Proof:
    chain = lineage.chain(version, above)
    return replace(
        own[version.key],
        source_sign_off=own[chain[0].key].statement.sha256 if chain else None,
    )


def standing(session: Session, policy: Policy) -> frozenset[str]:
    """Statements on which rests what is in force or approved: the next trust file honours them."""
    trust = _trust(session, policy)
    rows = session.exec(
        select(Version).where(col(Version.state).in_((State.APPROVED, State.IN_FORCE)))
    ).all()
    if trust is None:
        return frozenset()
    above = lineage.by_document(session, rows)
    own = _own(session, {one.key: one for one in [*rows, *above.values()]}, trust)
    return frozenset(
        own[one.key].statement.sha256
        for version in rows
        if version.key in own and _stands(version, above, own)
        for one in [version, *lineage.chain(version, above)]
    )


def _trust(session: Session, policy: Policy) -> Trust | None:
    try:
        return trust_file.current(session, policy.pinned)
    except TrustBroken:
        return None


def _own(session: Session, everything: Mapping[int, Version], trust: Trust) -> dict[int, Proof]:
    """Version id to its own proof, whatever stands above it."""
    statements = _statements(session, everything)
    signatures = _signatures(session, statements)
    whole = _whole(session, everything.values())
    own: dict[int, Proof] = {}
    for key, statement in statements:
        version, signed = everything[key], signatures[statement.sha256]
        if (
            version.document in whole
            and _lists(statement, version)
            and _may_sign(statement.role, version)
            and quorum.is_reached(statement, signed, trust)  # rules 2 and 3
        ):
            counted = quorum.counting(statement, signed, trust)
            own.setdefault(key, Proof(statement, counted, key, version.document))
    return own


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


def _whole(session: Session, listed: Iterable[Version]) -> set[str]:
    """Digests of the documents whose bytes are what their names say."""
    digests = {version.document for version in listed if version.document is not None}
    rows = session.exec(
        select(StoredDocument.sha256, StoredDocument.body).where(
            col(StoredDocument.sha256).in_(digests)
        )
    )
    return {digest for digest, body in rows if _is_named(body, digest)}  # rule 1


def _is_named(body: object, digest: str) -> bool:
    """SQLite keeps text in a column of bytes, if somebody writes it there."""
    return isinstance(body, bytes) and sha256(body).hexdigest() == digest


def _may_sign(role: str, version: Version) -> bool:
    language = f"{Role.LANGUAGE_REVIEWER}:{version.locale}"
    return role == Role.BOARD or (version.is_translation and role == language)  # rule 5


def _lists(statement: Statement, version: Version) -> bool:
    named, role, listed = _read(statement.body)
    told = (version.section, version.locale, version.number, version.document, version.source)
    return named == statement.sha256 and role == statement.role and told in listed  # rule 1


@lru_cache(maxsize=64)
def _read(body: bytes) -> tuple[str, str, frozenset[tuple[object, ...]]]:
    """(digest, role, items) of a statement's bytes; nothing of what cannot be read."""
    try:
        told = json.loads(body)
        listed = frozenset(
            (item["section"], item["locale"], item["version"], item["sha256"], item["source"])
            for item in told["items"]
        )
        return sha256(body).hexdigest(), told["role"], listed
    except (ValueError, TypeError, KeyError):  # somebody wrote into the database
        return "", "", frozenset()
