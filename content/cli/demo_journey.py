"""The demonstration: the bundled page walks the whole way, by the hands of fictitious people."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from content.cli import demo_members
from content.database import reading, writing
from content.log import key
from content.people import person, token
from content.people.actor import Actor
from content.people.person import Person
from content.people.role import Role
from content.private_file import write_private
from content.publication import demo, demo_signers, due
from content.publication.signers import Signers
from content.records import page_import
from content.records.section import Section
from content.records.version import State, Version
from content.review import acceptance, review, submission
from content.review.policy import Policy
from content.review.review import Kind, Verdict
from content.samples import bundle
from content.samples.bundle import DemoPerson
from content.settings import Settings
from content.sign_off import registrar, rotation, trust_draft, trust_file, trust_pin
from content.sign_off import statement as statements
from content.sign_off.trust_draft import Draft
from content.translation import catalogue, glossary, upload

#: How long the tokens in people.json live, in days.
TOKEN_DAYS = 366
NO_INTERESTS = "none declared"
OPERATOR = "operator"
#: How the log of a demonstration calls itself: an address that leads nowhere (RFC 2606).
LOG_ORIGIN = "demonstration.invalid/log"

Progress = Callable[[str], None]


def is_prepared(engine: Engine) -> bool:
    with reading(engine) as session:
        return demo.is_demo(session)


def holds_real_work(engine: Engine) -> bool:
    """Whether there are people or sections here that no demonstration put here."""
    with reading(engine) as session:
        used = (
            session.exec(select(Person.id).limit(1)).first()
            or session.exec(select(Section.slug).limit(1)).first()
        )
        return bool(used) and not demo.is_demo(session)


def prepare(engine: Engine, settings: Settings, policy: Policy, progress: Progress) -> None:
    """Fill an empty hub with the demonstration, in one transaction: all of it or nothing."""
    make_keys(settings)
    with writing(engine) as session:
        demo.mark(session)
        progress("People of the demonstration")
        tokens = _enter_people(session)
        signers = _enrol(session, settings, policy)
        progress(f"English page: {bundle.PAGE}")
        _take_source(session, settings, policy, signers)
        progress("Glossary")
        _take_glossary(session)
        for locale in bundle.TRANSLATIONS:
            progress(f"Translation: {locale}")
            _take_translation(session, policy, locale, signers)
        for locale, base in bundle.VARIANTS.items():
            progress(f"Regional variant: {locale}")
            _take_variant(session, policy, locale, base, signers)
        # Last, so that what happened to the texts has the numbers it had without members.
        keys = demo_members.enter(session, by=OPERATOR)
        # Written before the commit: a hub without its tokens would be of no use to a visitor.
        demo_members.write(settings, keys)
        _write_people(settings.data_dir / "demo" / "people.json", tokens)
    pin(engine, settings)


def pin(engine: Engine, settings: Settings) -> None:
    """Pin the first trust file outside the database, as every member does."""
    with reading(engine) as session:
        for first in trust_file.accepted(session)[:1]:
            trust_pin.write(settings.trust_pin, first.sha256)


def make_keys(settings: Settings) -> None:
    """The demonstration's log and register are signed like any other, by keys of their own."""
    if not settings.log_key.exists():
        key.make(settings.log_key, LOG_ORIGIN)
    if not settings.registrar_key.exists():
        registrar.make(settings.registrar_key)


def _enter_people(session: Session) -> dict[str, str]:
    tokens = {}
    for one in bundle.people():
        person.add(
            session,
            name=one.name,
            organisation=one.organisation,
            by=OPERATOR,
            person_id=one.id,
        )
        for role in one.roles:
            person.grant(session, one.id, role, by=OPERATOR)
        tokens[one.id] = token.make(
            session, one.id, by=OPERATOR, label="demonstration", days=TOKEN_DAYS
        )
    return tokens


def _enrol(session: Session, settings: Settings, policy: Policy) -> Signers:
    """A key for everybody who signs, and the trust file that names them."""
    who = [one.id for one in bundle.people() if any(map(_signs, one.roles))]
    signers = demo_signers.make(settings, who)
    for one in who:
        signers.register(session, one, by=OPERATOR)
    thresholds = {
        Role.BOARD.value: policy.source.quorum,
        Role.LANGUAGE_REVIEWER.value: policy.translation.quorum,
    }
    registrars = registrar.named(registrar.load(settings.registrar_key))
    log = trust_draft.log_of(key.load(settings.log_key))
    draft = Draft(signers.party, registrars, log, thresholds)
    rotation.set_up(session, draft, by=OPERATOR)
    return signers


