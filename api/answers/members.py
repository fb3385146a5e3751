"""Members and their keys, what they show, and recalls."""

from typing import Annotated

from pydantic import Field

from api.answers.words import (
    Count,
    Cursor,
    Label,
    Member,
    More,
    Number,
    Path,
    Person,
    Seq,
    Slug,
    Tag,
    Time,
    absent,
    known,
)
from api.models import AnswerModel
from content.syndication.member_key import Scope
from content.syndication.progress import MemberState
from content.syndication.standing import State

KeyScope = Annotated[str, Field(json_schema_extra=known(Scope))]
ShownState = Annotated[
    str,
    Field(
        json_schema_extra=known(State),
        description="Whether it is current; behind a newer version; outdated, to be labelled; "
        "withdrawn, to be taken down; or nothing that the hub knows of",
    ),
]


class MemberAnswer(AnswerModel):
    """A member society."""

    id: Member
    name: str = Field(description="Its name")
    country: str = Field(description="Where it is: ISO 3166-1, two letters")
    contact: str | None = Field(description="An address of mail; null once it was forgotten")
    site: str = Field(description="The address of its site")
    locales: list[Tag] = Field(description="The languages it shows, its own first")
    created_at: Time
    closed_at: Time | None = Field(description="Since when it pulls no more; null while it does")
    url: Path


class MemberInList(MemberAnswer):
    """A member, and how many keys it has."""

    keys: Count = Field(description="Keys that work")


class MemberList(AnswerModel):
    """Every member, closed ones too."""

    members: list[MemberInList] = Field(description="By their ids")


class KeyAnswer(AnswerModel):
    """A key of a member, without its secret."""

    name: str = Field(description="What it is called")
    scope: list[KeyScope] = Field(description="What it is good for")
    created_at: Time
    expires_at: Time | None = Field(description="Null: no end")
    last_used_at: Time | None = Field(description="Null: never")
    revoked_at: Time | None = Field(description="When it was ended; null while it works")


class KeyList(AnswerModel):
    """A member's keys."""

    keys: list[KeyAnswer] = Field(description="In the order they were made")


class KeyMade(AnswerModel):
    """A new key."""

    name: str = Field(description="What it is called")
    key: str = Field(description="The secret, which is in this answer and nowhere else")


class KeyInUse(AnswerModel):
    """The key that was shown."""

    name: str = Field(description="What it is called")
    scope: list[KeyScope] = Field(description="What it is good for")


class MyMember(AnswerModel):
    """Whose key this is, and what it is good for."""

    id: Member
    name: str = Field(description="Its name")
    country: str = Field(description="Where it is: ISO 3166-1, two letters")
    site: str = Field(description="The address of its site")
    locales: list[Tag] = Field(description="The languages it shows, its own first")
    key: KeyInUse


class Shown(AnswerModel):
    """A text that a member's site shows, and how it stands."""

    section: Slug
    locale: Tag
    member: Member
    version: Number = Field(description="The number of the version that is shown")
    url: str = Field(description="Where the site shows it")
    shown_since: Time
    state: ShownState
    behind_by: Count = Field(description="How many versions came into force since")
    since: Time | None = Field(description="When it stopped being right; null while it is")


class Newest(AnswerModel):
    """The text to show instead."""

    version: Number
    status: Label
    url: Path


class Pointer(AnswerModel):
    """Where to read instead."""

    section: Slug
    url: Path


class ShownWithdrawal(AnswerModel):
    """Why a text that is shown was withdrawn."""

    reason: str = Field(description="In a word")
    text: str = Field(description="What readers are told")
    at: Time
    replacement: Pointer | None = Field(description="What to show instead, if anything")
    notice: Pointer | None = Field(description="What explains it, if anything")


class ShownInFull(Shown):
    """The same, and what to do about it."""

    newest: Newest | None = Field(description="Null where nothing is in force")
    withdrawal: ShownWithdrawal | None = Field(description="Null where it was not withdrawn")


