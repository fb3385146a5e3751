"""Search in a hundred thousand texts: how long an answer takes, in milliseconds.

`python -m tests.bench.searching` prints the table of docs/delivery.md, for SQLite and PostgreSQL:
median and worst, and the number of hits, in English, in Swiss French and in every language.
`make bench` compares few texts with many.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

from content import clock, database, schema
from content.database import reading, writing
from content.publication.search import fts5, hits, index, patience, query, tsvector
from content.publication.search.hits import Wanted
from content.publication.search.query import Query
from content.publication.search.reach import Reach
from content.records.section import Section
from tests.bench.reading import Ratio, compare
from tests.postgres import fresh_database, postgres_server

SECTIONS = 100_000
#: Texts of what `make bench` and the test beside this compare; in the few, too, more fit than are
#: ranked.
SMALL, LARGE = 3_000, 30_000
#: Words of a body.
BODY_WORDS = 120
LOCALES = ("en", "fr", "it", "de")
BATCH = 1_000
REPEATS = 25
#: What is looked for, by what it is.
QUERIES = {
    "a rare word": "zygote777",
    "a word in every text": "treatment ",
    "two letters": "st",
    "two letters, in no title": "ou",
    "two common words": "treatment outcome ",
    "words in a row": '"treatment outcome"',
    "words in a row, in no text": '"outcome outcome"',
    "a common word without another": "treatment -outcome",
    "none": "nowhere at all",
}
#: What each database has to look for in all texts, since each word alone is there.
NOT_THERE = ("words in a row, in no text", "a common word without another")


def fill(engine: Engine, sections: int = SECTIONS) -> None:
    """Texts of made-up words, of which few come often and many seldom, as in a language."""
    chance = random.Random(5)
    known = [
        f"{one}{two}{three}"
        for one in ("st", "re", "ca", "mo", "li", "pa", "no", "ve", "tu")
        for two in ("ma", "ri", "lo", "ten", "vis")
        for three in ("tion", "ra", "ne", "dol", "s")
    ]
    weights = [1 / (rank + 1) for rank in range(len(known))]
    for start in range(0, sections, BATCH):
        with writing(engine) as session:
            rows = [_row(number, chance, known, weights) for number in range(start, start + BATCH)]
            session.add_all(
                Section(
                    slug=row["section"],
                    source_locale="en",
                    page=row["page"],
                    created_at=clock.now(),
                )
                for row in rows
            )
            session.flush()
            index._add(session.connection(), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _row(number: int, chance: random.Random, known: list[str], weights: list[float]) -> index.Row:
    body = chance.choices(known, weights, k=BODY_WORDS)
    body.insert(chance.randrange(BODY_WORDS), f"zygote{number}")
    at = chance.randrange(BODY_WORDS)
    body[at : at + 2] = ["treatment", "outcome"] if number % 10 == 0 else ["outcome", "treatment"]
    title = ["Stem", *chance.choices(known, weights, k=3)] if number % 4 == 0 else body[:4]
    slug, locale = f"section-{number}", LOCALES[number % len(LOCALES)]
    return {
        "path": f"/v1/sections/{slug}/{locale}",
        "section": slug,
        "locale": locale,
        "page": f"page-{number // 20}",
        "label": "current",
        "version": 1,
        "seq": number,
        "title": " ".join(title),
        "summary": " ".join(body[4:16]),
        "body": " ".join(body),
    }


def filled(url: str, sections: int) -> Engine:
    engine = database.connect(url)
    schema.migrate(engine)
    fill(engine, sections)
    return engine


def growth(what: str, small: Engine, large: Engine) -> Ratio:
    """One of QUERIES, in every language: what the index does, without what is told of the hits."""
    asked = query.read(QUERIES[what])
    return compare(f"search: {what}", lambda: _looked(small, asked), lambda: _looked(large, asked))


def _looked(engine: Engine, asked: Query) -> int:
    words = fts5 if engine.dialect.name == "sqlite" else tsvector
    with reading(engine) as session, patience.bounded(session):
        tiers = words.tiers(session.connection(), asked, Reach(), hits.CANDIDATES_MAX)
        return sum(len(found) for found in tiers)


def _found(engine: Engine, wanted: Wanted) -> int:
    with reading(engine) as session:
        return len(hits.find(session, wanted)[0])


def measure(engine: Engine, wanted: Wanted) -> tuple[float, float, int]:
    """(median, worst, hits): milliseconds of a whole answer with snippets, the first left out."""
    took = [_timed(lambda: _found(engine, wanted)) for _ in range(REPEATS + 1)][1:]
    return statistics.median(took), max(took), _found(engine, wanted)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000


def table(engine: Engine) -> list[str]:
    told = []
    for name, words in QUERIES.items():
        times = [measure(engine, Wanted(words, locale)) for locale in ("en", "fr-CH", "")]
        figures = "".join(f"{ms:7.1f} to {worst:6.1f} ms ({n:2})" for ms, worst, n in times)
        told.append(f"{engine.dialect.name:<11}{name:<30}{figures}")
    return told


def main() -> None:
    sections = int(sys.argv[1]) if len(sys.argv) > 1 else SECTIONS
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        for url in (f"sqlite:///{Path(folder) / 'search.db'}", fresh_database(server)):
            start = time.perf_counter()
            engine = filled(url, sections)
            sys.stdout.write(f"filled in {time.perf_counter() - start:.0f} s\n")
            sys.stdout.write("\n".join(table(engine)) + "\n")
            engine.dispose()


if __name__ == "__main__":
    main()
