"""What nobody is told, or not everybody: secrets and their digests, drafts, what a member said.

The words of the hub that is asked are such that each stands in one place alone.
"""

from dataclasses import dataclass

from sqlmodel import Session, select

from content.database import writing
from content.people.role import ALLOWED, Permission, read_grant
from content.people.token import Token
from content.syndication import delivery, member, member_key, showing, webhook
from content.syndication.member import Particulars
from content.syndication.member_key import MemberKey, Scope
from content.syndication.showing import Entry
from content.syndication.webhook import Webhook
from tests.api.hubs import Hub

#: The key of a member, as somebody who asks.
MINE, OTHERS = "key:ms", "key:other"
#: Whose data the key of `ms` is not told.
OTHER = "other"
CONTACT = "only-contact@other.example"
ENDPOINT = "https://hooks.other.example/only-endpoint"
SHOWN = "https://other.example/only-shown"
#: Words of texts that are not in force, and stay so: in English, French and Italian.
IN_ENGLISH = ("Being written.", "Being reviewed.", "Being signed.")
IN_FRENCH = ("fr – Risks", "fr – Benefits")
IN_ITALIAN = ("it – Treatment", "it – Benefits", "Rischi")
#: It shows examples, and so does what it is made of.
EXAMPLES = ("GET /reference",)


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: nobody, a role, or a member's key. Frozen."""

    name: str

    def may(self, permission: Permission, locale: str = "") -> bool:
        """Without a locale: in any."""
        if not self.name or self.name.startswith("key:"):
            return False
        grant = read_grant(self.name)
        reaches = not grant.locale or not locale or grant.locale == locale
        return reaches and permission in ALLOWED[grant.role]


def enter_other(hub: Hub) -> None:
    """A member that says things of its own."""
    told = Particulars("Other MS", "IT", CONTACT, "https://other.example", ["it"])
    with writing(hub.world.engine) as session:
        member.add(session, OTHER, told, by="operator")
        made = member_key.make(session, OTHER, "all", list(Scope), by="operator")
        hub.tokens[OTHER, "all"] = made
        wanted = webhook.Wanted(ENDPOINT)
        row, _ = webhook.add(session, OTHER, wanted, targets="public", by="operator")
        delivery.ping(session, row)
        showing.report(session, OTHER, [Entry("benefits", "en", SHOWN, 1)])


def secrets(session: Session) -> set[str]:
    """What is in no answer at all: secrets of webhooks, digests of tokens."""
    tokens = session.exec(select(Token.digest)).all()
    return {*tokens, *session.exec(select(Webhook.secret)).all()}


def key_digests(session: Session) -> set[str]:
    """What names keys in the ledger."""
    return set(session.exec(select(MemberKey.digest)).all())


def kept_from(asker: Asker) -> set[str]:
    """Words that this one is told nowhere."""
    kept: set[str] = set()
    drafts = Permission.READ_DRAFTS
    if not asker.may(drafts):
        kept |= {*IN_ENGLISH}
    if not asker.may(drafts, "fr") and not asker.may(drafts, "fr-CH"):
        kept |= {*IN_FRENCH}
    if not asker.may(drafts, "it"):
        kept |= {*IN_ITALIAN}
    if asker.name == OTHERS:
        return kept
    if not asker.may(Permission.MANAGE_MEMBERS):
        kept |= {CONTACT, ENDPOINT}
    if not asker.may(Permission.READ_SHOWING):
        kept |= {SHOWN}
    return kept
