"""The demonstration's authenticators: in a file beside its tokens, and of use nowhere else."""

import json
from pathlib import Path

from sqlmodel import Session

from content.errors import NotADemonstration
from content.people.registration import RelyingParty
from content.private_file import write_private
from content.publication import demo
from content.publication.signers import Signers
from content.samples import authenticator
from content.settings import Settings
from content.sign_off import trust_file


def path(settings: Settings) -> Path:
    return settings.data_dir / "demo" / "authenticators.json"


def make(settings: Settings, people: list[str]) -> Signers:
    """New authenticators for these people, kept in the file."""
    made = {person: authenticator.made_for(person) for person in people}
    told = [made[person].told() for person in people]
    write_private(path(settings), json.dumps(told, indent=1) + "\n")
    return Signers(RelyingParty(*settings.relying_party), made)


def of(session: Session, settings: Settings, page: str) -> Signers:
    """The demonstration's, for the origin that its trust file names, wherever it is served now.

    Raises NotADemonstration, which names the page where people sign.
    """
    file = path(settings)
    if not demo.is_demo(session) or not file.is_file():
        origin = settings.relying_party[1][0]
        raise NotADemonstration(
            f"People sign with their own keys, on this page: {origin}/signing/{page}"
        )
    listed = [authenticator.read(one) for one in json.loads(file.read_text("utf-8"))]
    told = json.loads(trust_file.accepted(session)[-1].body)
    party = RelyingParty(told["rp_id"], tuple(told["origins"]))
    return Signers(party, {one.person: one for one in listed})
