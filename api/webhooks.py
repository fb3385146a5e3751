"""Whose webhooks a request is about: the member's whose key it shows, or one that the path names.

The routes are the same for both; what differs is who asks, which a router's dependency finds out.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from api.dependencies import CurrentActor
from api.keys import CurrentBearer
from content.people.role import Permission
from content.syndication.member import ID_MAX
from content.syndication.member_key import Scope

MINE = "/v1/members/me/webhooks"
THEIRS = "/v1/members/{member_id}/webhooks"


@dataclass(frozen=True)
class Owner:
    """The member that a request is about. Frozen."""

    member: str
    #: Who asks, for the ledger.
    by: str
    #: Where its webhooks stand, as whoever asks reaches them.
    path: str


NOBODY = Owner("", "", "")


def by_key(request: Request, bearer: CurrentBearer) -> None:
    """A member's site, about its own. Raises ScopeMissing."""
    bearer.must(Scope.WEBHOOKS)
    request.state.owner = Owner(bearer.member, f"member:{bearer.member}", MINE)


def by_person(
    request: Request,
    actor: CurrentActor,
    member_id: Annotated[
        str, Path(max_length=ID_MAX, examples=["ms-example"], description="The member")
    ],
) -> None:
    """Somebody who manages members. Raises RoleMissing, ScopeMissing."""
    actor.must(Permission.MANAGE_MEMBERS)
    request.state.owner = Owner(member_id, actor.id, THEIRS.format(member_id=member_id))


def _owner(request: Request) -> Owner:
    # Where the path names nobody, the framework comes here all the same before it says so.
    return getattr(request.state, "owner", NOBODY)


CurrentOwner = Annotated[Owner, Depends(_owner)]
