"""A member's own site with one element, on another origin and under the strictest of policies."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Locator, Page, expect

from content.sign_off import trust_file
from tests.browser import axe, ceremonies
from tests.browser.ceremonies import EDITION, Ceremony, Signer
from tests.keys import registrar_file
from tests.tampering import tamper
from tests.world import page as edition

SITE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A member</title>'
    '<meta name="viewport" content="width=device-width">'
    '<script type="module" src="{hub}/clients/embed.js"></script></head><body><main><h1>Ours</h1>'
    '<msif-section slug="{slug}" locale="{locale}" trust="{trust}" {more}>'
    '<a href="{hub}/proof/{slug}/{locale}">Read it there</a></msif-section></main></body></html>'
)
#: No style, no string that becomes a page or a script, nothing from anywhere but the hub.
POLICY = (
    "default-src 'none'; script-src {hub}; connect-src {hub}; img-src {hub}; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


#: What the element found.
OUTCOME = re.compile("verified|withdrawn|refused")


@pytest.fixture
def hub(ceremony: Ceremony) -> Ceremony:
    """English and French in force, and a register that is signed."""
    keys = ceremony.terminal.folder / "keys"
    keys.mkdir(mode=0o700)
    registrar_file(keys)
    return ceremony


@contextmanager
def site(page: str, policy: str) -> Iterator[str]:
    """A site with this one page; its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """A test says what it has to say by itself."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def pin(ceremony: Ceremony) -> str:
    with ceremony.world.reading() as session:
        return trust_file.numbered(session, 1).sha256


@contextmanager
def shown(
    ceremony: Ceremony, slug: str, locale: str, trust: str = "", more: str = ""
) -> Iterator[Signer]:
    """Somebody reads the member's page, and the element has made up its mind."""
    hub = ceremonies.origin()
    page = SITE.format(hub=hub, slug=slug, locale=locale, trust=trust or pin(ceremony), more=more)
    with site(page, POLICY.format(hub=hub)) as address:
        reader = ceremony.comes()
        reader.page.goto(address)
        expect(element(reader.page)).to_have_attribute("data-outcome", OUTCOME)
        yield reader
        reader.context.close()
        ceremony.people.remove(reader)


def element(page: Page) -> Locator:
    return page.locator("msif-section").first


def test_a_section_is_shown_once_it_is_verified(hub: Ceremony) -> None:
    with shown(hub, "benefits", "fr") as reader:
        page = reader.page
        expect(page.locator("[part=title]")).to_have_text("fr – Benefits")
        expect(page.locator("article li").first).to_have_text("fr – It may slow MS.")
        expect(page.locator("article")).to_have_attribute("lang", "fr")
        expect(page.locator("[part=credit]")).to_contain_text("Dernier examen")
        assert page.locator("[part=proof]").get_attribute("href") == (
            f"{ceremonies.origin()}/proof/benefits/fr"
        )
        expect(page.get_by_text("Read it there")).to_be_hidden()
        assert axe.found(page) == []
        assert reader.complaints == []
        own = [url for url in reader.asked if not url.startswith(ceremonies.origin())]
        assert len([url for url in own if not url.endswith("favicon.ico")]) == 1
        assert page.evaluate("document.cookie + Object.keys(localStorage)") == ""


def test_a_whole_page_by_one_element(hub: Ceremony) -> None:
    with shown(hub, "treatment", "en", more="deep") as reader:
        expect(reader.page.get_by_role("heading")).to_have_count(4)
        names = reader.page.get_by_role("heading").all_inner_texts()
        assert names == ["Ours", "Treatment", "Benefits", "Risks"]
        expect(reader.page.locator("h3")).to_have_count(2)
        assert axe.found(reader.page) == []
        assert reader.complaints == []


def test_another_trust_file_than_the_pinned_one_shows_nothing(hub: Ceremony) -> None:
    with shown(hub, "benefits", "fr", trust="0" * 64) as reader:
        expect(element(reader.page)).to_have_attribute("data-outcome", "refused")
        expect(reader.page.get_by_text("Read it there")).to_be_visible()
        expect(reader.page.locator("article")).to_have_count(0)
        assert "not the one in `trust`" in reader.complaints[0]


def test_a_text_that_is_not_there_leaves_what_the_site_has(hub: Ceremony) -> None:
    with shown(hub, "benefits", "it") as reader:
        expect(element(reader.page)).to_have_attribute("data-outcome", "refused")
        expect(reader.page.get_by_text("Read it there")).to_be_visible()


def test_a_withdrawn_text_is_gone_and_says_why(hub: Ceremony) -> None:
    hub.world.withdraw("benefits")
    with shown(hub, "benefits", "fr") as reader:
        expect(element(reader.page)).to_have_attribute("data-outcome", "withdrawn")
        expect(reader.page.get_by_role("status")).not_to_be_empty()
        expect(reader.page.get_by_text("Read it there")).to_be_hidden()
        assert axe.found(reader.page) == []


def test_an_outdated_translation_says_so(hub: Ceremony) -> None:
    hub.world.publish_page(edition(EDITION))
    with shown(hub, "treatment", "fr") as reader:
        expect(reader.page.locator("[part=label]")).to_contain_text("Le texte d’origine a changé")


def test_bytes_that_nobody_signed_are_refused(hub: Ceremony) -> None:
    tamper(
        hub.world.engine,
        "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), 'slow', 'stop') AS BLOB)",
    )
    with shown(hub, "benefits", "fr") as reader:
        expect(element(reader.page)).to_have_attribute("data-outcome", "refused")
        expect(reader.page.locator("article")).to_have_count(0)
