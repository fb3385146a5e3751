"""People: entered, given roles, and forgotten without a hole in the records."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from content import ledger
from content.database import reading, writing
from content.errors import (
    AlreadyThere,
    BadInput,
    FourEyes,
    PersonNotFound,
    RoleMalformed,
    TokenUnknown,
)
from content.ledger import LedgerRow
from content.people import person, token
from content.people.role import Grant, Permission, Role
from content.records.participation import Part, parts
from content.review.review import Kind, of_version
from tests.world import World


def add(session: Session, person_id: str | None = None, name: str = "Ada Lovelace") -> str:
    added = person.add(
        session, name=name, organisation="MS Society", by="administrator", person_id=person_id
    )
    return added.id


def events(session: Session, subject: str) -> list[tuple[str, str, str]]:
    rows = session.exec(
        select(LedgerRow).where(col(LedgerRow.subject) == subject).order_by(col(LedgerRow.seq))
    )
    return [(row.actor, row.event, row.detail) for row in rows]


def test_a_person_is_entered_with_what_is_known_of_them(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.add(
            session, name=" Ada ", organisation=" MSIF ", by="administrator", person_id="ada"
        )

    with sqlite_world.reading() as session:
        found = person.actor(session, "ada")
        assert (found.name, found.organisation, found.grants) == ("Ada", "MSIF", frozenset())
        # The ledger cannot forget, so it does not learn names.
        assert events(session, "ada") == [("administrator", "person.added", "{}")]


def test_who_brings_no_id_gets_one_that_nobody_had(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        entered = len(session.exec(select(person.Person.id)).all())
        add(session, f"p-{entered + 2}")  # somebody took the next number already

        assert add(session) == f"p-{entered + 3}"


@pytest.mark.parametrize(
    ("person_id", "name", "words"),
    [
        ("Ada", "Ada", "lowercase letters, digits and single hyphens"),
        ("ada--l", "Ada", "lowercase letters, digits and single hyphens"),
        ("ada\n", "Ada", "lowercase letters, digits and single hyphens"),
        ("a" * 201, "Ada", "lowercase letters, digits and single hyphens"),
        ("ada", "", "1 to 200 characters"),
        ("ada", "  ", "1 to 200 characters"),
        ("ada", "A" * 201, "1 to 200 characters"),
        ("ada", "Ada\x00", "on one line"),
        ("ada", "Ada\nBoard member", "on one line"),
        ("hub", "Ada", "something else"),
        ("operator", "Ada", "something else"),
        ("new", "Ada", "something else"),
    ],
)
def test_what_is_no_id_or_name_is_refused(
    sqlite_world: World, person_id: str, name: str, words: str
) -> None:
    with writing(sqlite_world.engine) as session, pytest.raises(BadInput, match=words):
        add(session, person_id, name)

    with sqlite_world.reading() as session, pytest.raises(PersonNotFound):
        person.find(session, person_id)


def test_an_id_is_given_once(sqlite_world: World) -> None:
    with (
        writing(sqlite_world.engine) as session,
        pytest.raises(AlreadyThere, match="There is a person author already"),
    ):
        add(session, "author")


def test_a_role_given_or_taken_twice_is_written_down_once(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        add(session, "ada")
        for _ in range(2):
            person.grant(session, "ada", "translator:fr", by="administrator")
        assert person.grants(session, "ada") == {Grant(Role.TRANSLATOR, "fr")}
        person.revoke(session, "ada", "translator:it", by="administrator")
        for _ in range(2):
            person.revoke(session, "ada", "translator:fr", by="administrator")
        assert person.grants(session, "ada") == frozenset()

        assert events(session, "ada")[1:] == [
            ("administrator", "person.granted", '{"role":"translator:fr"}'),
            ("administrator", "person.revoked", '{"role":"translator:fr"}'),
        ]


def test_roles_go_to_people_who_exist(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        with pytest.raises(PersonNotFound) as missing:
            person.grant(session, "nobody", "board", by="administrator")
        assert missing.value.context == {"person": "nobody"}
        with pytest.raises(RoleMalformed):
            person.grant(session, "author", "owner", by="administrator")


def test_the_database_knows_the_roles_too(world: World) -> None:
    for role, locale in (("owner", ""), ("board", "fr"), ("translator", "")):
        with pytest.raises(IntegrityError), world.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO role_grant VALUES ('author', :role, :locale)"),
                {"role": role, "locale": locale},
            )


def test_who_is_erased_leaves_the_records_whole(world: World) -> None:
    secret = world.token("medical-1")
    world.write()
    world.submit("risks")
    world.review("risks", "medical-1", Kind.MEDICAL)

    with writing(world.engine) as session:
        person.erase(session, "medical-1", by="administrator")

    with world.reading() as session:
        erased = person.find(session, "medical-1")
        assert (erased.name, erased.organisation) == ("Erased person", "-")
        assert erased.erased_at is not None
        assert person.grants(session, "medical-1") == frozenset()
        version = world.version("risks")
        assert [review.person for review in of_version(session, version.key)] == ["medical-1"]
        assert parts(session, version.key)["medical-1"] is Part.MEDICAL
        assert events(session, "medical-1")[-1] == ("administrator", "person.erased", "{}")
        assert ledger.verify(session) is None
        with pytest.raises(TokenUnknown):
            token.authenticate(session, secret)


def test_nobody_acts_again_under_an_erased_id(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.erase(session, "author", by="administrator")

        with pytest.raises(PersonNotFound, match="was erased"):
            person.grant(session, "author", "board", by="administrator")
        with pytest.raises(AlreadyThere):
            add(session, "author")


def test_a_person_acts_with_the_roles_of_that_moment(sqlite_world: World) -> None:
    with reading(sqlite_world.engine) as session:
        before = person.actor(session, "editor")
    with writing(sqlite_world.engine) as session:
        person.revoke(session, "editor", "editor", by="administrator")
    with reading(sqlite_world.engine) as session:
        after = person.actor(session, "editor")

    assert before.may(Permission.SCHEDULE)
    assert not after.may(Permission.SCHEDULE)


def test_nobody_erases_themselves_and_nobody_is_erased_twice(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        with pytest.raises(FourEyes, match="Nobody erases themselves"):
            person.erase(session, "administrator", by="administrator")
        person.erase(session, "author", by="administrator")
        told = events(session, "author")
        person.erase(session, "author", by="administrator")
        assert events(session, "author") == told
