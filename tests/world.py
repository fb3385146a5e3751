"""A small hub for tests: people of every role, short pages, and the steps of the way as verbs.

Stories speak in these verbs; each opens its own transaction, as a request would.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from content.database import reading, writing
from content.people import person, token
from content.people.actor import Actor
from content.publication import due, take_down
from content.records import page_import
from content.records import version as versions
from content.records.page_import import Outcome
from content.records.version import State, Version
from content.review import acceptance, retraction, review, scrutiny, submission
from content.review import policy as policies
from content.review.acceptance import Accepted
from content.review.policy import Policy
from content.review.review import Kind, Verdict
from content.sign_off import rotation, signing, trust_file, verify
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.trust_draft import Draft
from content.translation import catalogue, document, upload
from content.translation import locale as locales
from content.translation.report import Report, Taken
from tests.keys import PARTY, REGISTRARS, SIGNERS

LOCALES = ("en", "fr", "it", "de")
#: Roles whose people sign with a key.
SIGNING = ("board", "language-reviewer")
NO_INTERESTS = "none declared"

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "author": ("author",),
    "author-2": ("author",),
    "medical-1": ("medical-reviewer",),
    "medical-2": ("medical-reviewer",),
    "lay": ("lay-reviewer",),
    "editor": ("editor",),
    "editor-2": ("editor",),
    "board-1": ("board",),
    "board-2": ("board",),
    "board-3": ("board",),
    "board-4": ("board",),
    "duty-1": ("duty-officer",),
    "duty-2": ("duty-officer",),
    "administrator": ("administrator",),
    **{
        f"{role}-{locale}": (f"{granted}:{locale}",)
        for locale in ("fr", "it", "de")
        for role, granted in (
            ("translator", "translator"),
            ("reviser", "reviser"),
            ("language-1", "language-reviewer"),
            ("language-2", "language-reviewer"),
        )
    },
}

FRONT_MATTER = """---
locale: en
audience: People with MS
authors: [Test author]
license: CC-BY-4.0
attribution: {{text: MSIF, url: "https://www.msif.org/"}}
disclaimer: Ask your neurologist.
last_reviewed: 2026-11-20
review_by: {review_by}
change: {{kind: {kind}, summary: "{summary}"}}
---
"""
TEXT = """# Treatment {#treatment}

Some people take 2000 mg a day.

## Benefits {#benefits}

It may help 4 of 10 people.

