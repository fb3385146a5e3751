"""The policy in force, in plain words."""

from hashlib import sha256

from fastapi import APIRouter, Request, Response

from api.dependencies import CurrentHub, Reading
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import show
from content.publication import demo
from content.review import policy as policies
from content.samples import bundle

router = APIRouter(prefix="/policy", route_class=SignedInRoute)


@router.get("")
def show_policy(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, session: Reading
) -> Response:
    """Read how many people it takes, and how long they have."""
    file = demo.policy_file(hub.settings, lambda: visitor.is_demo)
    return show(
        request,
        "policy.html",
        visitor=visitor,
        policy=hub.policy(session),
        digest=sha256(file.read_bytes()).hexdigest(),
        is_demos=file == bundle.POLICY_FILE,
        is_ours=file == policies.DEFAULT_FILE,
    )
