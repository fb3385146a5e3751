"""Accounts: people, tokens, and the passkeys that they register."""

from typing import Any

from pydantic import Field

from api.answers.words import Count, Person, Time
from api.models import AnswerModel


class PersonAnswer(AnswerModel):
    """Somebody who works here."""

    id: Person
    name: str = Field(description="Their name")
    organisation: str = Field(description="Where they belong")
    roles: list[str] = Field(description="What they are: `editor`, `translator:fr` ...")


class PersonList(AnswerModel):
    """Everyone."""

    people: list[PersonAnswer] = Field(description="By their ids")


class Me(PersonAnswer):
    """Whoever asks, and what their token may do."""

    scope: list[str] = Field(description="What the token is narrowed to; empty where to nothing")


class TokenAnswer(AnswerModel):
    """A token of a person, without its secret."""

    id: int = Field(ge=1, description="Its number")
    label: str = Field(description="What it is for")
    scope: str = Field(description="What it is narrowed to, separated by spaces; may be empty")
    created_at: Time
    expires_at: Time
    revoked: bool = Field(description="Whether it was ended before its time")


class TokenList(AnswerModel):
    """A person's tokens."""

    tokens: list[TokenAnswer] = Field(description="In the order they were made")


class TokenMade(AnswerModel):
    """A new token."""

    token: str = Field(description="The secret, which is in this answer and nowhere else")


class TokenRevoked(AnswerModel):
    """That a token is ended."""

    revoked: int = Field(ge=1, description="Its number")


class PasskeyOptions(AnswerModel):
    """What to ask the browser for."""

    name: str = Field(description="For whom the link is")
    keys_left: Count = Field(description="How many keys the link still registers")
    publicKey: dict[str, Any] = Field(
        description="For `navigator.credentials.create`, as WebAuthn has it"
    )


class PasskeyKept(AnswerModel):
    """A key that is registered."""

    credential: str = Field(description="The id of the passkey")
    person: Person
    label: str = Field(description="What its owner calls it")
    fingerprint: str = Field(description="To tell whoever makes the trust file")
    keys_left: Count = Field(description="How many keys the link still registers")
