"""`msif trust`: the trust file, by whoever runs the machine. The ledger says operator."""

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from content import clock
from content.cli import prospect
from content.cli.answers import show_links, show_table
from content.cli.caller import OPERATOR, Caller, by_person
from content.cli.hub import Hub, opened
from content.cli.prospect import Changes
from content.database import reading, writing
from content.errors import BadInput, TrustFileNotFound
from content.people.role import Role
from content.publication import audit, demo_signers
from content.sign_off import (
    invitations,
    registrar,
    rotation,
    short_code,
    trust_draft,
    trust_file,
    trust_pin,
)
from content.sign_off.trust_draft import DAYS, DAYS_MAX
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
        draft = prospect.first(hub, defaults | prospect.thresholds(threshold or []), days)
        with reading(hub.engine) as session:
            rotation.require_none(session)
            trust_pin.require_free(hub.settings.trust_pin)
            shown = trust_draft.write(session, draft, None)
        prospect.show(shown, None)
        prospect.ask(sure, "Is each of these keys its person's own?")
        with writing(hub.engine) as session:
            row = rotation.set_up(session, draft, by=OPERATOR)
            prospect.require_same(row, shown)
        trust_pin.write(hub.settings.trust_pin, row.sha256)
        typer.echo(f"{row.sha256}  trust file 1, pinned in {hub.settings.trust_pin}")


@app.command("replace")
def replace(
    threshold: Thresholds = None,
    days: Days = DAYS,
    registrar_key: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="A registrar's key to name as well; its public half does."
        ),
    ] = None,
    drop_registrar: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="A registrar's key to name no more.")
    ] = None,
    drop_honour: Annotated[
        list[str] | None,
        typer.Option(metavar="DIGEST", help="A statement that is to stand no longer."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON",
            help="Leave out somebody who leaves; with their role, they still sign this file.",
        ),
    ] = None,
    sure: Sure = False,
) -> None:
    """Prepare the next trust file, from people, roles and passkeys as they are now.

    It holds once enough of the board before and of its own board have signed it. Until then the one
    before holds. What stands is honoured by digest. A proposal that waits already is given up.
    """
    changes = Changes(registrar_key or [], drop_registrar or [], drop_honour or [], without or [])
    with opened() as hub:
        with reading(hub.engine) as session:
            before = _current(session, hub)
            asked = prospect.thresholds(threshold or [])
            draft = prospect.following(session, hub, before, changes, asked, days)
            honoured = prospect.honours(session, hub, changes)
            shown = trust_draft.write(session, draft, before, honoured)
            prospect.show_dropped(session, changes)
        prospect.show(shown, before)
        prospect.ask(sure, "Put it to the signature of both boards?")
        with writing(hub.engine) as session:
            before = _current(session, hub)
            honoured = prospect.honours(session, hub, changes)
            row = rotation.propose(session, draft, before, honoured, by=OPERATOR)
            prospect.require_same(row, shown)
        own = prospect.own_key(hub)
        if own not in draft.registrars:
            typer.echo(f"It does not name this machine's key ({own}): replace it when it holds.")
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
        pinned, own = prospect.pinned(hub), prospect.own_key(hub)
        waiting = rotation.proposal(session)
        signed = trust_file.signatures(session, waiting.sha256) if waiting else []
    told = json.loads(row.body)
    show_table(
        [
            ("trust file", f"{row.version} ({row.state})"),
            ("sha256", row.sha256),
            ("words", short_code.of(row.sha256)),
            ("created", told["created"]),
            ("pinned", pinned),
            ("own key", own),
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
            audit.under(acting.session, row, acting.policy)
    typer.echo(f"Trust file {row.version} {'holds now' if holds else 'waits for more'}.")


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


def _lines(told: dict[str, object]) -> list[tuple[str, str]]:
    lines = trust_draft.differences(told, None)
    return [("", line.strip().removeprefix("+ ")) for line in lines]
