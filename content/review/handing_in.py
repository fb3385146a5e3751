"""Handing in a translation: what is still missing, and bringing a draft along before it goes."""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from content.errors import StateHasMoved
from content.people.actor import Actor
from content.people.role import Permission
from content.records import version as versions
from content.records.version import State, Version
from content.review import submission
from content.review.policy import Policy
from content.translation import findings, translation
from content.translation.standing import Standing

#: Why a translation cannot be handed in. `no-draft`: nobody has begun one, or nothing is new.
#: `past-draft`: it was handed in. The others count messages.
Lack = Literal["no-draft", "past-draft", "blank", "unsure", "changed", "wrong"]


@dataclass(frozen=True)
class Missing:
    """One reason, and of how many messages. Frozen."""

    code: Lack
    count: int = 0


def missing(now: Standing) -> tuple[Missing, ...]:
    """What a section still lacks before it can be handed in; nothing where it can."""
    version = now.version
    if version is not None and version.state in versions.OPEN_STATES - {State.DRAFT}:
        return (Missing("past-draft"),)
    unlike = findings.of_renderings(now.renderings, now.locale, now.source.locale)
    counts: dict[Lack, int] = {
        "blank": sum(not one.shown for one in now.renderings),
        "changed": sum(one.fuzzy and one.previous_source is not None for one in now.renderings),
        "unsure": sum(
            bool(one.shown) and one.fuzzy and one.previous_source is None for one in now.renderings
        ),
        "wrong": sum(bool(findings.errors(found)) for found in unlike.values()),
    }
    found = tuple(Missing(code, count) for code, count in counts.items() if count)
    if version is None or version.state != State.DRAFT:
        return (*found, Missing("no-draft"))
    return found


def hand_in(session: Session, actor: Actor, now: Standing, policy: Policy) -> Version:
    """Submit the draft of a section, put to the newest source where nothing of it is to do.

    Raises StateHasMoved where there is no draft, and what `submission.submit` does.
    """
    version = now.version
    if version is None or version.state != State.DRAFT:
        raise StateHasMoved("There is no draft to hand in.")
    is_behind = version.source != now.source_document
    if is_behind and actor.may(Permission.TRANSLATE, now.locale):
        translation.write(session, actor, now, {})
    submission.submit(session, actor, version, policy)
    return version
