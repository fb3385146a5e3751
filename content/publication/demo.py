"""The mark of a demonstration: whatever this database serves says so."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlmodel import Field, Session, SQLModel

from content import clock
from content.review import policy as policies
from content.review.policy import Policy
from content.samples import bundle
from content.settings import Settings
from content.sign_off import trust_pin


class DemoMark(SQLModel, table=True):
    """There is one row if the people and approvals in this database are fictitious."""

    __tablename__ = "demo_mark"

    id: int = Field(default=1, primary_key=True)
    since: datetime


def mark(session: Session) -> None:
    """From now on everything served here says that it is a demonstration. Not undone."""
    if not is_demo(session):
        session.add(DemoMark(id=1, since=clock.now()))
        session.flush()


def is_demo(session: Session) -> bool:
    return session.get(DemoMark, 1) is not None


def policy_of(session: Session, settings: Settings) -> Policy:
    """The policy that holds here: the file the settings name, else the demonstration's if this is
    one, else the one that comes with the program; and with it this machine's pin of the first trust
    file. Raises PolicyMalformed, TrustBroken.
    """
    return policy_for(settings, lambda: is_demo(session))


def policy_for(settings: Settings, asks_demo: Callable[[], bool]) -> Policy:
    """The same, for whoever may know already whether this is one."""
    policy = policies.load(policy_file(settings, asks_demo))
    return policy.model_copy(update={"pinned": trust_pin.read(settings.trust_pin)})


def policy_file(settings: Settings, asks_demo: Callable[[], bool]) -> Path:
    """The file that it is read from."""
    if settings.policy_file is not None:
        return settings.policy_file
    return bundle.POLICY_FILE if asks_demo() else policies.DEFAULT_FILE
