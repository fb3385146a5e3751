"""The command, put together from the files beside it."""

import typer

from content.cli import (
    catalogue,
    demonstration,
    doctor,
    export,
    glossary,
    judging,
    ledger,
    log,
    member,
    memory,
    page,
    people,
    recall,
    remark,
    serve,
    showing,
    statement,
    suggestions,
    trust,
    upkeep,
    verifying,
    version,
    webhook,
    withdrawal,
    writing,
)
from content.cli.refusal import Refusing

app = typer.Typer(
    name="msif",
    cls=Refusing,
    help="MSIF hub: information sections through translation, review and sign-off to members.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

# Running it
app.command("demo")(demonstration.demo)
app.command("serve")(serve.serve)
app.command("migrate")(upkeep.migrate)
app.command("doctor")(doctor.doctor)
app.command("verify")(verifying.verify)
app.command("rebuild")(upkeep.rebuild)
app.command("work")(upkeep.work)
app.command("export")(export.export)
app.add_typer(people.app, name="people")
app.add_typer(ledger.app, name="ledger")
app.add_typer(log.app, name="log")
app.add_typer(trust.app, name="trust")
app.add_typer(member.app, name="member")
app.add_typer(recall.app, name="recall")
app.command("showing")(showing.show_showing)
app.add_typer(webhook.app, name="webhook")

# Files in and out
app.command("import")(page.import_file)
app.command("export-markdown")(page.export_markdown)
app.command("draft-from")(page.draft)
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(suggestions.app, name="suggestion")
app.add_typer(glossary.app, name="glossary")
app.add_typer(memory.app, name="memory")

# The way of a version
app.command("waiting")(version.show_waiting)
app.command("show")(version.show)
app.command("diff")(version.show_diff)
app.command("requirements")(version.show_requirements_of)
app.command("versions")(version.list_versions)
app.add_typer(writing.drafts, name="draft")
app.command("submit")(writing.submit)
app.command("findings")(judging.show_findings)
app.command("acknowledge")(judging.acknowledge)
app.command("review")(judging.give_review)
app.add_typer(remark.app, name="remark")
app.command("abandon")(writing.abandon)
app.command("schedule")(writing.schedule)
app.add_typer(statement.app, name="statement")
app.command("sign")(statement.sign)
app.command("object")(judging.object_to)
app.command("withdraw")(withdrawal.withdraw)
app.command("confirm-withdrawal")(withdrawal.confirm)


def main() -> None:
    """The entry point of `msif`."""
    app(prog_name="msif")
