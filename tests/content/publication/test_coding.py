"""Codings of the stored answers: made beside publication, gone with the text."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from content.database import reading, writing
from content.publication import coding, compression, release, representation
from content.publication.coding import Coding
from content.publication.representation import Representation
from tests.tampering import tamper
from tests.world import TEXT, World, page

BENEFITS = "/v1/sections/benefits/en"


def kept(engine: Engine) -> dict[tuple[str, str], bytes | None]:
    with reading(engine) as session:
        return {(one.etag, one.name): one.body for one in session.exec(select(Coding))}


def tags(engine: Engine) -> set[str]:
    with reading(engine) as session:
        return set(session.exec(select(Representation.etag)))


def wrong(world: World) -> list[str]:
    with world.reading() as session:
        return coding.wrong(session)


def answer(world: World, path: str = BENEFITS) -> Representation:
    with world.reading() as session:
        found = session.get(Representation, path)
        assert found is not None
        return found


def codings(world: World, path: str = BENEFITS) -> dict[str, bytes]:
    found = answer(world, path)
    with world.reading() as session:
        return coding.of(session, found.etag, found.body)


@pytest.mark.begins_with("en")
def test_every_answer_has_its_codings_in_the_end_and_one_answer_has_none_before(
    world: World,
) -> None:
    assert kept(world.engine) == {}
    assert coding.fill_all(world.engine) == len(tags(world.engine))
    assert kept(world.engine).keys() == {
        (tag, name) for tag in tags(world.engine) for name in compression.NAMES
    }
    assert coding.fill(world.engine) == coding.fill_all(world.engine) == 0
    assert set(codings(world)) == set(compression.NAMES)
    assert wrong(world) == []


def test_what_would_not_be_smaller_is_not_tried_twice(
    published: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "compress", lambda _name, _body: None)
    assert coding.fill_all(published.engine) == len(tags(published.engine))
    assert set(kept(published.engine).values()) == {None}
    assert coding.fill(published.engine) == 0
    assert codings(published) == {}
    assert wrong(published) == []


def test_the_newest_come_first(published: World) -> None:
    coding.fill_all(published.engine)
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    with published.reading() as session:
        ((tag, _body),) = coding.missing(session, 1)
        newest = session.exec(select(Representation).where(Representation.etag == tag)).one()
        assert newest.seq == release.newest_seq(session)


@pytest.mark.begins_with("en")
def test_a_text_that_goes_takes_its_codings_along(world: World) -> None:
    coding.fill_all(world.engine)
    before = answer(world)
    assert before.etag in {tag for tag, _ in kept(world.engine)}
    world.withdraw("benefits")
    left = kept(world.engine)
    assert left
    assert {tag for tag, _ in left} <= tags(world.engine)
    assert before.etag not in {tag for tag, _ in left}
    assert wrong(world) == []


def test_codings_stay_while_an_answer_has_the_same_bytes(published: World) -> None:
    coding.fill_all(published.engine)
    before = kept(published.engine)
    tamper(published.engine, "UPDATE representation SET headers = '{}'")
    with writing(published.engine) as session:
        assert representation.rebuild(session, published.policy) == len(tags(published.engine))
    assert kept(published.engine) == before


@pytest.mark.begins_with("en")
def test_codings_of_a_text_that_was_withdrawn_meanwhile_are_not_kept(world: World) -> None:
    old = answer(world)
    made = list(coding.made(old.etag, old.body))
    world.withdraw("benefits")
    with writing(world.engine) as session:
        assert coding.keep(session, made) == 0
    assert kept(world.engine) == {}


@pytest.mark.begins_with("en")
def test_two_that_made_the_same_keep_it_once(world: World) -> None:
    found = answer(world)
    made = list(coding.made(found.etag, found.body))
    for rows in (len(compression.NAMES), 0):
        with writing(world.engine) as session:
            assert coding.keep(session, made) == rows


def test_bytes_that_somebody_changed_get_no_codings(published: World) -> None:
    tamper(published.engine, "UPDATE representation SET body = CAST('{}' AS BLOB)")
    assert coding.fill_all(published.engine) == 0


def test_what_does_not_open_to_the_answer_is_found_not_sent_and_mended(published: World) -> None:
    coding.fill_all(published.engine)
    tag = answer(published).etag
    lie = compression.compress("br", answer(published).body.replace(b"4 of 10", b"9 of 10"))
    tamper(
        published.engine,
        "UPDATE coding SET body = :body WHERE etag = :tag AND name = 'br'",
        body=lie,
        tag=tag,
    )
    tamper(published.engine, "INSERT INTO coding (etag, name) VALUES ('gone', 'br')")
    assert set(codings(published)) == {"zstd", "gzip"}
    assert wrong(published) == sorted(["gone", tag])
    with writing(published.engine) as session:
        assert coding.mend(session) == 2
    assert coding.fill_all(published.engine) == 1
    assert wrong(published) == []
    assert set(codings(published)) == set(compression.NAMES)


def test_only_codings_that_are_known_can_be_stored(published: World) -> None:
    coding.fill_all(published.engine)
    sql = "UPDATE coding SET name = 'deflate' WHERE name = 'br'"
    with pytest.raises(IntegrityError, match="ck_coding_name"):
        tamper(published.engine, sql)
