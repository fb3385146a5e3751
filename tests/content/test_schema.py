"""The steps in migrations/ make what the tables in content/ say, up, down and up again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from content import ledger, schema
from content.database import connect, reading, writing
from content.errors import NotMigrated
from content.people import person
from content.people.role import Grant, Role
from tests.postgres import drop_database, fresh_database
from tests.world import PEOPLE, World

PEOPLE_AND_LEDGER = "0001_create_people_and_ledger"


@pytest.fixture(params=["sqlite", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a single table."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'bare.db'}")
        yield engine
        engine.dispose()
        return
    server = request.getfixturevalue("postgres_url")
    url = fresh_database(server)
    engine = connect(url)
    yield engine
    engine.dispose()
    drop_database(server, url)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": _is_modelled,
            },
        )
        return list(compare_metadata(context, schema.metadata()))


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """Each database has words in a kind of table of its own, which no model can tell of."""
    return not (kind == "table" and name is not None and name.startswith("search_words"))


def test_the_words_of_the_search_are_kept_as_each_database_searches_them(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            asked = "SELECT sql FROM sqlite_master WHERE name = 'search_words'"
            made = str(connection.exec_driver_sql(asked).scalar())
            assert "fts5(place, title, summary, body" in made
            kept = "SELECT v FROM search_words_config WHERE k = 'secure-delete'"
            assert connection.exec_driver_sql(kept).scalar() == 1
            return
    kinds = {one["name"]: str(one["type"]) for one in inspect(engine).get_columns("search_words")}
    assert kinds["in_title"] == kinds["anywhere"] == "TSVECTOR"
    indexes = {one["name"] for one in inspect(engine).get_indexes("search_words")}
    columns = ("in_title", "anywhere", "dictionary", "locale", "page")
    assert indexes == {f"ix_search_words_{one}" for one in columns}


def test_the_migrated_schema_is_the_modelled_one(engine: Engine) -> None:
    assert differences(engine) == []
    assert schema.present(engine) == schema.newest()
    schema.require_migrated(engine)


def test_an_empty_or_older_database_is_not_served(bare: Engine) -> None:
    assert schema.present(bare) is None
    with pytest.raises(NotMigrated, match="run `msif migrate`"):
        schema.require_migrated(bare)

    schema.migrate(bare, PEOPLE_AND_LEDGER)

    assert schema.present(bare) == PEOPLE_AND_LEDGER
    with pytest.raises(NotMigrated):
        schema.require_migrated(bare)


def test_up_down_and_up_again_people_and_the_ledger_stay(bare: Engine) -> None:
    schema.migrate(bare, PEOPLE_AND_LEDGER)
    world = World(bare)
    world.enter()
    schema.migrate(bare)
    world.enrol()
    world.publish_page()
    world.publish_translation("fr")
    world.withdraw("risks")
    written = ledger_rows(bare)

    schema.downgrade(bare, PEOPLE_AND_LEDGER)

    assert set(inspect(bare).get_table_names()) == {
        "alembic_version",
        "ledger",
        "person",
        "role_grant",
        "token",
    }
    assert ledger_rows(bare) == written
    with reading(bare) as session:
        assert ledger.verify(session) is None
        assert person.grants(session, "translator-fr") == {Grant(Role.TRANSLATOR, "fr")}
        assert {person.find(session, name).id for name in PEOPLE} == set(PEOPLE)

    schema.migrate(bare)
    world.enrol()

    assert differences(bare) == []
    assert world.publish_page() == ["treatment", "benefits", "risks"]
    with reading(bare) as session:
        assert ledger.verify(session) is None


def test_the_way_down_ends_with_nothing(bare: Engine) -> None:
    schema.migrate(bare)

    schema.downgrade(bare, "base")

    assert inspect(bare).get_table_names() == ["alembic_version"]
    with bare.connect() as connection:
        left = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if bare.dialect.name == "sqlite"
            else "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
        assert connection.exec_driver_sql(left).all() == []


def test_a_step_that_fails_leaves_the_database_as_it_was(bare: Engine) -> None:
    schema.migrate(bare, PEOPLE_AND_LEDGER)
    with writing(bare) as session:
        person.add(session, name="Ada", organisation="MSIF", by="operator", person_id="ada")
    with bare.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE unit (in_the_way INTEGER)")

    with pytest.raises(DBAPIError, match="already exists"):
        schema.migrate(bare)

    assert schema.present(bare) == PEOPLE_AND_LEDGER
    assert "section" not in inspect(bare).get_table_names()
    with bare.begin() as connection:
        connection.exec_driver_sql("DROP TABLE unit")
    schema.migrate(bare)
    with reading(bare) as session:
        assert person.find(session, "ada").name == "Ada"


@pytest.mark.parametrize(
    ("step", "goes_on"),
    [
        ("CREATE TABLE shelf_mark (id INTEGER PRIMARY KEY)", True),
        ("ALTER TABLE person ADD COLUMN nickname TEXT", True),
        ("ALTER TABLE person ADD COLUMN visits INTEGER NOT NULL DEFAULT 0", True),
        ("ALTER TABLE person DROP COLUMN erased_at", False),
        ("ALTER TABLE person RENAME COLUMN name TO full_name", False),
        ("DROP TABLE demo_mark", False),
    ],
)
def test_a_running_program_goes_on_beside_a_newer_one_that_only_added(
    engine: Engine, step: str, goes_on: bool
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(step)
    assert schema.suits(engine), "at its own schema; what it does not look for is not seen"
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_newer'")
    assert schema.suits(engine) is goes_on
    with pytest.raises(NotMigrated):
        schema.require_migrated(engine)


def test_a_column_that_must_be_filled_stops_a_program_that_does_not_know_it(
    postgres_engine: Engine,
) -> None:
    with postgres_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person ADD COLUMN title TEXT NOT NULL")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_newer'")
    assert not schema.suits(postgres_engine)


def test_an_older_or_empty_database_suits_nobody(bare: Engine) -> None:
    assert not schema.suits(bare)
    schema.migrate(bare, PEOPLE_AND_LEDGER)
    assert not schema.suits(bare)


def ledger_rows(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT seq, event, hash FROM ledger ORDER BY seq")
        return [tuple(row) for row in rows]
