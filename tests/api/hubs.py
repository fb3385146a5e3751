"""A hub as HTTP sees it: an application over a world, a client, and everybody's token."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine, inspect

from api.app import create_app
from content import clock
from content.b64u import b64u
from content.records import version as versions
from content.review import submission
from content.review.review import Kind
from content.settings import Settings
from content.sign_off.block import Block, Meaning
from tests.api.promised import Promised
from tests.keys import SIGNERS
from tests.world import World, page

#: The envelope of one section, its fields in the order of the contract.
ENVELOPE = (
    *("section", "locale", "version", "status", "title", "summary", "html", "markdown", "blocks"),
    *("children", "page", "evidence", "figures", "links", "dir", "audience", "authors"),
    *("translation_of", "last_reviewed", "review_by", "change", "approval", "attribution"),
    *("license", "disclaimer", "notice", "sha256", "seq", "urls"),
)
PROBLEM = "application/problem+json"
NONE_DECLARED = "none declared"
#: No demonstration beside the tests lends its key to them.
NO_KEY = Path("no", "such", "log.key")
NO_FILES = {
    "log_key_file": NO_KEY,
    "trust_pin_file": NO_KEY.with_name("trust.pin"),
    "registrar_key_file": NO_KEY.with_name("registrar.key"),
    "webhook_key_file": NO_KEY.with_name("webhook.key"),
}

#: A page with a section for each state that somebody has to do something about.
STATES = """# States {#states}

Every state.

## Drafted {#drafted}

Being written.

## Reviewed {#reviewed}

Being reviewed.

## Signing {#signing}

Being signed.

## Approved {#approved}

It waits for its hour.

## Gone {#gone}

It was wrong.
"""


@dataclass
class Hub:
    """One application over one database, with a client that is nobody until it is told."""

    world: World
    app: FastAPI
    client: Promised
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, path: str, by: str | None = None, **headers: str) -> Response:
        return self.ask("GET", path, by=by, headers=headers)

    def read(self, path: str, by: str | None = None) -> Any:
        """What a 200 says."""
        answer = self.get(path, by)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        by: str | None = None,
        scope: str = "",
        if_match: str = "",
        headers: dict[str, str] | None = None,
    ) -> Response:
        """One request, by a person of the world or by nobody."""
        told = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if by:
            told["Authorization"] = f"Bearer {self.token(by, scope)}"
        if if_match:
            told["If-Match"] = if_match
        content = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            told.setdefault("Content-Type", media_type_of(path))
        return self.client.request(method, path, content=content, headers=told)

    def token(self, person: str, scope: str = "") -> str:
        if (person, scope) not in self.tokens:
            self.tokens[person, scope] = self.world.token(person, scope)
        return self.tokens[person, scope]

    def etag(self, section: str, locale: str = "en", number: int = 1) -> str:
        """The tag of a version as it stands now."""
        answer = self.get(version_path(section, locale, number), by="editor")
        return str(answer.headers["etag"])

    def change(
        self,
        what: str,
        section: str,
        locale: str = "en",
        number: int = 1,
        body: Any = None,
        *,
        by: str,
        method: str = "PUT",
    ) -> Response:
        """A change of a version, with the tag that it has now."""
        return self.ask(
            method,
            f"{version_path(section, locale, number)}/{what}",
            body,
            by=by,
            if_match=self.etag(section, locale, number),
        )

    def review(self, section: str, kind: str, by: str, **more: Any) -> Response:
        told = {"kind": kind, "verdict": "approve", "interests": NONE_DECLARED} | more
        locale = told.pop("locale", "en")
        number = told.pop("number", 1)
        return self.change("reviews", section, locale, number, told, by=by, method="POST")

    def sign(self, digest: str, by: str, **more: Any) -> Response:
        told = signed(by, digest, **more)
        return self.ask("POST", f"/v1/editing/statements/{digest}/signatures", told, by=by)


def signed(
    by: str, digest: str, meaning: str = "approval", interests: str = NONE_DECLARED, **more: Any
) -> dict[str, Any]:
    """What the page of a signer sends, as the World names its people."""
    block = Block(digest, by, by.title(), Meaning(meaning), interests, clock.now()).body
    return {"block": b64u(block), "credential": SIGNERS.answer(by, block)} | more


def media_type_of(path: str) -> str:
    """What is sent to an address: what its ending says, otherwise JSON."""
    ending = path.partition("?")[0].rpartition(".")[2]
    return {"csv": "text/csv", "tbx": "application/xml", "tmx": "application/xml"}.get(
        ending, "application/json"
    )


def version_path(section: str, locale: str = "en", number: int = 1) -> str:
    return f"/v1/editing/sections/{section}/{locale}/{number}"


def entry(section: str, locale: str = "en", number: int = 1) -> dict[str, Any]:
    return {"section": section, "locale": locale, "version": number}


def open_app(engine: Engine, **more: Any) -> FastAPI:
    """The application over this database; it has an engine of its own. Its log has no key, and it
    sends nothing.

    Both engines share the word by which each knows that the other has committed.
    """
    url = engine.url.render_as_string(hide_password=False)
    beside = engine.url.database if engine.dialect.name == "sqlite" else None
    folder = Path(beside).parent if beside else Path(mkdtemp(prefix="msif-hub-"))
    app = create_app(
        Settings(**{"worker": "off"} | NO_FILES | {"data_dir": folder} | more, database_url=url)
    )
    engine.update_execution_options(**app.state.hub.engine.get_execution_options())
    return app


def refused(answer: Response, status: int, code: str) -> dict[str, Any]:
    """The problem that it is; fails where it is another one, or none."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    told: dict[str, Any] = answer.json()
    assert (told["status"], told["code"]) == (status, code), told
    assert told["type"] == f"/problems/{code}"
    assert told["title"]
    assert told["detail"]
    return told


