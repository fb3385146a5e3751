"""A real browser, with an authenticator of its own making, in front of a real server."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import ceremonies
from tests.browser.ceremonies import VIRTUAL, Ceremony
from tests.postgres import free_port
from tests.structure.sources import ROOT

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Site:
    """A demonstration that is served."""

    origin: str
    environment: dict[str, str]

    def says(self, *command: str) -> str:
        """What `msif` answers, at the machine."""
        program = str(Path(sys.executable).with_name("msif"))
        return subprocess.run(
            [program, *command],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("there is no chromium here; on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        # Root has no sandbox, and CI is often root.
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration that nobody changes."""
    with demonstration(tmp_path_factory.mktemp("browser")) as made:
        yield made


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    """A demonstration for one test, to work in."""
    with demonstration(tmp_path) as made:
        yield made


@contextmanager
def demonstration(folder: Path) -> Iterator[Site]:
    port = free_port()
    environment = os.environ | {"MSIF_DATA_DIR": str(folder), "MSIF_PORT": str(port)}
    made = Site(f"http://localhost:{port}", environment)
    made.says("demo")
    program = str(Path(sys.executable).with_name("msif"))
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [program, "serve"], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        yield made
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


@dataclass(frozen=True)
class Visitor:
    """Somebody with a device; what their browser complained about."""

    page: Page
    complaints: list[str]


def visitor(browser: Browser, locale: str, **more: object) -> tuple[BrowserContext, Visitor]:
    settings: dict[str, Any] = {"viewport": {"width": 390, "height": 800}} | more
    context = browser.new_context(locale=locale, **settings)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    return context, Visitor(page, complaints)


@pytest.fixture(scope="session")
def revised(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with a page in force in English and French; the database's file."""
    return ceremonies.in_force(empty_sqlite, tmp_path_factory.mktemp("revised") / "content.db")


@pytest.fixture
def ceremony(tmp_path: Path, browser: Browser, revised: Path) -> Iterator[Ceremony]:
    """People with keys, and a page in force."""
    with ceremonies.served(tmp_path, browser, revised) as made:
        yield made


@pytest.fixture
def beginning(tmp_path: Path, browser: Browser, empty_sqlite: Path) -> Iterator[Ceremony]:
    """An empty hub."""
    with ceremonies.served(tmp_path, browser, empty_sqlite) as made:
        yield made
