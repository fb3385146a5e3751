"""Texts at the desk, as people read them: the list, one text, who may know of what."""

import pytest

from api.desk.texts.chosen import choose
from content.records import draft, page_import
from content.review import submission
from tests.api.desk.browser import Browser, as_demo, asked
from tests.api.hubs import Hub
from tests.world import LOCALES, TEXT, page

#: What is written into every field that people write into.
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def desk_of(hub: Hub, who: str, language: str = "en") -> Browser:
    browser = Browser(hub, language)
    browser.signs_in(who)
    return browser


def test_all_texts_stand_in_reading_order_with_their_state_in_each_language(hub: Hub) -> None:
    told = desk_of(hub, "editor").reads("/desk/sections")
    assert "9 texts" in told
    assert "Signing signing Being signed" in told
    assert told.index("Drafted drafted Draft") < told.index("Reviewed reviewed In review")
    # English, French and Italian: there is nothing in German, so it has no column.
    assert "Benefits benefits In force Being signed Draft" in told
    assert "Text en fr it" in told


def test_texts_are_found_by_a_word_and_by_how_they_stand(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    assert "One text is like this." in browser.reads("/desk/sections?word=RISK")
    told = browser.reads("/desk/sections?state=withdrawn")
    assert "Gone gone Withdrawn" in told
    assert "Risks" not in told
    nothing = browser.reads("/desk/sections?word=quark&state=draft")
    assert "No text is like this." in nothing
    # What is no state is not looked for.
    assert "9 texts" in browser.reads("/desk/sections?state=nonsense")


def test_what_was_given_up_is_not_what_somebody_means(hub: Hub) -> None:
    with hub.world.acting("author") as (session, author):
        old = choose(session, author, "benefits", "en").version
        given_up = draft.begin_again(session, author, old)
        submission.abandon(session, author, given_up, "Nothing new.")
    assert "It was given up" not in desk_of(hub, "author").reads("/desk/sections/benefits/en")
    with hub.world.acting("author") as (session, author):
        assert choose(session, author, "benefits", "en").version.number == old.number
        assert choose(session, author, "benefits", "en", given_up.number).version == given_up


def test_the_language_of_the_source_stands_first(hub: Hub) -> None:
    hub.world.translate("de")
    with hub.world.acting("editor") as (session, editor):
        found = choose(session, editor, "benefits", "fr").languages
    assert [tag for tag, _ in found] == ["en", "de", "fr", "it"]


def test_a_long_list_is_cut_and_costs_no_more_questions(hub: Hub) -> None:
    browser = desk_of(hub, "editor")
    browser.reads("/desk/sections")
    with asked(hub.app.state.hub.engine) as few:
        browser.reads("/desk/sections")
    many = "".join(f"## Part {n} {{#part-{n}}}\n\nWords.\n\n" for n in range(60))
    with hub.world.acting("author") as (session, actor):
        page_import.import_page(session, actor, page(f"# Long {{#long}}\n\n{many}"), {}, LOCALES)
    told = browser.reads("/desk/sections?word=part")
    assert "60 texts are like this." in told
    assert "Part 1 of 2" in told
    assert "Part 49 part-49" in told
    assert "Part 50 part-50" not in told
    rest = browser.reads("/desk/sections?word=part&part=2")
    assert "Part 59 part-59" in rest
    assert "Part 49 part-49" not in rest
    assert "Part 2 of 2" in browser.reads("/desk/sections?word=part&part=900")
    with asked(hub.app.state.hub.engine) as more:
        browser.reads("/desk/sections")
    assert len(more) == len(few), "\n".join(more)


def test_a_translator_sees_source_texts_and_the_own_language_alone(hub: Hub) -> None:
    browser = desk_of(hub, "translator-fr")
    told = browser.reads("/desk/sections")
    assert "Text en fr " in told
    assert "Text en fr it" not in told
    assert browser.get("/desk/sections/risks/fr").status_code == 200
    for hidden in (
        "risks/it",
        "risks/it?version=1",
        "risks/de",
        "nothing/fr",
        "risks/fr?version=9",
    ):
        assert browser.get(f"/desk/sections/{hidden}").status_code == 404, hidden
    read = browser.get("/desk/sections/risks/fr").text
    assert "/desk/sections/risks/en" in read
    assert "/desk/sections/risks/it" not in read


def test_who_works_on_no_text_gets_no_list(hub: Hub) -> None:
    browser = desk_of(hub, "administrator")
    assert browser.get("/desk/sections").status_code == 403
    assert browser.get("/desk/sections/risks/en").status_code == 404
    assert 'href="/desk/sections"' not in browser.get("/desk").text


@pytest.mark.parametrize("address", ["risks/no-language-at-all", "RISKS/en", "x" * 80 + "/en"])
def test_an_address_of_nothing_is_not_found(hub: Hub, address: str) -> None:
    assert desk_of(hub, "editor").get(f"/desk/sections/{address}").status_code == 404


@pytest.mark.parametrize("address", ["risks/en?version=0", "risks/en?before=x", "x" * 81 + "/en"])
def test_an_address_that_cannot_be_is_refused(hub: Hub, address: str) -> None:
    assert desk_of(hub, "editor").get(f"/desk/sections/{address}").status_code == 422


def test_a_text_stands_as_members_will_show_it(hub: Hub) -> None:
    read = desk_of(hub, "lay").get("/desk/sections/benefits/en").text
    served = hub.read("/v1/sections/benefits/en")
    for block in served["blocks"]:
        assert block["html"] in read
        for unit in block["units"]:
            assert f'id="unit-{unit}"' in read


def test_how_it_stands_is_told_in_words(hub: Hub) -> None:
    browser = desk_of(hub, "editor")
    told = browser.reads("/desk/sections/reviewed/en")
    assert "In review en, version 1" in told
    assert "Clinical: what it says has changed" in told
    assert "Written by Author" in told
    assert "Physicians have approved it (0 of 1) Not done yet" in told
    assert "Nobody wants it returned Done" in told
    gone = browser.reads("/desk/sections/gone/en")
    assert "It has an error." in gone
    assert "A number was wrong." in gone
    assert "A second person has to confirm it." in gone
    approved = browser.reads("/desk/sections/approved/en")
    assert "In force from" in approved


def test_what_the_checks_found_is_told_with_why_it_is_no_fault(hub: Hub) -> None:
    told = desk_of(hub, "reviser-fr").reads("/desk/sections/risks/fr")
    assert "Warning Where The source says not, the translation does not" in told
    assert "Language-1-Fr says why it is no fault" in told
    assert "It is a text of a test." in told


def test_what_happened_is_told_to_those_who_may_read_the_ledger(hub: Hub) -> None:
    told = desk_of(hub, "editor").reads("/desk/sections/treatment/fr")
    happened = told[told.index("What happened") :]
    steps = ["It came into force", "Signed the statement", "Put it to signature", "Handed it in"]
    assert [happened.index(one) for one in steps] == sorted(map(happened.index, steps))
    assert "Translator-Fr" in happened
    others = desk_of(hub, "translator-fr").reads("/desk/sections/treatment/fr")
    assert "What reviewers said" in others
    assert "What happened" not in others


def test_a_long_story_is_cut(hub: Hub) -> None:
    for number in range(25):
        hub.world.write(page(f"# Story {{#story}}\n\nWords {number}.\n"))
    browser = desk_of(hub, "editor")
    told = browser.get("/desk/sections/story/en").text
    assert told.count("Saved the draft") == 20
    onward = told.split("&amp;before=")[1].split("#")[0]
    rest = browser.reads(f"/desk/sections/story/en?version=1&before={onward}")
    assert rest.count("Saved the draft") == 4
    assert "Began this draft" in rest


def test_what_is_not_whole_is_shown_part_by_part(hub: Hub) -> None:
    po = hub.world.pull("de")
    hub.world.push("de", po.replace('msgid "Risks"\nmsgstr ""', 'msgid "Risks"\nmsgstr "Risiken"'))
    told = desk_of(hub, "translator-de").reads("/desk/sections/risks/de")
    assert "This translation is not whole yet." in told
    assert "Risks Risiken" in told
    assert "It does not repair nerves. Not translated yet" in told
    assert "It can be handed in once every part of it is translated." in told
    assert "Hand in for review" not in told


def test_a_translation_whose_source_moved_on_says_so(hub: Hub) -> None:
    text = "# Treatment {#treatment}\n\nNobody takes it now.\n"
    hub.world.publish_page(page(text, kind="clinical"))
    told = desk_of(hub, "reviser-fr").reads("/desk/sections/treatment/fr")
    assert "Outdated" in told
    assert "The source text has changed since." in told


def test_what_people_wrote_is_text_and_nothing_else(hub: Hub) -> None:
    hub.review("reviewed", "lay", by="lay", comment=HOSTILE, interests=HOSTILE)
    read = desk_of(hub, "editor").get("/desk/sections/reviewed/en").text
    assert HOSTILE not in read
    assert "&lt;script&gt;alert" in read
    assert HOSTILE not in desk_of(hub, "lay").get(f"/desk/sections?word={HOSTILE}").text


def test_every_task_at_the_desk_leads_to_where_it_is_done(hub: Hub) -> None:
    read = desk_of(hub, "reviser-fr").get("/desk").text
    assert 'href="/desk/sections/risks/fr?version=1"' in read
    assert "/desk/translate/treatment/de" in desk_of(hub, "translator-de").get("/desk").text
    assert "/desk/statements/" in desk_of(hub, "board-4").get("/desk").text


def test_a_translation_whose_source_moved_on_is_marked_and_found(hub: Hub) -> None:
    world = hub.world
    world.write(page(TEXT.replace("2000 mg", "1500 mg"), summary="A smaller dose"))
    world.publish("treatment")
    browser = desk_of(hub, "editor")
    told = browser.reads("/desk/sections?state=outdated")
    assert "One text is like this." in told
    assert "Treatment treatment In force Outdated" in told
    # It is in force all the same.
    assert "Treatment treatment In force Outdated" in browser.reads("/desk/sections?state=in_force")
