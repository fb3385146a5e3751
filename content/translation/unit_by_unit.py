"""Translating unit by unit: what somebody wrote beside a source text, as a catalogue of that much.

1. Each text meets the fate that it would meet in a file, by the same table (`fate.py`): what its
   writer had before them is what a snapshot says of a file.
2. Words that cannot be written are not thrown away. Where a writer can be asked, nothing is done
   with them and they are handed back; otherwise they are kept as a suggestion, as those of a file.
3. Whoever leaves what stands sets their own words aside, as a suggestion.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from content.people.actor import Actor
from content.people.role import Permission
from content.translation import catalogue, suggestion, taking
from content.translation.fate import Entry, Fate
from content.translation.incoming import entry_of
from content.translation.report import Taken, once
from content.translation.snapshot import DIGEST_LENGTH, Exported, digest
from content.translation.standing import Standing
from content.translation.taking import Kept

#: Fates of words that were not written and whose writer can decide about them on the spot.
TO_DECIDE: frozenset[Fate] = frozenset({"conflict", "outdated", "refused"})


@dataclass(frozen=True)
class Typed:
    """What somebody wrote for one unit, and what they had before them. Frozen."""

    unit: str
    #: The source text that it was made for.
    source: str
    target: str
    #: Whether its writer is unsure.
    fuzzy: bool
    #: What stood there: digest of the words as `snapshot.digest` makes it, and the mark.
    stood: str
    stood_fuzzy: bool

    @property
    def is_untouched(self) -> bool:
        """Whether it is as it was before them."""
        return digest(self.target) == self.stood and self.fuzzy == self.stood_fuzzy

    @property
    def seen(self) -> Exported:
        """What its writer had before them, as a snapshot says it."""
        return Exported(digest(self.source), self.stood, self.stood_fuzzy)


def take(
    session: Session,
    actor: Actor,
    page: str,
    locale: str,
    typed: Sequence[Typed],
    *,
    base: str | None = None,
    asks: bool = False,
    aside: Collection[str] = (),
) -> list[Taken]:
    """Take what was written for units of a page; one line for each text, in their order.

    `base` is as in `upload.take`. With `asks`, nothing is done with words of a fate TO_DECIDE;
    without, they are kept. Units in `aside` leave what stands: their words are kept. Raises
    RoleMissing, SectionNotFound.
    """
    actor.must(Permission.TRANSLATE, locale)
    found = catalogue.standings(session, page, locale, base)
    left = [one for one in typed if one.unit in aside]
    # The place in the list stands for the line of a file.
    entries = tuple(
        entry_of(one.unit, one.source, (one.target,), one.fuzzy, place, locale)
        for place, one in enumerate(typed, start=1)
        if one.unit not in aside
    )
    work, strangers = taking.begin(entries, found, {one.unit: one.seen for one in typed})
    for now in found:
        work.section(now)
    work.write(session, actor, "")
    kept = [one for one in work.kept if not (asks and one.reason in TO_DECIDE)]
    kept += [told for one in left for told in _set_aside(found, one, locale)]
    _keep(session, actor, locale, kept)
    return list(once([*work.taken, *(_stranger(one) for one in strangers)]))


def is_digest(text: str) -> bool:
    """Whether this can be what `stood` says."""
    return not text or (len(text) == DIGEST_LENGTH and set(text) <= set("0123456789abcdef"))


def _set_aside(found: Sequence[Standing], typed: Typed, locale: str) -> list[Kept]:
    entry = entry_of(typed.unit, typed.source, (typed.target,), typed.fuzzy, 0, locale)
    return [
        Kept(now.section, entry, text, "conflict")
        for now in found
        if any(one.message.unit == typed.unit for one in now.renderings)
        for text in entry.texts
    ]


def _stranger(one: Entry) -> Taken:
    """The source lost the text while it was being translated."""
    return Taken(one.unit, "", one.line, "unknown", target=one.target, fuzzy=one.fuzzy)


def _keep(session: Session, actor: Actor, locale: str, kept: Sequence[Kept]) -> None:
    suggestion.keep_all(
        session,
        [
            {
                "section": one.section,
                "locale": locale,
                "unit": one.entry.unit,
                "source": one.entry.source,
                "target": one.target,
                "origin": "upload",
                "reason": one.reason,
                "upload": None,
                "turn": None,
                "person": actor.id,
            }
            for one in kept
        ],
    )
