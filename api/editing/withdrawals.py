"""Withdrawals: one person takes a text down at once, a second one confirms it."""

from typing import Any, Literal

from fastapi import Response
from pydantic import Field

from api.answers.versions import WithdrawalConfirmed, WithdrawnVersions
from api.dependencies import CurrentActor, CurrentHub, Writing
from api.editing import named, routes
from api.editing.answers import private
from api.editing.named import Slug, Tag
from api.models import RequestModel
from content import clock
from content.publication import take_down, withdrawal
from content.publication.take_down import TEXT_MAX
from content.publication.withdrawal import Withdrawal
from content.records.version import Version
from content.translation import locale as locales

router = routes.below("/sections/{slug}")


class WithdrawalRequest(RequestModel):
    """Why, what readers are told, and where they should read instead."""

    reason: Literal["error", "new-evidence", "safety", "legal", "other"] = Field(
        description="Why, in a word"
    )
    text: str = Field(min_length=1, max_length=TEXT_MAX, description="What readers are told")
    replacement: str | None = Field(
        default=None, max_length=80, description="The section to read instead"
    )
    notice: str | None = Field(
        default=None, max_length=80, description="The section that explains it"
    )


@router.put("/withdrawal", response_model=WithdrawnVersions)
def withdraw_section(
    actor: CurrentActor, hub: CurrentHub, session: Writing, slug: Slug, body: WithdrawalRequest
) -> Response:
    """Withdraw a section in every language.

    From the next answer on.
    """
    found = take_down.withdraw(session, actor, slug, None, hub.policy(session), **body.model_dump())
    return private(_listed(found))


@router.put("/{locale}/withdrawal", response_model=WithdrawnVersions)
def withdraw_translation(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    slug: Slug,
    locale: Tag,
    body: WithdrawalRequest,
) -> Response:
    """Withdraw a section in one language.

    In the source's language, every language goes.
    """
    found = take_down.withdraw(
        session, actor, slug, locales.read_tag(locale), hub.policy(session), **body.model_dump()
    )
    return private(_listed(found))


@router.put("/{locale}/withdrawal/confirmation", response_model=WithdrawalConfirmed)
def confirm_withdrawal(actor: CurrentActor, session: Writing, slug: Slug, locale: Tag) -> Response:
    """Confirm a withdrawal, as a second person."""
    row = withdrawal.confirm(session, actor, slug, locales.read_tag(locale))
    return private(_confirmed(row))


def _listed(found: list[Version]) -> dict[str, Any]:
    return {"withdrawn": [named.summary(version) for version in found]}


def _confirmed(row: Withdrawal) -> dict[str, Any]:
    assert row.confirmed_at is not None  # noqa: S101 (it was confirmed just now)
    return {
        "by": row.by,
        "at": clock.stamp(row.at),
        "confirmed_by": row.confirmed_by,
        "confirmed_at": clock.stamp(row.confirmed_at),
    }
