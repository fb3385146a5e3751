"""The index in SQLite: FTS5 over folded words.

A row's words are removed from the file with it (`secure-delete`), and a row knows them, so that no
other program's way of folding can leave some behind.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from content.publication.search import words
from content.publication.search.query import Query, Term
from content.publication.search.reach import Reach

#: What a word is worth in the title, the summary and the body.
WEIGHTS = (10, 4, 1)
#: Times that a word comes in a text until one more adds half as much.
SATURATED = 1.2
TITLE = "title"
ANYWHERE = "title summary body"

_WRITE = text(
    "INSERT INTO search_words (rowid, place, title, summary, body)"
    " VALUES (:id, :place, :title, :summary, :body)"
)
#: In the order of the rows, which costs nothing, and no further than asked. `bm25` would count how
#: often each word comes in all texts: 100 ms for common words in 100,000.
_FIND = text(
    "SELECT rowid, title, summary, body FROM search_words"
    " WHERE search_words MATCH :match LIMIT :most"
)


def write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Index entries."""
    connection.execute(
        _WRITE,
        [
            {
                "id": row["id"],
                "place": f"{_mark('l', row['locale'])} {_mark('p', row['page'])}",
                **{name: " ".join(words.fold(row[name])) for name in ("title", "summary", "body")},
            }
            for row in rows
        ],
    )


def tiers(
    connection: Connection, query: Query, reach: Reach, most: int
) -> Iterator[list[tuple[int, float]]]:
    """(entry, score) of the first that have all words in their titles, then of those that have them
    anywhere."""
    beginnings = [_beginning(term) for term in query.wanted]
    for columns in (TITLE, ANYWHERE):
        match = _match(query, reach, columns)
        rows = connection.execute(_FIND, {"match": match, "most": most}).all()
        yield [(row.rowid, _score(beginnings, tuple(row)[1:])) for row in rows]


def _score(beginnings: list[str], columns: tuple[str, ...]) -> float:
    """How much of what is looked for stands where: all of it is in each text, so rarity is no
    matter."""
    worth = 0.0
    for weight, column in zip(WEIGHTS, columns, strict=True):
        for beginning in beginnings:
            times = f" {column} ".count(beginning)
            worth += weight * times / (times + SATURATED)
    return worth


def _beginning(term: Term) -> str:
    last, begins = term.begins(len(term.words) - 1)
    return f" {' '.join((*term.words[:-1], last))}{'' if begins else ' '}"


def _match(query: Query, reach: Reach, columns: str) -> str:
    """FTS5's own language, made from letters and digits alone."""
    parts = [f"{{{columns}}} : ({' AND '.join(map(_term, query.wanted))})"]
    if reach.locales:
        parts.append(f"place : ({' OR '.join(_mark('l', one) for one in reach.locales)})")
    if reach.page:
        parts.append(f"place : {_mark('p', reach.page)}")
    match = " AND ".join(parts)
    if query.unwanted:
        match = f"({match}) NOT ({{{ANYWHERE}}} : ({' OR '.join(map(_term, query.unwanted))}))"
    return match


def _term(term: Term) -> str:
    last, begins = term.begins(len(term.words) - 1)
    return f'"{" ".join((*term.words[:-1], last))}"{" *" if begins else ""}'


def _mark(kind: str, name: str) -> str:
    """A word that stands for a locale or a page, and for no other."""
    return kind + name.encode().hex()
