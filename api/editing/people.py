"""Accounts: people, their roles, their tokens. For administrators, and for me about myself."""

from typing import Annotated, Any

from fastapi import Path, Response
from pydantic import Field
from sqlmodel import Session, col, select

from api.answers.people import Me, PersonAnswer, PersonList, TokenList, TokenMade, TokenRevoked
from api.dependencies import CurrentActor, Reading, Writing
from api.editing import routes
from api.editing.answers import private
from api.models import RequestModel
from content import clock
from content.people import lending, person, token
from content.people.person import NAME_MAX, Person
from content.people.role import Permission
from content.people.token import DAYS_MAX, LABEL_MAX, Token
from content.translation import locale as locales

router = routes.below("/people")

PersonId = Annotated[str, Path(max_length=NAME_MAX, examples=["p-03"], description="The person")]
Role = Annotated[
    str,
    Path(
        max_length=60,
        examples=["translator:fr"],
        description="The role; with a language where it is of one",
    ),
]


class PersonRequest(RequestModel):
    """A person to enter; an id is made where none is given."""

    id: str | None = Field(
        default=None, max_length=NAME_MAX, description="What they are called in addresses"
    )
    name: str = Field(min_length=1, max_length=NAME_MAX, description="Their name")
    organisation: str = Field(min_length=1, max_length=NAME_MAX, description="Where they belong")


class TokenRequest(RequestModel):
    """A token to make: what it is for, how long it lives, and what it may do."""

    label: str = Field(min_length=1, max_length=LABEL_MAX, description="What it is for")
    days: int = Field(ge=1, le=DAYS_MAX, description="How long it lives")
    scope: str = Field(default="", max_length=1_000, description="Permissions, space-separated")


@router.get("", response_model=PersonList)
def list_people(actor: CurrentActor, session: Reading) -> Response:
    """List people, with their roles."""
    actor.must(Permission.MANAGE_PEOPLE)
    rows = session.exec(select(Person).order_by(col(Person.id))).all()
    return private({"people": [_told(session, row) for row in rows]})


@router.post("", status_code=201, response_model=PersonAnswer)
def add_person(actor: CurrentActor, session: Writing, body: PersonRequest) -> Response:
    """Enter a person.

    Roles are granted one by one.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    added = person.add(
        session,
        name=body.name,
        organisation=body.organisation,
        by=actor.id,
        person_id=body.id,
    )
    return private(_told(session, added), status=201)


@router.get("/me", response_model=Me)
def read_me(actor: CurrentActor) -> Response:
    """See who you are here, and what you may do."""
    return private(
        {
            "id": actor.id,
            "name": actor.name,
            "organisation": actor.organisation,
            "roles": sorted(str(grant) for grant in actor.grants),
            "scope": sorted(actor.scope),
        }
    )


@router.put("/{person_id}/grants/{role}", response_model=PersonAnswer)
def grant_role(actor: CurrentActor, session: Writing, person_id: PersonId, role: Role) -> Response:
    """Give a person a role.

    Giving it twice changes nothing.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    lending.grant(session, person_id, _as_written(role), by=actor.id)
    return private(_told(session, person.find(session, person_id)))


@router.delete("/{person_id}/grants/{role}", response_model=PersonAnswer)
def revoke_role(actor: CurrentActor, session: Writing, person_id: PersonId, role: Role) -> Response:
    """Take a role back.

    It holds from the next request on.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    found = person.find(session, person_id)
    person.revoke(session, person_id, _as_written(role), by=actor.id)
    return private(_told(session, found))


@router.get("/{person_id}/tokens", response_model=TokenList)
def list_tokens(actor: CurrentActor, session: Reading, person_id: PersonId) -> Response:
    """List a person's tokens, without their secrets."""
    if person_id != actor.id:
        actor.must(Permission.MANAGE_PEOPLE)
    person.find(session, person_id)
    rows = session.exec(
        select(Token).where(col(Token.person) == person_id).order_by(col(Token.id))
    ).all()
    return private({"tokens": [_token(row) for row in rows]})


@router.post("/{person_id}/tokens", status_code=201, response_model=TokenMade)
def make_token(
    actor: CurrentActor, session: Writing, person_id: PersonId, body: TokenRequest
) -> Response:
    """Make a token.

    Its secret is in this answer and nowhere else.

    Whoever makes a token could use it, so one that is made for somebody else decides nothing:
    it cannot review, sign, object or withdraw. `msif people token`, at the machine, makes
    those.
    """
    actor.must(Permission.MANAGE_PEOPLE)
    secret = token.make_undecided(
        session, person_id, by=actor.id, label=body.label, days=body.days, scope=body.scope
    )
    return private({"token": secret}, status=201)


@router.delete("/tokens/{token_id}", response_model=TokenRevoked)
def revoke_token(
    actor: CurrentActor,
    session: Writing,
    token_id: Annotated[int, Path(ge=1, le=2**31 - 1, description="The number of the token")],
) -> Response:
    """End a token now."""
    actor.must(Permission.MANAGE_PEOPLE)
    token.revoke(session, token_id, by=actor.id)
    return private({"revoked": token_id})


def _as_written(role: str) -> str:
    """`translator:FR` as `translator:fr`: a locale has one spelling. Raises LocaleMalformed."""
    name, colon, locale = role.partition(":")
    return f"{name}:{locales.read_tag(locale)}" if colon else name


def _told(session: Session, row: Person) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "organisation": row.organisation,
        "roles": sorted(str(grant) for grant in person.grants(session, row.id)),
    }


def _token(row: Token) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": row.label,
        "scope": row.scope,
        "created_at": clock.stamp(row.created_at),
        "expires_at": clock.stamp(row.expires_at),
        "revoked": row.revoked_at is not None,
    }
