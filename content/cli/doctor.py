"""`msif doctor`: whether this hub is in order, and what to do where it is not."""

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from content.cli import checks
from content.cli.finding import Finding, show
from content.cli.hub import connected
from content.database import reading
from content.settings import Settings


def doctor() -> None:
    """Check the installation and everything in the database; change nothing.

    Each finding says what to do. The exit code is 1 where anything is not in order.
    """
    show(findings(Settings()), well="Everything is in order.", ill="not in order")


def findings(settings: Settings) -> Iterator[Finding]:
    """Everything that can be looked at; what stands on something broken is left out."""
    library = checks.sqlite_library()
    yield library
    yield checks.data_folder(settings)
    yield checks.locales(settings)
    yield from checks.the_webhook_key(settings)
    if not library.in_order:
        return
    with connected(settings) as engine:
        try:
            yield from _of_database(settings, engine)
        except DBAPIError as error:
            told = str(error.orig).splitlines()[0]
            yield Finding("database", told, "See that the database is there and can be read.")


def _of_database(settings: Settings, engine: Engine) -> Iterator[Finding]:
    schema = checks.migrations(engine)
    yield schema
    yield from checks.files(settings, engine)
    if not schema.in_order:
        return
    with reading(engine) as session:
        found, policy = checks.policy(session, settings)
        yield found
        for check in checks.OF_CONTENT:
            yield check(session)
        if policy is not None:
            yield checks.the_trust_file(session, policy)
            yield from checks.the_registrar(session, settings, policy)
            yield checks.sign_offs(session, policy)
            yield checks.answers(session, policy)
        yield checks.codings(session)