def _signs(role: str) -> bool:
    return role.partition(":")[0] in trust_draft.SIGNING


def _take_source(session: Session, settings: Settings, policy: Policy, signers: Signers) -> None:
    author = person.actor(session, "author")
    page_import.import_page(session, author, bundle.page(), bundle.pictures(), settings.locale_tags)
    drafts = _versions(session, bundle.SOURCE_LOCALE)
    for version in drafts:
        submission.submit(session, author, version, policy)
        _approve(session, person.actor(session, "medical-1"), version, Kind.MEDICAL)
        _approve(session, person.actor(session, "lay"), version, Kind.LAY)
    _sign(session, drafts, policy, signers, ("board-1", "board-2"))


def _take_glossary(session: Session) -> None:
    """The terms of the source language by the editor, those of the others by their translators."""
    for locale in (bundle.SOURCE_LOCALE, *bundle.TRANSLATIONS):
        who = "editor" if locale == bundle.SOURCE_LOCALE else f"translator-{locale}"
        terms = bundle.glossary(locale)
        glossary.import_file(session, person.actor(session, who), locale, terms, "csv")


def _take_translation(session: Session, policy: Policy, locale: str, signers: Signers) -> None:
    translator = _who(session, "translator", locale)
    # As a translator would: pull first, so that what comes back can be compared with it.
    catalogue.hand_out(session, bundle.PAGE, locale)
    upload.take(session, translator, bundle.PAGE, locale, bundle.catalogue(locale))
    drafts = _versions(session, locale)
    for version in drafts:
        submission.submit(session, translator, version, policy)
    _judge_translation(session, drafts, policy, locale, signers)


def _take_variant(
    session: Session, policy: Policy, locale: str, base: str, signers: Signers
) -> None:
    translator = _who(session, "translator", locale)
    catalogue.hand_out(session, bundle.PAGE, locale, base)
    upload.take(session, translator, bundle.PAGE, locale, bundle.catalogue(locale), base=base)
    # The society's one touch: all that has no words of its own is inherited.
    acceptance.accept_page(session, translator, bundle.PAGE, locale, base, policy)
    submitted = _versions(session, locale, State.IN_REVIEW)
    _judge_translation(session, submitted, policy, locale, signers)


def _judge_translation(
    session: Session, listed: list[Version], policy: Policy, locale: str, signers: Signers
) -> None:
    for version in listed:
        _approve(session, _who(session, "reviser", locale), version, Kind.REVISION)
        _approve(session, _who(session, "language-1", locale), version, Kind.LANGUAGE)
    _sign(session, listed, policy, signers, (f"language-2-{locale.lower()}",))


def _who(session: Session, part: str, locale: str) -> Actor:
    return person.actor(session, f"{part}-{locale.lower()}")


def _versions(session: Session, locale: str, state: State = State.DRAFT) -> list[Version]:
    rows = session.exec(
        select(Version)
        .where(col(Version.locale) == locale, col(Version.state) == state)
        .order_by(col(Version.id))
    )
    return list(rows.all())


def _approve(session: Session, actor: Actor, version: Version, kind: Kind) -> None:
    review.give(session, actor, version, kind=kind, verdict=Verdict.APPROVE, interests=NO_INTERESTS)


def _sign(
    session: Session, listed: list[Version], policy: Policy, signers: Signers, who: Sequence[str]
) -> None:
    editor = person.actor(session, "editor")
    statement = statements.open_statement(session, editor, listed, policy)
    for one in who:
        signers.sign(session, person.actor(session, one), statement, policy)
    due.carry_out(session, policy)


def _write_people(path: Path, tokens: dict[str, str]) -> None:
    """The fictitious people and their tokens."""
    listed = [_told(one, tokens[one.id]) for one in bundle.people()]
    write_private(path, json.dumps(listed, ensure_ascii=False, indent=1) + "\n")


def _told(one: DemoPerson, secret: str) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "organisation": one.organisation,
        "roles": list(one.roles),
        "token": secret,
    }
