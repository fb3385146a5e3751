"""The invariants of the workflow, asked of a whole database. Each check yields what is wrong.

The checks are written from the rules and not from the code: they count signatures, reviews and
rows by themselves, so that a verb and its check cannot be wrong in the same way.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from typing import Any

from sqlmodel import Session, col, select

from content import ledger
from content.errors import NotSignedOff
from content.ledger import LedgerRow
from content.publication.release import Release
from content.publication.representation import Representation, differing
from content.publication.withdrawal import Withdrawal
from content.records import document as documents
from content.records import message as messages
from content.records.document import StoredDocument
from content.records.section import Section
from content.records.version import State, Version
from content.review.policy import Policy
from content.review.review import Review
from content.sign_off import verify
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry
from content.translation.unit import Unit
from tests.world import World

OPEN = {"draft", "in_review", "sign_off", "approved"}
SIGNED_OFF = {"approved", "in_force", "superseded", "withdrawn"}
PUBLISHED = {"in_force", "superseded", "withdrawn"}
#: Ledger events that put words into a version; their actor is a writer of it.
WRITING = {"version.begun", "version.saved"}
HUB = "hub"


@dataclass(frozen=True)
class Snapshot:
    """Every row that the checks look at, read once."""

    session: Session
    policy: Policy
    sections: dict[str, Section]
    versions: list[Version]
    documents: dict[str, bytes]
    units: dict[int, list[Unit]]
    reviews: dict[int, list[Review]]
    statements: dict[str, Statement]
    entries: list[StatementEntry]
    signatures: dict[str, list[Signature]]
    releases: list[Release]
    withdrawals: dict[int, Withdrawal]
    ledger: list[LedgerRow]
    answers: list[Representation]

    def reference(self, version: int) -> str:
        return next(one.reference for one in self.versions if one.id == version)

    def is_source(self, version: Version) -> bool:
        return self.sections[version.section].source_locale == version.locale


def snapshot(session: Session, policy: Policy) -> Snapshot:
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in session.exec(select(Unit)):
        units[unit.version].append(unit)
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in session.exec(select(Review).order_by(col(Review.id))):
        reviews[review.version].append(review)
    signatures: dict[str, list[Signature]] = defaultdict(list)
    for signature in session.exec(select(Signature)):
        signatures[signature.statement].append(signature)
    return Snapshot(
        session=session,
        policy=policy,
        sections={one.slug: one for one in session.exec(select(Section))},
        versions=list(session.exec(select(Version).order_by(col(Version.id)))),
        documents={one.sha256: one.body for one in session.exec(select(StoredDocument))},
        units=units,
        reviews=reviews,
        statements={one.sha256: one for one in session.exec(select(Statement))},
        entries=list(session.exec(select(StatementEntry))),
        signatures=signatures,
        releases=list(session.exec(select(Release).order_by(col(Release.seq)))),
        withdrawals={one.version: one for one in session.exec(select(Withdrawal))},
        ledger=list(session.exec(select(LedgerRow).order_by(col(LedgerRow.seq)))),
        answers=list(session.exec(select(Representation))),
    )


def only_signed_off_is_in_force(now: Snapshot) -> Iterator[str]:
    """1. Nothing is served whose document lacks a valid sign-off."""
    listed = {(entry.version, entry.document): entry.statement for entry in now.entries}
    for version in now.versions:
        if version.state not in SIGNED_OFF:
            continue
        statement = now.statements.get(listed.get((version.key, version.document or ""), ""))
        if statement is None or statement.state != "signed_off":
            yield f"{version.reference} is {version.state} without a signed-off statement"
            continue
        people = {
            one.person
            for one in now.signatures[statement.sha256]
            if one.meaning == "approval" and one.person != statement.opened_by
        }
        quorum = now.policy.source.quorum
        if not now.is_source(version) and statement.role != "board":
            quorum = now.policy.translation.quorum
        if len(people) < quorum:
            yield f"{version.reference} has {len(people)} signatures of {quorum}"


def what_is_in_force_verifies(now: Snapshot) -> Iterator[str]:
    """1. Checked on the way out by the verifier that members use."""
    for version in now.versions:
        if version.state == "in_force":
            try:
                verify.require_sign_off(now.session, version, now.policy)
            except NotSignedOff:
                yield f"{version.reference} is in force and does not verify"


def only_what_is_in_force_is_served(now: Snapshot) -> Iterator[str]:
    """1. Every answer of a text is that of the document in force; every tombstone stands alone."""
    in_force = {(v.section, v.locale): v.document for v in now.versions if v.state == "in_force"}
    answered = set()
    for row in now.answers:
        if "." in row.kind:
            continue  # another form of the JSON beside it
        body = json.loads(row.body)
        if row.status == 410:
            if (body["section"], body["locale"]) in in_force:
                yield f"{row.path} is a tombstone of a text that is in force"
            continue
        for slug, locale, digest in _served_in(body):
            answered.add((slug, locale))
            if in_force.get((slug, locale)) != digest:
                yield f"{row.path} serves {slug}/{locale} in bytes that are not in force"
    for place in in_force.keys() - answered:
        yield f"{place} is in force and not served"


def forms_stand_beside_what_is_served(now: Snapshot) -> Iterator[str]:
    """1. A form is there only as long as its JSON; the comparison below looks at its bytes."""
    whole = {row.path for row in now.answers if row.status == 200}
    for row in now.answers:
        if "." in row.kind and row.path.rpartition(".")[0] not in whole:
            yield f"{row.path} is a form of a text that is not served"


def _served_in(body: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "locales" in body:
        for one in body["locales"]:
            yield body["section"], one["locale"], one["sha256"]
        return
    yield body["section"], body["locale"], body["sha256"]
    for below in body.get("sections", ()):
        yield from _served_in(below)


def answers_follow_from_the_rest(now: Snapshot) -> Iterator[str]:
    """The stored answers are what the rest of the database gives."""
    for path in differing(now.session, now.policy):
        yield f"{path} is not what it would be if it were made now"


def bytes_are_named_by_their_digest(now: Snapshot) -> Iterator[str]:
    """2. A document's name is the digest of its bytes, and they say which version they are."""
    for digest, body in now.documents.items():
        if sha256(body).hexdigest() != digest:
            yield f"document {digest} has other bytes than its name says"
    for version in now.versions:
        if version.document is None:
            if version.state not in ("draft", "abandoned"):
                yield f"{version.reference} is {version.state} without a document"
            continue
        told = json.loads(now.documents[version.document])
        if (told["section"], told["locale"], told["version"]) != (
            version.section,
            version.locale,
            version.number,
        ):
            yield f"{version.reference} has the document of another version"


