"""Versions: section × locale × number, one text each, from draft to archive."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    bindparam,
    cast,
    text,
)
from sqlmodel import Field, Session, SQLModel, col, func, select

from content.errors import VersionNotFound
from content.transaction import known


class State(StrEnum):
    """Where a version stands. `review/workflow.py` has the edges between them."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SIGN_OFF = "sign_off"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"


#: Not yet served and not given up. At most one of a section in a locale (partial unique index).
OPEN_STATES = frozenset({State.DRAFT, State.IN_REVIEW, State.SIGN_OFF, State.APPROVED})
#: Its document does not change any more.
FROZEN_STATES = frozenset(State) - {State.DRAFT, State.ABANDONED}
#: Not given up.
STANDING_STATES = frozenset(State) - {State.ABANDONED}
#: Was served once, or is.
PUBLISHED_STATES = frozenset({State.IN_FORCE, State.SUPERSEDED, State.WITHDRAWN})


def _only_one(name: str, condition: str) -> Index:
    """At most one version of a section in a locale for which the condition holds."""
    where = text(condition)
    return Index(name, "section", "locale", unique=True, sqlite_where=where, postgresql_where=where)


class Version(SQLModel, table=True):
    """One numbered text of a section in one locale. Frozen once it left draft.

    A correction is the next number. Triggers hold the frozen fields and the edges between states.
    """

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("section", "locale", "number"),
        Index(None, "state", "review_by"),
        _only_one("uq_version_one_open", "state IN ('draft', 'in_review', 'sign_off', 'approved')"),
        _only_one("uq_version_one_in_force", "state = 'in_force'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    section: str = Field(foreign_key="section.slug")
    locale: str
    number: int
    state: str
    #: Digest; only a translation in draft can be without one, until it is complete.
    document: str | None = Field(default=None, foreign_key="document.sha256", index=True)
    #: Digest of the document that a translation translates; None for a source.
    source: str | None = Field(default=None, foreign_key="document.sha256")
    #: The version whose approved words this one takes over without a change.
    carried_from: int | None = Field(default=None, foreign_key="version.id")
    change_kind: str
    change_summary: str
    review_by: date
    #: When it comes into force once approved; None means at once.
    effective_at: datetime | None = None
    created_at: datetime

    @property
    def key(self) -> int:
        """The id of a version that is stored."""
        assert self.id is not None  # noqa: S101 (every stored row has one)
        return self.id

    @property
    def reference(self) -> str:
        """How the ledger and messages name it: `ahsct-evidence/fr/3`."""
        return f"{self.section}/{self.locale}/{self.number}"

    @property
    def is_translation(self) -> bool:
        return self.source is not None


def is_in(states: Collection[State]) -> ColumnElement[bool]:
    """Whether a version is in one of these states, for queries of some sections.

    SQLite would rather go through all that are in one: it has no count of them. So it is not shown
    that there is an index.
    """
    return cast(col(Version.state), String).in_(sorted(states))


# Asked many times for each version that travels, so they are put together once.
_NEWEST = (
    select(Version)
    .where(
        col(Version.section) == bindparam("section"),
        col(Version.locale) == bindparam("locale"),
        col(Version.state).in_(bindparam("states", expanding=True)),
    )
    .order_by(col(Version.number).desc())
    .limit(1)
)
_HIGHEST = (
    select(Version.section, func.max(Version.number).label("highest"))
    .where(
        col(Version.section).in_(bindparam("sections", expanding=True)),
        col(Version.locale) == bindparam("locale"),
    )
    .group_by(col(Version.section))
)
_NAMED_BY = (
    select(Version)
    .where(col(Version.document) == bindparam("document"))
    .order_by(col(Version.id).desc())
    .limit(1)
)


def find(session: Session, section: str, locale: str, number: int) -> Version:
    """Raises VersionNotFound."""
    version = session.exec(
        select(Version).where(
            col(Version.section) == section,
            col(Version.locale) == locale,
            col(Version.number) == number,
        )
    ).first()
    if version is None:
        raise VersionNotFound(section=section, locale=locale, version=number)
    return version


def by_id(session: Session, version_id: int) -> Version:
    version = session.get(Version, version_id)
    if version is None:
        raise VersionNotFound(version=version_id)
    return version


def opened(session: Session, section: str, locale: str) -> Version | None:
    """The one open version, if any."""
    return newest(session, section, locale, OPEN_STATES)


def in_force(session: Session, section: str, locale: str) -> Version | None:
    """The one version in force, if any."""
    return newest(session, section, locale, frozenset({State.IN_FORCE}))


def newest(
    session: Session,
    section: str,
    locale: str,
    states: frozenset[State] = STANDING_STATES,
) -> Version | None:
    """The version with the highest number among those in one of `states`."""
    params = {"section": section, "locale": locale, "states": sorted(states)}
    return session.exec(_NEWEST, params=params).first()


def newest_of_all(
    session: Session, places: Collection[tuple[str, str]], states: frozenset[State]
) -> dict[tuple[str, str], Version]:
    """(section, locale) to the version with the highest number in one of `states`, at once."""
    found = _in_states(session, places, states)
    return {place: listed[-1] for place, listed in found.items()}


def standing_in(
    session: Session, places: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[Version]]:
    """(section, locale) to its versions that were not given up, the newest last; those that have
    any."""
    return _in_states(session, places, STANDING_STATES)


def _in_states(
    session: Session, places: Collection[tuple[str, str]], states: frozenset[State]
) -> dict[tuple[str, str], list[Version]]:
    """The same for versions in these states, asked for at once."""
    wanted = set(places)
    found: dict[tuple[str, str], list[Version]] = {}
    for version in session.exec(
        select(Version)
        .where(
            col(Version.section).in_(sorted({section for section, _ in wanted})),
            col(Version.locale).in_(sorted({locale for _, locale in wanted})),
            is_in(states),
        )
        .order_by(col(Version.number))
    ):
        place = (version.section, version.locale)
        if place in wanted:
            found.setdefault(place, []).append(version)
    return found


def next_number(session: Session, section: str, locale: str) -> int:
    """One more than the highest ever used: numbers are never used twice."""
    return next_numbers(session, [section], locale)[section]


def next_numbers(session: Session, sections: Collection[str], locale: str) -> dict[str, int]:
    """Section to the number of its next version in a locale."""
    highest = session.execute(_HIGHEST, {"sections": list(sections), "locale": locale})
    return dict.fromkeys(sections, 1) | {row.section: row.highest + 1 for row in highest}


def named_by(session: Session, document: str) -> Version | None:
    """The version whose document has this digest."""
    held: dict[tuple[str, str], Version] = known(session)
    found = held.get(("named_by", document))
    # A draft that was saved again in this transaction has another document now.
    if found is None or found.document != document:
        found = session.exec(_NAMED_BY, params={"document": document}).first()
        if found is not None:
            held["named_by", document] = found
    return found


def all_named_by(session: Session, documents: Collection[str]) -> dict[str, Version]:
    """The same for many documents, at once."""
    rows = session.exec(select(Version).where(col(Version.document).in_(documents))).all()
    return by_document(rows)


def by_document(rows: Iterable[Version]) -> dict[str, Version]:
    """Document to the version that has it; none has two, for its number is in it."""
    return {one.document: one for one in rows if one.document is not None}
