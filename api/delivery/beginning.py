"""Where somebody arrives who knows only the host: the front door and the well-known addresses."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.answers.hub import FrontDoor, Linkset
from api.conditional import respond, respond_json
from api.dependencies import CurrentHub, ReadingNow
from api.problems import RESPONSES
from content import clock
from content.errors import NotFound
from content.publication import demo, envelope
from content.publication.answer import as_json
from content.publication.front_door import NAME

router = APIRouter(tags=["delivery"], responses=RESPONSES)

CATALOG = "/.well-known/api-catalog"
#: RFC 9727, 4.2: a linkset (RFC 9264) with this profile.
CATALOG_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


class LinksetAnswer(JSONResponse):
    """Names the media type for the description; the route writes the answer itself."""

    media_type = "application/linkset+json"


LINKSET = {
    "linkset": [
        {"anchor": CATALOG, "item": [{"href": "/v1"}]},
        {
            "anchor": "/v1",
            "service-desc": [{"href": "/openapi.json", "type": "application/json"}],
            "service-doc": [{"href": "/reference", "type": "text/html"}],
            "status": [{"href": "/readyz", "type": "application/json"}],
        },
    ]
}
#: Days that security.txt holds; RFC 9116, 2.5.5 recommends less than a year.
SECURITY_DAYS = 180


@router.get("/", response_model=FrontDoor)
def read_front_door(request: Request, hub: CurrentHub, session: ReadingNow) -> Response:
    """See what this host is, and where to go on."""
    told = {
        "name": NAME,
        "links": {
            "hub": "/v1",
            "openapi": "/openapi.json",
            "reference": "/reference",
            "api_catalog": CATALOG,
        },
        **envelope.demo_mark(demo.is_demo(session), hub.settings.locale_tags[0]),
    }
    return respond_json(request, told)


@router.get(CATALOG, response_class=LinksetAnswer, response_model=Linkset)
def read_api_catalog(request: Request) -> Response:
    """Find the interfaces of this host.

    For programs that look for them (RFC 9727).
    """
    headers = {"Content-Type": CATALOG_TYPE, "Link": f'<{CATALOG}>; rel="api-catalog"'}
    return respond(request, as_json(LINKSET), headers=headers)


@router.get("/.well-known/security.txt")
def read_security_contact(request: Request, hub: CurrentHub) -> Response:
    """Find whom to tell of a weakness.

    As RFC 9116 has it. 404 where the operator names nobody.
    """
    contact = hub.settings.security_contact
    if not contact:
        raise NotFound("Whoever runs this hub names no contact; MSIF_SECURITY_CONTACT does so.")
    expires = clock.today() + timedelta(days=SECURITY_DAYS)
    told = f"Contact: {contact}\nExpires: {expires.isoformat()}T00:00:00Z\n"
    return respond(request, told.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
