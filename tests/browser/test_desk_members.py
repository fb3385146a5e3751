"""Members at the desk in a browser: from the list to a key that is shown once, and the recalls."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened

MEMBER = "Società esempio SM"


def headed(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


@walked_in_each_look
def test_an_editor_makes_a_key_and_enters_a_webhook(
    browser: Browser, site: Site, look: str
) -> None:
    context, somebody = visitor(browser, "de-CH", **LOOKS[look])
    page = somebody.page
    name = f"cms-{look.replace(', ', '-')}"
    opened(page, f"{site.origin}/desk/members")
    page.get_by_role("button", name=re.compile("Emil Example")).click()
    headed(page, "Mitglieder")
    looked_at(page)
    page.get_by_role("link", name="Mitglied eintragen").click()
    page.go_back()
    page.get_by_role("link", name=MEMBER).click()
    headed(page, MEMBER)
    looked_at(page)

    page.get_by_role("link", name="Schlüssel", exact=True).click()
    page.get_by_label("Name des Schlüssels").fill(name)
    page.get_by_label("Wie viele Tage er gilt").fill("5000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 bis 3660 Tage")
    expect(page.get_by_label("Name des Schlüssels")).to_have_value(name)
    looked_at(page)
    page.get_by_label("Wie viele Tage er gilt").fill("30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Der Schlüssel")).to_contain_text("msif_m_")
    looked_at(page)
    page.get_by_role("link", name="Ich habe ihn kopiert").click()
    expect(page.get_by_text("msif_m_")).to_have_count(0)
    page.get_by_role("link", name=f"Schlüssel {name} widerrufen").click()
    page.get_by_role("button", name="Schlüssel widerrufen").click()
    expect(page.get_by_role("status")).to_contain_text("Der Schlüssel ist widerrufen.")

    page.get_by_role("link", name="Webhooks", exact=True).click()
    page.get_by_label("Adresse, an die gesendet wird").fill("https://hooks.sm.example/in")
    page.get_by_role("button", name="Webhook eintragen").click()
    expect(page.get_by_role("region", name="Das Geheimnis")).to_contain_text("whsec_")
    page.get_by_role("link", name="Ich habe es kopiert").click()
    page.get_by_role("button", name="Test senden").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Test 1")
    page.get_by_role("link", name="https://hooks.sm.example/in").click()
    expect(page.get_by_role("link", name="Entfernen")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Entfernen").click()
    page.get_by_role("button", name="Webhook entfernen").click()
    page.get_by_role("link", name="Angaben").click()
    expect(page.get_by_label("Name der Gesellschaft")).to_have_value(MEMBER)
    page.get_by_role("link", name="Rückrufe").click()
    headed(page, "Rückrufe")
    looked_at(page)
    assert somebody.complaints == [] or all("422" in one for one in somebody.complaints)
    context.close()
