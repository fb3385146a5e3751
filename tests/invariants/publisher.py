"""A process that takes edition after edition into force, to be killed at any moment.

`python -m tests.invariants.publisher URL EDITIONS` prints a line after each transaction. It looks
at where things stand and does what is next, so a later process goes on where this one was killed.
"""

import sys
from collections.abc import Callable

import time_machine

from content.database import connect
from content.records import version as versions
from content.records.version import State, Version
from content.review import review
from content.review.review import Kind
from content.sign_off import signature
from content.sign_off import statement as statements
from tests.invariants.pages import Edition
from tests.reader import TODAY
from tests.world import World

SECTION = "benefits"
REVIEWERS = {
    "en": (("medical-1", Kind.MEDICAL), ("medical-2", Kind.MEDICAL), ("lay", Kind.LAY)),
    "fr": (("reviser-fr", Kind.REVISION), ("language-1-fr", Kind.LANGUAGE)),
}
SIGNERS = {"en": ("board-1", "board-2", "board-3"), "fr": ("language-2-fr",)}

Step = Callable[[], object]


def edition(number: int) -> bytes:
    """The page whose benefits are in their `number`th edition."""
    kind = "safety" if number == 2 else "clinical"
    return Edition(numbers=(2000, number, 3), summary=f"Edition {number}", kind=kind).source()


def next_step(world: World, editions: int) -> Step | None:
    """What is to do; None where the last edition is in force in both languages."""
    for locale in ("en", "fr"):
        opened = _opened(world, locale)
        if opened is not None:
            return _on(world, opened)
    source, french = _number(world, "en"), _source_number(world)
    if source and french < source:
        return lambda: world.translate("fr")
    if source < editions:
        return lambda: world.write(edition(source + 1))
    return None


def _on(world: World, version: Version) -> Step:
    locale = version.locale
    if version.state == State.DRAFT:
        return lambda: world.submit(SECTION, locale)
    if version.state == State.IN_REVIEW:
        for by, kind in REVIEWERS[locale]:
            if not _reviewed(world, version, by):
                return lambda: world.review(SECTION, by, kind, locale=locale)
        return lambda: world.open_statement(SECTION, locale=locale)
    with world.reading() as session:
        statement = statements.newest_for(session, version.key)
        assert statement is not None
        signed = {one.person for one in signature.of_statement(session, statement)}
    waiting = next(by for by in SIGNERS[locale] if by not in signed)
    return lambda: world.sign(statement.sha256, waiting)


def _opened(world: World, locale: str) -> Version | None:
    with world.reading() as session:
        return versions.opened(session, SECTION, locale)


def _number(world: World, locale: str) -> int:
    with world.reading() as session:
        found = versions.in_force(session, SECTION, locale)
        return found.number if found else 0


def _source_number(world: World) -> int:
    """The edition that the French text in force translates."""
    with world.reading() as session:
        found = versions.in_force(session, SECTION, "fr")
        source = versions.named_by(session, found.source or "") if found else None
        return source.number if source else 0


def _reviewed(world: World, version: Version, by: str) -> bool:
    with world.reading() as session:
        return any(one.person == by for one in review.of_version(session, version.key))


def work(world: World, editions: int) -> None:
    """Do step after step, and say so after each, until nothing is left to do."""
    while (step := next_step(world, editions)) is not None:
        step()
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    # The same day as in the process that looks at what is left.
    with time_machine.travel(TODAY, tick=True):
        work(World(connect(sys.argv[1])), int(sys.argv[2]))
