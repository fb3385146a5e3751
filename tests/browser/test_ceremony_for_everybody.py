"""The ceremony by keyboard, by screen reader, on a small phone, and in four languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.ceremonies import EDITION, Ceremony, many, origin, review
from tests.world import page

WORDS = {
    "en": ("Sign texts", "Compared with version 1", "approval by"),
    "fr": ("Signer des textes", "Par rapport à la version 1", "approbation par"),
    "it": ("Firmare testi", "Rispetto alla versione 1", "approvazione da parte di"),
    "de": ("Texte unterschreiben", "Verglichen mit Version 1", "Freigabe durch"),
}


def asked_to_sign(ceremony: Ceremony) -> dict[str, str]:
    ceremony.world.write(page(EDITION, kind="safety", summary="A smaller dose"))
    return ceremony.invited(review(ceremony.world, "treatment", "benefits"))


def open_all(shown: Page) -> None:
    for one in shown.locator("details").all():
        one.locator("summary").click()
        expect(one.locator(".digest")).to_be_visible()


def width(shown: Page) -> int:
    found: int = shown.evaluate("document.documentElement.scrollWidth")
    return found


def test_by_keyboard_alone(ceremony: Ceremony) -> None:
    links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    focused = "document.activeElement.id || document.activeElement.localName"
    visited = []
    for press in ("Tab", "Tab", "Enter", "Tab", "Enter"):
        shown.keyboard.press(press)
        visited.append(shown.evaluate(focused))
    assert visited == ["marks", "summary", "summary", "summary", "summary"]
    expect(shown.locator("#progress")).to_have_text("Texts opened: 2 of 2")
    expect(shown.locator("details .digest")).to_have_count(2)
    # The link in the text that was opened last stands before the decision.
    shown.keyboard.press("Tab")
    assert shown.evaluate(focused) == "a"
    shown.keyboard.press("Tab")
    shown.keyboard.press("Space")
    assert shown.evaluate(focused) == "approve"
    expect(shown.locator("#approve")).to_be_checked()
    shown.keyboard.press("ArrowDown")
    expect(shown.locator("#reject")).to_be_checked()
    shown.keyboard.press("Tab")
    assert shown.evaluate(focused) == "comment"
    shown.keyboard.type("The dose is wrong.")
    shown.keyboard.press("Tab")
    shown.keyboard.type("none declared")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Tab")
    assert shown.evaluate(focused) == "sign"
    shown.keyboard.press("Enter")
    expect(shown.locator("#done-title")).to_be_focused()
    expect(shown.locator("#record")).to_contain_text("rejection by Board-1")


#: The longest words in both; a scheme does not know the language.
SCHEMES = {"en": ["light"], "fr": ["dark"], "it": ["light"], "de": ["light", "dark"]}


@pytest.mark.parametrize(
    "locale",
    [pytest.param(one, marks=[] if one == "de" else pytest.mark.slow) for one in WORDS],
)
def test_in_every_language_light_and_dark(ceremony: Ceremony, locale: str) -> None:
    links = asked_to_sign(ceremony)
    title, compared, record = WORDS[locale]
    for scheme in SCHEMES[locale]:
        look = ceremony.comes(locale, viewport={"width": 320, "height": 640}, color_scheme=scheme)
        shown = look.opens(links["board-2"])
        expect(shown.locator("html")).to_have_attribute("lang", locale)
        open_all(shown)
        assert width(shown) <= 320
        assert axe.found(shown) == []
        assert look.complaints == []
    somebody = ceremony.comes(locale, key_of="board-1")
    shown = somebody.opens(links["board-1"])
    expect(shown.get_by_role("heading", level=1)).to_have_text(title)
    open_all(shown)
    expect(shown.locator(".compared").first).to_contain_text(compared)
    somebody.signs()
    expect(shown.locator("#record")).to_contain_text(record)
    assert "{" not in shown.locator("main").inner_text()
    assert somebody.complaints == []


def test_what_changes_is_said_aloud(ceremony: Ceremony) -> None:
    links = asked_to_sign(ceremony)
    shown = ceremony.comes(key_of="board-1").opens(links["board-1"])
    for locator in ("#status", "#progress", "#error"):
        live = shown.locator(locator)
        role, polite = live.get_attribute("role"), live.get_attribute("aria-live")
        assert role in ("status", "alert") or polite == "polite", locator
    group = shown.get_by_role("group", name="What do you say of these texts?")
    expect(group.get_by_role("radio")).to_have_count(3)
    expect(shown.get_by_role("progressbar", name="Texts opened: 0 of 2")).to_be_visible()
    expect(shown.get_by_role("form", name="Your decision")).to_be_visible()
    expect(shown.get_by_role("region", name="Texts", exact=True)).to_be_visible()
    for one in ("interests", "comment"):
        assert shown.locator(f"#{one}").get_attribute("aria-describedby") == f"{one}-help"


def test_fifty_texts_on_a_small_phone(ceremony: Ceremony) -> None:
    written = ceremony.world.write(page(many(50)))
    sections = [one.section for one in written if one.what in ("created", "updated")]
    links = ceremony.invited(review(ceremony.world, *sections))
    small = {"width": 320, "height": 640}
    somebody = ceremony.comes("de", viewport=small, key_of="board-1")
    shown = somebody.opens(links["board-1"])
    expect(shown.locator("details")).to_have_count(50)
    assert width(shown) <= 320
    expect(shown.locator("#unread")).to_contain_text("50 von 50")
    asked = [one for one in somebody.asked if one.startswith(f"{origin()}/v1/editing/documents/")]
    assert len(asked) == len(set(asked)) == 50
