"""Trust files as they are prepared: from the people, roles and passkeys that the hub has now."""

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import rfc8785
from sqlmodel import Session, col, select

from content import clock
from content.errors import TrustRefused
from content.log import note
from content.log.note import SigningKey
from content.people.passkey import Passkey, fingerprint
from content.people.person import Person, RoleGrant
from content.people.registration import RelyingParty
from content.people.role import Grant, Role
from content.sign_off.trust_file import Trust

KIND = "msif.trust/1"
#: Roles whose signature counts for something.
SIGNING = (Role.BOARD, Role.LANGUAGE_REVIEWER)
#: How long a trust file holds, in days, if nobody says otherwise.
DAYS = 730
DAYS_MAX = 3_650
#: People who can be named in one, and statements that it can honour.
PEOPLE_MAX, HONOURS_MAX = 1_000, 100_000


@dataclass(frozen=True)
class Draft:
    """What whoever prepares a trust file decides. Frozen."""

    party: RelyingParty
    #: Key id to `{"alg": "Ed25519", "spki": base64 DER}`.
    registrars: Mapping[str, Mapping[str, str]]
    #: `{"origin": ..., "key": ...}`; None where the hub keeps no log.
    log: Mapping[str, str] | None = None
    #: Role to how many have to sign; `language-reviewer` stands for every language.
    thresholds: Mapping[str, int] = field(default_factory=dict)
    days: int = DAYS
    #: People who are to be in it no longer, though they still hold a role and a key.
    without: frozenset[str] = frozenset()
    #: From when on it is. The same draft of the same hub gives the same bytes.
    made: datetime = field(default_factory=clock.now)


def write(
    session: Session, draft: Draft, before: Trust | None, honours: frozenset[str] = frozenset()
) -> bytes:
    """The bytes of the trust file that would follow `before`.

    Whoever holds a signing role and a passkey is in it, but for those whom the draft leaves out.
    Raises TrustRefused where a role could never reach its number.
    """
    if not 1 <= draft.days <= DAYS_MAX:
        raise TrustRefused(f"A trust file holds for 1 to {DAYS_MAX:,} days.")
    if before is not None:
        _require_same_pages(draft.party, before)
    if not draft.registrars:
        raise TrustRefused(
            "A trust file names at least one registrar's key; name one with --registrar-key."
        )
    keys = {one: its for one, its in _keys(session).items() if one not in draft.without}
    roles = _roles(session, keys)
    told: dict[str, Any] = {
        "kind": KIND,
        "version": 1 if before is None else before.version + 1,
        "previous": None if before is None else before.sha256,
        "rp_id": draft.party.rp_id,
        "origins": list(draft.party.origins),
        "people": _people(session, keys, {one for people in roles.values() for one in people}),
        "roles": {
            role: {"people": people, "threshold": _threshold(draft, role, before)}
            for role, people in sorted(roles.items())
        },
        "registrars": {kid: dict(key) for kid, key in sorted(draft.registrars.items())},
        "honours": sorted(honours),
        "log": None if draft.log is None else dict(draft.log),
        "created": clock.stamp(draft.made),
        "expires": clock.stamp(draft.made + timedelta(days=draft.days)),
    }
    _require_known(draft, roles)
    _require_sound(told)
    return rfc8785.dumps(told)


def log_of(signer: SigningKey) -> dict[str, str]:
    """How a trust file names the hub's log: its origin, and the key as a signed note's verifier."""
    return {"origin": signer.name, "key": note.public_text(signer)}


def _keys(session: Session) -> dict[str, dict[str, dict[str, str]]]:
    """Person to their keys, by credential, as the file writes them."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in session.exec(select(Passkey).where(col(Passkey.removed_at).is_(None))):
        found[row.person][row.credential] = {
            "alg": row.alg,
            "spki": b64encode(row.spki).decode(),
        }
    return found


def _roles(session: Session, keys: Mapping[str, Any]) -> dict[str, list[str]]:
    """Signing role to those who hold it and have a key."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(RoleGrant).where(col(RoleGrant.role).in_(SIGNING))):
        if row.person in keys:
            found[str(Grant(Role(row.role), row.locale))].append(row.person)
    return {role: sorted(people) for role, people in found.items()}


