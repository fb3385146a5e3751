"""A search that takes too long is given up, and says so."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from content.database import reading, writing
from content.errors import SearchTooSlow
from content.publication.search import patience
from tests.content.publication.search.indexed import found


def test_a_search_that_waits_is_given_up_and_the_next_one_is_not(
    postgres_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as hurried, writing(postgres_engine) as holding:
        hurried.setattr(patience, "STATEMENT_MAX_MS", 50)
        holding.connection().execute(text("LOCK TABLE search_words IN ACCESS EXCLUSIVE MODE"))
        with reading(postgres_engine) as session, pytest.raises(SearchTooSlow):
            found(session, "nerves")
    with reading(postgres_engine) as session:
        assert found(session, "nerves") == []


def test_the_bound_ends_with_its_transaction(postgres_engine: Engine) -> None:
    asked = text("SHOW statement_timeout")
    with reading(postgres_engine) as session:
        with patience.bounded(session):
            assert session.connection().execute(asked).scalar_one() == "2s"
        session.rollback()
        assert session.connection().execute(asked).scalar_one() == "0"


def test_another_fault_of_the_database_is_not_said_to_be_slowness(postgres_engine: Engine) -> None:
    ended = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with (
        reading(postgres_engine) as session,
        pytest.raises(OperationalError),
        patience.bounded(session),
    ):
        session.connection().execute(ended)
