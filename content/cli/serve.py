"""`msif serve`. The one place that knows of the server; the application is named by a string."""

import typer
import uvicorn

from content import log_lines, schema
from content.cli import migration
from content.cli.hub import connected
from content.settings import Settings

#: What answers may still take when the server is told to end. Whoever waits for the feed would
#: keep it for longer; they connect again.
SECONDS_TO_END = 10


def serve() -> None:
    """Serve the hub over HTTP, at MSIF_HOST and MSIF_PORT.

    A database in SQLite is brought to this program's schema first. One in PostgreSQL may have other
    servers at work on it, so it is brought there by `msif migrate`, when they are ready for it.
    """
    settings = Settings()
    with connected(settings) as engine:
        if engine.dialect.name == "sqlite":
            migration.bring_up(engine)
        schema.require_migrated(engine)
    run(settings)


def run(settings: Settings) -> None:
    """Say where, and serve until stopped."""
    typer.echo(f"Serving at {address(settings)}/ (Ctrl+C ends it)")
    log_lines.configure(settings.log_form)
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        http="api.lane:protocol",
        # The hub has none of these connections, and what nobody speaks is one way less in.
        ws="none",
        # The hub does that itself, behind the answers from memory: they are for everybody.
        proxy_headers=False,
        host=settings.host,
        port=settings.port,
        timeout_graceful_shutdown=SECONDS_TO_END,
        # Our own lines tell of requests; the server's would name readers, and halve its speed.
        access_log=False,
        log_config=None,
    )


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the hub."""
    anywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104 (compared, not listened on)
    host = "localhost" if anywhere else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