def one_open_one_in_force(now: Snapshot) -> Iterator[str]:
    """3. Never two versions in force for one section and locale, nor two open ones."""
    for name, states in (("open", OPEN), ("in force", {"in_force"})):
        seen = set()
        for version in now.versions:
            place = (version.section, version.locale)
            if version.state in states:
                if place in seen:
                    yield f"{place} has two versions {name}"
                seen.add(place)


def numbers_only_rise(now: Snapshot) -> Iterator[str]:
    """3. Rolling back is a new number."""
    highest: dict[tuple[str, str], int] = defaultdict(int)
    for version in now.versions:
        place = (version.section, version.locale)
        if version.number != highest[place] + 1:
            yield f"{version.reference} follows number {highest[place]}"
        highest[place] = version.number
    in_force: dict[tuple[str | None, str | None], int] = defaultdict(int)
    for release in now.releases:
        text = (release.section, release.locale)
        if release.type == "in_force":
            if release.version <= in_force[text]:
                yield f"{text} went from number {in_force[text]} to {release.version}"
            in_force[text] = release.version


def four_eyes(now: Snapshot) -> Iterator[str]:
    """4. Writers, reviewers of each kind and signers of one version are different people."""
    writers = _writers(now)
    signers: dict[int, set[str]] = defaultdict(set)
    for entry in now.entries:
        signers[entry.version] |= {one.person for one in now.signatures[entry.statement]}
    for version in now.versions:
        parts = {"writer": writers[version.reference], "signer": signers[version.key]}
        for review in now.reviews[version.key]:
            parts.setdefault(review.kind, set()).add(review.person)
        for (one, some), (other, more) in combinations(parts.items(), 2):
            if some & more:
                yield f"{version.reference}: {some & more} is {one} and {other}"


