"""Whether a statement has its quorum: counted by what members run, and by what the hub adds.

Members count distinct people of the role whose key signed, under the trust file. The hub also wants
the policy's number, and never counts who opened the statement.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

from clients import verify
from content.b64u import b64u
from content.sign_off.block import Meaning
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement
from content.sign_off.trust_file import Trust

#: Statements whose signatures are remembered; a statement of a thousand texts is read once.
REMEMBERED = 2_000


def is_reached(statement: Statement, signatures: Sequence[Signature], trust: Trust) -> bool:
    """Whether these signatures sign the statement off."""
    return statement.sha256 in trust.honours or is_signed(statement, signatures, trust)


def is_signed(statement: Statement, signatures: Sequence[Signature], trust: Trust) -> bool:
    """Whether enough keys signed it under this very file, honoured or not."""
    if _told(statement.body) != (trust.name, statement.role):
        return False
    if statement.role not in trust.told["roles"]:
        return False
    counted = {one.person for one in _signed(statement, signatures, trust)}
    return len(counted) >= max(statement.threshold, trust.threshold(statement.role))


def counting(
    statement: Statement, signatures: Sequence[Signature], trust: Trust
) -> tuple[Signature, ...]:
    """Those that count, in the order given. Of an honoured statement, every approval."""
    if statement.sha256 in trust.honours:
        return tuple(one for one in signatures if one.meaning == Meaning.APPROVAL)
    return _signed(statement, signatures, trust)


def trust_version(body: bytes) -> int:
    """The version of the trust file that a statement's bytes name; 0 where they name none."""
    named, _ = _told(body)
    return int(named["version"]) if isinstance(named, dict) else 0


def _signed(
    statement: Statement, signatures: Sequence[Signature], trust: Trust
) -> tuple[Signature, ...]:
    people = frozenset(trust.people(statement.role))
    return tuple(
        one
        for one in signatures
        if one.meaning == Meaning.APPROVAL
        and one.person != statement.opened_by
        and one.statement == statement.sha256
        and one.credential is not None
        and _approver(statement.body, one.block, one.credential, trust, people) == one.person
    )


@lru_cache(maxsize=REMEMBERED)
def _told(body: bytes) -> tuple[object, object]:
    """The trust file and the role that a statement's bytes name."""
    read = json.loads(body)
    return read.get("trust"), read.get("role")


@lru_cache(maxsize=REMEMBERED * 4)
def _approver(
    body: bytes, block: bytes, credential: str, trust: Trust, people: frozenset[str]
) -> str | None:
    """Who approved by this signature. By its bytes: each is verified once."""
    try:
        one = {"block": b64u(block), "credential": json.loads(credential)}
        said = verify.said_by(one, body, trust.told, list(people))
    except Exception:  # whatever cannot be read counts for nothing
        return None
    return str(said["person"]) if said["meaning"] == Meaning.APPROVAL else None
