"""`msif webhook`: where members are told, and what was sent. No token; the ledger says operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from content import clock
from content.cli.answers import show_table
from content.cli.caller import OPERATOR
from content.cli.hub import Hub, opened
from content.cli.member import MemberId
from content.database import reading, writing
from content.settings import Settings
from content.syndication import delivery, member, webhook, webhook_key
from content.syndication.delivery import REPLAY_MAX, Attempt
from content.syndication.webhook import OFF_REASONS, Wanted

#: Deliveries that are listed.
LISTED = 50

app = typer.Typer(help="Webhooks: where members are told. For whoever runs the machine.")

WebhookId = Annotated[str, typer.Argument(metavar="WEBHOOK", help="The webhook's id.")]


@contextmanager
def _writing() -> Iterator[tuple[Hub, Session]]:
    with opened() as hub, writing(hub.engine) as session:
        yield hub, session


@app.command("key")
def key() -> None:
    """Show the public half of the key that all webhooks are signed with; make it if need be."""
    path = Settings().webhook_key
    found = webhook_key.load_if_there(path) or webhook_key.make(path)
    typer.echo(webhook_key.public(found))


@app.command("list")
def list_webhooks(member_id: MemberId) -> None:
    """List a member's webhooks, their state, and how much waits."""
    with opened() as hub, reading(hub.engine) as session:
        member.find(session, member_id)
        waiting = delivery.waiting(session, member_id)
        rows = [
            (
                one.id,
                one.state,
                one.url,
                f"{waiting.get(one.id, 0)} waiting",
                OFF_REASONS[one.off_reason] if one.off_reason else "",
            )
            for one in webhook.of_member(session, member_id)
        ]
    show_table(rows, nothing=f"None yet; `msif webhook add {member_id}` enters one.")


@app.command("add")
def add(
    member_id: MemberId,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to send to: https://…")],
    kind: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Of events, like `in_force`. [default: all]"),
    ] = None,
    locale: Annotated[
        list[str] | None, typer.Option(metavar="LOCALE", help="A language. [default: all]")
    ] = None,
    page: Annotated[
        list[str] | None, typer.Option(metavar="SLUG", help="A page. [default: all]")
    ] = None,
) -> None:
    """Enter a webhook: its id, and its secret, which is shown this once."""
    with _writing() as (hub, session):
        wanted = Wanted(url, kind or (), locale or (), page or ())
        targets = hub.settings.webhook_targets
        row, secret = webhook.add(session, member_id, wanted, targets=targets, by=OPERATOR)
    typer.echo(f"{row.id}  {secret}")


@app.command("remove")
def remove(member_id: MemberId, webhook_id: WebhookId) -> None:
    """Remove a webhook, with all that was sent to it."""
    with _writing() as (_, session):
        delivery.remove(session, webhook.find(session, member_id, webhook_id), by=OPERATOR)
    typer.echo(f"The webhook {webhook_id} is no more.")


@app.command("secret")
def secret(member_id: MemberId, webhook_id: WebhookId) -> None:
    """Make a new secret, shown this once. The one before works beside it for a day."""
    with _writing() as (_, session):
        row = webhook.find(session, member_id, webhook_id)
        made = webhook.renew_secret(session, row, by=OPERATOR)
    typer.echo(made)


@app.command("on")
def switch_on(member_id: MemberId, webhook_id: WebhookId) -> None:
    """Switch it on: it goes on where it stopped."""
    with _writing() as (_, session):
        delivery.switch_on(session, webhook.find(session, member_id, webhook_id), by=OPERATOR)
    typer.echo(f"The webhook {webhook_id} is on.")


@app.command("off")
def switch_off(member_id: MemberId, webhook_id: WebhookId) -> None:
    """Switch it off: it is sent nothing until it is switched on."""
    with _writing() as (_, session):
        row = webhook.find(session, member_id, webhook_id)
        webhook.switch_off(session, row, "by-hand", by=OPERATOR)
    typer.echo(f"The webhook {webhook_id} is off.")


@app.command("ping")
def ping(member_id: MemberId, webhook_id: WebhookId) -> None:
    """Have a message sent that says nothing, to try the endpoint. A worker sends it."""
    with _writing() as (_, session):
        made = delivery.ping(session, webhook.find_on(session, member_id, webhook_id))
    typer.echo(f"msif webhook deliveries {member_id} {webhook_id} {made.seq}")


@app.command("replay")
def replay(
    member_id: MemberId,
    webhook_id: WebhookId,
    after: Annotated[int, typer.Option(metavar="SEQ", min=0, help="The last one not to send.")],
    to: Annotated[
        int, typer.Option(metavar="SEQ", min=1, help=f"The last; {REPLAY_MAX:,} at most at once.")
    ],
) -> None:
    """Have a span of the feed sent again, as far as the webhook was told of it."""
    with _writing() as (_, session):
        row = webhook.find_on(session, member_id, webhook_id)
        count = delivery.replay(session, row, after, to)
    typer.echo(f"{count} to send.")


@app.command("deliveries", context_settings={"ignore_unknown_options": True})
def deliveries(
    member_id: MemberId,
    webhook_id: WebhookId,
    seq: Annotated[
        int | None,
        typer.Argument(metavar="[SEQ]", help="Of one, every attempt. Below zero: a ping."),
    ] = None,
) -> None:
    """List what was sent to a webhook, the newest first; or every attempt at one delivery."""
    with opened() as hub, reading(hub.engine) as session:
        row = webhook.find(session, member_id, webhook_id)
        if seq is not None:
            one = delivery.find(session, row, seq)
            made = [_attempt(one) for one in delivery.attempts(session, one)]
            show_table(made, nothing="Not sent yet.")
            return
        found, _ = delivery.listed(session, row, before=None, state="", limit=LISTED)
    rows = [
        (one.seq, one.state, f"{one.attempts} attempts", f"due {clock.stamp(one.due_at)}")
        for one in found
    ]
    show_table(rows, nothing="Nothing yet.")


def _attempt(one: Attempt) -> tuple[object, ...]:
    ended = f"{one.duration_ms} ms" if one.duration_ms is not None else "not ended"
    said = (one.answer or b"").decode("utf-8", "replace")
    # What an endpoint answers is somebody else's words: no control character of it is printed.
    quoted = ascii(said) if said else ""
    return one.number, clock.stamp(one.at), one.status or one.error or "-", ended, quoted