def _writers(now: Snapshot) -> dict[str, set[str]]:
    """Reference to the people who put words into it, as the ledger tells."""
    writers = defaultdict(set)
    for row in now.ledger:
        if row.event in WRITING and row.actor != HUB:
            writers[row.subject].add(row.actor)
    return writers


def nobody_signs_what_they_opened(now: Snapshot) -> Iterator[str]:
    """4. Who opens a statement cannot sign it."""
    for digest, statement in now.statements.items():
        if statement.opened_by in {one.person for one in now.signatures[digest]}:
            yield f"{statement.name} was signed by who opened it"


def reviews_count_for_their_document(now: Snapshot) -> Iterator[str]:
    """5. A review counts only for the document it names."""
    for version in now.versions:
        if version.state not in SIGNED_OFF or version.carried_from is not None:
            continue
        last = {
            (one.person, one.kind): one
            for one in now.reviews[version.key]
            if one.document == version.document
        }
        if any(one.verdict == "return" for one in last.values()):
            yield f"{version.reference} is {version.state} over an open return"
        approved = [one for one in last.values() if one.verdict == "approve"]
        for kind, count in _reviews_needed(now, version).items():
            people = {one.person for one in approved if one.kind == kind}
            if len(people) < count:
                yield f"{version.reference} has {len(people)} {kind} reviews of {count}"
        organisations = {one.organisation for one in approved if one.kind == "medical"}
        needed = now.policy.source.medical_organisations if now.is_source(version) else 0
        if len(organisations) < needed:
            yield f"{version.reference} has reviewers of {len(organisations)} organisations"


def _reviews_needed(now: Snapshot, version: Version) -> dict[str, int]:
    source, translation = now.policy.source, now.policy.translation
    if now.is_source(version):
        return {"medical": source.medical_reviews, "lay": source.lay_reviews}
    return {"revision": translation.revisions, "language": translation.language_reviews}


def translations_follow_published_sources(now: Snapshot) -> Iterator[str]:
    """6. A translation in force names a source document that was in force, of a living text.

    A regional variant names its base text, and all that follows from it holds along the chain.
    """
    came = {one.document for one in now.releases if one.type == "in_force"}
    living = {(v.section, v.locale) for v in now.versions if v.state == "in_force"}
    named = {v.document: v for v in now.versions if v.document is not None}
    for version in now.versions:
        if now.is_source(version) != (version.source is None):
            yield f"{version.reference} is a translation in its own language, or none in another"
        if version.source is None or version.state not in PUBLISHED:
            continue
        if version.source not in came:
            yield f"{version.reference} translates a text that never was in force"
        followed = named.get(version.source)
        while version.state == "in_force" and followed is not None:
            if (followed.section, followed.locale) not in living:
                yield f"{version.reference} is in force and its source text is not"
            if followed.source is None and not now.is_source(followed):
                yield f"{version.reference} does not follow the source text in the end"
            followed = named.get(followed.source) if followed.source else None


