"""What people fill in about members, as they typed it."""

from functools import partial
from typing import Any

from fastapi import Request
from pydantic import Field

from api.desk import words
from api.desk.members import member_words
from api.desk.tongues import called
from api.models import RequestModel
from content.records.section import SLUG_MAX
from content.syndication.address import URL_MAX
from content.syndication.member import (
    CONTACT_MAX,
    ID_MAX,
    LOCALES_MAX,
    NAME_MAX,
    SITE_MAX,
    Member,
    Particulars,
)
from content.syndication.member_key import NAME_MAX as KEY_NAME_MAX
from content.syndication.member_key import Scope
from content.syndication.webhook import FILTER_MAX, TYPES, Wanted, Webhook
from content.translation.locale import TAG_MAX

#: Characters of a mark, and of a number of days.
MARK_MAX = 100
DAYS_DIGITS_MAX = 10


class Filled(RequestModel):
    """Particulars of a member; all of it text, for what is refused is shown again."""

    id: str = Field(default="", max_length=ID_MAX)
    name: str = Field(default="", max_length=NAME_MAX)
    country: str = Field(default="", max_length=10)
    contact: str = Field(default="", max_length=CONTACT_MAX)
    site: str = Field(default="", max_length=SITE_MAX)
    locales: str = Field(default="", max_length=LOCALES_MAX * (TAG_MAX + 2))
    #: Of what the form was made from.
    mark: str = Field(default="", max_length=MARK_MAX)

    def particulars(self) -> Particulars:
        return Particulars(
            self.name,
            self.country.strip().upper(),
            self.contact.strip(),
            self.site.strip(),
            listed(self.locales),
        )


class KeyFilled(RequestModel):
    """A key to make."""

    name: str = Field(default="", max_length=KEY_NAME_MAX)
    scope: list[str] = Field(default_factory=list, max_length=len(Scope))
    days: str = Field(default="", max_length=DAYS_DIGITS_MAX)

    def life(self) -> int | None:
        """How many days; 0, which is none, for what is no number."""
        told = self.days.strip()
        return (int(told) if told.isascii() and told.isdigit() else 0) if told else None


class WebhookFilled(RequestModel):
    """A webhook to enter or to change."""

    url: str = Field(default="", max_length=URL_MAX)
    types: list[str] = Field(default_factory=list, max_length=len(TYPES))
    locales: str = Field(default="", max_length=FILTER_MAX * (TAG_MAX + 2))
    pages: str = Field(default="", max_length=FILTER_MAX * (SLUG_MAX + 2))
    mark: str = Field(default="", max_length=MARK_MAX)

    def wanted(self) -> Wanted:
        return Wanted(self.url.strip(), self.types, listed(self.locales), listed(self.pages))


def listed(text: str) -> list[str]:
    """What stands between commas and blanks."""
    return text.replace(",", " ").split()


def filled_from(row: Member, mark: str) -> Filled:
    return Filled(
        id=row.id,
        name=row.name,
        country=row.country,
        contact=row.contact,
        site=row.site,
        locales=", ".join(row.locale_tags),
        mark=mark,
    )


def webhook_from(row: Webhook, mark: str) -> WebhookFilled:
    return WebhookFilled(
        url=row.url,
        types=row.types.split(),
        locales=", ".join(row.locales.split()),
        pages=", ".join(row.pages.split()),
        mark=mark,
    )


def in_words(request: Request) -> dict[str, Any]:
    """For templates: how countries and languages are called where the page is read."""
    language = words.language_of(request)
    return {
        "country": partial(member_words.country, language),
        "tongue": partial(called, language=language),
    }
