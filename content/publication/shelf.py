"""Everything in force about some sections, fetched in a fixed number of queries."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from sqlmodel import Session, col, func, select

from content import clock
from content.publication import demo, placement, reviewers
from content.publication.course import Course
from content.publication.release import Release
from content.publication.reviewers import Reviewer
from content.publication.withdrawal import Withdrawal
from content.records import document as documents
from content.records.document import Document
from content.records.section import Section
from content.records.version import PUBLISHED_STATES, State, Version, is_in
from content.review.policy import Policy
from content.sign_off import verify
from content.sign_off.signature import Signature


@dataclass(frozen=True)
class Signed:
    """One signature that counted, as readers are told of it."""

    name: str
    role: str
    organisation: str
    at: str


@dataclass(frozen=True)
class Step:
    """A change of the source, or of a variant's base text, that a version has not followed yet."""

    #: When it came into force.
    since: str
    kind: str
    summary: str


@dataclass(frozen=True)
class Served:
    """One version in force with all that its answer says."""

    version: Version
    #: Gives its document: the register tells of every text, and reads none.
    load: Callable[[], Document]
    #: The feed's number and time of the last event of this section in this locale.
    seq: int
    changed_at: datetime
    sign_off: str
    #: Digest of the statement that signed off what it follows; None for a source text.
    source_sign_off: str | None
    signed_by: tuple[Signed, ...]
    reviewed_by: tuple[Reviewer, ...]
    #: The newest version that was in force of the text it follows.
    newest_followed: int = 0
    #: Later versions of each text that it follows and that has other words now, oldest first.
    moved: tuple[Step, ...] = ()

    @cached_property
    def document(self) -> Document:
        return self.load()


@dataclass
class Shelf:
    """What is known of the chosen sections; `served` and `withdrawn` are by (section, locale)."""

    sections: dict[str, Section]
    served: dict[tuple[str, str], Served] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], tuple[Version, Withdrawal]] = field(default_factory=dict)
    #: In force by their state, and without a valid sign-off: nobody is given their text.
    refused: dict[tuple[str, str], Version] = field(default_factory=dict)
    seqs: dict[tuple[str, str], tuple[int, datetime]] = field(default_factory=dict)
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    #: Envelopes made already: a page's answer holds those of its sections.
    envelopes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    demo: bool = False

    def locales(self, slug: str) -> list[str]:
        """Where it is in force, the source's locale first."""
        source = self.sections[slug].source_locale
        return sorted(self._places(self.served, slug), key=lambda tag: (tag != source, tag))

    def withdrawn_locales(self, slug: str) -> list[str]:
        return sorted(self._places(self.withdrawn, slug))

    def refused_locales(self, slug: str) -> list[str]:
        return sorted(self._places(self.refused, slug))

    def _places(self, known: Collection[tuple[str, str]], slug: str) -> list[str]:
        return [locale for locale in self.all_locales if (slug, locale) in known]

    @cached_property
    def all_locales(self) -> list[str]:
        """Every locale in which anything was ever in force."""
        return sorted({locale for _, locale in self.seqs})

    def root(self, slug: str) -> str:
        return placement.root(slug, self.parents)


def load(session: Session, slugs: Collection[str], policy: Policy) -> Shelf:
    """Fetch all there is about these sections."""
    children = placement.children_around(session, slugs)
    shelf = Shelf(
        sections={
            row.slug: row
            for row in session.exec(select(Section).where(col(Section.slug).in_(slugs)))
        },
        children=children,
        parents=placement.parents(children),
        demo=demo.is_demo(session),
    )
    published = session.exec(
        select(Version)
        .where(col(Version.section).in_(slugs), is_in(PUBLISHED_STATES))
        .order_by(col(Version.number))
    ).all()
    shelf.seqs = _seqs(session, slugs)
    _shelve(session, shelf, published, policy)
    _shelve_withdrawn(session, shelf, published)
    return shelf


def _seqs(session: Session, slugs: Collection[str]) -> dict[tuple[str, str], tuple[int, datetime]]:
    rows = session.exec(
        select(Release.section, Release.locale, func.max(Release.seq), func.max(Release.at))
        .where(col(Release.section).in_(slugs))
        .group_by(col(Release.section), col(Release.locale))
    ).all()
    return {(section or "", locale or ""): (seq, at) for section, locale, seq, at in rows}


def _shelve(session: Session, shelf: Shelf, published: Collection[Version], policy: Policy) -> None:
    in_force = [version for version in published if version.state == State.IN_FORCE]
    # What has no valid sign-off is not served, whatever its state says.
    proofs = verify.proofs(session, in_force, policy)
    shelf.refused = {
        (version.section, version.locale): version
        for version in in_force
        if version.key not in proofs
    }
    in_force = [version for version in in_force if version.key in proofs]
    keys = [version.key for version in in_force]
    carried = [v.carried_from for v in in_force if v.carried_from is not None]
    reviews = reviewers.of_versions(session, [*keys, *carried])
    course = Course(published)
    came = _came(session, shelf)
    for version in in_force:
        assert version.document is not None  # noqa: S101 (it is in force)
        proof = proofs[version.key]
        seq, changed_at = shelf.seqs[version.section, version.locale]
        shelf.served[version.section, version.locale] = Served(
            version=version,
            load=partial(documents.load, session, version.document),
            seq=seq,
            changed_at=changed_at,
            sign_off=proof.statement.sha256,
            source_sign_off=proof.source_sign_off,
            signed_by=tuple(_told(one, proof.statement.role) for one in proof.signatures),
            reviewed_by=(
                *reviews.get(version.carried_from or -1, ()),
                *reviews.get(version.key, ()),
            ),
            newest_followed=_newest_followed(course, version),
            moved=_moved(session, course, version, came),
        )


def _newest_followed(course: Course, version: Version) -> int:
    chain = course.chain(version)
    return max([0, *(one.number for link in chain[:1] for one in [link, *course.later(link)])])


def _moved(
    session: Session,
    course: Course,
    version: Version,
    came: Mapping[tuple[str, str, int], datetime],
) -> tuple[Step, ...]:
    steps = [
        (came[one.section, one.locale, one.number], one) for one in course.moved(session, version)
    ]
    return tuple(
        Step(clock.stamp(at), course.kind(one), one.change_summary)
        for at, one in sorted(steps, key=lambda told: told[0])
    )


def _came(session: Session, shelf: Shelf) -> dict[tuple[str, str, int], datetime]:
    """When each version came into force."""
    rows = session.exec(
        select(Release.section, Release.locale, Release.version, Release.at).where(
            col(Release.section).in_(shelf.sections), col(Release.type) == "in_force"
        )
    ).all()
    return {(section or "", locale or "", number): at for section, locale, number, at in rows}


def _told(signature: Signature, role: str) -> Signed:
    block: dict[str, Any] = json.loads(signature.block)
    return Signed(block["name"], role, signature.organisation, block["at"])


def _shelve_withdrawn(session: Session, shelf: Shelf, published: Collection[Version]) -> None:
    newest = {(version.section, version.locale): version for version in published}
    gone = {
        version.key: version
        for place, version in newest.items()
        if version.state == State.WITHDRAWN and place not in {*shelf.served, *shelf.refused}
    }
    for row in session.exec(select(Withdrawal).where(col(Withdrawal.version).in_(gone))):
        version = gone[row.version]
        shelf.withdrawn[version.section, version.locale] = (version, row)
