"""A hub with something to sign, served from this process, and people with a key in their browser.

It is the day of the tests for the hub and for the browsers alike.
"""

import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from api.app import create_app
from content import clock, database
from content.b64u import read_b64u
from content.generation_word import open_word
from content.people.registration import RelyingParty
from content.settings import Settings
from content.sign_off.trust_draft import Draft
from tests.content.cli.terminal import Terminal
from tests.copies import filled, in_two_languages
from tests.keys import PARTY, REGISTRARS, SIGNERS
from tests.postgres import free_port
from tests.world import World

#: A platform's authenticator that asks nobody: the user is there, and is who they are.
VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
#: The next edition of the page of the tests: a number, a link and a paragraph differ.
EDITION = """# Treatment {#treatment}

Some people take 1000 mg a day.

## Benefits {#benefits}

It may help 4 of 10 people.

- It may slow MS.
- See [the register](https://example.org/new-register).

It is not for everybody.

## Risks {#risks}

It does not repair nerves.
"""


@cache
def port() -> int:
    """One for all hubs of a run, one after the other: trust files name it."""
    return free_port()


def origin() -> str:
    return f"http://localhost:{port()}"


@dataclass
class Here(World):
    """A world whose people sign on this machine's page, and in software before there is one."""

    def trust_draft(self) -> Draft:
        made = super().trust_draft()
        party = RelyingParty("localhost", (origin(), *PARTY.origins))
        return Draft(party, REGISTRARS, thresholds=made.thresholds)


@dataclass
class Signer:
    """Somebody with a device of their own, and what their browser complained about."""

    context: BrowserContext
    page: Page
    devtools: CDPSession
    authenticator: str
    complaints: list[str]
    asked: list[str] = field(default_factory=list)

    def give_key(self, person: str) -> None:
        """Put the key that this person has in software into the device."""
        key = SIGNERS.authenticators[person]
        raw = key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        credential = {
            "credentialId": b64encode(read_b64u(key.credential)).decode(),
            "isResidentCredential": True,
            "rpId": "localhost",
            "privateKey": b64encode(raw).decode(),
            "userHandle": b64encode(person.encode()).decode(),
            "signCount": 0,
        }
        self.devtools.send(
            "WebAuthn.addCredential",
            {"authenticatorId": self.authenticator, "credential": credential},
        )

    def touches(self) -> int:
        """How often a key of the device was used, as the device counts it."""
        told = self.devtools.send(
            "WebAuthn.getCredentials", {"authenticatorId": self.authenticator}
        )
        return sum(int(one["signCount"]) for one in told["credentials"])

    def opens(self, link: str) -> Page:
        """Open a link to something that this person may sign, and wait until they can."""
        self.page.goto(link)
        expect(self.page.locator("#decision")).to_be_visible()
        expect(self.page.get_by_role("status")).to_have_text("")
        return self.page

    def registers(self, link: str) -> None:
        """Register this device by a link."""
        self.page.goto(link)
        self.page.get_by_role("textbox").fill("phone")
        self.page.locator("#register").click()
        expect(self.page.locator("#done-title")).to_be_focused()

    def signs(self, meaning: str = "approve", reason: str = "") -> None:
        """Decide, declare nothing, touch the key."""
        self.page.locator(f"#{meaning}").check()
        if reason:
            self.page.locator("#comment").fill(reason)
        self.page.locator("#none").click()
        self.page.locator("#sign").click()

    def refuse_users(self) -> None:
        """From now on the device does not recognise whoever holds it."""
        self.devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.authenticator, "isUserVerified": False},
        )


@dataclass
class Ceremony:
    """The hub, the operator's terminal, and a browser for whoever comes."""

    world: Here
    terminal: Terminal
    browser: Browser
    people: list[Signer] = field(default_factory=list)

    def invited(self, digest: str) -> dict[str, str]:
        """Person to link, and `words:` to the six words."""
        told = self.terminal.says("statement", "invite", digest).splitlines()
        return dict(line.split(maxsplit=1) for line in told)

    def comes(self, locale: str = "en", *, key_of: str = "", **more: Any) -> Signer:
        """Somebody opens a browser; with their key in it where it says whose."""
        settings = {"viewport": {"width": 390, "height": 844}} | more
        context = self.browser.new_context(locale=locale, **settings)
        context.clock.set_fixed_time(clock.now())
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
        somebody = Signer(context, page, devtools, made["authenticatorId"], [])
        page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: somebody.complaints.append(said.text) if said.type == "error" else None,
        )
        page.on("request", lambda request: somebody.asked.append(request.url))
        if key_of:
            somebody.give_key(key_of)
        self.people.append(somebody)
        return somebody


def in_force(empty: Path, path: Path) -> Path:
    """A database with people, keys, and the page of the tests in force in two languages."""
    return filled(empty, path, in_two_languages, world=Here)


@contextmanager
def served(folder: Path, browser: Browser, source: Path) -> Iterator[Ceremony]:
    """A hub over a copy of this database, until the block ends."""
    (folder / "content.db").write_bytes(source.read_bytes())
    settings = Settings(data_dir=folder, port=port())
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), host="127.0.0.1", port=port(), log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    engine = database.connect(settings.database, open_word(settings.generation_word))
    world = Here(engine)
    terminal = Terminal(folder, world, {"MSIF_PORT": str(port())})
    made = Ceremony(world, terminal, browser)
    try:
        yield made
    finally:
        for one in made.people:
            one.context.close()
        server.should_exit = True
        thread.join()
        engine.dispose()


def review(world: World, *sections: str, locale: str = "en") -> str:
    """Take these through their reviews; the digest of the statement that lists them."""
    for section in sections:
        world.submit(section, locale)
        world.review_all(section, locale)
    return world.open_statement(*sections, locale=locale)


def many(count: int, edition: str = "first") -> str:
    """A page with so many sections, of which each edition says something else."""
    parts = ["# Treatment {#treatment}\n\nWhat there is.\n"]
    parts += [
        f"## Question {n} {{#question-{n}}}\n\nOf {n} people, {n} of 100 ask in the {edition} "
        f"edition.\n\n- It may help.\n- It may not.\n"
        for n in range(1, count)
    ]
    return "\n".join(parts)
