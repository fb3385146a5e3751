"""Where routes for people hang: below /v1/editing, and each asks for a token first."""

from fastapi import APIRouter

from api.dependencies import TokenFirst
from api.problems import RESPONSES

ROOT = "/v1/editing"


def below(path: str) -> APIRouter:
    """A router for what stands below `/v1/editing` + `path`."""
    return at(f"{ROOT}{path}")


def at(path: str) -> APIRouter:
    """A router for people, at an address of its own."""
    return APIRouter(prefix=path, tags=["editing"], responses=RESPONSES, route_class=TokenFirst)
