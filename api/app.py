"""The application: wiring and nothing else. `uvicorn --factory api.app:create_app`."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial

import anyio.to_thread
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.routing import BaseRoute
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import auditing, compressing, lane, listening, problems, rounds, worker
from api.delivery import (
    beginning,
    changes,
    clients,
    figures,
    forms,
    health,
    log,
    me,
    metrics,
    pages,
    proof,
    root,
    search,
    sections,
    showing,
    stream,
    trust,
    webhook_key,
    webhooks,
)
from api.dependencies import Hub
from api.desk.site import Desk
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
    members,
    memory,
    overlays,
    people,
    recalls,
    remarks,
    reviews,
    statements,
    suggestions,
    uploads,
    versions,
    waiting,
    withdrawals,
)
from api.editing import (
    showing as editing_showing,
)
from api.editing import (
    trust as editing_trust,
)
from api.limits import HeadAsGet, LimitBody, RefuseNul
from api.observing import Observed
from api.open_reading import OpenReading
from api.proof import pages as proof_pages
from api.published import Published
from api.reference import pages as reference_pages
from api.signing import pages as signing_pages
from api.signing import passkeys
from api.table import Table
from content import database, schema
from content.generation_word import open_word
from content.publication import generation
from content.publication.generation import Standing
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
    me,
    showing,
    webhooks,
    webhook_key,
    health,
    metrics,
)
EDITING = (
    waiting,
    imports,
    drafts,
    # Before `versions`, which would take its last step for the number of one.
    links,
    remarks,
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
    members,
    editing_showing,
    recalls,
)
SIGNING = (passkeys, signing_pages)
PROOF = (proof_pages,)
REFERENCE = (reference_pages,)

logger = logging.getLogger(__name__)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The hub as an ASGI application. Raises NotMigrated, SqliteTooOld."""
    settings = settings or Settings()
    word = open_word(settings.generation_word)
    if word is None:
        logger.warning("No file %s: commits are noticed by looking.", settings.generation_word)
    engine = database.connect(settings.database, word)
    schema.require_migrated(engine)
    app = Published(
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
    # Answers from memory ask nobody for a key.
    bytes_max = 0 if settings.read_keys == "required" else settings.published_bytes_max
    table = Table(bytes_max, partial(_standing, engine), word)
    hub = app.state.hub = Hub(settings, engine, desk, table)
    app.router.routes.extend((Desk(app.state), *_routes()))
    problems.install(app)
    app.add_middleware(OpenReading)
    app.add_middleware(LimitBody)
    app.add_middleware(RefuseNul)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observed, metrics=hub.metrics)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.trusted_proxies)
    app.table, app.newest = table, hub.newest
    app.first_look, app.look_at = hub.first_look, partial(auditing.look_at, hub)
    if settings.lane == "on":
        app.memo = lane.new_memo()
    return app


@cache
def _routes() -> list[BaseRoute]:
    """Made once in a process: to work all of them out takes the framework a quarter of a second."""
    router = APIRouter(redirect_slashes=False, generate_unique_id_function=_operation_id)
    for module in (*DELIVERY, *EDITING, *SIGNING, *PROOF, *REFERENCE):
        router.include_router(module.router)
    router.include_router(root.open_router)
    router.include_router(webhooks.theirs)
    return router.routes


def _operation_id(route: APIRoute) -> str:
    """What generated clients call it: the name of the function that answers, each there once."""
    return route.name


def _standing(engine: Engine) -> Standing:
    with database.reading(engine) as session:
        return generation.standing(session)


@cache
def _keep_from_the_collector() -> None:
    """What a process has loaded when it begins to serve is not looked through for garbage again
    and again while it answers.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # As many threads as there are connections: none waits for one that never comes.
    anyio.to_thread.current_default_thread_limiter().total_tokens = database.CONNECTIONS_MAX
    hub: Hub = app.state.hub
    hub.first_look.begin()
    await anyio.to_thread.run_sync(hub.table.try_to_look)
    _keep_from_the_collector()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(auditing.begin, hub)
        tasks.start_soon(auditing.go_on, hub)
        tasks.start_soon(compressing.go_on, hub)
        tasks.start_soon(hub.newest.follow, hub.look)
        tasks.start_soon(listening.go_on, hub)
        tasks.start_soon(rounds.go_on, hub)
        async with worker.at_work(hub):
            yield
        tasks.cancel_scope.cancel()
    await anyio.to_thread.run_sync(rounds.note_uses, hub)
    hub.engine.dispose()
