"""The hub itself: where a client begins, in which languages, and how the process is."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.answers.sections import Marked
from api.answers.words import Count, Direction, Seq, Tag
from api.models import AnswerModel


class FrontDoor(Marked):
    """What this host is, and where to go on."""

    name: str = Field(description="What this is")
    links: dict[str, str] = Field(description="Where to go on, by what is there")


class HubRoot(Marked):
    """The hub, and addresses of all that it has for readers."""

    name: str = Field(description="What this is")
    seq: Seq = Field(description="The number of the newest event of the feed; 0 before the first")
    locales: list[Tag] = Field(description="The languages of this hub")
    links: dict[str, str] = Field(
        description="Addresses by what is there; what stands in braces is to be filled in"
    )


class LocaleCoverage(AnswerModel):
    """A language, and how much is in force in it."""

    locale: Tag
    name: str = Field(description="Its name in English")
    native_name: str = Field(description="Its name in itself")
    dir: Direction
    parent: Tag | None = Field(description="The language to fall to where a text is not there")
    in_force: Count = Field(description="Sections in force in it")
    coverage: float = Field(ge=0, le=1, description="Their share of all sections in force")


class LinkTarget(AnswerModel):
    """One link of a link set."""

    href: str = Field(description="Where it leads")
    type: str = Field(default="", description="The media type of what is there, where it is said")


class LinkContext(AnswerModel):
    """The links of one address, by relation (RFC 9264)."""

    model_config = ConfigDict(extra="allow")

    anchor: str = Field(description="The address that the links are of")


class Linkset(AnswerModel):
    """A link set (RFC 9264)."""

    linkset: list[LinkContext] = Field(description="Each address with its links")


class Alive(AnswerModel):
    """That the process answers."""

    status: Literal["ok"] = Field(description="Always the same")


class Checks(AnswerModel):
    """What was looked at: `ok`, or what is wrong."""

    database: str = Field(description="Whether it can be read")
    migrations: str = Field(description="Whether it is at the schema of this program")
    policy: str = Field(description="Whether it can be read")
    freshness: str = Field(description="Whether this process knows that its answers are in force")
    trust: str = Field(default="", description="Whether there is a trust file that holds")
    sign_offs: str = Field(default="", description="Texts in force that are refused, if any")


class Readiness(AnswerModel):
    """Whether the process can do its work."""

    status: Annotated[str, Field(json_schema_extra={"enum": ["ok", "not ready"]})] = Field(
        description="`ok` with 200, `not ready` with 503"
    )
    checks: Checks
    seq: Seq | None = Field(description="The newest event; null if the database cannot be read")
