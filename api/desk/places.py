"""Where one can go at the desk: what stands in the head of every page."""

from collections.abc import Callable
from dataclasses import dataclass

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


#: In the order in which they are offered.
PLACES = (
    Place("/desk", N_("My desk"), _everybody),
    Place("/desk/sections", N_("Texts"), lambda one: one.may_somewhere(Permission.READ_DRAFTS)),
)


def places_of(actor: Actor) -> list[Place]:
    """Where this person can go."""
    return [one for one in PLACES if one.is_for(actor)]


def is_at(place: Place, path: str) -> bool:
    """Whether this page is the place, or below it. Everything is below the desk itself."""
    if place is PLACES[0]:
        return path == place.address
    return f"{path}/".startswith(f"{place.address}/")
