"""What somebody can do with a text now, and in one line why not what is theirs otherwise.

Whether it may be done is asked of the same table and the same verbs; this only says which buttons
stand on the page. The verbs refuse whatever comes without one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from api.desk.texts.chosen import Chosen
from api.desk.words import later as N_
from content.people.actor import Actor
from content.people.role import Permission
from content.publication.withdrawal import Withdrawal
from content.records.participation import Part
from content.records.version import OPEN_STATES, State, Version
from content.review import review, submission
from content.review.review import PERMISSION, Kind
from content.sign_off import readiness

#: By what somebody is in a text already, where that keeps them from reviewing it.
HAS_A_PART = {
    Part.WRITER: N_("You wrote this text, so somebody else reviews it."),
    Part.SIGNER: N_("You signed this text, so somebody else reviews it."),
}
HAS_ANOTHER_REVIEW = N_(
    "You gave another kind of review of this text, so somebody else gives this."
)
IS_DRAFT = N_("It is a draft. You can review it once it is handed in.")
IS_PAST_REVIEW = N_("Its reviews are over, so there is nothing to review here.")
NOT_WHOLE = N_("It can be handed in once every part of it is translated.")
IS_BUSY = N_("Another version is being worked on, so no new draft can begin.")
WITHDREW = N_("You took it out of force; a second person confirms it.")


@dataclass(frozen=True)
class Choices:
    """What this person can do now with this text. Frozen."""

    #: Reviews that they may give.
    kinds: tuple[Kind, ...]
    submit: bool
    abandon: bool
    object: bool
    schedule: bool
    begin: bool
    edit: bool
    translate: bool
    withdraw: bool
    confirm: bool
    acknowledge: bool
    put_to_signature: bool
    #: Why not, for what would be theirs to do.
    why_not: tuple[str, ...]

    def offers(self, form: str) -> bool:
        """Whether a form stands on the page, by its name."""
        return bool(self.kinds if form == "review" else getattr(self, form, False))


@dataclass(frozen=True)
class Standing:
    """What of a text the choices depend on. Frozen."""

    chosen: Chosen
    parts: Mapping[str, Part]
    #: Whether every part of it is there, and whether nothing stands before its sign-off.
    is_complete: bool
    is_ready: bool
    withdrawal: Withdrawal | None


def of(actor: Actor, now: Standing) -> Choices:
    """What this person can do."""
    version = now.chosen.version
    kinds = _kinds(actor, now)
    return Choices(
        kinds=kinds,
        submit=_may_submit(actor, version) and now.is_complete,
        abandon=version.state in OPEN_STATES
        and actor.may(submission.permission_to_abandon(version), version.locale),
        object=version.state == State.APPROVED and actor.may(Permission.OBJECT, version.locale),
        schedule=version.state in OPEN_STATES and actor.may(Permission.SCHEDULE, version.locale),
        begin=_may_begin(actor, version) and now.chosen.open is None,
        edit=version.state == State.DRAFT
        and not version.is_translation
        and actor.may(Permission.WRITE_SOURCE),
        translate=version.is_translation and actor.may(Permission.TRANSLATE, version.locale),
        withdraw=version.state == State.IN_FORCE and actor.may(Permission.WITHDRAW),
        confirm=_waits_for_second(actor, now) and not _is_own(actor, now),
        acknowledge=version.is_translation
        and actor.may(Permission.REVIEW_LANGUAGE, version.locale),
        put_to_signature=version.state == State.IN_REVIEW
        and (now.is_ready or readiness.is_hurried(version))
        and actor.may(Permission.OPEN_STATEMENT),
        why_not=tuple(_why_not(actor, now, kinds)),
    )


def _kinds(actor: Actor, now: Standing) -> tuple[Kind, ...]:
    if not review.takes_reviews(now.chosen.version):
        return ()
    mine = now.parts.get(actor.id)
    allowed = _allowed(actor, now.chosen.version)
    return allowed if mine is None else tuple(kind for kind in allowed if kind.value == mine.value)


def _allowed(actor: Actor, version: Version) -> tuple[Kind, ...]:
    """The kinds of review that are this person's, whatever became of the text."""
    kinds = review.kinds_for(version)
    return tuple(kind for kind in kinds if actor.may(PERMISSION[kind], version.locale))


def _may_submit(actor: Actor, version: Version) -> bool:
    return version.state == State.DRAFT and actor.may(
        submission.permission_to_submit(version), version.locale
    )


def _may_begin(actor: Actor, version: Version) -> bool:
    return not version.is_translation and actor.may(Permission.WRITE_SOURCE)


def _waits_for_second(actor: Actor, now: Standing) -> bool:
    row = now.withdrawal
    return (
        row is not None
        and row.by is not None
        and row.confirmed_by is None
        and actor.may(Permission.WITHDRAW)
    )


def _is_own(actor: Actor, now: Standing) -> bool:
    return now.withdrawal is not None and now.withdrawal.by == actor.id


def _why_not(actor: Actor, now: Standing, kinds: tuple[Kind, ...]) -> Iterator[str]:
    version = now.chosen.version
    if not kinds and _allowed(actor, version):
        yield from _why_no_review(now.parts.get(actor.id), version)
    if _may_submit(actor, version) and not now.is_complete:
        yield NOT_WHOLE
    if _may_begin(actor, version) and now.chosen.open not in (None, version):
        yield IS_BUSY
    if _waits_for_second(actor, now) and _is_own(actor, now):
        yield WITHDREW


def _why_no_review(mine: Part | None, version: Version) -> Iterator[str]:
    if version.state == State.DRAFT:
        yield HAS_A_PART.get(mine, IS_DRAFT) if mine else IS_DRAFT
    elif review.takes_reviews(version) and mine is not None:
        yield HAS_A_PART.get(mine, HAS_ANOTHER_REVIEW)
    elif version.state in OPEN_STATES:
        yield IS_PAST_REVIEW
