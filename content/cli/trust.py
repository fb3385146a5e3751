"""`msif trust`: the trust file, by whoever runs the machine. The ledger says operator."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from content import clock
from content.cli import demo_signers
from content.cli.answers import show_links, show_table
from content.cli.caller import OPERATOR, Caller, by_person
from content.cli.hub import Hub, opened
from content.database import reading, writing
from content.errors import BadInput, LogKeyMissing, TrustFileNotFound
from content.log import key
from content.people.registration import RelyingParty
from content.people.role import Role
from content.publication import audit
from content.sign_off import (
    invitations,
    registrar,
    rotation,
    short_code,
    trust_draft,
    trust_file,
    trust_pin,
    verify,
)
from content.sign_off.trust_draft import DAYS, DAYS_MAX, Draft
from content.sign_off.trust_file import Trust, TrustFile

app = typer.Typer(help="The trust file: who may sign, with which keys. For whoever runs the hub.")

Thresholds = Annotated[
    list[str] | None,
    typer.Option(
        "--threshold",
        metavar="ROLE=N",
        help="How many have to sign: `board=3`, `language-reviewer=1`, `language-reviewer:fr=2`. "
        "[default: as before; of the first file, as the policy says]",
    ),
]
Days = Annotated[int, typer.Option(min=1, max=DAYS_MAX, help="How long it holds.")]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command("key")
def make_key(
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="[default: MSIF_REGISTRAR_KEY_FILE]"),
    ] = None,
) -> None:
    """Make a registrar's key: the hub's own, with which it signs what is in force.

    It can approve nothing. It counts from the trust file on that names it.
    """
    with opened() as hub:
        path = file or hub.settings.registrar_key
        made = registrar.make(path)
    typer.echo(f"{made.kid}  {path}")


@app.command("init")
def set_up(threshold: Thresholds = None, days: Days = DAYS, sure: Sure = False) -> None:
    """Set up the first trust file, from everybody who holds a signing role and has a passkey.

    Nobody signs it: members pin it, so give them its digest by another way than this hub. Compare
    each key's number with its owner by telephone before you say yes.
    """
    with opened() as hub:
        defaults = {
            Role.BOARD.value: hub.policy.source.quorum,
            Role.LANGUAGE_REVIEWER.value: hub.policy.translation.quorum,
        }
        with writing(hub.engine) as session:
            draft = _draft(hub, defaults | _read(threshold), days, {})
            row = rotation.set_up(session, draft, by=OPERATOR)
            _show_changes(row, None)
            _ask(sure, "Is each of these keys its person's own?")
        trust_pin.write(hub.settings.trust_pin, row.sha256)
        typer.echo(f"{row.sha256}  trust file 1, pinned in {hub.settings.trust_pin}")


@app.command("replace")
def replace(
    threshold: Thresholds = None,
    days: Days = DAYS,
    registrar_key: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A registrar's key to name as well."),
    ] = None,
    drop_registrar: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="A registrar's key to name no more.")
    ] = None,
    drop_honour: Annotated[
        list[str] | None,
        typer.Option(metavar="DIGEST", help="A statement that is to stand no longer."),
    ] = None,
    sure: Sure = False,
) -> None:
    """Prepare the next trust file, from people, roles and passkeys as they are now.

    It holds once enough of the board before and of its own board have signed it. Until then the one
    before holds. What stands is honoured by digest. A proposal that waits already is given up.
    """
    with opened() as hub, writing(hub.engine) as session:
        before = _current(session, hub)
        registrars = {
            kid: one
            for kid, one in before.told["registrars"].items()
            if kid not in (drop_registrar or [])
        }
        more = registrar.named(*(registrar.load(path) for path in registrar_key or []))
        draft = _draft(hub, _read(threshold), days, registrars | more)
        honours = verify.standing(session, hub.policy) - frozenset(drop_honour or [])
        row = rotation.propose(session, draft, before, honours, by=OPERATOR)
        _show_changes(row, before)
        _ask(sure, "Put it to the signature of both boards?")
        origin = hub.settings.relying_party[1][0]
    typer.echo(f"{row.sha256}  trust file {row.version}: {short_code.of(row.sha256)}")
    typer.echo(f"Signed at {origin}/signing/trust/{row.sha256}")


@app.command("invite")
def invite(
    person: Annotated[str, typer.Option("--person", metavar="ID", help="This person alone.")] = "",
) -> None:
    """Make a link for each board member whose signature the waiting trust file lacks.

    It is shown this once. Send each link to its person alone, and the six words by another way.
    """
    with opened() as hub, writing(hub.engine) as session:
        row = _waiting(session)
        before = _current(session, hub)
        secrets = invitations.to_trust_file(
            session, row, before, hub.policy, by=OPERATOR, only=person
        )
        address = f"{hub.settings.relying_party[1][0]}/signing/trust/{row.sha256}"
    show_links(address, row.sha256, secrets)


@app.command("give-up")
def give_up() -> None:
    """Give up the trust file that waits for signatures."""
    with opened() as hub, writing(hub.engine) as session:
        row = _waiting(session)
        rotation.give_up(session, row, by=OPERATOR)
    typer.echo(f"Trust file {row.version} ({row.sha256[:12]}) is given up.")


@app.command("show")
def show(
    version: Annotated[int | None, typer.Argument(help="[default: the one that holds]")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="The bytes as members fetch them.")] = False,
) -> None:
    """Show a trust file: people, keys, roles; and what waits for signatures."""
    with opened() as hub, reading(hub.engine) as session:
        row = (
            trust_file.numbered(session, version)
            if version is not None
            else trust_file.find(session, _current(session, hub).sha256)
        )
        if raw:
            typer.echo(trust_file.served(session, row), nl=False)
            return
        waiting = rotation.proposal(session)
        signed = trust_file.signatures(session, waiting.sha256) if waiting else []
    told = json.loads(row.body)
    show_table(
        [
            ("trust file", f"{row.version} ({row.state})"),
            ("sha256", row.sha256),
            ("words", short_code.of(row.sha256)),
            ("created", told["created"]),
            *_lines(told),
            *([("waits", f"{waiting.version} ({waiting.sha256})")] if waiting else []),
            *(("signed", f"{one.person}, {clock.stamp(one.at)}") for one in signed),
        ],
        nothing="",
    )


@app.command("pin")
def pin(
    digest: Annotated[str, typer.Argument(metavar="DIGEST", help="Of trust file 1.")],
) -> None:
    """Pin the first trust file on this machine, by the digest that you were given."""
    with opened() as hub:
        with reading(hub.engine) as session:
            first = trust_file.numbered(session, 1)
        if first.sha256 != digest:
            raise BadInput(f"Trust file 1 of this hub is {first.sha256}, not {digest}.")
        trust_pin.write(hub.settings.trust_pin, digest)
        typer.echo(f"{digest} is pinned in {hub.settings.trust_pin}.")


@app.command("sign")
@by_person
def sign(caller: Caller) -> None:
    """Sign the trust file that waits, in a demonstration, with the person's key in software.

    Everywhere else people sign with their own keys, on the page that `msif trust replace` names.
    """
    with caller.writing() as acting:
        row = _waiting(acting.session)
        page = f"trust/{row.sha256}"
        signers = demo_signers.of(acting.session, acting.settings, page)
        holds = signers.sign_trust(acting.session, acting.actor, row, acting.policy)
        if holds:
            audit.carry_out(acting.session, acting.policy)
    typer.echo(f"Trust file {row.version} {'holds now' if holds else 'waits for more'}.")


def _draft(
    hub: Hub, thresholds: dict[str, int], days: int, registrars: Mapping[str, Mapping[str, str]]
) -> Draft:
    own = registrar.named(registrar.load(hub.settings.registrar_key))
    try:
        log = trust_draft.log_of(key.load(hub.settings.log_key))
    except LogKeyMissing:
        log = None
    return Draft(
        RelyingParty(*hub.settings.relying_party), registrars or own, log, thresholds, days
    )


def _current(session: Session, hub: Hub) -> Trust:
    """The one that holds, even where its time is over: replacing it is what helps."""
    trust = trust_file.current(session, hub.policy.pinned)
    if trust is None:
        raise TrustFileNotFound("There is no trust file yet; `msif trust init` sets it up.")
    return trust


def _waiting(session: Session) -> TrustFile:
    row = rotation.proposal(session)
    if row is None:
        raise TrustFileNotFound("No trust file waits for signatures.")
    return row


def _read(thresholds: list[str] | None) -> dict[str, int]:
    found = {}
    for one in thresholds or []:
        role, _, number = one.rpartition("=")
        if not role or not number.isascii() or not number.isdigit():
            raise BadInput(f"Write a threshold like board=3, not {one}.")
        found[role] = int(number)
    return found


def _show_changes(row: TrustFile, before: Trust | None) -> None:
    for line in trust_draft.differences(json.loads(row.body), before.told if before else None):
        typer.echo(line)


def _ask(sure: bool, question: str) -> None:
    if not sure and not typer.confirm(question):
        raise typer.Abort


def _lines(told: dict[str, object]) -> list[tuple[str, str]]:
    lines = trust_draft.differences(told, None)
    return [("", line.strip().removeprefix("+ ")) for line in lines]
