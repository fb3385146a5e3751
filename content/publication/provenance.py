"""Provenance: who had a hand in a text in force, and when; beside what its answer says already."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from content.people.person import Person
from content.publication import reviewers
from content.publication.release import Release
from content.publication.reviewers import Reviewer
from content.records import version as versions
from content.records.participation import Part, Participation
from content.records.version import Version
from content.sign_off import signature
from content.sign_off import statement as statements
from content.sign_off.statement import Statement


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote the words of a translation. Frozen."""

    name: str
    organisation: str


@dataclass(frozen=True)
class Signer:
    """One signature that counted. The name is the one that was signed under. Frozen."""

    name: str
    organisation: str
    #: As it was signed: `2026-11-23T09:00:00Z`.
    at: str
    interests: str


@dataclass(frozen=True)
class Provenance:
    """Where a text in force comes from. Frozen."""

    #: When this version came into force.
    since: datetime
    #: Empty for a source text: its document names the authors.
    translated_by: tuple[Writer, ...]
    reviewed_by: tuple[Reviewer, ...]
    signed_by: tuple[Signer, ...]
    #: Year and number of the statement, whose role signed it, and how many people had to.
    statement: str
    role: str
    threshold: int


def read(session: Session, told: Mapping[str, Any]) -> Provenance:
    """Of the text that this answer gives: the envelope of a section."""
    version = versions.find(session, told["section"], told["locale"], told["version"])
    reviewed = reviewers.of_versions(session, [version.carried_from or -1, version.key])
    statement = statements.find(session, told["approval"]["sign_off"])
    return Provenance(
        since=_since(session, version),
        translated_by=_translators(session, version) if version.is_translation else (),
        reviewed_by=(
            *reviewed.get(version.carried_from or -1, ()),
            *reviewed.get(version.key, ()),
        ),
        signed_by=_signers(session, statement, told["approval"]["signed_by"]),
        statement=statement.name,
        role=statement.role,
        threshold=statement.threshold,
    )


def _since(session: Session, version: Version) -> datetime:
    return session.exec(
        select(Release.at).where(
            col(Release.section) == version.section,
            col(Release.locale) == version.locale,
            col(Release.version) == version.number,
            col(Release.type) == "in_force",
        )
    ).one()


def _translators(session: Session, version: Version) -> tuple[Writer, ...]:
    rows = session.exec(
        select(Person.name, Person.organisation)
        .join(Participation, col(Participation.person) == col(Person.id))
        .where(col(Participation.version) == version.key, col(Participation.part) == Part.WRITER)
        .order_by(col(Person.id))
    ).all()
    return tuple(Writer(*row) for row in rows)


def _signers(
    session: Session, statement: Statement, counted: list[dict[str, str]]
) -> tuple[Signer, ...]:
    """Interests stand in the signed blocks, and are not in the answers that member sites read."""
    named = {(one["name"], one["organisation"], one["at"]) for one in counted}
    blocks = [
        (json.loads(row.block), row.organisation)
        for row in signature.of_statement(session, statement)
    ]
    return tuple(
        Signer(block["name"], organisation, block["at"], block["interests"])
        for block, organisation in blocks
        if (block["name"], organisation, block["at"]) in named
    )
