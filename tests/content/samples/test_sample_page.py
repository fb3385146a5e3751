"""The bundled page in force: one tree and one structure in every language, signed off, and marked
as a demonstration."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from time_machine import TimeMachineFixture

from content import ledger
from content.cli import demo_journey
from content.people.role import read_grant
from content.publication.forms import FORMS
from content.publication.representation import Representation
from content.records import figure
from content.records.version import State, Version
from content.review import policy as policies
from content.samples import bundle
from content.settings import Settings
from content.sign_off import verify
from content.translation import phrases
from tests.reader import TODAY, nested, read_page, wrong_answers
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LOCALES = (bundle.SOURCE_LOCALE, *bundle.TRANSLATIONS, *bundle.VARIANTS)


def pages(world: World) -> dict[str, Any]:
    return {locale: read_page(world, locale, bundle.PAGE) for locale in LOCALES}


def sections(answer: Any) -> list[Any]:
    return [answer, *(below for child in answer["sections"] for below in sections(child))]


def structure(section: Any) -> Any:
    """All of a section that is not in a language."""
    return {
        "section": section["section"],
        "blocks": [(one["type"], one["units"], one["evidence"]) for one in section["blocks"]],
        "marks": Counter(re.findall(r"<(\w+)", section["html"])),
        "links": sorted(link["url"] for link in section["links"]),
        "evidence": section["evidence"],
        "figures": [one | {"alt": ""} for one in section["figures"]],
        "children": [child["section"] for child in section["children"]],
        "dates": (section["last_reviewed"], section["review_by"]),
        "has_summary": section["summary"] is not None,
    }


def test_the_page_is_complete_in_every_language(sample: World) -> None:
    found = pages(sample)
    tree = nested(found["en"])
    assert len(sections(found["en"])) == 13
    for page in found.values():
        assert page["missing"] == []
        assert nested(page) == tree
        assert {one["status"] for one in sections(page)} == {"current"}


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_each_section_has_the_structure_of_its_source(sample: World, locale: str) -> None:
    found = pages(sample)
    for english, other in zip(sections(found["en"]), sections(found[locale]), strict=True):
        assert structure(other) == structure(english)
        assert (other["title"] == english["title"]) == (locale == "en-AU")
        assert (english["summary"] is None) == (other["summary"] is None)
        assert all(one["alt"] for one in other["figures"])


def test_every_version_in_force_is_signed_off(sample: World) -> None:
    with sample.reading() as session:
        in_force = session.exec(select(Version).where(col(Version.state) == State.IN_FORCE)).all()
        for version in in_force:
            statement = verify.require_sign_off(session, version, sample.policy)
            assert statement.role == (
                f"language-reviewer:{version.locale}" if version.is_translation else "board"
            )
        assert len(in_force) == 13 * len(LOCALES)
        assert ledger.verify(session) is None
    assert wrong_answers(sample) == []


def test_four_people_stand_behind_each_translation(sample: World) -> None:
    for page in pages(sample).values():
        for section in sections(page):
            approval = section["approval"]
            named = [one["name"] for key in ("signed_by", "reviewed_by") for one in approval[key]]
            assert len(named) == len(set(named)) >= 3


def test_every_answer_says_that_this_is_a_demonstration(sample: World) -> None:
    with sample.reading() as session:
        rows = session.exec(select(Representation)).all()
    assert len(rows) == (13 + 1) * len(LOCALES) * (1 + len(FORMS)) + 13
    for row in rows:
        assert (b'"demo":true' in row.body) == ("." not in row.path), row.path
        said = phrases.say(row.locale or "en", phrases.DEMO_NOTICE)
        assert said.encode() in row.body, row.path


def test_the_people_are_fictitious_and_say_so() -> None:
    people = bundle.people()
    assert len({one.id for one in people}) == len(people)
    for one in people:
        assert re.search("Example|Exemple|Esempio|Beispiel", one.name), one.name
        assert re.search(r"\((fictitious|fictive|fictif|fittizi[ao]|fiktiv)\)", one.organisation)
        assert [str(read_grant(role)) for role in one.roles] == list(one.roles)


def test_the_demonstration_asks_for_fewer_people_than_real_use() -> None:
    demo, real = policies.load(bundle.POLICY_FILE), policies.load()
    assert demo.source.quorum < real.source.quorum
    assert demo.source.medical_reviews < real.source.medical_reviews
    assert demo.withdrawal == real.withdrawal


def test_a_demonstration_prepared_years_later_shows_the_page_and_says_that_review_is_due(
    sqlite_engine: Engine, tmp_path: Path, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2033-05-01T09:00:00Z", tick=False)
    policy = policies.load(bundle.POLICY_FILE)
    demo_journey.prepare(sqlite_engine, Settings(data_dir=tmp_path), policy, lambda _: None)
    world = World(sqlite_engine, policy)
    for page in pages(world).values():
        assert {one["status"] for one in sections(page)} == {"review-due"}
        assert page["review_by"] == "2027-11-20"


def test_the_figures_of_the_page_come_with_it(sample: World) -> None:
    for section in sections(pages(sample)["fr"]):
        for shown in section["figures"]:
            with sample.reading() as session:
                kept = figure.load(session, shown["sha256"])
            assert kept.body == bundle.pictures()[shown["file"]]
            assert kept.media_type == "image/svg+xml"