def contents(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table, to compare before and after. Codings come by themselves,
    and the generation tells of them."""
    with engine.connect() as connection:
        return {
            table: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()))
            for table in inspect(connection).get_table_names()
            if table not in ("coding", "generation")
        }


def put_to_work(world: World) -> None:
    """Something for everybody to do: see STATES; and in French a review and a signature.

    Of the page `treatment` in French, `treatment` is in force, `benefits` in sign-off, `risks` in
    review; in Italian all is in draft.
    """
    world.write(page(STATES))
    for section in ("reviewed", "signing", "approved", "gone", "states"):
        world.submit(section)
    for section in ("signing", "approved", "gone", "states"):
        world.review_all(section)
    world.open_statement("signing")
    with world.acting("editor") as (session, editor):
        version = versions.opened(session, "approved", "en")
        assert version is not None
        submission.schedule(session, editor, version, clock.now() + timedelta(days=30))
    world.sign_off("approved")
    world.sign_off("gone", "states")
    world.withdraw("gone")
    world.translate("fr")
    for section in ("treatment", "benefits", "risks"):
        world.submit(section, "fr")
    for section in ("treatment", "benefits"):
        world.review_all(section, "fr")
    world.sign_off("treatment", locale="fr")
    world.open_statement("benefits", locale="fr")
    # A reviewer who has had no part in it yet is left for each kind of review.
    world.review("risks", "language-1-fr", Kind.LANGUAGE, locale="fr")
    world.translate("it")
    # Sent without a word of what it was made from, so it waits as a suggestion.
    nameless = world.pull("it").replace("X-Hub-Snapshot", "X-Nothing")
    world.push("it", nameless.replace("it – Risks", "Rischi"))


def at_work(world: World) -> None:
    """People, English in force, and work for everybody."""
    world.people()
    world.publish_page()
    put_to_work(world)


@contextmanager
def unwritten(engine: Engine) -> Iterator[None]:
    """Red where somebody wrote meanwhile: tests that share a hub must not."""
    before = contents(engine)
    yield
    assert contents(engine) == before, "A test wrote into the hub that is shared for reading."
