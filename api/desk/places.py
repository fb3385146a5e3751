"""Where one can go at the desk: what stands in the head of every page."""

from collections.abc import Callable
from dataclasses import dataclass

from api.desk.translating import whose
from api.desk.words import later as N_
from content.people.actor import Actor
from content.people.role import Permission


@dataclass(frozen=True)
class Place:
    """A page that is reached from every other, by those whom it is for. Frozen."""

    address: str
    name: str
    is_for: Callable[[Actor], bool]


def _everybody(_actor: Actor) -> bool:
    return True


def _puts_or_signs(actor: Actor) -> bool:
    """Who puts texts to signature, and who signs."""
    return any(
        actor.may_somewhere(one)
        for one in (Permission.OPEN_STATEMENT, Permission.SIGN_BOARD, Permission.SIGN_LANGUAGE)
    )


def _may(permission: Permission) -> Callable[[Actor], bool]:
    return lambda actor: actor.may(permission)


def _has_to_do_with_members(actor: Actor) -> bool:
    return actor.may(Permission.READ_SHOWING) or actor.may(Permission.MANAGE_MEMBERS)


def _follows_recalls(actor: Actor) -> bool:
    return actor.may(Permission.READ_SHOWING) and actor.may(Permission.FOLLOW_RECALLS)


#: In the order in which they are offered.
PLACES = (
    Place("/desk", N_("My desk"), _everybody),
    Place("/desk/sections", N_("Texts"), lambda one: one.may_somewhere(Permission.READ_DRAFTS)),
    Place("/desk/translate", N_("Translate"), whose.is_for),
    Place("/desk/statements", N_("Statements"), _puts_or_signs),
    Place("/desk/calendar", N_("Calendar"), lambda one: one.may_somewhere(Permission.READ_DRAFTS)),
    Place("/desk/members", N_("Members"), _has_to_do_with_members),
    Place("/desk/recalls", N_("Recalls"), _follows_recalls),
    Place("/desk/people", N_("People"), _may(Permission.MANAGE_PEOPLE)),
    Place("/desk/ledger", N_("Ledger"), _may(Permission.READ_LEDGER)),
)


def places_of(actor: Actor) -> list[Place]:
    """Where this person can go."""
    return [one for one in PLACES if one.is_for(actor)]


def is_at(place: Place, path: str) -> bool:
    """Whether this page is the place, or below it. Everything is below the desk itself."""
    if place is PLACES[0]:
        return path == place.address
    return f"{path}/".startswith(f"{place.address}/")
