"""Refusals (RFC 9457), with every field that one of them says besides."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from api.answers.words import absent
from api.models import AnswerModel


class Elsewhere(AnswerModel):
    """Where something can be read instead."""

    section: str = absent("The section, where it is another one")
    locale: str = absent("The language that it is there in")
    url: str = Field(description="Its address on this hub")


class BadField(AnswerModel):
    """A field of a request that does not fit."""

    field: str = Field(description="Where it stands, from `body`, `query`, `path` or `header` on")
    message: str = Field(description="What is wrong with it")


class Problem(AnswerModel):
    """A refusal (RFC 9457). Programs go by `code`, people by `detail`.

    The fields behind the first five stand in those refusals alone that have something to say there.
    """

    type: str = Field(description="Where the code is explained")
    title: str = Field(description="The code in words")
    status: int = Field(description="That of the answer")
    code: str = Field(description="What programs go by")
    detail: str = Field(description="What is wrong, and what to do")

    # Of a text that was withdrawn, or is refused
    requested_locale: str = absent("What was asked for, where the answer is of another locale")
    section: str = absent("The section")
    locale: str | None = absent("The language; null where every one is meant")
    version: int | str = absent("The number of a version; or the version itself, as `risks/fr/2`")
    sha256: str = absent("The digest that was asked for, or of the document")
    reason: str = absent("Why, in a word")
    at: datetime = absent("When it was withdrawn")
    replacement: Elsewhere | None = absent("What to read instead; null where there is nothing")
    notice: Elsewhere | None = absent("What explains it; null where there is nothing")
    seq: int = absent("The number of an event of the feed, or of a recall or a delivery")
    demo: Literal[True] = absent("There where the hub is a demonstration")
    demo_notice: str = absent("The same in words, to show to readers")

    # Of what is not there
    page: str = absent("The page")
    available: list[Elsewhere] = absent("Where it can be read instead")
    forms: list[str] = absent("The forms there are")
    locales: list[str] = absent("The languages of this hub")
    code_asked: str = absent("The code that was looked up")
    size: int = absent("How many entries the log has")
    seen: int = absent("The number of a newer register that was signed here")
    newest: int = absent("The number of the newest event of the feed")
    member: str = absent("The member")
    webhook: str = absent("The webhook")
    recall: int = absent("The recall")
    person: str = absent("The person")
    token: int = absent("The token")
    suggestion: int = absent("The suggestion")
    upload: str = absent("The upload")
    credential: str = absent("The passkey")
    key: str = absent("The key of a member, or of the policy")
    source: str = absent("Where the link leads in the source")
    links: list[str] = absent("The links there are")
    unit: str = absent("The unit of a text")
    finding: str = absent("The finding")
    thread: int = absent("The thread of remarks")
    path: str = absent("The address")

    # Of what was sent
    errors: list[BadField] = absent("The fields that do not fit")
    field: str = absent("The one field that cannot be taken")
    mistakes: list[dict[str, Any]] = absent("What is wrong with a page, line by line")
    mistake: str = absent("What is wrong with a file")
    line: int = absent("Where in the file")
    character: str = absent("The character that is refused")
    encoding: str = absent("The encoding that a file names")
    language: str = absent("The language that a file names")
    entry: int = absent("Which entry of a list")
    bytes: int = absent("How large it is")
    characters: int = absent("How long a text is")
    kind: str = absent("The kind of review")
    role: str = absent("The role")
    slug: str = absent("The name of a section that is none")
    origin: str = absent("The origin")
    limit: date = absent("The latest date that can be")
    now: datetime = absent("What time it is on this hub")
    refused: str = absent("Why a signature is refused, in a word")

    # Of what may not be done, or not now
    permission: str = absent("The permission that is missing")
    scope: str = absent("The scope that a key lacks")
    part: str = absent("The part that the person has in the version")
    wanted: str = absent("The part that they wanted to take")
    state: str = absent("The state that it is in")
    etag: str = absent("The tag that it has now")
    requirements: list[str] = absent("What is still open")
    findings: list[dict[str, Any]] = absent("Findings that hold the text up")
    works: list[Any] = absent("Later work that stands on it")
    sections: list[str] = absent("The sections")
    document: str = absent("The document")
    row: int = absent("The row of the ledger")
    request: str = absent("The id under which the fault stands in the log")
