"""Members: the societies whose sites pull, and whom to write to there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import AlreadyThere, BadInput, LimitReached, MemberClosed, MemberNotFound
from content.people.person import require_line
from content.translation.locale import read_tag

MEMBERS_MAX = 1_000
#: Characters of an id, and of a name.
ID_MAX = 60
NAME_MAX = 200
#: Characters of an address of mail (RFC 5321, 4.5.3.1), and of a site's.
CONTACT_MAX = 254
SITE_MAX = 200
LOCALES_MAX = 50
MEMBER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
#: `/v1/members/me` is whoever asks.
RESERVED_IDS = frozenset({"me"})
#: ISO 3166-1, alpha-2.
COUNTRY = re.compile(r"[A-Z]{2}\Z")
#: Written so that nothing in it could end a header or begin a second address.
CONTACT = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")
SITE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?(/[A-Za-z0-9._~/%-]*)?\Z")


class Member(SQLModel, table=True):
    """One member society. The id stays in the records for ever; closed, it is forgotten whom to
    write to, and nothing about it changes any more."""

    __tablename__ = "member"

    id: str = Field(primary_key=True)
    name: str
    #: ISO 3166-1, alpha-2.
    country: str
    #: An address of mail; empty once the member is closed.
    contact: str
    #: The address of its site.
    site: str
    #: Tags of the languages it shows, separated by spaces; the first is the one to write in.
    locales: str
    created_at: datetime
    closed_at: datetime | None = None

    @property
    def locale_tags(self) -> tuple[str, ...]:
        return tuple(self.locales.split())


@dataclass(frozen=True)
class Particulars:
    """What is said of a member, and may be said anew. Frozen."""

    name: str
    country: str
    contact: str
    site: str
    locales: Sequence[str]

    def checked(self) -> dict[str, str]:
        """As a row has it. Raises LocaleMalformed, BadInput with the `field`."""
        require_line("A member's name has", self.name, NAME_MAX, field="name")
        if not COUNTRY.match(self.country):
            raise BadInput(
                "A country is two capital letters, like CH (ISO 3166-1).", field="country"
            )
        if len(self.contact) > CONTACT_MAX or not CONTACT.match(self.contact):
            raise BadInput(
                "The contact is one address of mail, like web@example.org.", field="contact"
            )
        if len(self.site) > SITE_MAX or not SITE.match(self.site):
            raise BadInput("The site is an address like https://www.example.org.", field="site")
        if not 1 <= len(self.locales) <= LOCALES_MAX:
            raise BadInput(f"A member shows 1 to {LOCALES_MAX} languages.", field="locales")
        return {
            "name": self.name.strip(),
            "country": self.country,
            "contact": self.contact,
            "site": self.site,
            "locales": " ".join(dict.fromkeys(map(read_tag, self.locales))),
        }


def add(session: Session, member_id: str, told: Particulars, *, by: str) -> Member:
    """Enter a member. Raises BadInput, AlreadyThere for a taken id, LimitReached."""
    if not MEMBER_ID.match(member_id) or len(member_id) > ID_MAX or member_id in RESERVED_IDS:
        raise BadInput(
            "A member's id is lowercase letters, digits and single hyphens; not `me`.", field="id"
        )
    if session.get(Member, member_id):
        raise AlreadyThere(f"There is a member {member_id} already.", field="id")
    if session.exec(select(func.count()).select_from(Member)).one() >= MEMBERS_MAX:
        raise LimitReached(f"A hub has at most {MEMBERS_MAX:,} members.")
    row = Member(id=member_id, created_at=clock.now(), **dict[str, Any](told.checked()))
    session.add(row)
    session.flush()
    ledger.append(session, actor=by, event="member.added", subject=member_id, detail={})
    return row


def change(session: Session, member_id: str, told: Particulars, *, by: str) -> Member:
    """Say anew all that may change. Raises MemberNotFound, MemberClosed, BadInput."""
    row = open_one(session, member_id)
    before = row.model_dump()
    for name, value in told.checked().items():
        setattr(row, name, value)
    if changed := sorted(name for name, value in before.items() if getattr(row, name) != value):
        session.flush()
        # Which, and not what: the ledger cannot forget an address of mail.
        ledger.append(
            session, actor=by, event="member.changed", subject=row.id, detail={"changed": changed}
        )
    return row


def close(session: Session, member_id: str, *, by: str) -> Member:
    """The member pulls no more: its keys end. Closing it twice changes nothing."""
    row = find(session, member_id)
    if row.closed_at is None:
        row.closed_at, row.contact = clock.now(), ""
        session.flush()
        ledger.append(session, actor=by, event="member.closed", subject=row.id, detail={})
    return row


def find(session: Session, member_id: str) -> Member:
    """Raises MemberNotFound."""
    row = session.get(Member, member_id)
    if row is None:
        raise MemberNotFound(member=member_id)
    return row


def open_one(session: Session, member_id: str) -> Member:
    """One that still pulls. Raises MemberNotFound, MemberClosed."""
    row = find(session, member_id)
    if row.closed_at is not None:
        raise MemberClosed(member=member_id)
    return row


def listed(session: Session) -> Sequence[Member]:
    """All of them, closed ones too."""
    return session.exec(select(Member).order_by(col(Member.id))).all()
