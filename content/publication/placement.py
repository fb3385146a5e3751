"""Where sections stand in the tree that is in force. Derived from the source documents in force."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, delete, or_, select

from content.errors import TreeBroken
from content.records import tree

#: Of so many sections the pages are looked for; whoever asks for more is given all that there are.
AROUND_MAX = 1_000
#: A section's children, in order.
CHILDREN = text("SELECT section FROM placement WHERE parent = :parent ORDER BY place")
#: The sections above one, itself first. UNION ends it, should they ever stand in a circle.
ABOVE = text("""
WITH RECURSIVE above(section) AS (
    SELECT CAST(:section AS VARCHAR)
    UNION SELECT parent FROM placement JOIN above ON placement.section = above.section
)
SELECT section FROM above
WHERE NOT EXISTS (SELECT 1 FROM placement WHERE placement.section = above.section)
""")


class Placement(SQLModel, table=True):
    """A section's parent and its place among that parent's children. Derived; can be rebuilt."""

    __tablename__ = "placement"

    section: str = Field(primary_key=True, foreign_key="section.slug")
    parent: str = Field(foreign_key="section.slug", index=True)
    place: int


def put(session: Session, parent: str, children: Sequence[str]) -> None:
    """The children that `parent` has from now on; one that moved here leaves its old place.

    Raises TreeBroken.
    """
    tree.require_sound(_with(session, parent, children))
    session.exec(
        delete(Placement).where(
            or_(col(Placement.parent) == parent, col(Placement.section).in_(children))
        )
    )
    for place, child in enumerate(children):
        session.add(Placement(section=child, parent=parent, place=place))
    session.flush()


def can_put(session: Session, parent: str, children: Sequence[str]) -> bool:
    """Whether `put` would do it: a section cannot go below one that still stands below it."""
    try:
        tree.require_sound(_with(session, parent, children))
    except TreeBroken:
        return False
    return True


def _with(session: Session, parent: str, children: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The trees in question, these children in their new place. All others stay sound."""
    taken = {
        other: tuple(child for child in below if child not in children)
        for other, below in children_around(session, [parent, *children]).items()
    }
    return {**taken, parent: tuple(children)}


def children_of(session: Session, parent: str) -> tuple[str, ...]:
    """The children of one section, in order."""
    session.flush()
    rows = session.connection().execute(CHILDREN, {"parent": parent})
    return tuple(rows.scalars())


def children_of_all(session: Session) -> dict[str, tuple[str, ...]]:
    """Parent to children in order, for the whole hub."""
    rows = session.exec(select(Placement).order_by(col(Placement.parent), col(Placement.place)))
    children: dict[str, tuple[str, ...]] = {}
    for row in rows:
        children[row.parent] = (*children.get(row.parent, ()), row.section)
    return children


def children_around(session: Session, slugs: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The same, for the pages on which these sections stand."""
    if len(slugs) > AROUND_MAX:
        return children_of_all(session)
    children: dict[str, tuple[str, ...]] = {}
    level = _roots(session, slugs)
    while level:
        rows = session.exec(
            select(Placement.parent, Placement.section)
            .where(col(Placement.parent).in_(level))
            .order_by(col(Placement.parent), col(Placement.place))
        ).all()
        for parent, section in rows:
            children[parent] = (*children.get(parent, ()), section)
        level = {section for _, section in rows} - children.keys()
    return children


def _roots(session: Session, slugs: Collection[str]) -> set[str]:
    """The pages on which these sections stand, a step up at a time."""
    roots: set[str] = set()
    level, seen = set(slugs), set(slugs)
    while level:
        above = dict(
            session.exec(
                select(Placement.section, Placement.parent).where(col(Placement.section).in_(level))
            ).all()
        )
        roots |= level - above.keys()
        level = set(above.values()) - seen  # should they ever stand in a circle
        seen |= level
    return roots


def parents(children: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Child to parent."""
    return {child: parent for parent, below in children.items() for child in below}


def root(slug: str, parent_of: Mapping[str, str]) -> str:
    """The page a section stands on: itself where it stands below nothing."""
    while slug in parent_of:
        slug = parent_of[slug]
    return slug


def page_of(session: Session, slug: str) -> str:
    """The same, asked of the database for one section."""
    session.flush()
    return str(session.connection().execute(ABOVE, {"section": slug}).scalar_one())