- It may slow MS.
- See [the register](https://example.org/register).

## Risks {#risks}

It does not repair nerves.
"""


def page(
    text: str = TEXT,
    *,
    kind: str = "clinical",
    summary: str = "First edition",
    review_by: str = "2027-11-20",
) -> bytes:
    """An authored page around this text."""
    return (FRONT_MATTER.format(kind=kind, summary=summary, review_by=review_by) + text).encode()


@dataclass
class World:
    """One hub in one database, with its people entered."""

    engine: Engine
    policy: Policy = field(default_factory=policies.load)

    def people(self) -> None:
        """Enter everyone, and give a key to whoever signs."""
        self.enter()
        self.enrol()

    def enter(self) -> None:
        """Everyone is from an organisation of their own."""
        with writing(self.engine) as session:
            for person_id, roles in PEOPLE.items():
                person.add(
                    session,
                    name=person_id.title(),
                    organisation=f"Organisation of {person_id}",
                    by="operator",
                    person_id=person_id,
                )
                for role in roles:
                    person.grant(session, person_id, role, by="operator")

    def enrol(self) -> None:
        with writing(self.engine) as session:
            for person_id, roles in PEOPLE.items():
                if any(role.startswith(SIGNING) for role in roles):
                    SIGNERS.register(session, person_id, by="operator")
            rotation.set_up(session, self.trust_draft(), by="operator")

    def trust_draft(self) -> Draft:
        """A trust file that asks for as many as the policy does."""
        thresholds = {
            "board": self.policy.source.quorum,
            "language-reviewer": self.policy.translation.quorum,
        }
        return Draft(PARTY, REGISTRARS, thresholds=thresholds)

    def propose_trust(self, draft: Draft | None = None) -> str:
        """The digest of the next trust file, from the people as they are."""
        with writing(self.engine) as session:
            before = trust_file.required(session, self.policy.pinned)
            honours = verify.standing(session, self.policy)
            wanted = draft or self.trust_draft()
            return rotation.propose(session, wanted, before, honours, by="operator").sha256

    def replace_trust(self, draft: Draft | None = None) -> None:
        """The same, signed by the board."""
        digest = self.propose_trust(draft)
        with writing(self.engine) as session:
            row = trust_file.find(session, digest)
            for signer in ("board-1", "board-2", "board-3"):
                if not SIGNERS.sign_trust(session, person.actor(session, signer), row, self.policy):
                    continue
                return
        raise AssertionError("the board is too small")

    def staff(self, locale: str) -> None:
        """Enter whom a further language needs, under the names that the steps below use."""
        with writing(self.engine) as session:
            for role in ("translator", "reviser", "language-1", "language-2"):
                name = f"{role}-{locale.lower()}"
                person.add(session, name=name, organisation=name, by="operator", person_id=name)
                granted = "language-reviewer" if role.startswith("language") else role
                person.grant(session, name, f"{granted}:{locale}", by="operator")
                if role.startswith("language"):
                    SIGNERS.register(session, name, by="operator")
        self.replace_trust()

    @contextmanager
    def acting(self, person_id: str) -> Iterator[tuple[Session, Actor]]:
        """A writing session and the person in it; what is due is carried out at its end."""
        with writing(self.engine) as session:
            yield session, person.actor(session, person_id)
            due.carry_out(session, self.policy)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with reading(self.engine) as session:
            yield session

    def token(self, person_id: str, scope: str = "") -> str:
        with writing(self.engine) as session:
            return token.make(session, person_id, by="operator", label="test", days=1, scope=scope)

    def version(self, section: str, locale: str = "en", number: int | None = None) -> Version:
        """One version; the newest where no number is given, abandoned ones left out."""
        with self.reading() as session:
            if number is not None:
                return versions.find(session, section, locale, number)
            found = versions.newest(session, section, locale)
            assert found is not None
            return found

    def is_whole(self, section: str, locale: str) -> bool:
        """Whether the newest version has nothing open."""
        with self.reading() as session:
            version = versions.newest(session, section, locale)
            return version is not None and document.is_complete(session, version)

    def states(self, locale: str = "en") -> dict[str, list[str]]:
        """Section to the states of its versions, by number."""
        with self.reading() as session:
            rows = session.exec(
                select(Version).where(col(Version.locale) == locale).order_by(col(Version.number))
            )
            found: dict[str, list[str]] = {}
            for version in rows:
                found.setdefault(version.section, []).append(version.state)
            return found

    # The way of a source text

    def write(self, source: bytes | None = None, by: str = "author") -> list[Outcome]:
        with self.acting(by) as (session, actor):
            return page_import.import_page(session, actor, source or page(), {}, LOCALES)

    def submit(self, section: str, locale: str = "en", by: str | None = None) -> None:
        with self.acting(by or _writer(locale)) as (session, actor):
            version = versions.opened(session, section, locale)
            assert version is not None
            submission.submit(session, actor, version, self.policy)

    def review(
        self,
        section: str,
        by: str,
        kind: Kind,
        verdict: Verdict = Verdict.APPROVE,
        locale: str = "en",
        *,
        relevant: bool = False,
        comment: str = "Please look again.",
    ) -> None:
        with self.acting(by) as (session, actor):
            version = versions.opened(session, section, locale)
            assert version is not None
            if kind is Kind.LANGUAGE and verdict is Verdict.APPROVE:
                acknowledge_all(session, actor, version)
            review.give(
                session,
                actor,
                version,
                kind=kind,
                verdict=verdict,
                interests=NO_INTERESTS,
                interests_relevant=relevant,
                comment=comment,
            )
            signing.settle_version(session, version, self.policy, actor=actor.id)

    def review_all(self, section: str, locale: str = "en") -> None:
        """Everything the default policy asks for before the sign-off."""
        if locale == "en":
            for by, kind in (
                ("medical-1", Kind.MEDICAL),
                ("medical-2", Kind.MEDICAL),
                ("lay", Kind.LAY),
            ):
                self.review(section, by, kind)
            return
        self.review(section, f"reviser-{locale.lower()}", Kind.REVISION, locale=locale)
        self.review(section, f"language-1-{locale.lower()}", Kind.LANGUAGE, locale=locale)

    def open_statement(self, *sections: str, locale: str = "en", by: str = "editor") -> str:
        with self.acting(by) as (session, actor):
            chosen = [versions.opened(session, section, locale) for section in sections]
            listed = [version for version in chosen if version is not None]
            return statements.open_statement(session, actor, listed, self.policy).sha256

    def sign(
        self,
        digest: str,
        by: str,
        meaning: Meaning = Meaning.APPROVAL,
        *,
        relevant: bool = False,
        comment: str = "I do not agree.",
    ) -> None:
        with self.acting(by) as (session, actor):
            SIGNERS.sign(
                session,
                actor,
                statements.find(session, digest),
                self.policy,
                meaning=Meaning.RECUSAL if relevant else meaning,
                interests=NO_INTERESTS,
                comment=comment,
            )

    def put_to_signature(self, *sections: str, locale: str = "en", by: str = "editor") -> str:
        """From draft to a statement that nobody has signed."""
        for section in sections:
            self.submit(section, locale)
            self.review_all(section, locale)
        return self.open_statement(*sections, locale=locale, by=by)

    def sign_off(self, *sections: str, locale: str = "en") -> str:
        """Open a statement over these and have it signed by as many as it needs."""
        digest = self.open_statement(*sections, locale=locale)
        signers = (
            ["board-1", "board-2", "board-3"]
            if locale == "en"
            else [f"language-2-{locale.lower()}"]
        )
        for signer in signers:
            self.sign(digest, signer)
        return digest

    def publish(self, *sections: str, locale: str = "en") -> None:
        """From draft to in force, by the hands of everyone it takes."""
        for section in sections:
            self.submit(section, locale)
            self.review_all(section, locale)
        self.sign_off(*sections, locale=locale)

    def publish_page(self, source: bytes | None = None) -> list[str]:
        """Import a page and take whatever changed into force; returns those sections."""
        changed = [o.section for o in self.write(source) if o.what in ("created", "updated")]
        self.publish(*changed)
        return changed

    # The way of a translation

    def pull(self, locale: str, root: str = "treatment") -> str:
        with writing(self.engine) as session:
            return catalogue.hand_out(session, root, locale, locales.base(locale, LOCALES))

    def push(self, locale: str, text: str, root: str = "treatment") -> list[Taken]:
        return list(self.upload(locale, text, root).entries)

    def upload(self, locale: str, text: str, root: str = "treatment", by: str = "") -> Report:
        with self.acting(by or _translator(locale)) as (session, actor):
            base = locales.base(locale, LOCALES)
            return upload.take(session, actor, root, locale, text.encode(), base=base)

    def undo(self, report: Report, by: str = "") -> None:
        with self.acting(by or _translator(report.locale)) as (session, actor):
            retraction.take_back(session, actor, upload.find(session, report.upload))

    def translate(self, locale: str, root: str = "treatment") -> list[str]:
        """Translate all that has no translation; returns the sections that have a draft now."""
        self.push(locale, translated(self.pull(locale, root), locale), root)
        with self.reading() as session:
            rows = session.exec(
                select(Version.section).where(
                    col(Version.locale) == locale, col(Version.state) == State.DRAFT
                )
            )
            return list(rows.all())

    def publish_translation(self, locale: str, root: str = "treatment") -> list[str]:
        drafts = self.translate(locale, root)
        self.publish(*drafts, locale=locale)
        return drafts

    def accept(self, locale: str, root: str = "treatment") -> list[Accepted]:
        """The one touch of a regional variant's translator."""
        with self.acting(_translator(locale)) as (session, actor):
            base = locales.base(locale, LOCALES) or ""
            return acceptance.accept_page(session, actor, root, locale, base, self.policy)

    def judge(self, *sections: str, locale: str) -> None:
        """Everyone's part after a translation was submitted."""
        for section in sections:
            self.review_all(section, locale)
        self.sign_off(*sections, locale=locale)

    def publish_variant(self, locale: str, root: str = "treatment") -> list[str]:
        """Accept what is inherited and take it into force; returns those sections."""
        submitted = [one.section for one in self.accept(locale, root) if one.outcome == "submitted"]
        self.judge(*submitted, locale=locale)
        return submitted

    def withdraw(self, section: str, locale: str | None = None, by: str = "duty-1") -> None:
        with self.acting(by) as (session, actor):
            take_down.withdraw(
                session,
                actor,
                section,
                locale,
                self.policy,
                reason="error",
                text="A number was wrong.",
            )


def acknowledge_all(session: Session, actor: Actor, version: Version) -> None:
    """The reviewer has a reason for every warning: `fr – It does not` has no French negation."""
    for one in scrutiny.of_version(session, version).warnings:
        if one.acknowledgement is None:
            told = (one.unit, one.finding.code, "It is a text of a test.")
            scrutiny.acknowledge(session, actor, version, *told)


#: The one unit of the texts of tests: a translation that leaves it in English has lost it.
YEARS = {"fr": "ans", "it": "anni", "de": "Jahre"}


def said(locale: str, text: str) -> str:
    """What a translator of these tests makes of a text."""
    return f"{locale} – {text}".replace("years", YEARS.get(locale, "years"))


def without_who(po: str) -> str:
    """A catalogue without who wrote into it last, and when: an undo writes, too."""
    left = ('"Last-Translator: ', '"PO-Revision-Date: ')
    return "\n".join(line for line in po.splitlines() if not line.startswith(left))


def translated(po: str, locale: str) -> str:
    """The file with every open entry "translated": marked with the locale, no longer fuzzy."""
    import polib

    read = polib.pofile(po, wrapwidth=0)
    for entry in read:
        if not entry.msgstr or "fuzzy" in entry.flags:
            entry.msgstr = said(locale, entry.msgid)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = None
    return str(read)


def _writer(locale: str) -> str:
    return "author" if locale == "en" else _translator(locale)


def _translator(locale: str) -> str:
    return f"translator-{locale.lower()}"
