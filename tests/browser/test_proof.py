"""A reader follows the link under a text, and their browser verifies what the page says."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Site, Visitor, visitor
from tests.browser.test_registration import opened

SLUG = "ahsct-evidence"
VERIFIED = {
    "en": "Verified in your browser:",
    "fr": "Vérifié dans votre navigateur",
    "fr-CH": "Vérifié dans votre navigateur",
    "de": "In Ihrem Browser geprüft:",
}
#: Texts that each follows, one after the other.
FOLLOWS = {"en": 0, "fr": 1, "fr-CH": 2, "de": 1}
DIGEST = re.compile(r"[0-9a-f]{64}")


@contextmanager
def read(
    browser: Browser, site: Site, locale: str, path: str = "", **more: object
) -> Iterator[Visitor]:
    """Somebody who opened the page of a text."""
    context, somebody = visitor(browser, "en", **more)
    opened(somebody.page, f"{site.origin}{path or f'/proof/{SLUG}/{locale}'}")
    yield somebody
    context.close()


def result(page: Page, kind: str) -> str:
    """What the page says in the end; fails where it is of another kind."""
    shown = page.get_by_role("status")
    expect(shown).to_have_class(f"status {kind}")
    expect(shown).to_be_visible()
    return shown.inner_text()


@contextmanager
def one_byte_changed(site: Site, locale: str) -> Iterator[None]:
    """In the stored document, by somebody who can write into the database."""
    file = Path(site.environment["MSIF_DATA_DIR"]) / "content.db"
    with closing(pysqlite3.dbapi2.connect(file, isolation_level=None)) as database:
        (digest,) = database.execute(
            "SELECT document FROM version WHERE section = ? AND locale = ? AND state = 'in_force'",
            (SLUG, locale),
        ).fetchone()
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'"
        ).fetchall()
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        (body,) = database.execute(
            "SELECT body FROM document WHERE sha256 = ?", (digest,)
        ).fetchone()
        write = "UPDATE document SET body = ? WHERE sha256 = ?"
        database.execute(write, (body.replace(b"MS", b"MX", 1), digest))
        try:
            yield
        finally:
            database.execute(write, (body, digest))
            for _, again in triggers:
                database.execute(again)


@pytest.mark.parametrize("locale", VERIFIED)
def test_the_browser_verifies_the_text_and_all_it_follows(
    browser: Browser, site: Site, locale: str
) -> None:
    with read(browser, site, locale) as somebody:
        page = somebody.page
        said = result(page, "good")
        assert VERIFIED[locale] in said
        assert said.startswith("✓")
        expect(page.locator("#standing")).to_be_visible()
        steps = page.locator("#steps li")
        # The trust file, the register, the bytes, and one approval for each text of the chain.
        expect(steps).to_have_count(4 + FOLLOWS[locale])
        expect(steps.last).to_contain_text("Prof Frida Example, Prof Gustav Example")
        expect(steps.last).to_contain_text(re.compile(r"2\D+2\.$"))
        assert DIGEST.fullmatch(page.locator("#pin").inner_text())
        assert "{" not in page.locator("#check").inner_text()
        assert somebody.complaints == []


def test_what_was_changed_in_the_database_is_refused(browser: Browser, site: Site) -> None:
    # The hub has looked at it before: a later look of its own would find the change first.
    with read(browser, site, "fr") as somebody:
        result(somebody.page, "good")
    with one_byte_changed(site, "fr"), read(browser, site, "fr") as somebody:
        said = result(somebody.page, "bad")
        assert "ne vous fiez pas à ce texte" in said
        assert said.startswith("✕")
        expect(somebody.page.get_by_role("status").locator("code")).to_have_text("not-signed-off")
        expect(somebody.page.locator("#standing")).to_be_hidden()
        # What holds stays told, and nothing more.
        expect(somebody.page.locator("#steps li")).to_have_count(2)
    # The bytes are what they were, and the operator has them looked at.
    assert "in force: all of it verifies" in site.says("verify")
    with read(browser, site, "fr") as somebody:
        result(somebody.page, "good")


@pytest.mark.parametrize(
    "address", ["**/v1/sign-offs/*", "**/v1/register?*", "**/proof/verify.mjs"]
)
def test_what_does_not_arrive_is_no_refusal_and_no_approval(
    browser: Browser, site: Site, address: str
) -> None:
    context, somebody = visitor(browser, "en")
    somebody.page.route(address, lambda route: route.abort())
    opened(somebody.page, f"{site.origin}/proof/{SLUG}/en")
    assert "Could not be checked" in result(somebody.page, "warn")
    context.close()


@pytest.mark.parametrize(
    "lacks",
    [
        "crypto.subtle.generateKey = () => Promise.reject(new Error('unknown algorithm'))",
        "Object.defineProperty(crypto, 'subtle', { value: undefined })",  # as without https
    ],
)
def test_a_browser_that_cannot_verify_says_so_and_refuses_nothing(
    browser: Browser, site: Site, lacks: str
) -> None:
    context, somebody = visitor(browser, "en")
    somebody.page.add_init_script(lacks)
    opened(somebody.page, f"{site.origin}/proof/{SLUG}/en")
    assert "this browser cannot verify signatures here" in result(somebody.page, "warn")
    context.close()


def test_signatures_that_are_too_few_are_refused(browser: Browser, site: Site) -> None:
    def one_short(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json=told | {"signatures": told["signatures"][1:]})

    context, somebody = visitor(browser, "en")
    somebody.page.route("**/v1/sign-offs/*", one_short)
    opened(somebody.page, f"{site.origin}/proof/{SLUG}/en")
    assert "do not rely on this text" in result(somebody.page, "bad")
    expect(somebody.page.get_by_role("status").locator("code")).to_have_text("quorum")
    context.close()


def test_a_signature_more_is_not_counted_where_it_is_none(browser: Browser, site: Site) -> None:
    """Twice the same person, and once bytes that nobody signed."""

    def padded(route: Route) -> None:
        told = route.fetch().json()
        first = told["signatures"][0]
        other = first["credential"] | {"id": "AAAA"}
        more = [first, {"block": first["block"], "credential": other}]
        route.fulfill(json=told | {"signatures": told["signatures"] + more})

    context, somebody = visitor(browser, "en")
    somebody.page.route("**/v1/sign-offs/*", padded)
    opened(somebody.page, f"{site.origin}/proof/{SLUG}/en")
    result(somebody.page, "good")
    last = somebody.page.locator("#steps li").last
    expect(last).to_contain_text("needed: 2; genuine, from different people: 2.")
    context.close()


def test_without_scripts_the_facts_are_there_and_how_to_check(browser: Browser, site: Site) -> None:
    with read(browser, site, "en", java_script_enabled=False) as somebody:
        page = somebody.page
        expect(page.locator("#result")).to_be_hidden()
        expect(page.locator("#before")).to_be_visible()
        for fact in ("Signed by", "Prof Frida Example", "Next review by", "msif verify"):
            expect(page.get_by_text(fact).first).to_be_visible()
        assert somebody.complaints == []


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
def test_nothing_is_wider_than_a_small_phone(browser: Browser, site: Site, scheme: str) -> None:
    paths = ("", "/proof/nowhere/de", f"/proof/{SLUG}/es?lang=de")
    for path in paths:
        with read(browser, site, "de-CH", path, color_scheme=scheme) as somebody:
            page = somebody.page
            page.set_viewport_size({"width": 320, "height": 640})
            if not path:
                result(page, "good")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
