"""`msif demo`: a hub with the bundled page in force, by the hands of fictitious people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from content import schema
from content.cli import demo_journey, demo_members, migration, serve
from content.cli.hub import connected
from content.errors import AlreadyThere
from content.review import policy as policies
from content.samples import bundle
from content.settings import Settings


def demo(
    serving: Annotated[
        bool, typer.Option("--serve", help="Serve it as well, and say where to look.")
    ] = False,
) -> None:
    """Fill an empty database with the demonstration, once.

    Its people, reviews and signatures are fictitious, and every answer says so. A database that
    holds real work is refused. A second run changes nothing.
    """
    settings = Settings()
    with connected(settings) as engine:
        _prepare(engine, settings)
    _show_addresses(settings)
    if serving:
        serve.run(settings)


def _prepare(engine: Engine, settings: Settings) -> None:
    if schema.present(engine) is None or engine.dialect.name == "sqlite":
        migration.bring_up(engine)
    schema.require_migrated(engine)
    if demo_journey.is_prepared(engine):
        demo_journey.pin(engine, settings)
        typer.echo("The demonstration is prepared already.")
        return
    if demo_journey.holds_real_work(engine):
        raise AlreadyThere(
            "This database holds real work, so no demonstration goes into it; "
            "set MSIF_DATA_DIR or MSIF_DATABASE_URL to another place.",
            database=engine.url.render_as_string(hide_password=True),
        )
    # The journey's people are as many as this policy asks for; another may ask for more.
    policy = policies.load(bundle.POLICY_FILE)
    with _progress(len(bundle.TRANSLATIONS) + len(bundle.VARIANTS) + 2) as step:
        demo_journey.prepare(engine, settings, policy, step)
    typer.echo("The demonstration is prepared.")


@contextmanager
def _progress(steps: int) -> Iterator[demo_journey.Progress]:
    """A bar on a terminal; elsewhere a line for each step."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: typer.echo(f"{step} ...", err=True)
        return
    columns = (TextColumn("{task.description:<34}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Preparing", total=steps + 1)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        yield step
        bar.update(task, description="Done", completed=steps + 1)


def _show_addresses(settings: Settings) -> None:
    at = serve.address(settings)
    for locale in (bundle.SOURCE_LOCALE, *bundle.TRANSLATIONS, *bundle.VARIANTS):
        typer.echo(f"  {f'The page ({locale})':<24} {at}/v1/pages/{bundle.PAGE}/{locale}")
    typer.echo(f"  What there is to read    {at}/v1")
    typer.echo(f"  The whole interface      {at}/openapi.json")
    typer.echo(f"  People and their tokens  {settings.data_dir / 'demo' / 'people.json'}")
    typer.echo(f"  Members and their keys   {demo_members.path(settings)}")
