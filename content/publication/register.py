"""The register: what is in force now, as the hub's registrar signs it for members to follow.

A compact JWS over `msif.register/1`. Its entries are read once for each sequence number; it is
signed anew with the hour, and nothing in the database is touched for that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from content import clock
from content.b64u import b64u
from content.log import hashes
from content.publication import aligned_json, envelope, release, shelf
from content.publication.shelf import Shelf
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
#: Sections whose texts are read at a time.
AT_ONCE = 200

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
    entries: dict[Place, Entry] = {}
    changed: dict[Place, int] = {}
    failed: set[tuple[str, str, int]] = set()
    notices: dict[Place, Place] = {}
    for slugs in _sections(session):
        known = shelf.load(session, slugs, policy)
        found = _entries(session, known)
        entries |= found
        changed |= {place: known.seqs[place][0] for place in found}
        failed |= {(*place, one.number) for place, one in known.refused.items()}
        notices |= _notices(known)
    _tell_notices(entries, notices)
    size = hashes.size(session)
    return Register(
        trust=trust.version,
        seq=release.newest_seq(session),
        log={"size": size, "root": hashes.root(session, size).hex()},
        entries=dict(sorted(entries.items())),
        changed=changed,
        failed=frozenset(failed),
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


def _sections(session: Session) -> Iterator[Sequence[str]]:
    """All of them, so many at a time: the texts of a large hub would not fit into memory."""
    slugs = session.exec(select(Section.slug).order_by(col(Section.slug))).all()
    for start in range(0, len(slugs), AT_ONCE):
        yield slugs[start : start + AT_ONCE]


def _entries(session: Session, known: Shelf) -> dict[Place, Entry]:
    found = {
        place: _entry(
            served.version, served.sign_off, served.source_sign_off, envelope.status(served)
        )
        for place, served in known.served.items()
    }
    for place, (version, _) in known.withdrawn.items():
        found[place] = _withdrawn(session, version)
    return found


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


def _withdrawn(session: Session, version: Version) -> Entry:
    """What was signed once stays told, and that it counts no more."""
    source = versions.named_by(session, version.source) if version.source else None
    of_source = _signed(session, source) if source else None
    return _entry(version, _signed(session, version), of_source, "withdrawn")


def _notices(known: Shelf) -> dict[Place, Place]:
    """Where to read the notice of what was withdrawn."""
    return {
        (section, locale): (row.notice, locale)
        for (section, locale), (_, row) in known.withdrawn.items()
        if row.notice
    }


def _tell_notices(entries: Mapping[Place, Entry], notices: Mapping[Place, Place]) -> None:
    """As far as they are in force themselves."""
    for place, where in notices.items():
        notice = entries.get(where)
        if notice is not None and notice["state"] != "withdrawn":
            entries[place]["notice"] = notice["sha256"]


def _signed(session: Session, version: Version) -> str | None:
    statement = statements.newest_for(session, version.key)
    return statement.sha256 if statement else None
