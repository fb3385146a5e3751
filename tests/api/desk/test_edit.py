"""A draft of a source text, edited in a form at the desk."""

import re
from html import unescape

import pytest
from httpx2 import Response

from api.desk import words
from api.desk.texts.mistake_names import MISTAKE_NAMES
from tests.api.desk.browser import Browser, as_demo
from tests.api.desk.test_texts import HOSTILE, desk_of
from tests.api.hubs import Hub

EDIT = "/desk/sections/drafted/en/1/edit"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def form_of(browser: Browser) -> dict[str, str]:
    """What the form has in it."""
    return fields_in(browser.get(EDIT).text)


def fields_in(read: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"(?! required> )', read))
    found |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)<', read))
    chosen = re.findall(r'name="change" value="(\w+)" required checked', read)
    return {name: unescape(value) for name, value in found.items()} | {"change": chosen[0]}


def saves(browser: Browser, **more: str) -> Response:
    return browser.send_form(EDIT, **form_of(browser) | more)


def test_a_draft_is_edited_and_saved(hub: Hub) -> None:
    browser = desk_of(hub, "author")
    assert EDIT in browser.get("/desk/sections/drafted/en").text
    assert form_of(browser)["markdown"] == "Being written."
    answer = saves(browser, title="Drafted anew", markdown="It is\r\nwritten.\r\n\r\n- One")
    assert answer.status_code == 303, answer.text
    told = browser.reads(answer.headers["location"])
    assert "The draft is saved." in told
    assert "Drafted anew" in told
    document = hub.read("/v1/editing/sections/drafted/en/1", by="author")["document"]
    assert [one["markdown"] for one in document["blocks"]] == ["It is written.", "- One"]


def test_mistakes_are_told_by_line_and_nothing_typed_is_lost(hub: Hub) -> None:
    browser = desk_of(hub, "author")
    answer = saves(browser, title="Mine", markdown=f"One.\n\n{HOSTILE}\n\n## Two {{#two}}")
    assert answer.status_code == 422
    assert "The text has mistakes" in answer.text
    assert "Line 3 of the text:" in answer.text
    assert HOSTILE not in answer.text
    assert 'value="Mine"' in answer.text
    assert "## Two {#two}" in answer.text
    assert "Title, summary or dates:" in saves(browser, title="**Bold**").text


#: Of a text that has works and pictures already, and only names them.
OF_WHAT_IT_HAS = {"evidence-unused", "figure-unused"}
#: What is typed for each other mistake to be told.
TYPED: dict[str, dict[str, str]] = {
    "blank": {"markdown": ">"},
    "block-not-supported": {"markdown": "---"},
    "citation-misplaced": {"markdown": "A [@work] is named."},
    "control-character": {"markdown": "One\x01two"},
    "evidence-duplicate": {"markdown": "One. [@work; @work]"},
    "evidence-unknown": {"markdown": "One. [@nobody-knows]"},
    "figure-unknown": {"markdown": "![A hand]()"},
    "figure-without-alt": {"markdown": "![](cells.svg)"},
    "figure-without-credit": {"markdown": "![A hand](hand.svg)"},
    "front-matter-value": {"last_reviewed": "2030-01-01", "review_by": "2029-01-01"},
    "heading-jump": {"markdown": "#### Deep {#deep}"},
    "html": {"markdown": "<b>One</b>"},
    "image": {"markdown": "One ![A hand](hand.svg) two"},
    "link-target": {"markdown": "[One](ftp://example.org)"},
    "markup": {"markdown": "![**A** hand](hand.svg)"},
    "root-missing": {"title": " "},
    "root-second": {"markdown": "## Two {#two}"},
    "slug-duplicate": {"markdown": "## Two {#drafted}"},
    "slug-invalid": {"markdown": "## Two {#TWO}"},
    "slug-missing": {"markdown": "## Two"},
    "summary-misplaced": {"markdown": "One.\n\n::: summary\nTwo.\n:::"},
    "text-too-long": {"markdown": "long " * 2_001},
    "too-large": {"markdown": "One.\n\n" * 501},
}


