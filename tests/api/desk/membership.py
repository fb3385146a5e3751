"""Members for the tests of their pages: what their sites show, keys, a webhook, and a recall."""

from sqlalchemy import Engine

from content import clock
from content.database import writing
from content.syndication import delivery, member, member_key, recall, showing, webhook
from content.syndication.member import Particulars
from content.syndication.showing import Entry
from content.syndication.webhook import Webhook
from tests.world import World

#: A webhook whose id is known before.
HOOK = "5f0c1d2e3a4b5c6d"
HOOK_URL = "https://hooks.ms.example/in"


def enter(engine: Engine, *ids: str, name: str = "Example Society") -> None:
    with writing(engine) as session:
        for one in ids:
            told = Particulars(name, "CH", f"web@{one}.example", f"https://{one}.example", ["fr"])
            member.add(session, one, told, by="operator")


def shows(engine: Engine, member_id: str, *texts: tuple[str, str, int]) -> None:
    """A site says all that it shows: (section, locale, version)."""
    entries = [
        Entry(section, locale, f"https://{member_id}.example/{section}/{locale}", version)
        for section, locale, version in texts
    ]
    with writing(engine) as session:
        recall.open_due(session)
        showing.report(session, member_id, showing.checked(entries))
        recall.heard(session, member_id)


def key(engine: Engine, member_id: str, name: str = "cms", days: int | None = None) -> str:
    with writing(engine) as session:
        return member_key.make(session, member_id, name, ["read"], by="operator", days=days)


def hook(engine: Engine, member_id: str, webhook_id: str = HOOK) -> None:
    """With a test that is on its way."""
    with writing(engine) as session:
        row = Webhook(
            id=webhook_id,
            member=member_id,
            url=HOOK_URL,
            types="",
            locales="",
            pages="",
            secret="whsec_" + "A" * 43 + "=",
            created_at=clock.now(),
            cursor=0,
        )
        session.add(row)
        session.flush()
        delivery.ping(session, webhook.find(session, member_id, webhook_id))


def with_members(world: World) -> None:
    """In `busy_hub`: `ms` shows `gone`, which was withdrawn; `sm` shows what is in force."""
    engine = world.engine
    enter(engine, "ms", "sm", "mute")
    shows(engine, "ms", ("gone", "en", 1), ("benefits", "en", 1), ("nothing", "en", 4))
    shows(engine, "sm", ("benefits", "en", 1), ("treatment", "fr", 1))
    key(engine, "ms")
    hook(engine, "ms")
