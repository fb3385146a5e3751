"""The demonstration's members: two societies that there are not, with a key each in a file."""

import json
from pathlib import Path

from sqlmodel import Session

from content.private_file import write_private
from content.settings import Settings
from content.syndication import member, member_key
from content.syndication.member import Particulars
from content.syndication.member_key import Scope

#: Sites that lead nowhere (RFC 2606).
MEMBERS = {
    "ms-example": Particulars(
        "Example MS Society", "CH", "web@ms.example", "https://ms.example", ("fr", "de", "it")
    ),
    "sm-esempio": Particulars(
        "Società esempio SM", "IT", "web@sm.example", "https://sm.example", ("it",)
    ),
}
KEY = "demonstration"


def path(settings: Settings) -> Path:
    return settings.data_dir / "demo" / "members.json"


def enter(session: Session, *, by: str) -> dict[str, str]:
    """Member to its key, which is good for everything."""
    made = {}
    for member_id, told in MEMBERS.items():
        member.add(session, member_id, told, by=by)
        made[member_id] = member_key.make(session, member_id, KEY, list(Scope), by=by)
    return made


def write(settings: Settings, keys: dict[str, str]) -> None:
    """The fictitious members and their keys, for whoever owns the folder alone."""
    told = [
        {"id": one, "name": MEMBERS[one].name, "site": MEMBERS[one].site, "key": key}
        for one, key in keys.items()
    ]
    write_private(path(settings), json.dumps(told, ensure_ascii=False, indent=1) + "\n")
