"""What a text can be compared with, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from api.desk.texts.chosen import Chosen
from api.desk.words import later as N_
from content.records.version import State, Version

IN_FORCE, SOURCE = "in-force", "source"


@dataclass(frozen=True)
class Offered:
    """A comparison that can be looked at. Frozen."""

    name: str
    address: str


def offered(chosen: Chosen) -> list[Offered]:
    """What a text can usefully be compared with."""
    return list(_offered(chosen))


def _offered(chosen: Chosen) -> Iterator[Offered]:
    version, in_force = chosen.version, chosen.in_force
    if chosen.source is not None:
        yield Offered(N_("with the source text"), address(version, SOURCE))
    if in_force is not None and in_force != version:
        yield Offered(N_("with what is in force"), address(version, IN_FORCE))
    earlier = before(chosen)
    if earlier is not None and earlier != in_force:
        yield Offered(N_("with the version before"), address(version, str(earlier.number)))
    if in_force is not None and in_force.is_translation:
        yield from _of_source(chosen, in_force)


def _of_source(chosen: Chosen, in_force: Version) -> Iterator[Offered]:
    """What changed in the source since the translation in force, for who brings it up to date."""
    now = chosen.source
    then = next((one for one in chosen.others if one.document == in_force.source), None)
    if now is not None and then is not None and now != then and now.locale == then.locale:
        yield Offered(N_("what changed in the source text"), address(now, str(then.number)))


def before(chosen: Chosen) -> Version | None:
    """The version before in its language that was not given up."""
    earlier = [one for one in chosen.versions if one.number < chosen.version.number]
    return next((one for one in earlier if one.state != State.ABANDONED), None)


def address(version: Version, against: str) -> str:
    """Where the comparison is."""
    told = urlencode({"version": version.number, "with": against})
    return f"/desk/sections/{version.section}/{version.locale}/compare?{told}"