def the_ledger_tells_every_state(now: Snapshot) -> Iterator[str]:
    """9. One ledger row for each transition: replayed, they end where the versions stand."""
    told: dict[str, str] = {}
    for row in now.ledger:
        detail = json.loads(row.detail)
        if row.event in ("version.begun", "version.carried"):
            told[row.subject] = "draft"
        elif "to" in detail:
            if told.get(row.subject) != detail["from"]:
                yield f"row {row.seq}: {row.subject} was {told.get(row.subject)}"
            told[row.subject] = detail["to"]
        elif row.event == "version.saved" and told.setdefault(row.subject, "draft") != "draft":
            yield f"row {row.seq}: {row.subject} was written in {told[row.subject]}"
    if told != {one.reference: one.state for one in now.versions}:
        stand = {one.reference: one.state for one in now.versions}.items()
        yield f"the ledger tells {told.items() - stand}, there is {stand - told.items()}"


def the_ledger_tells_every_statement(now: Snapshot) -> Iterator[str]:
    """9. One ledger row for a statement's beginning, one for each signature, one for its end."""
    told = [
        (row.event, json.loads(row.detail)["statement"], row.actor)
        for row in now.ledger
        if row.event.startswith("statement.")
    ]
    for digest, statement in now.statements.items():
        opened = told.count(("statement.opened", digest, statement.opened_by or HUB))
        signed = sorted(who for event, one, who in told if (event, one) == (SIGNED, digest))
        ends = [event for event, one, _ in told if one == digest and event not in (OPENED, SIGNED)]
        if opened != 1:
            yield f"{statement.name} has {opened} rows for its beginning"
        if signed != sorted(one.person for one in now.signatures[digest]):
            yield f"{statement.name} has other signatures than the ledger tells"
        expected = [] if statement.state == "open" else [f"statement.{statement.state}"]
        if ends != expected:
            yield f"{statement.name} is {statement.state}, the ledger tells {ends}"


OPENED, SIGNED = "statement.opened", "statement.signed"


def releases_tell_every_publication(now: Snapshot) -> Iterator[str]:
    """9. One release for each coming into force and for each withdrawal."""
    for kind, states in (("in_force", PUBLISHED), ("withdrawn", {"withdrawn"})):
        told = sorted(
            f"{one.section}/{one.locale}/{one.version}" for one in now.releases if one.type == kind
        )
        stand = sorted(one.reference for one in now.versions if one.state in states)
        if told != stand:
            yield f"releases of type {kind}: {told}, versions: {stand}"
    withdrawn = {one.key for one in now.versions if one.state == "withdrawn"}
    if withdrawn != now.withdrawals.keys():
        yield f"withdrawn are {withdrawn}, with a reason are {now.withdrawals.keys()}"


def numbers_are_dense(now: Snapshot) -> Iterator[str]:
    """10. Sequence numbers are dense and never go back."""
    for name, seqs in (
        ("ledger", [one.seq for one in now.ledger]),
        ("releases", [one.seq for one in now.releases]),
    ):
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"the {name}'s numbers have a gap: {seqs}"


def the_ledger_verifies(now: Snapshot) -> Iterator[str]:
    """9. Each row of the ledger follows from the one before."""
    breach = ledger.verify(now.session)
    if breach is not None:
        yield f"the ledger does not verify: {breach}"


def only_whole_translations_go_on(now: Snapshot) -> Iterator[str]:
    """11. A half-translated or fuzzy text cannot come into force, by any path."""
    for version in now.versions:
        if version.source is None or version.state in ("draft", "abandoned"):
            continue
        assert version.document is not None
        units = {one.unit: one for one in now.units[version.key]}
        source = messages.of_document(now.session, version.source)
        if {one.unit for one in source} != units.keys():
            yield f"{version.reference} does not translate every message of its source"
        told = {one.unit: one.text for one in messages.of_document(now.session, version.document)}
        for unit in units.values():
            if unit.fuzzy or not unit.target.strip():
                yield f"{version.reference} is {version.state} with {unit.unit} fuzzy or blank"
            if told.get(unit.unit) != unit.target:
                yield f"{version.reference}: {unit.unit} is not what its translator wrote"


