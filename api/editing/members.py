"""Members and their keys, for editors and administrators."""

from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field

from api.answers.members import KeyAnswer, KeyList, KeyMade, MemberAnswer, MemberList
from api.conditional import require_match
from api.dependencies import CurrentActor, Reading, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.named import IfMatch
from api.models import RequestModel
from content import clock
from content.people.role import Permission
from content.publication.answer import as_json, etag
from content.syndication import member, member_key
from content.syndication.member import (
    CONTACT_MAX,
    ID_MAX,
    LOCALES_MAX,
    NAME_MAX,
    SITE_MAX,
    Member,
    Particulars,
)
from content.syndication.member_key import DAYS_MAX, MemberKey, Scope
from content.translation.locale import TAG_MAX

router = routes.at("/v1/members")

MemberId = Annotated[
    str, Path(max_length=ID_MAX, examples=["ms-example"], description="The member")
]
KeyName = Annotated[
    str, Path(max_length=member_key.NAME_MAX, examples=["cms"], description="The key")
]
Tag = Annotated[str, Field(max_length=TAG_MAX)]


class ParticularsRequest(RequestModel):
    """What is said of a member: all of it, each time."""

    name: str = Field(min_length=1, max_length=NAME_MAX, description="What it is called")
    country: str = Field(min_length=2, max_length=2, description="ISO 3166-1, two letters")
    contact: str = Field(max_length=CONTACT_MAX, description="An address of mail")
    site: str = Field(max_length=SITE_MAX, description="The address of its site")
    locales: list[Tag] = Field(
        min_length=1, max_length=LOCALES_MAX, description="The languages it shows, its own first"
    )

    def particulars(self) -> Particulars:
        return Particulars(self.name, self.country, self.contact, self.site, self.locales)


class MemberRequest(ParticularsRequest):
    """A member to enter. The id stays for ever."""

    id: str = Field(
        min_length=1, max_length=ID_MAX, description="Its name in addresses: `ms-example`"
    )


class KeyRequest(RequestModel):
    """A key to make: its name, what it is good for, and for how long."""

    name: str = Field(
        min_length=1, max_length=member_key.NAME_MAX, description="What to call the key"
    )
    scope: list[str] = Field(
        min_length=1, max_length=len(Scope), description="`read`, `showing`, `webhooks`"
    )
    days: int | None = Field(default=None, ge=1, le=DAYS_MAX, description="Without: no end")


@router.get("", response_model=MemberList)
def list_members(actor: CurrentActor, session: Reading) -> Response:
    """List members, closed ones too."""
    actor.must(Permission.MANAGE_MEMBERS)
    living = member_key.living(session)
    told = [_told(row) | {"keys": living.get(row.id, 0)} for row in member.listed(session)]
    return private({"members": told})


@router.post("", status_code=201, response_model=MemberAnswer)
def add_member(actor: CurrentActor, session: Writing, body: MemberRequest) -> Response:
    """Enter a member.

    Its keys are made one by one.
    """
    actor.must(Permission.MANAGE_MEMBERS)
    row = member.add(session, body.id, body.particulars(), by=actor.id)
    return _one(row, status=201)


@router.get("/{member_id}", response_model=MemberAnswer)
def read_member(actor: CurrentActor, session: Reading, member_id: MemberId) -> Response:
    """Read one member."""
    actor.must(Permission.MANAGE_MEMBERS)
    return _one(member.find(session, member_id))


@router.put("/{member_id}", response_model=MemberAnswer)
def change_member(
    actor: CurrentActor,
    session: Writing,
    member_id: MemberId,
    body: ParticularsRequest,
    if_match: IfMatch = None,
) -> Response:
    """Change what is said of a member.

    With the ETag that was read.
    """
    actor.must(Permission.MANAGE_MEMBERS)
    require_match(if_match, mark(member.find(session, member_id)))
    return _one(member.change(session, member_id, body.particulars(), by=actor.id))


@router.put("/{member_id}/closure", response_model=MemberAnswer)
def close_member(actor: CurrentActor, session: Writing, member_id: MemberId) -> Response:
    """Close a member.

    It pulls no more: its keys end, and its contact is forgotten. Not undone.
    """
    actor.must(Permission.MANAGE_MEMBERS)
    return _one(member.close(session, member_id, by=actor.id))


@router.get("/{member_id}/keys", response_model=KeyList)
def list_keys(actor: CurrentActor, session: Reading, member_id: MemberId) -> Response:
    """List a member's keys, without their secrets."""
    actor.must(Permission.MANAGE_MEMBERS)
    member.find(session, member_id)
    return private({"keys": [_key(row) for row in member_key.of_member(session, member_id)]})


@router.post("/{member_id}/keys", status_code=201, response_model=KeyMade)
def make_key(
    actor: CurrentActor, session: Writing, member_id: MemberId, body: KeyRequest
) -> Response:
    """Make a key for a member.

    Its secret is in this answer and nowhere else.
    """
    actor.must(Permission.MANAGE_MEMBERS)
    secret = member_key.make(session, member_id, body.name, body.scope, by=actor.id, days=body.days)
    location = f"/v1/members/{member_id}/keys/{body.name}"
    return private({"name": body.name, "key": secret}, status=201, location=location)


@router.delete("/{member_id}/keys/{name}", response_model=KeyAnswer)
def revoke_key(
    actor: CurrentActor, session: Writing, member_id: MemberId, name: KeyName
) -> Response:
    """End a key now."""
    actor.must(Permission.MANAGE_MEMBERS)
    return private(_key(member_key.revoke(session, member_id, name, by=actor.id)))


def _one(row: Member, status: int = 200) -> Response:
    return private(_told(row), status=status, etag=mark(row), location=f"/v1/members/{row.id}")


def mark(row: Member) -> str:
    """Its ETag: of all that people say of it."""
    return etag(as_json(_told(row)))


def _told(row: Member) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "country": row.country,
        "contact": row.contact or None,
        "site": row.site,
        "locales": list(row.locale_tags),
        "created_at": clock.stamp(row.created_at),
        "closed_at": clock.stamp(row.closed_at) if row.closed_at else None,
        "url": f"/v1/members/{row.id}",
    }


def _key(row: MemberKey) -> dict[str, Any]:
    return {
        "name": row.name,
        "scope": row.scope.split(),
        "created_at": clock.stamp(row.created_at),
        "expires_at": clock.stamp(row.expires_at) if row.expires_at else None,
        "last_used_at": clock.stamp(row.last_used_at) if row.last_used_at else None,
        "revoked_at": clock.stamp(row.revoked_at) if row.revoked_at else None,
    }
