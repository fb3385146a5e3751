"""`msif statement open`, `show` and `invite`; `msif sign`."""

from typing import Annotated

import typer
from sqlmodel import Session, col, select

from content import clock
from content.cli.answers import show_links, show_table
from content.cli.caller import OPERATOR, Caller, by_person
from content.cli.hub import opened
from content.cli.judging import Comment, Interests, Relevant
from content.cli.reference import Refs
from content.database import writing
from content.publication import demo_signers
from content.sign_off import invitations, quorum, signature, trust_file
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement, StatementState

app = typer.Typer(help="Statements: lists of documents put to signature together.")

Digest = Annotated[
    str,
    typer.Argument(metavar="DIGEST", help="SHA-256 of the statement, or its name (2026-0142)."),
]


@app.command("open")
@by_person
def open_statement(
    caller: Caller,
    refs: Refs,
    role: Annotated[
        str,
        typer.Option(
            metavar="ROLE", help="Who signs: `board` for translations too. [default: whose it is]"
        ),
    ] = "",
) -> None:
    """Put versions to signature by the role that signs them."""
    with caller.writing() as acting:
        chosen = [ref.find(acting.session) for ref in refs]
        made = statements.open_statement(acting.session, acting.actor, chosen, acting.policy, role)
    typer.echo(f"{made.sha256}  {made.name}: {made.threshold} of {made.role} have to sign")


@app.command("show")
@by_person
def show(caller: Caller, digest: Digest) -> None:
    """Show a statement: what it lists, who signed it, until when it waits."""
    with caller.reading() as acting:
        statement = find(acting.session, digest)
        listed = statements.versions_of(acting.session, statement)
        for version in listed:
            acting.must_see(version)
        signed = signature.of_statement(acting.session, statement)
        origin = acting.settings.relying_party[1][0]
    page = f"{origin}/signing/statements/{statement.sha256}"
    show_table(
        [
            ("statement", statement.name),
            ("sha256", statement.sha256),
            ("state", statement.state),
            ("signed by", f"{statement.threshold} of {statement.role}"),
            ("waits until", clock.stamp(statement.lapses_at)),
            *([("signed at", page)] if statement.state == StatementState.OPEN else []),
            *(("lists", f"{version.reference} ({version.state})") for version in listed),
            *((one.meaning, f"{one.person}, {clock.stamp(one.at)}") for one in signed),
        ],
        nothing="",
    )


@app.command("invite")
def invite(
    digest: Digest,
    person: Annotated[str, typer.Option("--person", metavar="ID", help="This person alone.")] = "",
) -> None:
    """Make a link for each person who may still sign a statement. It is shown this once.

    For whoever runs the machine. Send each link to its person alone, and the six words by another
    way: the page shows them too, and the person compares. Nobody signs by the link, only with the
    person's own key.
    """
    with opened() as hub, writing(hub.engine) as session:
        statement = find(session, digest)
        secrets = invitations.to_statement(session, statement, hub.policy, by=OPERATOR, only=person)
        address = f"{hub.settings.relying_party[1][0]}/signing/statements/{statement.sha256}"
    show_links(address, statement.sha256, secrets)


@by_person
def sign(
    caller: Caller,
    digest: Digest,
    meaning: Annotated[Meaning, typer.Option(help="What your signature says.")],
    interests: Interests,
    relevant: Relevant = False,
    comment: Comment = "",
) -> None:
    """Sign a statement of a demonstration, with the key in software that it keeps for the person.

    Everywhere else people sign with their own keys, on the page that `msif statement show` names.
    The last signature that a statement needs approves its versions.
    """
    with caller.writing() as acting:
        statement = find(acting.session, digest)
        signers = demo_signers.of(acting.session, acting.settings, f"statements/{statement.sha256}")
        signed = signers.sign(
            acting.session,
            acting.actor,
            statement,
            acting.policy,
            meaning=Meaning.RECUSAL if relevant else meaning,
            interests=interests,
            comment=comment,
        )
        trust = trust_file.required(acting.session, acting.policy.pinned)
        signed_by = signature.of_statement(acting.session, statement)
        count = len(quorum.counting(statement, signed_by, trust))
    typer.echo(
        f"{statement.name} is {statement.state}; on record: {signed.meaning}. "
        f"Approvals: {count} of {statement.threshold}."
    )


def find(session: Session, named: str) -> Statement:
    """A statement by its digest or its name. Raises StatementNotFound."""
    by_name = session.exec(select(Statement).where(col(Statement.name) == named)).first()
    return by_name or statements.find(session, named)
