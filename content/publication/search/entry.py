"""One text in force as search knows it."""

import json
from typing import Any

from sqlmodel import Field, SQLModel

from content.publication.answer import Answer
from content.publication.search.plain import plain

#: Characters of a body that are searched.
BODY_MAX = 200_000


class Entry(SQLModel, table=True):
    """One text in force as search knows it. Derived: replaced and removed with its answer."""

    __tablename__ = "search_entry"

    id: int | None = Field(default=None, primary_key=True)
    path: str = Field(unique=True)
    section: str = Field(foreign_key="section.slug", index=True)
    locale: str
    page: str
    label: str
    version: int
    seq: int
    title: str
    summary: str
    body: str


def of_answer(answer: Answer) -> dict[str, Any] | None:
    """The columns of its entry, without `id`; None for an answer that is no text in force."""
    if answer.kind != "section":
        return None
    told = json.loads(answer.body)
    return {
        "path": answer.path,
        "section": answer.section,
        "locale": answer.locale,
        "page": answer.page,
        "label": answer.label,
        "version": told["version"],
        "seq": answer.seq,
        "title": told["title"],
        "summary": told["summary"] or "",
        "body": plain(told["html"])[:BODY_MAX],
    }
