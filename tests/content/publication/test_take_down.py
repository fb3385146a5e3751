"""Taking a text down: who may, with which words, and what a reader is pointed to."""

import pytest

from content.errors import BadInput, RoleMissing, SectionNotFound, TreeBroken, WithdrawalNotFound
from content.publication import placement, take_down
from tests.reader import TODAY, ask, read
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def withdraw(
    world: World, section: str = "benefits", locale: str | None = None, **more: str
) -> list[str]:
    told = {"by": "duty-1", "reason": "error", "text": "A number was wrong."} | more
    with world.acting(told["by"]) as (session, actor):
        gone = take_down.withdraw(
            session,
            actor,
            section,
            locale,
            world.policy,
            reason=told["reason"],
            text=told["text"],
            replacement=told.get("replacement"),
            notice=told.get("notice"),
        )
        return [version.reference for version in gone]


@pytest.mark.parametrize("by", ["duty-1", "board-2"])
def test_a_duty_officer_or_a_board_member_needs_nobody_else(published: World, by: str) -> None:
    assert withdraw(published, by=by) == ["benefits/en/1", "benefits/fr/1"]


@pytest.mark.parametrize("by", ["administrator", "editor", "author", "language-1-fr"])
def test_others_may_not(published: World, by: str) -> None:
    with pytest.raises(RoleMissing):
        withdraw(published, by=by)
    assert read(published, "benefits")["version"] == 1


@pytest.mark.parametrize("locale", [None, "en"])
def test_the_language_it_was_written_in_means_all_of_them(
    published: World, locale: str | None
) -> None:
    assert withdraw(published, "benefits", locale) == ["benefits/en/1", "benefits/fr/1"]


@pytest.mark.parametrize(
    "words", [{"reason": "no idea"}, {"text": "  "}, {"text": "x" * 2_001}, {"reason": ""}]
)
def test_readers_are_told_why(published: World, words: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        withdraw(published, **words)
    assert read(published, "benefits")["version"] == 1


def test_a_replacement_and_a_notice_are_pointed_to(published: World) -> None:
    withdraw(published, text=" Read this. ", replacement="risks", notice="treatment")
    gone = ask(published, "/v1/sections/benefits/fr").body
    assert gone["detail"] == "Read this."
    assert gone["replacement"] == {
        "section": "risks",
        "locale": "fr",
        "url": "/v1/sections/risks/fr",
    }
    assert gone["notice"]["url"] == "/v1/sections/treatment/fr"
    assert (gone["type"], gone["title"]) == ("/problems/withdrawn", "Withdrawn")
    assert (gone["status"], gone["version"], gone["locale"]) == (410, 1, "fr")
    assert gone["sha256"] == published.version("benefits", "fr").document


def test_a_pointer_leads_to_a_section_there_is(published: World) -> None:
    for pointer in ("replacement", "notice"):
        with pytest.raises(SectionNotFound):
            withdraw(published, **{pointer: "nowhere"})
    with pytest.raises(SectionNotFound):
        withdraw(published, "nowhere")
    with pytest.raises(WithdrawalNotFound):
        withdraw(published, "benefits", "it")


def test_what_goes_in_every_language_is_not_what_to_read_instead(published: World) -> None:
    for pointer in ("replacement", "notice"):
        with pytest.raises(BadInput, match="cannot be what to read instead"):
            withdraw(published, **{pointer: "benefits"})
    assert withdraw(published, locale="fr", replacement="benefits") == ["benefits/fr/1"]


def test_no_section_stands_below_itself(published: World) -> None:
    with published.acting("duty-1") as (session, _):
        with pytest.raises(TreeBroken):
            placement.put(session, "benefits", ("treatment",))
        with pytest.raises(TreeBroken):
            placement.put(session, "benefits", ("benefits",))
        assert placement.children_of_all(session) == {"treatment": ("benefits", "risks")}
        assert placement.page_of(session, "benefits") == "treatment"
