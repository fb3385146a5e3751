"""What the pages of the desk cost in a large hub: 1,000 sections in four languages, and work open
for everybody. `python -m tests.bench.desk` prints a table.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from content.database import writing
from content.people import person
from content.records.version import State, Version
from content.review import review, submission
from content.review.review import Kind, Verdict
from content.sign_off import statement as statements
from content.syndication import member, showing
from content.syndication.member import Particulars
from content.syndication.showing import Entry
from tests.api.desk.browser import PAGES, Browser, as_demo
from tests.api.desk.membership import with_members
from tests.api.hubs import Hub, open_app, put_to_work
from tests.api.promised import Promised
from tests.bench.grown import Many, grow, slugs
from tests.bench.hubs import new_hub
from tests.questions import asked
from tests.world import NO_INTERESTS, World, acknowledge_all, page

#: Sections in force beside the open ones, in four languages.
SECTIONS = 1_000
#: Drafts and texts in review of each kind: of sources, and of translations.
OPEN = 100
#: Statements that wait, of five texts each.
STATEMENTS, PER_STATEMENT = 20, 5
MEMBERS, SHOWN = 20, 200
ROUNDS = 5
#: The page that shows nothing of the hub: what any page costs.
BARE = "/desk/people/new"

REVIEWERS = (("medical-1", Kind.MEDICAL), ("medical-2", Kind.MEDICAL), ("lay", Kind.LAY))
TRANSLATED = (("reviser-fr", Kind.REVISION), ("language-1-fr", Kind.LANGUAGE))


@dataclass(frozen=True)
class Cost:
    """One page: processor time of the server and of who asks it, bytes, questions. Frozen."""

    route: str
    who: str
    ms: float
    questions: int
    size: int


def filled(path: Path, sections: int = SECTIONS, many: int = OPEN) -> Engine:
    """`busy_hub`, and beside it so many sections in force, and so many open of each kind."""
    engine = new_hub(path)
    world = World(engine)
    world.people()
    world.publish_page()
    put_to_work(world)
    as_demo(world)
    with_members(world)
    if sections:
        grow(world, Many(sections))
    _show(engine, sections)
    _open(world, many)
    return engine


def _show(engine: Engine, sections: int) -> None:
    shown = list(slugs(Many(sections)))[:SHOWN]
    for number in range(MEMBERS if sections else 0):
        site = f"https://m{number}.example"
        told = Particulars(f"Member {number}", "CH", f"web@m{number}.example", site, ["en"])
        with writing(engine) as session:
            member.add(session, f"m{number}", told, by="operator")
            listed = [Entry(slug, "en", f"{site}/{slug}", 1) for slug in shown]
            showing.report(session, f"m{number}", showing.checked(listed))


def _open(world: World, many: int) -> None:
    """Sources in draft, in review and in statements; translations in draft and in review."""
    world.write(_text("written", many))
    world.write(_text("judged", many))
    _submit(world, "author", "judged", "en")
    for _ in range(STATEMENTS * PER_STATEMENT // 100):
        world.write(_text("signed", many))
        _submit(world, "author", "signed", "en", REVIEWERS)
    _put_to_signature(world)
    world.translate("fr", "judged")
    _submit(world, "translator-fr", "judged", "fr", TRANSLATED[:1])
    world.translate("it", "judged")


def _text(root: str, many: int) -> bytes:
    """A page with so many sections."""
    text = f"# {root} {{#{root}}}\n\nWhat it is about.\n"
    for number in range(1, many):
        text += f"\n## {root} {number} {{#{root}-{number}}}\n\n"
        text += f"Of {number} people, 4 had fewer relapses in trial {number}.\n\n"
        text += f"- Ask about question {number}.\n- See [it](https://example.org/{number}).\n"
    return page(text)


def _submit(
    world: World,
    writer: str,
    root: str,
    locale: str,
    reviewers: Sequence[tuple[str, Kind]] = (),
) -> None:
    with writing(world.engine) as session:
        drafts = select(Version).where(
            col(Version.state) == State.DRAFT,
            col(Version.locale) == locale,
            col(Version.section).startswith(root),
        )
        for version in session.exec(drafts).all():
            submission.submit(session, person.actor(session, writer), version, world.policy)
            for who, kind in reviewers:
                actor = person.actor(session, who)
                acknowledge_all(session, actor, version)
                review.give(
                    session,
                    actor,
                    version,
                    kind=kind,
                    verdict=Verdict.APPROVE,
                    interests=NO_INTERESTS,
                )


def _put_to_signature(world: World) -> None:
    with writing(world.engine) as session:
        ready = session.exec(
            select(Version)
            .where(col(Version.state) == State.IN_REVIEW, col(Version.section).startswith("signed"))
            .order_by(col(Version.id))
        ).all()
        editor = person.actor(session, "editor")
        # Half of them wait for an editor to put them to signature.
        for first in range(0, len(ready) // 2, PER_STATEMENT):
            chosen = ready[first : first + PER_STATEMENT]
            statements.open_statement(session, editor, chosen, world.policy)


def served(engine: Engine) -> Hub:
    """Nothing runs beside the requests; what was made before is set aside, as a server does."""
    app = open_app(engine)
    gc.collect()
    gc.freeze()
    client = Promised(app, raise_server_exceptions=False, follow_redirects=False)
    return Hub(World(engine), app, client)


def costs(hub: Hub, rounds: int = ROUNDS) -> list[Cost]:
    """Every page, by whom it is for; and the first page by everybody whom it is for."""
    people = [
        "author",
        "medical-1",
        "lay",
        "translator-fr",
        "reviser-fr",
        "language-2-fr",
        "editor",
    ]
    listed = [(route, *told) for route, told in PAGES.items()]
    listed += [("/desk", "/desk", who) for who in people]
    return [_cost(hub, *one, rounds=rounds) for one in listed]


def _cost(hub: Hub, route: str, path: str, who: str, rounds: int) -> Cost:
    browser = Browser(hub)
    if who:
        browser.signs_in(who)
    first = browser.get(path)
    assert first.status_code == 200, (path, first.text[:500])
    with asked(hub.app.state.hub.engine) as questions:
        size = len(browser.get(path).content)
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        browser.get(path)
        spent.append(time.process_time() - begun)
    return Cost(route, who, statistics.median(spent) * 1_000, len(questions), size)


def table(found: Sequence[Cost]) -> Iterator[str]:
    for one in sorted(found, key=lambda cost: -cost.ms):
        told = f"{one.ms:8.1f} ms {one.questions:4} questions {one.size:8} B"
        yield f"{told}  {one.route} ({one.who or 'anybody'})"


def main() -> None:
    sections = int(sys.argv[1]) if len(sys.argv) > 1 else SECTIONS
    with tempfile.TemporaryDirectory() as folder:
        engine = filled(Path(folder) / "content.db", sections)
        for line in table(costs(served(engine))):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
