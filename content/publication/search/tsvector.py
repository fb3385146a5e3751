"""The index in PostgreSQL: text search with the dictionary of each language, on folded words."""

from typing import Any

from sqlalchemy import Connection, bindparam, text

from content.publication.search import words
from content.publication.search.query import Query, Term
from content.publication.search.reach import Reach
from content.translation import locale as locales

#: Languages that have a dictionary here; the words of others are taken as they are.
DICTIONARIES = {"en": "english", "fr": "french", "it": "italian", "de": "german"}
NO_DICTIONARY = "simple"
#: What a word is worth in the body (D), nowhere (C), the summary (B) and the title (A).
WEIGHTS = "'{0.1, 0.1, 0.4, 1.0}'"

_WRITE = text(
    "INSERT INTO search_words (rowid, dictionary, locale, page, in_title, anywhere) VALUES"
    " (:id, :dictionary, :locale, :page, to_tsvector(CAST(:config AS regconfig), :title),"
    " setweight(to_tsvector(CAST(:config AS regconfig), :title), 'A')"
    " || setweight(to_tsvector(CAST(:config AS regconfig), :summary), 'B')"
    " || setweight(to_tsvector(CAST(:config AS regconfig), :body), 'D'))"
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


def candidates(
    connection: Connection, query: Query, reach: Reach, most: int, *, titles: bool
) -> list[tuple[int, float]]:
    """(entry, score) of the first that have all words in their titles, or anywhere."""
    named = {dictionary(one) for one in reach.locales}
    found: list[tuple[int, float]] = []
    for one in sorted(named or {*DICTIONARIES.values(), NO_DICTIONARY}):
        found += _by(connection, one, query, reach, most, "in_title" if titles else "anywhere")
    return found


def _by(
    connection: Connection, dictionary: str, query: Query, reach: Reach, most: int, column: str
) -> list[tuple[int, float]]:
    """By one dictionary. Ranked are no more than `most`, in the order of the rows."""
    given: dict[str, Any] = {
        "dictionary": dictionary,
        "wanted": " & ".join(map(_term, query.wanted)),
        "most": most,
    }
    where = f"dictionary = :dictionary AND {column} @@ to_tsquery(:dictionary, :wanted)"
    if query.unwanted:
        given["unwanted"] = " | ".join(map(_term, query.unwanted))
        where += " AND NOT anywhere @@ to_tsquery(:dictionary, :unwanted)"
    if reach.locales:
        given["locales"] = list(reach.locales)
        where += " AND locale IN :locales"
    if reach.page:
        given["page"] = reach.page
        where += " AND page = :page"
    where = where.replace("to_tsquery(:dictionary", f"to_tsquery('{dictionary}'")
    statement = text(
        f"SELECT rowid, ts_rank({WEIGHTS}, {column}, to_tsquery('{dictionary}', :wanted))"  # noqa: S608
        f" FROM (SELECT rowid, {column} FROM search_words WHERE {where}"
        " ORDER BY rowid LIMIT :most) AS first_of_them"
    )
    if reach.locales:
        statement = statement.bindparams(bindparam("locales", expanding=True))
    return [(one, score) for one, score in connection.execute(statement, given).all()]


def _term(term: Term) -> str:
    """PostgreSQL's own language, made from letters and digits alone."""
    row = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({row}{':*' if term.prefix else ''})"
