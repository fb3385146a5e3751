"""How each section stands in each language, for a list of all of them. As many queries for any
number."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select
from sqlmodel import Session, col

from content.people.actor import Actor
from content.people.role import Permission
from content.publication.representation import Representation
from content.records import outline, tree
from content.records.version import OPEN_STATES, State, Version

#: What the answer in force says of a translation whose source has moved on.
OUTDATED = "outdated"


@dataclass(frozen=True)
class Standing:
    """One version of a text, as a list names it. Frozen."""

    number: int
    state: State
    #: It is in force, and members are told to label it, for its source has moved on.
    is_outdated: bool = False

    @property
    def how(self) -> str:
        """The state, or OUTDATED, which says more than that it is in force."""
        return OUTDATED if self.is_outdated else self.state.value


@dataclass(frozen=True)
class Row:
    """A section in the tree, with its versions by locale."""

    slug: str
    title: str
    depth: int
    page: str
    source_locale: str
    versions: Mapping[str, Sequence[Standing]]

    @cached_property
    def standings(self) -> dict[str, tuple[Standing, ...]]:
        """By locale: what is in force, then what is open. Most rows of a list are not shown."""
        return {tag: tuple(_shown(found)) for tag, found in self.versions.items()}


def readable(actor: Actor, configured: Collection[str]) -> list[str]:
    """The languages whose translations this person may read, as the hub lists them."""
    return [tag for tag in configured if actor.may(Permission.READ_DRAFTS, tag)]


def rows(session: Session, locales: Collection[str]) -> list[Row]:
    """Every section in reading order, page by page. Of translations, those into `locales`."""
    children = tree.working_children(session)
    places = {
        slug: (root, depth)
        for root in tree.roots(children)
        for slug, depth in tree.walk(children, root)
    }
    known, newest, standings = _standings(session, locales)
    titles = outline.titles(session, set(newest.values()))
    return [
        Row(
            slug,
            titles.get(newest.get(slug, ""), slug),
            depth,
            root,
            known[slug],
            standings[slug],
        )
        for slug, (root, depth) in places.items()
        if slug in known  # a page may still list what was given up
    ]


def _standings(
    session: Session, locales: Collection[str]
) -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, list[Standing]]]]:
    """By section: its own language, its newest source document, and its versions by language."""
    found = session.execute(
        select(
            col(Version.section),
            col(Version.locale),
            col(Version.number),
            col(Version.state),
            col(Version.document),
            col(Version.source),
        )
        .where(
            col(Version.state) != State.ABANDONED,
            or_(col(Version.source).is_(None), col(Version.locale).in_(locales)),
        )
        .order_by(col(Version.number))
    )
    known: dict[str, str] = {}
    newest: dict[str, str] = {}
    standings: dict[str, dict[str, list[Standing]]] = defaultdict(lambda: defaultdict(list))
    outdated = _outdated(session)
    for slug, locale, number, state, document, source in found:
        if source is None and document is not None:
            known[slug], newest[slug] = locale, document
        is_outdated = state == State.IN_FORCE and (slug, locale) in outdated
        standings[slug][locale].append(Standing(number, State(state), is_outdated))
    return known, newest, standings


def _outdated(session: Session) -> set[tuple[str, str]]:
    """(section, locale) of whatever is in force with this label."""
    labelled = select(col(Representation.section), col(Representation.locale)).where(
        col(Representation.kind) == "section", col(Representation.label) == OUTDATED
    )
    return {(section, locale) for section, locale in session.execute(labelled)}


def _shown(listed: Collection[Standing]) -> Iterator[Standing]:
    """What is in force and what is open; where there is neither, what there was last."""
    ordered = sorted(listed, key=lambda one: one.number)
    living = [one for one in ordered if one.state is State.IN_FORCE or one.state in OPEN_STATES]
    if ordered[-1].state is State.WITHDRAWN or not living:
        yield ordered[-1]
    yield from living
