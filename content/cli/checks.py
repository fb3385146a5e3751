"""What `msif doctor` looks at. Each check gives findings: what was looked at, and what to do."""

import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

import pysqlite3.dbapi2
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from content import clock, ledger, schema
from content.cli.finding import Finding, of_all
from content.database import require_safe_sqlite
from content.errors import ContentError, RegistrarKeyUnusable, TrustBroken, WebhookKeyUnusable
from content.ledger import LedgerRow
from content.log import hashes
from content.publication import audit, coding, demo, representation
from content.review.policy import Policy
from content.settings import Settings
from content.sign_off import registrar, trust_file
from content.syndication import webhook_key
from content.translation.locale import describe, read_tag

#: Bytes that have to be free where the hub writes.
DISK_FREE_MIN = 200_000_000
#: The clock is wrong before the first and after the second.
CLOCK_RANGE = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
#: How far a row of the ledger may lie ahead: two machines' clocks never quite agree.
CLOCK_APART = timedelta(minutes=2)
#: From when on a trust file is to be replaced: two boards have to find the time.
EXPIRES_SOON = timedelta(days=60)
PIN = "Pin it with `msif trust pin DIGEST`."


def sqlite_library() -> Finding:
    found = pysqlite3.dbapi2.sqlite_version
    try:
        require_safe_sqlite(pysqlite3.dbapi2.sqlite_version_info)
    except ContentError as error:
        return Finding("sqlite", found, error.message)
    return Finding("sqlite", found)


def data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return Finding("data folder", str(error), f"Let the user of the hub write in {folder}.")
    free = shutil.disk_usage(folder).free
    told = f"{folder}, {free // 1_000_000:,} MB free"
    return Finding("data folder", told, "" if free >= DISK_FREE_MIN else "Make room on this disk.")


def locales(settings: Settings) -> Finding:
    for tag in settings.locale_tags:
        try:
            describe(tag)
            told = read_tag(tag)
        except ContentError as error:
            return Finding("locales", tag, f"{error.message} Correct MSIF_LOCALES.")
        if told != tag:
            return Finding("locales", tag, f"Write `{told}` in MSIF_LOCALES.")
    return Finding("locales", ", ".join(settings.locale_tags))


def files(settings: Settings, engine: Engine) -> Iterator[Finding]:
    """Who may read what lies on the disk."""
    people = settings.data_dir / "demo" / "people.json"
    if people.is_file():
        yield _private("tokens of the demonstration", people)
    if settings.log_key.is_file():
        yield _private("key of the log", settings.log_key)
    if settings.registrar_key.is_file():
        yield _private("key of the register", settings.registrar_key)
    if settings.webhook_key.is_file():
        yield _private("key for webhooks", settings.webhook_key)
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database and Path(database).is_file():
        yield _private("database file", Path(database))


def _private(name: str, path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    others = mode & (stat.S_IRWXG | stat.S_IRWXO)
    return Finding(name, f"{path}, {mode:04o}", f"chmod 600 {path}" if others else "")


def migrations(engine: Engine) -> Finding:
    present, newest = schema.present(engine), schema.newest()
    if present == newest:
        return Finding("schema", str(present))
    return Finding("schema", f"{present or 'none'}, not {newest}", "Run `msif migrate`.")


def policy(session: Session, settings: Settings) -> tuple[Finding, Policy | None]:
    named = settings.policy_file or ("demonstration" if demo.is_demo(session) else "default")
    try:
        return Finding("policy", str(named)), demo.policy_of(session, settings)
    except ContentError as error:
        return Finding(
            "policy", error.message, "Correct the file that MSIF_POLICY_FILE names."
        ), None


def the_clock(session: Session) -> Finding:
    now = clock.now()
    last = session.exec(select(LedgerRow.at).order_by(col(LedgerRow.seq).desc()).limit(1)).first()
    if not CLOCK_RANGE[0] <= now < CLOCK_RANGE[1]:
        return Finding("clock", clock.stamp(now), "Set this machine's clock.")
    if last is not None and now < last - CLOCK_APART:
        told = f"{clock.stamp(now)}, before the ledger's last row, {clock.stamp(last)}"
        return Finding("clock", told, "Set this machine's clock.")
    return Finding("clock", clock.stamp(now))


def the_ledger(session: Session) -> Finding:
    breach = ledger.verify(session)
    if breach is None:
        return Finding("ledger", "whole")
    advice = "Keep a copy of the database as it is, and compare it with the last good one."
    return Finding("ledger", f"row {breach.seq}: {breach.what}", advice)


def the_log(session: Session) -> Finding:
    wrong = hashes.kept_wrongly(session)
    if wrong is None:
        return Finding("log", "fits the ledger")
    level, number = wrong
    told = f"hash {number} of level {level} is not what the ledger gives"
    advice = "Keep a copy of the database as it is, and compare the ledger with the last good one."
    return Finding("log", told, advice)


def answers(session: Session, held: Policy) -> Finding:
    wrong = representation.differing(session, held)
    return of_all("stored answers", wrong, "Run `msif rebuild`.")


def codings(session: Session) -> Finding:
    """Whether each compressed answer opens to the answer itself."""
    return of_all("compressed answers", coding.wrong(session), "Run `msif rebuild`.")


def the_trust_file(session: Session, held: Policy) -> Finding:
    """Whether people can sign, for how long, and whether this machine knows its board by itself."""
    try:
        trust = trust_file.current(session, held.pinned)
    except TrustBroken as error:
        return Finding("trust file", error.message, "See docs/errors.md, trust-broken.")
    if trust is None:
        return Finding("trust file", "none yet; `msif trust init` sets it up")
    told = f"{trust.version}, until {trust.told['expires']}"
    if clock.stamp(clock.now() + EXPIRES_SOON) >= trust.told["expires"]:
        return Finding("trust file", told, "Prepare the next one with `msif trust replace`.")
    if not held.pinned:
        return Finding("trust file", f"{told}, not pinned", PIN)
    return Finding("trust file", told)


def the_registrar(session: Session, settings: Settings, held: Policy) -> Iterator[Finding]:
    """Whether the register can be signed; nothing where there is no trust file to sign it under."""
    try:
        trust = trust_file.current(session, held.pinned)
        if trust is None:
            return
        kid = registrar.load(settings.registrar_key).kid
    except TrustBroken:
        return
    except RegistrarKeyUnusable as error:
        yield Finding("registrar", error.message, "Put the key that the trust file names there.")
        return
    named = kid in trust.told["registrars"]
    advice = "" if named else "The trust file names another key: put that one in its place."
    yield Finding("registrar", kid, advice)


def the_webhook_key(settings: Settings) -> Iterator[Finding]:
    """Whether webhooks can be signed; nothing where no key was made for them."""
    try:
        key = webhook_key.load_if_there(settings.webhook_key)
    except WebhookKeyUnusable as error:
        advice = (
            f"Put {settings.webhook_key} back from its copy, or make another: `msif webhook key`."
        )
        yield Finding("webhooks", error.message, advice)
        return
    if key is not None:
        yield Finding("webhooks", webhook_key.public(key))


def sign_offs(session: Session, held: Policy) -> Finding:
    """Whether what is in force was signed off. What was not is refused to everybody."""
    wrong = [one.reference for one in audit.found(session, held).values()]
    return of_all("sign-offs", wrong, "They are not served; see docs/trust.md, a text is refused.")


#: The checks that need the database at this program's schema, but no policy.
OF_CONTENT: tuple[Callable[[Session], Finding], ...] = (the_clock, the_ledger, the_log)
