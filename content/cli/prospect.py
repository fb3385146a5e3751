"""A trust file before it is made: what the operator asks for, is shown, and says yes to.

It is shown from a reading session: whoever telephones meanwhile keeps nobody from writing. What is
kept then has to be what was shown, byte by byte.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from sqlmodel import Session

from content.cli.hub import Hub
from content.errors import BadInput, LogKeyMissing, RegistrarKeyUnusable, StateHasMoved
from content.log import key
from content.people import person
from content.people.registration import RelyingParty
from content.records.version import State
from content.sign_off import registrar, trust_draft, verify
from content.sign_off import statement as statements
from content.sign_off.trust_draft import Draft
from content.sign_off.trust_file import Trust, TrustFile


@dataclass(frozen=True)
class Changes:
    """What the next trust file is to have otherwise than the one before. Frozen."""

    registrar_keys: Sequence[Path] = ()
    drop_registrars: Collection[str] = ()
    drop_honours: Collection[str] = ()
    without: Collection[str] = ()


def thresholds(listed: Sequence[str]) -> dict[str, int]:
    """`board=3` and so on. Raises BadInput."""
    found = {}
    for one in listed:
        role, _, number = one.rpartition("=")
        if not role or not number.isascii() or not number.isdigit():
            raise BadInput(f"Write a threshold like board=3, not {one}.")
        found[role] = int(number)
    return found


def first(hub: Hub, asked: Mapping[str, int], days: int) -> Draft:
    """The first trust file names this machine's key. Raises RegistrarKeyUnusable."""
    own = registrar.load(hub.settings.registrar_key)
    return Draft(_party(hub), registrar.named(own), _log(hub), asked, days)


def following(
    session: Session, hub: Hub, before: Trust, changes: Changes, asked: Mapping[str, int], days: int
) -> Draft:
    """Raises RegistrarKeyUnusable, BadInput, PersonNotFound."""
    kept = dict(before.told["registrars"])
    for kid in changes.drop_registrars:
        if kept.pop(kid, None) is None:
            raise BadInput(f"The trust file names no registrar's key {kid}.")
    for path in changes.registrar_keys:
        kept |= registrar.read_named(path)
    for one in changes.without:
        person.find(session, one)
    return Draft(_party(hub), kept, _log(hub), asked, days, frozenset(changes.without))


def honours(session: Session, hub: Hub, changes: Changes) -> frozenset[str]:
    """What stands, but for what is to stand no longer. Raises BadInput."""
    standing = verify.standing(session, hub.policy)
    for digest in changes.drop_honours:
        if digest not in standing:
            raise BadInput(f"Nothing that is in force or approved rests on statement {digest}.")
    return standing - frozenset(changes.drop_honours)


def show_dropped(session: Session, changes: Changes) -> None:
    """What a statement that is to stand no longer takes with it."""
    for digest in changes.drop_honours:
        statement = statements.find(session, digest)
        listed = statements.versions_of(session, statement)
        standing = sum(one.state in (State.APPROVED, State.IN_FORCE) for one in listed)
        typer.echo(
            f"- statement {statement.name}: when this file holds, {standing} texts are refused, "
            "and all that is translated from them"
        )


def show(body: bytes, before: Trust | None) -> None:
    for line in trust_draft.differences(json.loads(body), before.told if before else None):
        typer.echo(line)


def ask(sure: bool, question: str) -> None:
    if not sure and not typer.confirm(question):
        raise typer.Abort


def require_same(row: TrustFile, shown: bytes) -> None:
    """Raises StateHasMoved, and so nothing is kept."""
    if row.body != shown:
        raise StateHasMoved("People, keys or texts changed while you looked; look again.")


def own_key(hub: Hub) -> str:
    """The name of this machine's registrar's key, or why there is none."""
    try:
        return registrar.load(hub.settings.registrar_key).kid
    except RegistrarKeyUnusable as error:
        return error.message


def pinned(hub: Hub) -> str:
    """Whether this machine knows its board by itself."""
    if hub.policy.pinned:
        return f"{hub.policy.pinned} in {hub.settings.trust_pin}"
    return "no; `msif trust pin DIGEST` pins trust file 1"


def _party(hub: Hub) -> RelyingParty:
    return RelyingParty(*hub.settings.relying_party)


def _log(hub: Hub) -> Mapping[str, str] | None:
    try:
        return trust_draft.log_of(key.load(hub.settings.log_key))
    except LogKeyMissing:
        return None