def carried_words_are_the_same(now: Snapshot) -> Iterator[str]:
    """11. A version that was carried forward has the words that were reviewed."""
    by_id = {one.key: one for one in now.versions}
    for version in now.versions:
        if version.carried_from is None or version.state == "draft":
            continue
        before = {one.unit: one.target for one in now.units[version.carried_from]}
        if any(before.get(one.unit) != one.target for one in now.units[version.key]):
            yield f"{version.reference} has words that {by_id[version.carried_from]} has not"


def facts_match(now: Snapshot) -> Iterator[str]:
    """A version's change kind and review date are those of its document."""
    for version in now.versions:
        if version.document is None or version.state == "draft":
            continue
        document = documents.load(now.session, version.document)
        if document.review_by != version.review_by:
            yield f"{version.reference} has another review date than its document"
        if document.change.kind != version.change_kind:
            yield f"{version.reference} has another change kind than its document"
        named = document.translation_of.sha256 if document.translation_of else None
        if named != version.source:
            yield f"{version.reference} names another source than its document"


#: Cheap enough to be asked after every step.
QUICK: tuple[Callable[[Snapshot], Iterator[str]], ...] = (
    only_signed_off_is_in_force,
    only_what_is_in_force_is_served,
    forms_stand_beside_what_is_served,
    bytes_are_named_by_their_digest,
    one_open_one_in_force,
    numbers_only_rise,
    four_eyes,
    nobody_signs_what_they_opened,
    reviews_count_for_their_document,
    translations_follow_published_sources,
    the_ledger_tells_every_state,
    the_ledger_tells_every_statement,
    releases_tell_every_publication,
    numbers_are_dense,
    only_whole_translations_go_on,
    carried_words_are_the_same,
    facts_match,
)
CHECKS = (*QUICK, answers_follow_from_the_rest, what_is_in_force_verifies, the_ledger_verifies)


def findings(session: Session, policy: Policy) -> list[str]:
    """Everything that is wrong with this database; empty where all invariants hold."""
    now = snapshot(session, policy)
    return [finding for check in CHECKS for finding in check(now)]


def require(world: World) -> None:
    """All invariants hold in the world's database."""
    with world.reading() as session:
        assert findings(session, world.policy) == []


@dataclass
class Memory:
    """What was seen before, for what must never change from one look to the next."""

    ledger: list[str] = field(default_factory=list)
    releases: list[tuple[int, str, str | None]] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    #: Reference to (document, source, review_by) from submission on.
    frozen: dict[str, tuple[object, ...]] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    statements: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def changes(self, now: Snapshot) -> Iterator[str]:
        """What changed that must not, since the last time; remembers what is there now."""
        rows = [row.hash for row in now.ledger]
        if rows[: len(self.ledger)] != self.ledger:
            yield "a row of the ledger changed"
        self.ledger = rows
        releases = [(one.seq, one.type, one.document) for one in now.releases]
        if releases[: len(self.releases)] != self.releases:
            yield "a release changed"
        self.releases = releases
        if any(now.documents.get(digest) != body for digest, body in self.documents.items()):
            yield "a document changed"
        self.documents = now.documents
        yield from self._versions(now)
        for one in now.statements.values():
            fixed = (one.body, one.threshold, one.role, one.opened_by)
            if self.statements.setdefault(one.sha256, fixed) != fixed:
                yield f"statement {one.name} changed"

    def _versions(self, now: Snapshot) -> Iterator[str]:
        states = {one.reference: State(one.state) for one in now.versions}
        for reference in self.states.keys() - states.keys():
            yield f"{reference} is gone"
        for version in now.versions:
            was = self.states.get(version.reference)
            final = was in (State.SUPERSEDED, State.WITHDRAWN, State.ABANDONED)
            if final and version.state != was:
                yield f"{version.reference} was {was} and is {version.state}"
            if version.state == "draft":
                self.frozen.pop(version.reference, None)
                continue
            text = (version.document, version.source, version.review_by, version.change_kind)
            before = self.frozen.setdefault(version.reference, text)
            if before != text:
                yield f"{version.reference} changed after it was submitted"
        self.states = states
