"""The application: wiring and nothing else. `uvicorn --factory api.app:create_app`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api import auditing, problems
from api.delivery import (
    beginning,
    changes,
    clients,
    figures,
    forms,
    health,
    log,
    pages,
    proof,
    root,
    search,
    sections,
    stream,
    trust,
)
from api.dependencies import Hub
from api.editing import (
    catalogues,
    coverage,
    diffs,
    documents,
    drafts,
    findings,
    glossary,
    imports,
    ledger,
    links,
    memory,
    overlays,
    people,
    reviews,
    statements,
    suggestions,
    uploads,
    versions,
    waiting,
    withdrawals,
)
from api.editing import (
    trust as editing_trust,
)
from api.limits import HeadAsGet, LimitBody, RefuseNul
from api.proof import pages as proof_pages
from api.signing import pages as signing_pages
from api.signing import passkeys
from content import database, schema
from content.publication.register_desk import RegisterDesk
from content.settings import Settings

DELIVERY = (
    beginning,
    root,
    forms,
    sections,
    pages,
    search,
    changes,
    stream,
    proof,
    trust,
    figures,
    clients,
    log,
    health,
)
EDITING = (
    waiting,
    imports,
    drafts,
    # Before `versions`, which would take its last step for the number of one.
    links,
    versions,
    diffs,
    overlays,
    reviews,
    statements,
    documents,
    editing_trust,
    withdrawals,
    people,
    ledger,
    catalogues,
    uploads,
    suggestions,
    coverage,
    findings,
    glossary,
    memory,
)
SIGNING = (passkeys, signing_pages)
PROOF = (proof_pages,)
#: Headers that a page on another site may read.
EXPOSED = ["ETag", "Link", "Content-Language", "Content-Location", "Last-Modified", "Demo"]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The hub as an ASGI application. Raises NotMigrated, SqliteTooOld."""
    settings = settings or Settings()
    engine = database.connect(settings.database)
    schema.require_migrated(engine)
    app = FastAPI(
        title="MSIF hub",
        version="1",
        description="Health information, approved and in force, in every language it is in.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        # One address for one thing; and a redirect would repeat whatever `Host` a client sent.
        redirect_slashes=False,
    )
    desk = RegisterDesk(engine, settings.registrar_key, settings.register_seen)
    app.state.hub = Hub(settings, engine, desk)
    for module in (*DELIVERY, *EDITING, *SIGNING, *PROOF):
        app.include_router(module.router)
    problems.install(app)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=EXPOSED,
    )
    app.add_middleware(LimitBody)
    app.add_middleware(RefuseNul)
    app.add_middleware(HeadAsGet)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # As many threads as there are connections: none waits for one that never comes.
    anyio.to_thread.current_default_thread_limiter().total_tokens = database.CONNECTIONS_MAX
    hub: Hub = app.state.hub
    await anyio.to_thread.run_sync(auditing.at_start, hub)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(auditing.go_on, hub)
        tasks.start_soon(hub.newest.follow, hub.newest_seq)
        yield
        tasks.cancel_scope.cancel()
    hub.engine.dispose()