class ShownCounts(AnswerModel):
    """How many of the texts stand how."""

    current: Count = Field(description="To leave as they are")
    behind: Count = Field(description="To be replaced by a newer version")
    outdated: Count = Field(description="To be labelled: the source has moved on")
    withdrawn: Count = Field(description="To be taken down")
    unknown: Count = Field(description="Nothing that the hub knows of")


class MyShowing(AnswerModel):
    """What a member's site said that it shows, and what is to be done about each text."""

    member: Member
    reported_at: Time | None = Field(description="When it last said so; null if it never did")
    counts: ShownCounts
    showing: list[ShownInFull] = Field(description="By section, locale and address")


class ReportingMember(AnswerModel):
    """A member, and when it last said what it shows."""

    id: Member
    name: str = Field(description="Its name")
    reported_at: Time | None = Field(description="Null if it never did")
    stale: bool = Field(description="Whether that is too long ago to go by")
    closed: bool = Field(description="Whether it pulls no more")


class Showing(AnswerModel):
    """What members show."""

    members: list[ReportingMember] = Field(description="Every member, by its id")
    showing: list[Shown] = Field(description="By section, locale, member and address")
    more: More
    cursor: Cursor = absent("For `cursor`: where the list goes on; not there at its end")


class Recall(AnswerModel):
    """A withdrawal that is followed until every member has acted."""

    seq: Seq = Field(description="The number of the withdrawal in the feed")
    section: Slug
    locale: Tag
    version: Number
    withdrawn_at: Time
    url: Path
    section_url: Path = Field(description="Where readers are told of the withdrawal")
    open: bool = Field(description="Whether a member still has to act")


class RecallInList(Recall):
    """A recall, and how far it has come."""

    showed: Count = Field(description="Members that showed the text")
    done: Count = Field(description="Those of them that have acted, or are waited for no more")


class RecallList(AnswerModel):
    """Recalls, the newest first."""

    recalls: list[RecallInList] = Field(description="A page of them")


class ShownPage(AnswerModel):
    """A page of a member's site that showed the text."""

    url: str = Field(description="Its address")
    version: Number
    since: Time


class LineClosed(AnswerModel):
    """That nothing more is expected of a member."""

    by: Person | None = Field(description="Who said so; null where the hub did")
    at: Time
    reason: str | None = Field(description="Why")


class RemindersSent(AnswerModel):
    """The letters by which a member is reminded of a recall."""

    sent_at: list[Time] = Field(description="When each was sent")
    next_at: Time | None = Field(description="When the next is due; null where none is")
    error: str | None = Field(description="What went wrong when it was last tried, in a word")


class MemberInRecall(AnswerModel):
    """One member in a recall."""

    member: Member
    name: str = Field(description="Its name")
    state: Annotated[str, Field(json_schema_extra=known(MemberState))] = Field(
        description="Whether it has acted; the first two are waited for"
    )
    showed: list[ShownPage] = Field(description="Where it showed the text")
    showed_at_withdrawal: bool = Field(description="Whether it showed it when it was withdrawn")
    reported_at: Time | None = Field(description="When it last said what it shows")
    gone_at: Time | None = Field(description="When it said that it no longer shows it")
    took_seconds: Count | None = Field(description="How long that was after the withdrawal")
    closed: LineClosed | None = Field(description="Null where it was not closed by hand")
    reminders: RemindersSent


class RecallInFull(Recall):
    """A recall, member by member."""

    reason: str = Field(description="Why the text was withdrawn, in a word")
    text: str = Field(description="What readers are told")
    closed_at: Time | None = Field(description="When the last member had acted")
    members: list[MemberInRecall] = Field(description="By their ids")


class RecallLineClosed(AnswerModel):
    """That nothing more is expected of a member in a recall."""

    recall: Seq = Field(description="The number of the recall")
    member: Member
    closed_at: Time
