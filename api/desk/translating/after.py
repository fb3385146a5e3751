"""What a page of texts shows after they were sent: what was typed, what was lost."""

from collections.abc import Mapping, Sequence

from api.desk.translating import units
from api.desk.translating.typed import Sent
from api.desk.translating.units import Shown
from api.problems import status_of
from content.errors import ContentError
from content.translation.report import Taken
from content.translation.standing import Standing


def typed_in(
    texts: Sequence[Shown], sent: Sent, taken: Mapping[str, Taken], *, refused: bool
) -> list[Shown]:
    """What was typed where it was not saved; elsewhere what stands now."""
    typed = {one.unit: one for one in sent.typed if not one.is_untouched}
    found = []
    for one in texts:
        told_of = taken.get(one.unit)
        mine = typed.get(one.unit)
        is_open = mine is not None and (refused or told_of is not None)
        found.append(units.with_typed(one, mine, told_of) if is_open and mine else one)
    return found


def lost(now: Standing, taken: Mapping[str, Taken]) -> list[Taken]:
    """Words for texts that the source has no more: they stand in no field of the page."""
    there = {one.message.unit for one in now.renderings}
    return [one for unit, one in taken.items() if unit not in there]


def status_after(taken: Mapping[str, Taken] | None, error: ContentError | None) -> int:
    if error is not None:
        return status_of(error)
    fates = {one.fate for one in (taken or {}).values()}
    if fates & {"conflict", "outdated", "unknown"}:
        return 409
    return 422 if "refused" in fates else 200
