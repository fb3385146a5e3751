"""Many stored texts, written straight into a SQLite file: a million versions in some minutes.

The rows are such as the hub writes: documents are whole and named by their digests, what is in
force is signed by keys that the trust file names, and every number is dense. The stored answers are
made up, as long as real ones.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import rfc8785
from sqlalchemy import Engine

from content.database import reading
from content.publication.answer import etag
from content.publication.forms import FORMS
from content.sign_off import trust_file
from tests.bench.grown_texts import (
    ABOVE,
    NUMBER,
    REVIEW_BY,
    SLUG,
    STAMP,
    TAG,
    TEXT,
    block,
    item,
    template,
)
from tests.keys import SIGNERS
from tests.world import LOCALES, NO_INTERESTS, World

#: Sections of a page, its root counted.
PER_PAGE = 25
#: So that neither the log beside the file nor the time for a page grows.
PAGES_A_COMMIT, CACHE_KIB = 10, 2_000_000
AT = "2026-11-20 09:00:00.000000"
#: Tables whose rows are numbered, and by what.
NUMBERED = {"version": "id", "release": "seq", "ledger": "seq", "review": "id"}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Many:
    """How much there is to be. Frozen."""

    sections: int
    #: Versions of each text, of which the last is in force.
    numbers: int = 1
    locales: tuple[str, ...] = LOCALES

    @property
    def versions(self) -> int:
        return self.sections * self.numbers * len(self.locales)


@dataclass
class _Rows:
    """By table, what is to be written for one page."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, table: str, *values: object) -> None:
        self.by_table.setdefault(table, []).append(values)


