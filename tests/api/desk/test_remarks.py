"""Talking about a text at the desk: saying something, answering, being done with it."""

import re

import pytest
from httpx2 import Response

from api.desk.texts import talk
from content.people import person
from content.records import page_import
from content.review import remark
from content.review.remark import TEXT_MAX
from tests.api.desk.browser import Browser, as_demo, asked
from tests.api.desk.test_texts import HOSTILE, desk_of
from tests.api.hubs import Hub
from tests.api.test_remarks import units
from tests.world import LOCALES, TEXT, page

HERE = "/desk/sections/benefits/en"
FRENCH = "/desk/sections/benefits/fr"
JSON = "/v1/editing/sections/benefits/{locale}/remarks?state=all"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def says(browser: Browser, unit: str, text: str, at: str = HERE, **more: str) -> Response:
    return browser.send_form(f"{at}/remarks", unit=unit, text=text, **more)


def does(browser: Browser, thread: int, what: str, at: str = HERE, **more: str) -> Response:
    return browser.send_form(f"{at}/remarks/{thread}/{what}", **more)


def threads(hub: Hub, locale: str = "en") -> list[dict[str, object]]:
    return list(hub.read(JSON.format(locale=locale), by="editor")["threads"])


def said(hub: Hub, locale: str = "en") -> list[list[str]]:
    """What was said, thread by thread, as programs read it."""
    read = hub.read(JSON.format(locale=locale), by="editor")["threads"]
    return [[one["text"] for one in thread["remarks"]] for thread in read]


def begun(hub: Hub, who: str = "lay", text: str = "Is it?", locale: str = "en") -> int:
    at = HERE if locale == "en" else FRENCH
    answer = says(desk_of(hub, who), units(hub, locale)[1], text, at)
    assert answer.status_code == 303, answer.text
    return int(str(threads(hub, locale)[-1]["thread"]))


def test_a_discussion_that_has_not_begun_says_what_it_is_for(hub: Hub) -> None:
    told = desk_of(hub, "lay").reads(f"{HERE}/discussion")
    assert "Nothing is open." in told
    assert "A remark holds nothing up and stays with the text" in told
    assert told.count("Say something about this") == len(units(hub)) + 2  # and two facts
    assert "Title Benefits" in told
    assert "Note of caution Ask your neurologist." in told


def test_something_is_said_answered_resolved_and_opened_again(hub: Hub) -> None:
    lay, author = desk_of(hub, "lay"), desk_of(hub, "author")
    unit = units(hub)[1]
    answer = says(lay, unit, " Of ten,\r\nor of 10? ")
    assert answer.headers["location"] == f"{HERE}/discussion?done=remark-made#unit-{unit}"
    assert said(hub) == [["Of ten,\nor of 10?"]]
    told = author.reads(f"{HERE}/discussion?done=remark-made")
    assert "It is said." in told
    assert "One open remark" in told
    assert "Where something is open It may help 4 of 10 people." in told
    assert "Lay Organisation of lay" in told
    assert "Of ten, or of 10?" in told
    thread = int(str(threads(hub)[0]["thread"]))

    assert does(author, thread, "answer", text="Of 10.").status_code == 303
    assert said(hub) == [["Of ten,\nor of 10?", "Of 10."]]
    assert does(lay, thread, "resolve").status_code == 303
    assert threads(hub)[0]["resolved"] is True
    told = author.reads(f"{HERE}/discussion")
    assert "Nothing is open. · one resolved" in told
    assert "One resolved remark" in told
    assert "Resolved by Lay, " in told
    assert does(author, thread, "reopen").status_code == 303
    assert threads(hub)[0]["resolved"] is False
    assert "Opened again by Author, " in lay.reads(f"{HERE}/discussion")
    assert "You opened a remark again: Benefits (en)" in author.reads("/desk")


