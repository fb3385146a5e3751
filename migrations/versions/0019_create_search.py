"""Keep an index of what is in force, to search in.

It is empty after this step: the program fills it when it starts.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number, text

revision = "0019_create_search"
down_revision = "0018_create_webhooks"

#: No list of words that wait: every search would read it from end to end.
AT_ONCE = " WITH (fastupdate = off)"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        text("path"),
        text("section", sa.ForeignKey("section.slug")),
        *(text(name) for name in ("locale", "page", "label")),
        number("version"),
        number("seq"),
        *(text(name) for name in ("title", "summary", "body")),
        sa.UniqueConstraint("path", name="uq_search_entry_path"),
    )
    op.create_index("ix_search_entry_section", "search_entry", ["section"])
    if op.get_bind().dialect.name == "sqlite":
        _virtual_table()
    else:
        _vectors()


def downgrade() -> None:
    op.drop_table("search_words")
    op.drop_table("search_entry")


def _virtual_table() -> None:
    # Words come folded: letters and digits alone. Beginnings have indexes of their own: of two
    # letters since they are in every text, and of as many as a stem mostly has since FTS5 else
    # gathers all places of all words that begin so before it finds the first text.
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(place, title, summary, body,"
        " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4 5 6')"
    )
    op.execute("INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)")


def _vectors() -> None:
    op.execute(
        "CREATE TABLE search_words (rowid INTEGER PRIMARY KEY REFERENCES search_entry (id)"
        " ON DELETE CASCADE, dictionary TEXT NOT NULL, locale TEXT NOT NULL, page TEXT NOT NULL,"
        " in_title TSVECTOR NOT NULL, anywhere TSVECTOR NOT NULL)"
    )
    op.execute(
        "CREATE INDEX ix_search_words_in_title ON search_words USING gin (in_title)" + AT_ONCE
    )
    op.execute(
        "CREATE INDEX ix_search_words_anywhere ON search_words USING gin (anywhere)" + AT_ONCE
    )
    for column in ("dictionary", "locale", "page"):
        name = f"ix_search_words_{column}"
        op.execute(f"CREATE INDEX {name} ON search_words ({column}, rowid)")