def test_each_mistake_has_its_sentence(hub: Hub) -> None:
    assert set(TYPED) == set(MISTAKE_NAMES) - OF_WHAT_IT_HAS
    browser = desk_of(hub, "author", "de")
    german = words.translations("de").gettext
    untold = []
    for code, fields in TYPED.items():
        answer = saves(browser, **fields)
        if german(MISTAKE_NAMES[code]) not in unescape(answer.text):
            untold.append((code, answer.status_code, re.findall(r"<li>.*</li>", answer.text)))
    assert untold == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"review_by": "soon"}, "One of these is no date."),
        ({"last_reviewed": ""}, "One of these is no date."),
        ({"change": "tiny"}, "Say how much the change matters."),
    ],
)
def test_a_field_that_does_not_fit_is_named(hub: Hub, fields: dict[str, str], words: str) -> None:
    browser = desk_of(hub, "author")
    answer = saves(browser, **fields, markdown="Keep this.")
    assert answer.status_code == 422
    assert words in answer.text
    assert "Keep this." in answer.text


def test_two_who_edit_at_once_do_not_lose_a_word(hub: Hub) -> None:
    one, other = desk_of(hub, "author"), desk_of(hub, "editor")
    before = form_of(one)
    assert saves(other, markdown="The other's words.").status_code == 303
    answer = one.send_form(EDIT, **before | {"markdown": "My words."})
    assert answer.status_code == 412
    assert "Meanwhile somebody else changed this" in answer.text
    assert "My words." in answer.text
    document = hub.read("/v1/editing/sections/drafted/en/1", by="author")["document"]
    assert document["blocks"][0]["markdown"] == "The other's words."
    # Who has been told of them may put theirs in the place of them; a mistake tells of nothing.
    told = fields_in(answer.text)
    wrong = one.send_form(EDIT, **before | {"review_by": "soon"})
    assert fields_in(wrong.text)["seen"] == before["seen"]
    assert one.send_form(EDIT, **told).status_code == 303
    document = hub.read("/v1/editing/sections/drafted/en/1", by="author")["document"]
    assert document["blocks"][0]["markdown"] == "My words."


def test_only_drafts_of_source_texts_have_a_form(hub: Hub) -> None:
    browser = desk_of(hub, "author")
    for section, locale in (("reviewed", "en"), ("risks", "en")):
        answer = browser.get(f"/desk/sections/{section}/{locale}/1/edit")
        assert answer.headers["location"] == f"/desk/sections/{section}/{locale}?version=1"
    answer = desk_of(hub, "editor").get("/desk/sections/risks/it/1/edit")
    assert answer.headers["location"] == "/desk/sections/risks/it?version=1"
    assert browser.get("/desk/sections/drafted/en/9/edit").status_code == 404


@pytest.mark.parametrize("who", ["lay", "board-1", "translator-fr", "duty-1"])
def test_nobody_else_edits(hub: Hub, who: str) -> None:
    browser = desk_of(hub, who)
    fields = form_of(desk_of(hub, "author"))
    assert browser.get(EDIT).status_code == 403
    assert browser.send_form(EDIT, **fields).status_code == 403
    assert "Edit the text" not in browser.reads("/desk/sections/drafted/en")


def test_an_administrator_knows_of_no_draft(hub: Hub) -> None:
    assert desk_of(hub, "administrator").get(EDIT).status_code == 404


def test_what_is_far_too_long_is_refused(hub: Hub) -> None:
    assert saves(desk_of(hub, "author"), markdown="x" * 400_001).status_code == 422


def test_a_text_as_long_as_its_field_is_taken_in_every_script(hub: Hub) -> None:
    words = "\n\n".join(["文" * 1_998] * 100)
    assert len(words) < 200_000
    answer = saves(desk_of(hub, "author"), markdown=words.replace("\n", "\r\n"))
    assert answer.status_code == 303, answer.text