def test_of_what_is_resolved_the_newest_stands_first_and_of_what_is_open_the_oldest(
    hub: Hub,
) -> None:
    lay = desk_of(hub, "lay")
    unit = units(hub)[1]
    for text in ("Now one.", "Now two.", "Then one.", "Then two."):
        says(lay, unit, text)
    for one in threads(hub)[2:]:
        does(lay, int(str(one["thread"])), "resolve")
    told = lay.reads(f"{HERE}/discussion")
    texts = ("Now one.", "Now two.", "Then two.", "Then one.")
    assert sorted(texts, key=told.index) == list(texts)


def test_who_is_waited_for_finds_it_at_their_desk(hub: Hub) -> None:
    author = desk_of(hub, "author")
    assert "wait for a word of yours" not in author.reads("/desk")
    begun(hub)
    assert "Answer: Benefits (en)" in author.reads("/desk")
    assert f'href="{HERE}/discussion"' in author.get("/desk").text


def test_what_is_open_stands_beside_the_text_and_holds_nothing_up(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    assert "Discussion Say something about a part of this text." in browser.reads(HERE)
    thread = begun(hub)
    told = browser.reads(HERE)
    assert "One open remark They hold nothing up." in told
    assert told.index("It may help 4 of 10 people.") < told.index("Is it?")
    answer = does(browser, thread, "answer", text="Well?", **{"from": "text"})
    assert answer.headers["location"] == f"{HERE}?done=remark-answered#unit-{units(hub)[1]}"
    assert "Your answer is there." in browser.reads(f"{HERE}?done=remark-answered")
    does(browser, thread, "resolve")
    assert "Is it?" not in browser.reads(HERE)


def test_of_a_translation_both_texts_are_read(hub: Hub) -> None:
    begun(hub, "translator-fr", "Un mot ?", "fr")
    told = desk_of(hub, "reviser-fr").reads(f"{FRENCH}/discussion")
    assert "Benefits fr – Benefits" in told
    assert "Un mot ?" in told
    # One that is not whole yet, and its page.
    assert says(desk_of(hub, "lay"), units(hub, "it")[0], "Ecco", HERE[:-2] + "it")
    assert "Ecco" in desk_of(hub, "translator-it").reads("/desk/sections/benefits/it")


def test_what_was_said_stays_when_the_words_change_or_go(hub: Hub) -> None:
    begun(hub)
    browser = desk_of(hub, "lay")
    item = units(hub)[2]
    assert says(browser, item, "Slow?").status_code == 303
    changed = TEXT.replace("4 of 10", "5 of 10").replace("- It may slow MS.\n", "")
    with hub.world.acting("author") as (session, actor):
        page_import.import_page(session, actor, page(changed), {}, LOCALES)
    told = browser.reads(f"{HERE}/discussion")
    assert "It may help 5 of 10 people." in told
    assert "Is it? The words have changed since this was said." in told
    assert "No longer in the text" in told
    assert "Slow?" in told
    answer = says(browser, item, "Lost words?")
    assert answer.status_code == 404  # unit-not-found
    assert "this part was taken out of the text" in answer.text
    assert "Lost words?" in answer.text
    thread = int(str(threads(hub)[1]["thread"]))
    assert does(browser, thread, "answer", text="Gone.").status_code == 303


def test_nothing_that_was_typed_is_lost(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, unit = desk_of(hub, "lay"), units(hub)[1]
    long = "x" * (TEXT_MAX + 1)
    for text in (long, " ", f"a\x07{long[:20]}"):
        answer = says(browser, unit, text)
        assert answer.status_code == 422
        assert "A remark has 1 to 5,000 characters" in answer.text
        (kept,) = re.findall(r"<textarea[^>]*autofocus[^>]*>([^<]*)</textarea>", answer.text)
        assert kept == text.strip()
    thread = begun(hub)
    answer = does(browser, thread, "answer", text=long)
    (kept,) = re.findall(r"<textarea[^>]*autofocus[^>]*>([^<]*)</textarea>", answer.text)
    assert (answer.status_code, kept) == (422, long)
    does(browser, thread, "resolve")
    answer = does(browser, thread, "answer", text="But wait.")
    assert answer.status_code == 409  # thread-resolved
    assert "Meanwhile somebody resolved this" in answer.text
    assert "But wait." in answer.text
    monkeypatch.setattr(remark, "OPEN_MAX", 0)
    answer = says(browser, unit, "One more.")
    assert answer.status_code == 409  # discussion-full
    assert "There is no room for more here." in answer.text
    assert "One more.</textarea>" in answer.text
    assert does(browser, thread, "reopen").status_code == 409
    assert said(hub) == [["Is it?"]]


def test_one_language_knows_nothing_of_the_discussion_of_another(hub: Hub) -> None:
    thread = begun(hub, "translator-fr", "Secret français", "fr")
    for who in ("translator-it", "reviser-it", "language-1-de", "administrator"):
        browser = desk_of(hub, who)
        assert browser.get(f"{FRENCH}/discussion").status_code == 404
        assert says(browser, units(hub, "fr")[0], "Ecco", FRENCH).status_code == 404
        for what in ("answer", "resolve", "reopen"):
            answer = does(browser, thread, what, FRENCH, text="Ecco")
            assert answer.status_code == 404
            # Nor through a text that they may read.
            answer = does(browser, thread, what, HERE, text="Ecco")
            assert answer.status_code == 404
            assert "Secret" not in answer.text
    assert said(hub, "fr") == [["Secret français"]]
    assert threads(hub, "fr")[0]["resolved"] is False
    assert threads(hub) == []


@pytest.mark.parametrize(
    "who", ["author", "medical-1", "lay", "board-4", "editor", "duty-1", "language-1-fr"]
)
def test_whoever_reads_a_text_speaks_there(hub: Hub, who: str) -> None:
    begun(hub, who, "Bon", "fr")
    assert "Resolve" in desk_of(hub, who).reads(f"{FRENCH}/discussion")


def test_a_session_for_reading_alone_is_offered_no_form(new_hub: Hub) -> None:
    new_hub.world.publish_page()
    browser = Browser(new_hub)
    secret = new_hub.world.token("lay", "read-drafts")
    assert browser.send_form("/desk/sign-in", token=secret).status_code == 303
    told = browser.reads(f"{HERE}/discussion")
    assert "Say something about this" not in told
    answer = says(browser, units(new_hub)[0], "Still?")
    assert answer.status_code == 403
    assert "Still?" in answer.text
    assert said(new_hub) == []


def test_words_are_words_whatever_they_are(hub: Hub) -> None:
    thread = begun(hub, text=HOSTILE)
    browser = desk_of(hub, "editor")
    does(browser, thread, "answer", text=f"</textarea>{HOSTILE}")
    with hub.world.acting("administrator") as (session, _):
        person.add(session, name=HOSTILE, organisation=HOSTILE, by="operator", person_id="x")
        person.grant(session, "x", "editor", by="operator")
    hostile = desk_of(hub, "x")
    does(hostile, thread, "answer", text="javascript:alert(1) [a](javascript:alert(1))")
    sent = [
        says(browser, HOSTILE, HOSTILE),
        says(browser, f'"><{HOSTILE}'[:80], HOSTILE),
        says(browser, units(hub)[1], HOSTILE + "x" * TEXT_MAX),
        browser.get(f"{HERE}/discussion?unit={HOSTILE}&done={HOSTILE}"),
        browser.get(f"{HERE}/discussion"),
        browser.get(HERE),
    ]
    does(hostile, thread, "resolve")
    sent += [browser.get(f"{HERE}/discussion"), browser.get("/desk")]
    for answer in sent:
        assert "<script" not in answer.text
        assert 'href="javascript' not in answer.text
    assert "&lt;script&gt;" in sent[4].text
    assert said(hub)[0][:2] == [HOSTILE, f"</textarea>{HOSTILE}"]


def test_what_is_not_there_is_a_page(hub: Hub) -> None:
    browser = desk_of(hub, "lay")
    for path in ("nothing/en", "benefits/de", "benefits/x x", f"{'x' * 81}/en"):
        answer = browser.get(f"/desk/sections/{path}/discussion")
        assert answer.status_code in (404, 422), path
        answer = says(browser, "u", "?", f"/desk/sections/{path}")
        assert answer.status_code in (404, 422), path
    assert does(browser, 999, "resolve").status_code == 404
    assert does(browser, 0, "resolve").status_code == 422
    assert browser.send_form(f"{HERE}/remarks/x/answer", text="?").status_code == 422
    assert browser.send_form(f"{HERE}/remarks", text="no unit").status_code == 422
    # A unit that the address makes up is not looked at alone.
    assert "Title Benefits" in browser.reads(f"{HERE}/discussion?unit=nothing&part=9999")


def test_nobody_is_led_elsewhere(hub: Hub) -> None:
    browser, unit = desk_of(hub, "lay"), units(hub)[1]
    answer = says(browser, unit, "?", **{"from": "https://evil.example"})
    assert answer.headers["location"].startswith(f"{HERE}/discussion?")
    answer = says(browser, unit, "?", **{"from": "text"})
    assert answer.headers["location"] == f"{HERE}?done=remark-made#unit-{unit}"


def test_a_long_discussion_comes_in_parts_and_costs_no_more_questions(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "THREADS_SHOWN", 3)
    browser, unit = desk_of(hub, "lay"), units(hub)[1]
    begun(hub)
    with asked(hub.app.state.hub.engine) as few:
        browser.reads(f"{HERE}/discussion")
    for number in range(2, 6):
        assert says(browser, unit, f"Remark {number}").status_code == 303
    resolved = int(str(threads(hub)[0]["thread"]))
    does(browser, resolved, "resolve")
    with asked(hub.app.state.hub.engine) as many:
        told = browser.reads(f"{HERE}/discussion")
    assert len(many) <= len(few)
    assert "4 open remarks · one resolved" in told
    assert "All 5 remarks about this" in told
    assert "Remark 4" in told
    assert "Remark 5" not in told
    told = browser.reads(f"{HERE}/discussion?unit={unit}")
    assert "Part 1 of 2" in told
    assert "Title Benefits" not in told
    told = browser.reads(f"{HERE}/discussion?unit={unit}&part=2")
    assert "Remark 5" in told
    assert "Is it?" in told


def test_a_long_text_comes_in_parts(hub: Hub) -> None:
    many = "".join(f"Words {n}.\n\n" for n in range(60))
    with hub.world.acting("author") as (session, actor):
        page_import.import_page(session, actor, page(f"# Long {{#long}}\n\n{many}"), {}, LOCALES)
    browser, at = desk_of(hub, "lay"), "/desk/sections/long/en"
    told = browser.reads(f"{at}/discussion")
    assert "Part 1 of 2" in told
    assert "Words 48." in told
    assert "Words 50." not in told
    unit = re.findall(r'id="unit-([^"]+)"', browser.get(f"{at}/discussion?part=2").text)[1]
    answer = says(browser, unit, "Here.", at)
    assert answer.headers["location"] == f"{at}/discussion?part=2&done=remark-made#unit-{unit}"
    # It is found from the first part, and a form comes back on its own.
    assert f'href="{at}/discussion?part=2#unit-{unit}"' in browser.get(f"{at}/discussion").text
    assert "x</textarea>" in says(browser, unit, "x" * (TEXT_MAX + 1), at).text


def test_who_was_erased_has_no_name(hub: Hub) -> None:
    begun(hub, "lay")
    with hub.world.acting("administrator") as (session, _):
        person.erase(session, "lay", by="administrator")
    told = desk_of(hub, "editor").reads(f"{HERE}/discussion")
    assert "Erased person" in told
    assert "Organisation of lay" not in told
