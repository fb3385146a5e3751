"""`msif people`: accounts, by whoever runs the machine. No token; the ledger says operator."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from content import clock
from content.cli.answers import show_table
from content.cli.caller import OPERATOR
from content.cli.hub import opened
from content.database import reading, writing
from content.people import invitation, passkey, person, token, ways
from content.people.person import Person
from content.people.token import Token
from content.publication import forgetting

app = typer.Typer(help="People, their roles and their tokens. For whoever runs the machine.")

PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id.")]
Roles = Annotated[
    list[str],
    typer.Argument(
        metavar="ROLE...", help="Like `board`, or `translator:fr` for one of a language."
    ),
]


@contextmanager
def _writing() -> Iterator[Session]:
    with opened() as hub, writing(hub.engine) as session:
        yield session


@app.command("add")
def add(
    name: Annotated[str, typer.Option(metavar="TEXT")],
    organisation: Annotated[str, typer.Option(metavar="TEXT")],
    person_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="[default: the next number, p-07]")
    ] = None,
    role: Annotated[
        list[str] | None, typer.Option(metavar="ROLE", help="May be given several times.")
    ] = None,
) -> None:
    """Enter a person. The id stays in the records for ever; it says nothing about the name."""
    with _writing() as session:
        added = person.add(
            session, name=name, organisation=organisation, by=OPERATOR, person_id=person_id
        )
        for granted in role or []:
            person.grant(session, added.id, granted, by=OPERATOR)
    typer.echo(added.id)


@app.command("list")
def list_people() -> None:
    """List people with their roles and their tokens that still work."""
    with opened() as hub, reading(hub.engine) as session:
        tokens = _living_tokens(session)
        rows = [
            (
                one.id,
                one.name,
                one.organisation,
                " ".join(sorted(map(str, person.grants(session, one.id)))) or "-",
                ", ".join(tokens[one.id]) or "no token",
            )
            for one in session.exec(select(Person).order_by(col(Person.id))).all()
        ]
    show_table(rows, nothing="There is nobody yet; `msif people add` enters somebody.")


@app.command("grant")
def grant(person_id: PersonId, roles: Roles) -> None:
    """Give a person roles."""
    with _writing() as session:
        for role in roles:
            person.grant(session, person_id, role, by=OPERATOR)
    typer.echo(f"{person_id} has {', '.join(roles)}.")


@app.command("revoke")
def revoke(person_id: PersonId, roles: Roles) -> None:
    """Take roles back. What the person did with them stays."""
    with _writing() as session:
        person.find(session, person_id)
        for role in roles:
            person.revoke(session, person_id, role, by=OPERATOR)
    typer.echo(f"{person_id} no longer has {', '.join(roles)}.")


@app.command("token")
def make_token(
    person_id: PersonId,
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for.")],
    days: Annotated[int, typer.Option(min=1, max=token.DAYS_MAX, help="How long it works.")] = 90,
    scope: Annotated[
        str,
        typer.Option(metavar="PERMISSIONS", help='Like "read-drafts translate". [default: all]'),
    ] = "",
) -> None:
    """Make a token. It is shown this once, alone on standard output."""
    with _writing() as session:
        secret = token.make(session, person_id, by=OPERATOR, label=label, days=days, scope=scope)
    typer.echo(secret)


@app.command("revoke-token")
def revoke_token(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", help="As `msif people list` shows it.")
    ],
) -> None:
    """End a token now."""
    with _writing() as session:
        token.revoke(session, number, by=OPERATOR)
    typer.echo(f"Token {number} no longer works.")


@app.command("invite")
def invite(
    person_id: PersonId,
    days: Annotated[
        int, typer.Option(min=1, max=invitation.DAYS_MAX, help="How long it works.")
    ] = 7,
) -> None:
    """Make a link by which a person registers passkeys, two of them. It is shown this once.

    Send it so that nobody else reads it: whoever opens it can register a key in this person's name.
    The page shows a number for each key; have it read to you by telephone.
    """
    with opened() as hub, writing(hub.engine) as session:
        secret = invitation.make(session, person_id, by=OPERATOR, days=days)
        origins = hub.settings.relying_party[1]
    typer.echo(invitation.link(secret, origins))


@app.command("keys")
def list_keys(person_id: PersonId) -> None:
    """List a person's passkeys, each with the number that its owner saw."""
    with opened() as hub, reading(hub.engine) as session:
        person.find(session, person_id)
        rows = [
            (one.fingerprint, one.label, one.created_at.date(), one.credential)
            for one in passkey.of_person(session, person_id)
        ]
    show_table(rows, nothing="None yet; `msif people invite` makes a link for it.")


@app.command("remove-key")
def remove_key(
    credential: Annotated[
        str, typer.Argument(metavar="CREDENTIAL", help="The last column of `msif people keys`.")
    ],
) -> None:
    """Take a passkey away: one that was lost, or is not its person's.

    Sessions at the desk that began with a passkey of this person end, and links that `invite` made.
    """
    with _writing() as session:
        removed = ways.take_passkey(session, credential, by=OPERATOR)
    typer.echo(f"{removed.person} no longer has the key {removed.fingerprint} ({removed.label}).")


@app.command("reset")
def reset(person_id: PersonId) -> None:
    """End a person's sessions at the desk, password with codes, joined accounts, and links that
    `invite` made.

    For whoever lost their phone, or whose account somebody else may have. Passkeys and tokens stay:
    `remove-key` and `revoke-token` end them. Then `invite` makes a way in again.
    """
    with _writing() as session:
        person.find(session, person_id)
        ways.reset(session, person_id, by=OPERATOR)
        keys = len(passkey.of_person(session, person_id))
    typer.echo(f"{person_id} is signed in nowhere and has no password. Passkeys left: {keys}.")


@app.command("erase")
def erase(
    person_id: PersonId,
    sure: Annotated[
        bool, typer.Option("--yes", help="Do not ask.", prompt="Erase the name for good?")
    ] = False,
) -> None:
    """Forget who a person was (GDPR, art. 17): the id stays in the records, the name goes.

    Roles, tokens, passkeys, passwords and sessions end. Signed bytes keep the name that they were
    signed under.
    """
    if not sure:
        raise typer.Abort
    with opened() as hub, writing(hub.engine) as session:
        forgetting.forget(session, person_id, hub.policy, by=OPERATOR)
    typer.echo(f"{person_id} is erased.")


def _living_tokens(session: Session) -> dict[str, list[str]]:
    rows = session.exec(
        select(Token)
        .where(col(Token.revoked_at).is_(None), col(Token.expires_at) > clock.now())
        .order_by(col(Token.id))
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows.all():
        found[row.person].append(f"token {row.id} ({row.label}, until {row.expires_at.date()})")
    return found
