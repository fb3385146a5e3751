"""Stored answers: the same state gives the same bytes, and what was tampered with is found."""

import json
from base64 import b64decode
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlmodel import select
from time_machine import TimeMachineFixture

from content.database import writing
from content.publication import placement, representation
from content.publication.representation import Representation
from tests.reader import TODAY, wrong_answers
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def stored(world: World) -> dict[str, dict[str, object]]:
    with world.reading() as session:
        return {row.path: row.model_dump() for row in session.exec(select(Representation)).all()}


def in_all_forms(*paths: str) -> list[str]:
    """These, and the address of each form of them."""
    return [path + form for path in paths for form in ("", ".html", ".jsonld", ".md", ".txt")]


def rebuild(world: World) -> int:
    with writing(world.engine) as session:
        return representation.rebuild(session, world.policy)


def tamper(world: World, sql: str) -> None:
    with writing(world.engine) as session:
        session.connection().execute(text(sql))


def test_there_is_an_answer_for_every_section_page_and_overview(published: World) -> None:
    sections = ("benefits", "risks", "treatment")
    texts = [f"/v1/pages/treatment/{locale}" for locale in ("en", "fr")]
    texts += [f"/v1/sections/{one}/{locale}" for one in sections for locale in ("en", "fr")]
    overviews = [f"/v1/sections/{one}" for one in sections]
    assert sorted(stored(published)) == sorted([*overviews, *in_all_forms(*texts)])


def test_a_title_of_what_a_page_lacks_is_told_as_long_as_there_is_one(published: World) -> None:
    published.withdraw("benefits", "fr")
    listed = "/v1/pages/treatment/fr.txt"
    assert "\n• Benefits [" in str(stored(published)[listed]["body"], "utf-8")  # type: ignore[call-overload]
    published.withdraw("benefits")
    assert "\n• benefits [" in str(stored(published)[listed]["body"], "utf-8")  # type: ignore[call-overload]
    assert wrong_answers(published) == []


def test_etag_and_digest_are_of_the_bytes(published: World) -> None:
    for row in stored(published).values():
        body = row["body"]
        assert isinstance(body, bytes)
        digest = sha256(body)
        assert row["etag"] == f'"{digest.hexdigest()[:32]}"'
        told = json.loads(str(row["headers"]))["Unencoded-Digest"]
        assert b64decode(told.removeprefix("sha-256=:").removesuffix(":")) == digest.digest()


def test_made_again_from_the_rest_they_are_the_same_bytes(
    published: World, time_machine: TimeMachineFixture
) -> None:
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    published.withdraw("risks", "fr")
    before = stored(published)
    time_machine.move_to("2026-12-24T18:00:00Z", tick=False)
    assert rebuild(published) == 0
    tamper(published, "DELETE FROM representation")
    assert wrong_answers(published) == sorted(before)
    assert rebuild(published) == len(before)
    assert stored(published) == before


@pytest.mark.begins_with("en", "fr")
def test_two_hubs_with_the_same_history_answer_the_same(
    published: World, sqlite_world: World
) -> None:
    assert stored(sqlite_world) == stored(published)


@pytest.mark.parametrize(
    "change",
    [
        "body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10') AS BLOB)",
        "status = 410",
        "headers = '{}'",
        "etag = 'x'",
        "due_at = NULL",
        "label = 'outdated'",
        "path = '/v1/sections/benefits/xx'",
    ],
)
def test_an_answer_that_was_tampered_with_is_found_and_mended(
    published: World, change: str
) -> None:
    before = stored(published)
    path = "/v1/sections/benefits/en"
    tamper(published, f"UPDATE representation SET {change} WHERE path = '{path}'")
    assert path in wrong_answers(published)
    assert rebuild(published) >= 1
    assert stored(published) == before
    assert wrong_answers(published) == []


def test_an_answer_slipped_in_is_found_and_removed(published: World) -> None:
    tamper(
        published,
        "INSERT INTO representation SELECT '/v1/sections/benefits/de', kind, section, 'de', page,"
        " label, changed_at, status, etag, headers, body, seq, due_at FROM representation"
        " WHERE path = '/v1/sections/benefits/en'",
    )
    assert wrong_answers(published) == ["/v1/sections/benefits/de"]
    assert rebuild(published) == 1
    assert wrong_answers(published) == []


def test_a_change_makes_anew_what_it_changes_and_nothing_else(published: World) -> None:
    other = TEXT.replace("{#treatment}", "{#driving}").replace("{#benefits}", "{#cars}")
    published.publish_page(page(other.replace("{#risks}", "{#bicycles}")))
    before = stored(published)
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    after = stored(published)
    assert {path for path in before if before[path] != after[path]} == {
        "/v1/sections/benefits",
        *in_all_forms("/v1/sections/benefits/en", "/v1/sections/benefits/fr"),
        *in_all_forms("/v1/pages/treatment/en", "/v1/pages/treatment/fr"),
    }
    with writing(published.engine) as session:
        assert representation.refresh(session, set(), published.policy) == 0


@pytest.mark.begins_with("en", "fr")
def test_a_section_that_goes_to_another_page_is_told_the_same_way_however_it_is_made(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    split = TEXT.index("## Risks")
    risks = TEXT[split:]
    world.publish_page(page(TEXT[:split], summary="Without risks"))
    assert wrong_answers(world) == []
    # French has not followed yet, and something else of the page changes.
    safety = f"# Safety {{#safety}}\n\nBe safe.\n\n{risks}"
    world.publish_page(page(safety, summary="A page of its own"))
    assert wrong_answers(world) == []
    shorter = TEXT[:split].replace("4 of 10", "5 of 10")
    world.publish_page(page(shorter, summary="5, not 4"))
    assert wrong_answers(world) == []
    with world.reading() as session:
        assert placement.page_of(session, "risks") == "safety"
        assert placement.children_of_all(session) == {
            "treatment": ("benefits",),
            "safety": ("risks",),
        }


def test_nothing_is_stored_of_a_section_that_was_never_in_force(sqlite_world: World) -> None:
    sqlite_world.write()
    assert rebuild(sqlite_world) == 0
    with sqlite_world.reading() as session:
        made = representation.build(session, {"benefits", "nowhere"}, sqlite_world.policy)
        assert list(made) == []


def test_the_pages_around_some_sections_are_all_that_is_asked_for(
    published: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {"treatment": ("benefits", "risks")}
    with published.reading() as session:
        for slugs in (["risks"], ["treatment"], ["benefits", "risks", "nowhere"]):
            assert placement.children_around(session, slugs) == whole
        assert placement.children_around(session, ["nowhere"]) == {}
        # Whoever asks for many is given everything.
        monkeypatch.setattr(placement, "AROUND_MAX", 0)
        assert placement.children_around(session, ["nowhere"]) == whole
