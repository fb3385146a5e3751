"""What is open, as far as one person may do something about it: few columns, one question each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import ColumnElement, ScalarSelect, exists, literal, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, or_, select

from content.people.actor import Actor
from content.people.role import Permission
from content.records.participation import Participation
from content.records.section import Section
from content.records.version import State, Version
from content.review import review
from content.review.review import Said
from content.sign_off.readiness import Candidate
from content.sign_off.signature import Signature
from content.sign_off.statement import OPEN, Statement, StatementEntry
from content.translation.standing import TRANSLATABLE

_WRITING = {Permission.WRITE_SOURCE, Permission.TRANSLATE}
_JUDGING_SOURCES = {Permission.REVIEW_MEDICAL, Permission.REVIEW_LAY, Permission.OPEN_STATEMENT}
_JUDGING_TRANSLATIONS = {
    Permission.REVISE,
    Permission.REVIEW_LANGUAGE,
    Permission.OPEN_STATEMENT,
}
#: What is read of a version, in the order of AtHand.
_COLUMNS = (
    *("id", "section", "locale", "number", "state", "document", "source", "carried_from"),
    "review_by",
)
#: A translation in one of these cannot be put to another source; only giving it up makes room.
PUT_TO_ITS_SOURCE = frozenset({State.IN_REVIEW, State.SIGN_OFF, State.APPROVED})
#: Of a source in one of these nothing more comes into force.
GONE = frozenset({State.ABANDONED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class AtHand:
    """A version that somebody may have to do something about. Frozen."""

    key: int
    section: str
    locale: str
    number: int
    state: str
    document: str | None
    source: str | None
    carried_from: int | None
    review_by: date
    #: A translation past draft of a text that nothing more comes of: given up, withdrawn, or
    #: returned and written anew.
    is_left_behind: bool
    #: Of the text that a translation follows.
    follows: str | None
    follows_state: str | None
    #: What the person is in it, if anything.
    part: str | None

    @property
    def reference(self) -> str:
        return f"{self.section}/{self.locale}/{self.number}"

    @property
    def is_translation(self) -> bool:
        return self.source is not None

    @property
    def candidate(self) -> Candidate:
        """As its requirements are told, once it left draft."""
        return Candidate(
            version=self.key,
            section=self.section,
            locale=self.locale,
            document=self.document,
            is_translation=self.is_translation,
            is_carried=self.carried_from is not None,
            is_complete=self.document is not None,
            follows=self.follows,
            follows_state=self.follows_state,
        )


_source = aliased(Version)
_LIVING = exists().where(
    col(_source.document) == col(Version.source), col(_source.state).not_in(GONE)
)
_LEFT_BEHIND = and_(
    col(Version.state).in_(PUT_TO_ITS_SOURCE), col(Version.source).is_not(None), ~_LIVING
)


def versions(session: Session, actor: Actor, soon: date) -> list[AtHand]:
    """Drafts, what is in review or was left behind, and sources whose review is due `soon`."""
    wanted = [
        *_if(actor, _WRITING, col(Version.state) == State.DRAFT),
        *_judged(actor),
        *_if(actor, {Permission.ABANDON_TRANSLATION}, _LEFT_BEHIND),
        *_if(
            actor,
            {Permission.WRITE_SOURCE},
            col(Version.state) == State.IN_FORCE,
            col(Version.source).is_(None),
            col(Version.review_by) <= soon,
        ),
    ]
    if not wanted:
        return []
    part = select(Participation.part).where(
        col(Participation.version) == col(Version.id), col(Participation.person) == actor.id
    )
    rows = session.connection().execute(
        alchemy.select(
            *(col(getattr(Version, name)) for name in _COLUMNS),
            _LEFT_BEHIND,
            _of_followed(_source.locale),
            _of_followed(_source.state),
            part.scalar_subquery(),
        ).where(or_(*wanted))
    )
    return [AtHand(*values) for values in map(tuple, rows)]


def reviews(session: Session, actor: Actor) -> dict[int, list[Said]]:
    """Version to what was said of it, of what is in review and this person may judge."""
    return review.said_of(session, select(col(Version.id)).where(or_(*_judged(actor))))


def _judged(actor: Actor) -> list[ColumnElement[bool]]:
    in_review, source = col(Version.state) == State.IN_REVIEW, col(Version.source)
    return [
        *_if(actor, _JUDGING_SOURCES, in_review, source.is_(None)),
        *_if(actor, _JUDGING_TRANSLATIONS, in_review, source.is_not(None)),
    ]


def _if(
    actor: Actor, permissions: Collection[Permission], *conditions: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """The conditions, in languages in which this person may do one of these; none where nowhere."""
    tags = {
        grant.locale
        for grant in actor.grants
        if any(actor.may(one, grant.locale) for one in permissions)
    }
    if not tags:
        return []
    return [and_(*conditions, *(() if "" in tags else (col(Version.locale).in_(tags),)))]


def _of_followed(column: Any) -> ScalarSelect[Any]:
    """Of the newest version with the document that a translation follows."""
    followed = alchemy.select(column).where(col(_source.document) == col(Version.source))
    return followed.order_by(col(_source.id).desc()).limit(1).scalar_subquery()


def statements(session: Session, actor: Actor) -> Sequence[tuple[str, str, datetime]]:
    """(digest, role, end) of open statements that this person neither opened nor signed, and in
    whose texts they have no part."""
    signed = exists().where(
        col(Signature.statement) == col(Statement.sha256), col(Signature.person) == actor.id
    )
    has_part = exists().where(
        col(StatementEntry.statement) == col(Statement.sha256),
        col(Participation.version) == col(StatementEntry.version),
        col(Participation.person) == actor.id,
    )
    return session.exec(
        select(Statement.sha256, Statement.role, Statement.lapses_at).where(
            OPEN, col(Statement.opened_by).is_distinct_from(actor.id), ~signed, ~has_part
        )
    ).all()


def pages_behind(session: Session, wanted: Mapping[str, str | None]) -> Sequence[tuple[str, str]]:
    """(page, locale) with a text that the newest translation does not follow yet.

    `wanted` says for each locale which one it follows: None for the source, else the base text of
    a regional variant.
    """
    asked = union_all(*(_behind(locale, base) for locale, base in wanted.items()))
    return [(page, locale) for page, locale in session.connection().execute(asked)]


def _behind(locale: str, base: str | None) -> alchemy.Select[str, str]:
    followed, source, translated = aliased(Version), aliased(Version), aliased(Version)
    follows = (
        alchemy.select(col(translated.source))
        .where(
            col(translated.section) == col(followed.section),
            col(translated.locale) == locale,
            col(translated.state) != State.ABANDONED,
        )
        .order_by(col(translated.number).desc())
        .limit(1)
        .scalar_subquery()
    )
    place: ColumnElement[bool] = col(followed.source).is_(None)
    if base is not None:
        # Of a section whose source is being written anew, nothing is translated.
        place = and_(
            col(followed.locale) == base,
            exists().where(
                col(source.section) == col(followed.section),
                col(source.source).is_(None),
                *_can_be_followed(source),
            ),
        )
    return (
        alchemy.select(col(Section.page), literal(locale))
        .join(followed, col(followed.section) == col(Section.slug))
        .where(place, *_can_be_followed(followed), follows.is_distinct_from(followed.document))
        .distinct()
    )


def _can_be_followed(one: type[Version]) -> tuple[ColumnElement[bool], ...]:
    """The newest of its place, and its text does not change any more."""
    later = aliased(Version)
    return (
        col(one.state).in_(TRANSLATABLE),
        ~exists().where(
            col(later.section) == col(one.section),
            col(later.locale) == col(one.locale),
            col(later.number) > col(one.number),
            col(later.state) != State.ABANDONED,
        ),
    )