def slugs(many: Many) -> Iterator[str]:
    """Every section, page by page, the root first."""
    for page in range(many.sections // PER_PAGE):
        yield from _page(page)


def _page(page: int) -> tuple[str, ...]:
    root = f"grown-{page}"
    return (root, *(f"{root}-{number}" for number in range(1, PER_PAGE)))


def grow(world: World, many: Many) -> None:
    """Add so many texts to a hub with people and a page, which are left as they are."""
    with reading(world.engine) as session:
        trust = trust_file.required(session, world.policy.pinned).name
    writer = _Writer(trust, many)
    with _unheld(world.engine) as driver:
        for table, first in NUMBERED.items():
            (last,) = driver.execute(f'SELECT COALESCE(MAX({first}), 0) FROM "{table}"').fetchone()
            writer.last[table] = last
        last = driver.execute("SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1").fetchone()
        writer.hash = last[0]
        for page in range(many.sections // PER_PAGE):
            for table, rows in writer.page(page).by_table.items():
                marks = ",".join("?" * len(rows[0]))
                driver.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
            if page % PAGES_A_COMMIT == 0:
                driver.execute("COMMIT")
                driver.execute("BEGIN IMMEDIATE")
        driver.execute("UPDATE generation SET number = number + 1")


class _unheld:
    """A connection of the driver in a transaction: no triggers, and no keys looked at."""

    def __init__(self, engine: Engine) -> None:
        self.connection = engine.raw_connection()
        self.driver: Any = self.connection.driver_connection
        self.triggers: list[Row] = []

    def __enter__(self) -> Any:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}"):
            self.driver.execute(f"PRAGMA {pragma}")
        self.driver.execute("BEGIN IMMEDIATE")
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        self.triggers = self.driver.execute(asked).fetchall()
        for name, _ in self.triggers:
            self.driver.execute(f'DROP TRIGGER "{name}"')
        return self.driver

    def __exit__(self, *_: object) -> None:
        for _, sql in self.triggers:
            self.driver.execute(sql)
        self.driver.execute("COMMIT")
        self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.invalidate()  # it does not look at keys
        self.connection.close()


class _Writer:
    """Makes the rows of one page after the other."""

    def __init__(self, trust: dict[str, Any], many: Many) -> None:
        self.trust = trust
        self.many = many
        self.last: dict[str, int] = {}
        self.hash = ""
        self.statements = 0
        self._templates: dict[tuple[bool, tuple[str, ...]], bytes] = {}

    def page(self, page: int) -> _Rows:
        rows = _Rows()
        slugs = _page(page)
        root = slugs[0]
        for slug in slugs:
            rows.add("section", slug, "en", root, AT)
        for place, slug in enumerate(slugs[1:]):
            rows.add("placement", slug, root, place)
        for number in range(1, self.many.numbers + 1):
            sources: dict[str, str] = {}
            for locale in self.many.locales:
                self._texts(rows, slugs, locale, number, sources)
        self._answers(rows, slugs)
        return rows

    def _texts(
        self, rows: _Rows, slugs: tuple[str, ...], locale: str, number: int, sources: dict[str, str]
    ) -> None:
        """One version of every text of a page in one language, signed together."""
        root = slugs[0]
        state = "in_force" if number == self.many.numbers else "superseded"
        items, entries = [], []
        for slug in slugs:
            source = sources.get(slug) if locale != "en" else None
            below = slugs[1:] if slug == root else ()
            body = self._document(slug, locale, number, source, below)
            digest = sha256(body).hexdigest()
            sources.setdefault(slug, digest)
            key = self._next("version")
            rows.add("document", digest, body)
            rows.add(
                "version",
                *(key, slug, locale, number, state, digest, source, None, "clinical", "Grown"),
                *(REVIEW_BY, None, AT),
            )
            self._parts(rows, key, digest, locale)
            seq = self._next("release")
            rows.add(
                "release",
                *(seq, "in_force", slug, locale, number, digest, root, AT, "clinical", "Grown"),
                *(None, None),
            )
            self._ledger(rows, f"{slug}/{locale}/{number}", {"document": digest, "to": state})
            items.append(item(slug, locale, number, digest, source))
            entries.append((key, digest))
        self._statement(rows, locale, items, entries)

    def _parts(self, rows: _Rows, version: int, document: str, locale: str) -> None:
        writer, reviewer, kind = ("author", "medical-1", "medical")
        if locale != "en":
            writer, reviewer, kind = f"translator-{locale}", f"reviser-{locale}", "revision"
        rows.add("participation", version, writer, "writer")
        rows.add("participation", version, reviewer, kind)
        rows.add(
            "review",
            *(self._next("review"), version, document, kind, "approve", reviewer, "Org"),
            *(NO_INTERESTS, 0, "", AT),
        )

    def _document(
        self, slug: str, locale: str, number: int, source: str | None, below: tuple[str, ...]
    ) -> bytes:
        known = (source is not None, below)
        if known not in self._templates:
            self._templates = {} if len(self._templates) > 3 else self._templates
            self._templates[known] = template(source is not None, below)
        made = self._templates[known]
        told = {SLUG: slug, TAG: locale, str(NUMBER): str(number), ABOVE: source or ""}
        for mark, value in told.items():
            made = made.replace(mark.encode(), value.encode())
        return made

    def _statement(
        self, rows: _Rows, locale: str, items: list[dict[str, Any]], entries: list[tuple[int, str]]
    ) -> None:
        self.statements += 1
        name = f"2025-{self.statements:07d}"
        role = "board" if locale == "en" else f"language-reviewer:{locale}"
        signers = ("board-1", "board-2", "board-3") if locale == "en" else (f"language-2-{locale}",)
        body = rfc8785.dumps(
            {
                "kind": "msif.sign-off/1",
                "id": name,
                "role": role,
                "created": STAMP,
                "trust": self.trust,
                "items": items,
            }
        )
        digest = sha256(body).hexdigest()
        rows.add(
            "statement",
            *(digest, name, body, role, len(signers), "editor", AT, AT, "signed_off"),
        )
        in_force = items[0]["version"] == self.many.numbers
        for key, document in entries:
            rows.add("statement_entry", digest, key, document)
        for signer in signers:
            signed = block(digest, signer)
            # What is no longer in force is never looked at: it has a signature to be counted.
            said = json.dumps(SIGNERS.answer(signer, signed)) if in_force else "{}"
            rows.add("signature", digest, signer, "Org", "approval", 0, signed, said, "", AT)

    def _ledger(self, rows: _Rows, subject: str, detail: dict[str, str]) -> None:
        before, told = self.hash, json.dumps(detail, separators=(",", ":"), sort_keys=True)
        self.hash = sha256(f"{before}{subject}{told}".encode()).hexdigest()
        seq = self._next("ledger")
        rows.add("ledger", seq, AT, "hub", "version.in_force", subject, told, before, self.hash)

    def _answers(self, rows: _Rows, slugs: tuple[str, ...]) -> None:
        for slug in slugs:
            for path, kind, locale in _addresses(slug, slug == slugs[0], self.many.locales):
                body = json.dumps({"path": path, "text": TEXT * 8}).encode()
                rows.add("coding", etag(body), "br", None)
                headers = json.dumps({"Content-Type": "application/json", "Path": path})
                rows.add(
                    "representation",
                    *(path, kind, slug, locale, slugs[0], "current", AT, 200, etag(body)),
                    *(headers, body, self.last["release"], None),
                )

    def _next(self, table: str) -> int:
        self.last[table] += 1
        return self.last[table]


def _addresses(
    slug: str, is_page: bool, locales: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """(path, kind, locale) of every answer of one section."""
    yield f"/v1/sections/{slug}", "overview", ""
    for locale in locales:
        for kind in ("section", "page") if is_page else ("section",):
            path = f"/v1/{kind}s/{slug}/{locale}"
            yield path, kind, locale
            for form in FORMS:
                yield f"{path}.{form}", f"{kind}.{form}", locale
