"""The register: what is in force now, as the hub's registrar signs it for members to follow.

A compact JWS over `msif.register/1`. Its entries are read once for each sequence number; it is
signed anew with the hour, and nothing in the database is touched for that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from content import clock
from content.b64u import b64u
from content.log import hashes
from content.publication import aligned_json, envelope, release, shelf
from content.publication.shelf import Shelf
from content.publication.withdrawal import Withdrawal
from content.records import version as versions
from content.records.section import Section
from content.records.version import Version
from content.review.policy import Policy
from content.sign_off import statement as statements
from content.sign_off import trust_file
from content.sign_off.registrar import Registrar

KIND, TYPE = "msif.register/1", "msif-register+jws"
#: A signed register is bytes of its own kind: a compact JWS (RFC 7515, 9.2.1).
MEDIA_TYPE = "application/jose"
#: How long a member may go on by it without another one.
LIVES = timedelta(hours=72)

Entry = dict[str, Any]
Place = tuple[str, str]
#: What a register tells of, as `scope` writes it, and its entries.
Part = tuple[Any, list[Entry]]


@dataclass(frozen=True)
class Register:
    """Everything in force at one sequence number, under one trust file. Frozen."""

    trust: int
    seq: int
    #: `{"size", "root"}` of the transparency log when it was read.
    log: Mapping[str, Any]
    #: By section and locale, in this order.
    entries: Mapping[Place, Entry]
    #: The sequence number of each entry's last event.
    changed: Mapping[Place, int]
    #: (section, locale, version) of what is in force by its state, and failed when this was read.
    failed: frozenset[tuple[str, str, int]] = frozenset()

    def since(self, seq: int) -> Part:
        """What had an event after `seq`."""
        listed = [one for place, one in self.entries.items() if self.changed[place] > seq]
        return {"since": seq}, listed

    def only(self, places: Sequence[Place]) -> Part:
        """These places; one that is not in force has no entry."""
        listed = [self.entries[place] for place in places if place in self.entries]
        return {"only": [list(place) for place in places]}, listed

    def all(self) -> Part:
        """Everything. Only here absence says that something is not in force."""
        return "all", list(self.entries.values())


def read(session: Session, policy: Policy) -> Register:
    """The register as it is now. Raises TrustMissing, TrustBroken."""
    trust = trust_file.required(session, policy.pinned)
    known = shelf.load(session, session.exec(select(Section.slug)).all(), policy)
    entries = _entries(session, known)
    size = hashes.size(session)
    return Register(
        trust=trust.version,
        seq=release.newest_seq(session),
        log={"size": size, "root": hashes.root(session, size).hex()},
        entries=entries,
        changed={place: known.seqs[place][0] for place in entries},
        failed=frozenset((*place, one.number) for place, one in known.refused.items()),
    )


def sign(register: Register, part: Part, registrar: Registrar, hour: datetime) -> str:
    """The compact JWS of one answer. The same register, part and hour give the same bytes."""
    scope, entries = part
    header = {"alg": "Ed25519", "kid": registrar.kid, "typ": TYPE}
    payload = {
        "kind": KIND,
        "trust": register.trust,
        "seq": register.seq,
        "scope": scope,
        "log": register.log,
        "issued": clock.stamp(hour),
        "expires": clock.stamp(hour + LIVES),
        "entries": entries,
    }
    signed = f"{_part(header)}.{_part(payload)}"
    return f"{signed}.{b64u(registrar.key.sign(signed.encode()))}"


def this_hour() -> datetime:
    """The beginning of the hour: whoever signs in it signs the same."""
    return clock.now().replace(minute=0, second=0)


def _part(told: dict[str, Any]) -> str:
    return b64u(aligned_json.dumps(told))


def _entries(session: Session, known: Shelf) -> dict[Place, Entry]:
    found = {
        place: _entry(
            served.version, served.sign_off, served.source_sign_off, envelope.status(served)
        )
        for place, served in known.served.items()
    }
    for place, (version, row) in known.withdrawn.items():
        found[place] = _withdrawn(session, known, version, row)
    return dict(sorted(found.items()))


def _entry(
    version: Version, sign_off: str | None, source_sign_off: str | None, state: str
) -> Entry:
    source = {"sha256": version.source, "sign_off": source_sign_off} if version.source else None
    return {
        "section": version.section,
        "locale": version.locale,
        "version": version.number,
        "sha256": version.document,
        "sign_off": sign_off,
        "source": source,
        "state": state,
        "notice": None,
    }


def _withdrawn(session: Session, known: Shelf, version: Version, row: Withdrawal) -> Entry:
    """What was signed once stays told, and that it counts no more."""
    source = versions.named_by(session, version.source) if version.source else None
    of_source = _signed(session, source) if source else None
    told = _entry(version, _signed(session, version), of_source, "withdrawn")
    notice = known.served.get((row.notice or "", version.locale))
    return told | {"notice": notice.version.document if notice else None}


def _signed(session: Session, version: Version) -> str | None:
    statement = statements.newest_for(session, version.key)
    return statement.sha256 if statement else None
