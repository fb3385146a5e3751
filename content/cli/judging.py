"""What reviewers do with a version: `msif review`, `msif object`."""

from typing import Annotated

import typer

from content.cli.answers import show_requirements, show_table
from content.cli.caller import Caller, by_person
from content.cli.reference import Ref
from content.cli.writing import Reason
from content.review import scrutiny
from content.review.review import Kind, Verdict
from content.sign_off import judgement, readiness, signing

Interests = Annotated[
    str,
    typer.Option(
        metavar="TEXT", help='Your interests in the matter; "none declared" if there are none.'
    ),
]
Relevant = Annotated[
    bool,
    typer.Option("--relevant", help="An interest is relevant here: this becomes a recusal."),
]
Comment = Annotated[str, typer.Option(metavar="TEXT", help="Required where you say no.")]


@by_person
def give_review(
    caller: Caller,
    ref: Ref,
    kind: Annotated[Kind, typer.Option(help="What you judge.")],
    verdict: Annotated[Verdict, typer.Option(help="What you say.")],
    interests: Interests,
    relevant: Relevant = False,
    comment: Comment = "",
) -> None:
    """Put your verdict on a version on record. A `return` sends it back to draft."""
    with caller.writing() as acting:
        version = ref.find(acting.session)
        given = judgement.give_review(
            acting.session,
            acting.actor,
            version,
            acting.policy,
            kind=kind,
            verdict=verdict,
            interests=interests,
            interests_relevant=relevant,
            comment=comment,
        )
        open_ones = readiness.unmet(acting.session, version, acting.policy)
    typer.echo(f"{version.reference} is {version.state}; on record: {given.kind}, {given.verdict}.")
    if open_ones:
        show_requirements(open_ones)


@by_person
def acknowledge(
    caller: Caller,
    ref: Ref,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The message, by its msgctxt.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="The warning.")],
    reason: Reason,
) -> None:
    """Say why a warning about a translation is no fault. An error is mended instead."""
    with caller.writing() as acting:
        version = ref.find(acting.session)
        judgement.acknowledge(
            acting.session, acting.actor, version, acting.policy, unit, code, reason
        )
    typer.echo(f"{version.reference}: {code} in {unit} is acknowledged.")


@by_person
def show_findings(caller: Caller, ref: Ref) -> None:
    """What the checks find in a translation, unit by unit."""
    with caller.reading() as acting:
        version = ref.find(acting.session)
        acting.must_see(version)
        found = scrutiny.of_version(acting.session, version).found
    show_table(
        (
            [
                one.unit,
                one.finding.severity.value,
                one.finding.code,
                "acknowledged" if one.acknowledgement else "open",
                one.finding.message,
            ]
            for one in found
        ),
        nothing="The checks find nothing.",
    )


@by_person
def object_to(caller: Caller, ref: Ref, reason: Reason) -> None:
    """Stop an approved version before it comes into force. Its text begins again as a draft."""
    with caller.writing() as acting:
        version = ref.find(acting.session)
        begun = signing.object_to(acting.session, acting.actor, version, reason)
    typer.echo(f"{version.reference} is {version.state}; {begun.reference} is {begun.state}.")
