"""A board member touches their key to come in, and again before they change how they come in."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import update

from content import clock
from content.database import writing
from content.people.session import DeskSession
from tests.browser.ceremonies import Ceremony, origin
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at


def an_hour_passes(ceremony: Ceremony) -> None:
    with writing(ceremony.world.engine) as session:
        ago = clock.now() - timedelta(hours=1)
        session.connection().execute(
            update(DeskSession).values(created_at=ago, last_seen_at=ago, proven_at=ago)
        )


@walked_in_each_look
def test_in_by_a_touch_and_on_by_another(ceremony: Ceremony, look: str) -> None:
    somebody = ceremony.comes("de-CH", key_of="board-1", **LOOKS[look])
    page = somebody.page
    page.goto(f"{origin()}/desk/account")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    page.get_by_text("Mit Passwort und Code").click()
    looked_at(page)
    page.get_by_role("button", name="Mit einem Passkey anmelden").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ich mich anmelde")
    looked_at(page)
    page.get_by_role("button", name="Passwort festlegen").click()
    expect(page.get_by_role("img").first).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Zurück, ohne etwas zu ändern").click()
    an_hour_passes(ceremony)
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigen Sie, dass Sie es sind")
    looked_at(page)
    somebody.refuse_users()
    page.get_by_role("button", name="Weiter mit einem Passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Passkey hat nicht geantwortet")
    somebody.devtools.send(
        "WebAuthn.setUserVerified",
        {"authenticatorId": somebody.authenticator, "isUserVerified": True},
    )
    page.get_by_role("button", name="Weiter mit einem Passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkey registrieren")
    assert somebody.touches() == 2
    assert [one for one in somebody.complaints if "403" not in one] == []
