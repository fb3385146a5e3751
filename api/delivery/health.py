"""Whether the process lives, and whether it can do its work."""

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from api.dependencies import CurrentHub
from content import schema
from content.database import reading
from content.errors import ContentError
from content.publication import release
from content.publication.answer import JSON_TYPE, as_json

router = APIRouter(tags=["operation"])

NO_STORE = {"Cache-Control": "no-store"}


@router.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response(as_json({"status": "ok"}), media_type=JSON_TYPE, headers=NO_STORE)


@router.get("/readyz", responses={503: {"description": "Not ready; says what is wrong"}})
def ready(hub: CurrentHub) -> Response:
    """The database answers, has what this program needs, and the policy can be read."""
    checks = {"database": "ok", "migrations": "ok", "policy": "ok"}
    seq = None
    try:
        with reading(hub.engine) as session:
            seq = release.newest_seq(session)
            hub.policy(session)
        if not schema.suits(hub.engine):
            checks["migrations"] = "not at this program's schema; run `msif migrate` of the newest"
    except SQLAlchemyError:
        checks["database"] = "cannot be read"
    except ContentError as error:
        checks["policy"] = error.message
    well = set(checks.values()) == {"ok"}
    told = {"status": "ok" if well else "not ready", "checks": checks, "seq": seq}
    return Response(
        as_json(told), status_code=200 if well else 503, media_type=JSON_TYPE, headers=NO_STORE
    )