def _people(session: Session, keys: Mapping[str, Any], listed: set[str]) -> dict[str, Any]:
    rows = session.exec(select(Person).where(col(Person.id).in_(listed)))
    return {
        one.id: {"name": one.name, "organisation": one.organisation, "keys": dict(keys[one.id])}
        for one in rows
    }


def _threshold(draft: Draft, role: str, before: Trust | None) -> int:
    """What was said, else what held before."""
    for name in (role, role.partition(":")[0]):
        if name in draft.thresholds:
            return draft.thresholds[name]
    return 1 if before is None else max(1, before.told["roles"].get(role, {}).get("threshold", 1))


def _require_same_pages(party: RelyingParty, before: Trust) -> None:
    """A key signs for one name of DNS, on one page: else no signature counts for both boards."""
    rp_id, origins = before.told["rp_id"], before.told["origins"]
    if party.rp_id != rp_id or not set(party.origins) & set(origins):
        raise TrustRefused(
            f"The board before signs for {rp_id} on {', '.join(origins)}, and this file would be "
            f"for {party.rp_id} on {', '.join(party.origins)}: no signature could count for both. "
            "Set MSIF_RP_ID as it was, and in MSIF_SIGNING_ORIGINS keep one that was there."
        )


def _require_known(draft: Draft, roles: Mapping[str, Any]) -> None:
    """A threshold that is mistyped would leave the role at the number it had."""
    named = {*roles, *SIGNING}
    for role in draft.thresholds:
        if role not in named:
            raise TrustRefused(f"Nobody with a passkey holds the role {role}.", role=role)


def _require_sound(told: Mapping[str, Any]) -> None:
    if Role.BOARD not in told["roles"]:
        raise TrustRefused(
            "Nobody of the board has a passkey yet; `msif people invite` makes the links."
        )
    for role, one in told["roles"].items():
        if not 1 <= one["threshold"] <= len(one["people"]):
            raise TrustRefused(
                f"{role} asks for {one['threshold']} signatures, and {len(one['people'])} people "
                "have a passkey; invite more, or say another number with --threshold.",
                role=role,
            )
    if len(told["people"]) > PEOPLE_MAX or len(told["honours"]) > HONOURS_MAX:
        raise TrustRefused(
            f"A trust file names at most {PEOPLE_MAX:,} people and honours {HONOURS_MAX:,} "
            "statements."
        )


def differences(told: Mapping[str, Any], before: Mapping[str, Any] | None) -> list[str]:
    """What changes, line by line, for whoever has to sign it."""
    old: Mapping[str, Any] = before or {"people": {}, "roles": {}, "registrars": {}}
    lines = [f"{sign} person {one}: {_named(told, old, one)}" for sign, one in _moved(told, old)]
    for role in sorted(told["roles"].keys() | old["roles"].keys()):
        was, now = old["roles"].get(role), told["roles"].get(role)
        if was != now:
            change = f"{_counted(was)} -> " if before is not None else ""
            lines.append(f"  role {role}: {change}{_counted(now)}")
    for kid in sorted(told["registrars"].keys() ^ old["registrars"].keys()):
        lines.append(f"{'+' if kid in told['registrars'] else '-'} registrar {kid}")
    for name in ("rp_id", "origins", "log"):
        if before is None:
            lines.append(f"  {name}: {_plain(told[name])}")
        elif before[name] != told[name]:
            lines.append(f"  {name}: {_plain(before[name])} -> {_plain(told[name])}")
    lines.append(f"  honours {len(told['honours'])} statements, expires {told['expires']}")
    return lines


def _moved(told: Mapping[str, Any], old: Mapping[str, Any]) -> list[tuple[str, str]]:
    now, was = told["people"], old["people"]
    return [
        ("+" if one not in was else "-" if one not in now else " ", one)
        for one in sorted(now.keys() | was.keys())
        if now.get(one) != was.get(one)
    ]


def _named(told: Mapping[str, Any], old: Mapping[str, Any], person: str) -> str:
    one = told["people"].get(person) or old["people"][person]
    keys = ", ".join(fingerprint(b64decode(key["spki"])) for key in one["keys"].values())
    return f"{one['name']}, {one['organisation']} ({keys})"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["key"])  # of a log: its origin is in it
    return "none" if value is None else value if isinstance(value, str) else ", ".join(value)


def _counted(role: Mapping[str, Any] | None) -> str:
    return "none" if role is None else f"{role['threshold']} of {', '.join(role['people'])}"
