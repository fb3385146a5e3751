"""Labels of a text besides its state: what is to be known before anybody relies on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from api.desk.texts.chosen import Chosen
from api.desk.words import later as N_
from content.publication.course import Course
from content.records.version import OPEN_STATES, PUBLISHED_STATES, State
from content.translation.standing import TRANSLATABLE


@dataclass(frozen=True)
class Label:
    """A badge, and what it means. Frozen."""

    name: str
    sentence: str


OUTDATED = Label(
    N_("Outdated"),
    N_("The source text has changed since. Member sites are told so in every answer."),
)
REVIEW_DUE = Label(
    N_("Review due"), N_("The date for its next review has passed. Member sites are told so.")
)
BEHIND = Label(
    N_("Follows an older source text"),
    N_("There is a newer source text already. This translation does not follow it yet."),
)


def of(session: Session, chosen: Chosen, today: date) -> list[Label]:
    """Those that this text has now; computed, not stored."""
    return list(_labels(session, chosen, today))


def _labels(session: Session, chosen: Chosen, today: date) -> Iterator[Label]:
    version = chosen.version
    if version.state == State.IN_FORCE:
        course = Course(one for one in chosen.every if one.state in PUBLISHED_STATES)
        if course.calls_for_a_label(session, version):
            yield OUTDATED
        if version.review_by < today:
            yield REVIEW_DUE
    if version.state in OPEN_STATES and _is_behind(chosen):
        yield BEHIND


def _is_behind(chosen: Chosen) -> bool:
    """Whether what it follows has a newer text that can be translated."""
    followed = chosen.version.source
    locale = next((one.locale for one in chosen.every if one.document == followed), None)
    if followed is None or locale is None:
        return False
    return followed != next(
        one.document
        for one in reversed(chosen.every)
        if one.locale == locale and (one.state in TRANSLATABLE or one.document == followed)
    )
