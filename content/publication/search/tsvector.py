"""The index in PostgreSQL: text search with the dictionary of each language, on folded words.

GIN finds all texts that have a word before the first of them can be taken: slow for a common word,
fast for a rare one. So the first rows are walked through, where a common word fills the answer at
once, and GIN is asked where they do not. Either way gives the same: the first that fit, by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, text

from content.publication.search import words
from content.publication.search.query import Query, Term
from content.publication.search.reach import Reach
from content.translation import locale as locales

#: Languages that have a dictionary here; the words of others are taken as they are.
DICTIONARIES = {"en": "english", "fr": "french", "it": "italian", "de": "german"}
NO_DICTIONARY = "simple"
#: What a word is worth in the body (D), nowhere (C), the summary (B) and the title (A).
WEIGHTS = "'{0.1, 0.1, 0.4, 1.0}'"

#: Rows that are walked through before the index is asked.
WALKED_MAX = 2_000

_WRITE = text(
    "INSERT INTO search_words (rowid, dictionary, locale, page, in_title, anywhere) VALUES"
    " (:id, :dictionary, :locale, :page, to_tsvector(CAST(:config AS regconfig), :title),"
    " setweight(to_tsvector(CAST(:config AS regconfig), :title), 'A')"
    " || setweight(to_tsvector(CAST(:config AS regconfig), :summary), 'B')"
    " || setweight(to_tsvector(CAST(:config AS regconfig), :body), 'D'))"
)
#: A word that is left out, `the`, may be the beginning of one that is not, `therapy`.
_READ = text(
    "SELECT name, wanted::text, (wanted && !! to_tsquery(config, :unwanted))::text"
    " FROM unnest(CAST(:names AS text[])) AS name"
    " CROSS JOIN LATERAL (SELECT CAST(name AS regconfig) AS config) AS configs"
    " CROSS JOIN LATERAL (SELECT to_tsquery(config, :typed) AS stems) AS typed"
    " CROSS JOIN LATERAL (SELECT to_tsquery(config, :whole) &&"
    " CASE numnode(stems) WHEN 0 THEN CAST(:typed AS tsquery) ELSE stems END AS wanted) AS whole"
    " WHERE EXISTS (SELECT 1 FROM search_words WHERE dictionary = name) ORDER BY name"
)


def write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Index entries."""
    connection.execute(
        _WRITE,
        [
            {
                **{name: row[name] for name in ("id", "locale", "page")},
                "dictionary": dictionary(row["locale"]),
                "config": dictionary(row["locale"]),
                **{name: " ".join(words.fold(row[name])) for name in ("title", "summary", "body")},
            }
            for row in rows
        ],
    )


def dictionary(locale: str) -> str:
    """`french` for `fr-CH`."""
    return DICTIONARIES.get(locales.language(locale), NO_DICTIONARY)


@dataclass(frozen=True)
class Asked:
    """What is asked of the texts of some dictionaries, in their stems. Frozen."""

    dictionaries: list[str]
    #: All that must be there, and the same without what must not.
    wanted: str
    fitting: str


def tiers(
    connection: Connection, query: Query, reach: Reach, most: int
) -> Iterator[list[tuple[int, float]]]:
    """(entry, score) of the first that have all words in their titles, then of those that have them
    anywhere."""
    asked = _asked(connection, query, reach)
    if not asked:
        return
    rows = partial(_rows, connection, _Looked(asked, reach, most, bool(query.unwanted)))
    first = rows(walked=True, titles=False)
    if len(first) < most:
        yield rows(walked=False, titles=True)
        yield rows(walked=False, titles=False)
        return
    titled = rows(walked=True, titles=True)
    yield titled if len(titled) == most else rows(walked=False, titles=True)
    yield first


@dataclass(frozen=True)
class _Looked:
    asked: list[Asked]
    reach: Reach
    most: int
    #: Whether anything must not be there.
    without: bool


def _rows(
    connection: Connection, looked: _Looked, *, walked: bool, titles: bool
) -> list[tuple[int, float]]:
    narrowed, given = _narrowed(looked.reach)
    given |= {"most": looked.most, "walked": WALKED_MAX}
    for number, one in enumerate(looked.asked):
        given |= {f"{name}_{number}": value for name, value in vars(one).items()}
    fits = _fits(looked.asked, titles=titles, without=looked.without)
    among = f"SELECT w.*, wanted FROM search_words AS w {fits} WHERE {narrowed} OFFSET 0"  # noqa: S608
    if walked:
        first = f"SELECT * FROM search_words WHERE {narrowed} ORDER BY rowid LIMIT :walked"  # noqa: S608
        among = f"SELECT w.*, wanted FROM ({first}) AS w {fits}"  # noqa: S608
    column = "in_title" if titles else "anywhere"
    # Without OFFSET, the order and the limit out here would make a walk through all rows of it.
    statement = (
        f"SELECT rowid, ts_rank({WEIGHTS}, {column}, wanted) FROM ({among}) AS w"  # noqa: S608
        " ORDER BY rowid LIMIT :most"
    )
    return [(one, score) for one, score in connection.execute(text(statement), given)]


def _asked(connection: Connection, query: Query, reach: Reach) -> list[Asked]:
    """Of dictionaries that any text has; those that make the same of the words, together."""
    named = {dictionary(one) for one in reach.locales}
    names = sorted(named or {*DICTIONARIES.values(), NO_DICTIONARY})
    given = {
        "names": names,
        "whole": " & ".join(_term(one) for one in query.wanted if not one.prefix),
        "typed": " & ".join(_term(one) for one in query.wanted if one.prefix),
        "unwanted": " | ".join(map(_term, query.unwanted)),
    }
    groups: dict[tuple[str, str], list[str]] = {}
    for name, *stems in connection.execute(_READ, given):
        groups.setdefault((stems[0], stems[1]), []).append(name)
    # Nothing is left of words that a dictionary leaves out.
    return [Asked(names, *stems) for stems, names in groups.items() if stems[0]]


def _fits(asked: list[Asked], *, titles: bool, without: bool) -> str:
    rows = ", ".join(
        f"(CAST(:dictionaries_{n} AS text[]), CAST(:wanted_{n} AS tsquery),"
        f" CAST(:fitting_{n} AS tsquery))"
        for n in range(len(asked))
    )
    conditions = ["w.dictionary = ANY (dictionaries)"]
    if titles:
        conditions.append("w.in_title @@ wanted")
    if without or not titles:
        conditions.append("w.anywhere @@ fitting")
    told = " AND ".join(conditions)
    return f"JOIN (VALUES {rows}) AS asked (dictionaries, wanted, fitting) ON {told}"


def _narrowed(reach: Reach) -> tuple[str, dict[str, Any]]:
    conditions, given = ["true"], dict[str, Any]()
    if reach.locales:
        conditions.append("locale = ANY (CAST(:locales AS text[]))")
        given["locales"] = list(reach.locales)
    if reach.page:
        conditions.append("page = :page")
        given["page"] = reach.page
    return " AND ".join(conditions), given


def _term(term: Term) -> str:
    """PostgreSQL's own language, made from letters and digits alone."""
    row = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({row}{':*' if term.prefix else ''})"
