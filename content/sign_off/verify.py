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

#: Documents whose bytes are held at a time.
AT_ONCE = 100


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


@dataclass(frozen=True)
class SignOff:
    """A statement with the bytes of its name and enough signatures. Frozen."""

    statement: Statement
    signatures: tuple[Signature, ...]
    #: Section, locale, number, document and source of each text in it.
    listed: frozenset[tuple[object, ...]]

    def is_of(self, version: Version) -> bool:
        told = (version.section, version.locale, version.number, version.document, version.source)
        return told in self.listed


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
    entries = _entries(session, everything)
    sign_offs = _sign_offs(session, {digest for _, digest in entries}, trust)
    whole = _whole(session, everything.values())
    own: dict[int, Proof] = {}
    for key, digest in entries:
        version, sign_off = everything[key], sign_offs.get(digest)
        if (
            sign_off is not None
            and version.document in whole
            and sign_off.is_of(version)  # rule 1
            and _may_sign(sign_off.statement.role, version)
        ):
            proof = Proof(sign_off.statement, sign_off.signatures, key, version.document)
            own.setdefault(key, proof)
    return own


def _stands(version: Version, above: Mapping[str, Version], own: Mapping[int, Proof]) -> bool:
    chain = lineage.chain(version, above)
    return lineage.is_whole(version, chain) and all(one.key in own for one in chain)  # rule 4


def _entries(session: Session, everything: Collection[int]) -> list[tuple[int, str]]:
    """Version ids, each with a statement that was signed off and names it."""
    rows = session.exec(
        select(StatementEntry.version, StatementEntry.statement)
        .join(Statement, col(Statement.sha256) == col(StatementEntry.statement))
        .where(
            col(StatementEntry.version).in_(everything),
            col(Statement.state) == StatementState.SIGNED_OFF,
        )
    )
    return list(rows.all())


def _sign_offs(session: Session, digests: Collection[str], trust: Trust) -> dict[str, SignOff]:
    """Those of these statements that have their quorum. A statement of many texts is read once."""
    signatures = _signatures(session, digests)
    found: dict[str, SignOff] = {}
    for one in session.exec(select(Statement).where(col(Statement.sha256).in_(digests))):
        named, role, listed = _read(one.body)
        signed = signatures[one.sha256]
        is_whole = (named, role) == (one.sha256, one.role)  # rule 1
        if is_whole and quorum.is_reached(one, signed, trust):  # rules 2 and 3
            found[one.sha256] = SignOff(one, quorum.counting(one, signed, trust), listed)
    return found


def _signatures(session: Session, digests: Collection[str]) -> dict[str, list[Signature]]:
    found: dict[str, list[Signature]] = defaultdict(list)
    for signature in session.exec(
        select(Signature)
        .where(col(Signature.statement).in_(digests))
        .order_by(col(Signature.at), col(Signature.person))
    ):
        found[signature.statement].append(signature)
    return found


def _whole(session: Session, listed: Iterable[Version]) -> set[str]:
    """Digests of the documents whose bytes are what their names say."""
    digests = {version.document for version in listed if version.document is not None}
    query = select(StoredDocument.sha256, StoredDocument.body)
    rows = session.exec(
        query.where(col(StoredDocument.sha256).in_(digests)).execution_options(yield_per=AT_ONCE)
    )
    return {digest for digest, body in rows if _is_named(body, digest)}  # rule 1


def _is_named(body: object, digest: str) -> bool:
    """SQLite keeps text in a column of bytes, if somebody writes it there."""
    return isinstance(body, bytes) and sha256(body).hexdigest() == digest


def _may_sign(role: str, version: Version) -> bool:
    language = f"{Role.LANGUAGE_REVIEWER}:{version.locale}"
    return role == Role.BOARD or (version.is_translation and role == language)  # rule 5


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
