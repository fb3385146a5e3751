"""The desk as an application within the hub: its refusals are pages, and openapi.json has none."""

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.datastructures import State
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from api.desk import files, refusals
from api.desk.home import home
from api.desk.ledger import ledger
from api.desk.members import member, member_keys, members, recalls, webhook_doings, webhooks
from api.desk.people import people, person
from api.desk.signing_in import account, openid_sign_in, sessions, sign_in, step_up
from api.desk.statements import calendar, composing, demo_signing, inviting, policy, statements
from api.desk.texts import compare, decide, edit, remarks, steps, text, texts, withdraw
from api.desk.translating import site as translating

#: Below this is the desk, and nothing else.
PATH = "/desk"


class Desk(BaseRoute):
    """Hands over what is asked at and below PATH, with its address as it is."""

    def __init__(self, state: State) -> None:
        self.app = _site(state)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether it is the desk that answers."""
        is_here = scope["type"] == "http" and f"{scope['path']}/".startswith(f"{PATH}/")
        return (Match.FULL if is_here else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> Any:
        """By the desk's own routes."""
        return self.app.router.url_path_for(name, **path_params)


def _site(state: State) -> FastAPI:
    site = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    site.state = state
    site.router.routes.extend(_routes())
    refusals.install(site)
    return site


@cache
def _routes() -> list[BaseRoute]:
    """Made once in a process: to work all of them out takes the framework a quarter of a second."""
    router = APIRouter(redirect_slashes=False)
    for module in (
        home,
        sign_in,
        sessions,
        files,
        texts,
        compare,
        text,
        remarks,
        decide,
        steps,
        withdraw,
        composing,
        statements,
        inviting,
        demo_signing,
        calendar,
        policy,
        people,
        person,
        ledger,
        translating,
        remarks,
        step_up,
        account,
        edit,
        openid_sign_in,
    ):
        router.include_router(module.router, prefix=PATH)
    for module in (members, member, member_keys, webhooks, webhook_doings, recalls):
        router.include_router(module.router, prefix=PATH)
        router.include_router(module.deciding, prefix=PATH)
    return router.routes
