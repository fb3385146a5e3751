"""What editors wait for who ask which member shows what: 50 members, 1,000 sections each."""

import statistics
import time
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from content.database import writing
from content.syndication import member, showing
from content.syndication.member import Particulars
from content.syndication.showing import Entry
from tests.api.hubs import open_app
from tests.bench.grown import Many, grow, slugs
from tests.bench.hubs import new_hub
from tests.world import World

MEMBERS, SECTIONS = 50, 1_000
ROUNDS = 5
#: Rows that are asked for at once: the most that there are.
LIMIT = 10_000


def filled(path: Path) -> Engine:
    engine = new_hub(path)
    world = World(engine)
    world.people()
    world.publish_page()
    many = Many(SECTIONS, locales=("en",))
    grow(world, many)
    for number in range(MEMBERS):
        site = f"https://m{number}.example"
        told = Particulars(f"Member {number}", "CH", f"web@m{number}.example", site, ["en"])
        shown = [Entry(slug, "en", f"{site}/{slug}", 1) for slug in slugs(many)]
        with writing(engine) as session:
            member.add(session, f"m{number}", told, by="operator")
            showing.report(session, f"m{number}", showing.checked(shown))
    return engine


def seconds(engine: Engine) -> float:
    """Of processor time, for all pages of the whole list; the median of some rounds."""
    client = TestClient(open_app(engine))
    token = World(engine).token("editor")
    _all(client, token)  # the first makes what every later one has
    spent = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        pages = _all(client, token)
        spent.append(time.process_time() - begun)
        assert pages == MEMBERS * SECTIONS // LIMIT
    return statistics.median(spent)


def _all(client: TestClient, token: str) -> int:
    """How many pages there are."""
    pages, path = 0, f"/v1/showing?limit={LIMIT}"
    while path:
        answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text[:200]
        pages += 1
        path = answer.headers.get("link", "").partition(">")[0][1:]
    return pages
