"""A key that was taken away signs nothing more here, though members go by the trust file."""

import pytest
from sqlmodel import Session

from content.database import writing
from content.errors import SignatureRefused
from content.people import passkey, person
from content.sign_off import block, rotation, signature, signing, trust_file, verify
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement
from tests.keys import SIGNERS
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def take_away(world: World, name: str) -> None:
    with writing(world.engine) as session:
        passkey.remove(session, SIGNERS.authenticators[name].credential, by="operator")


def ready(world: World) -> str:
    world.write()
    return world.put_to_signature("benefits")


def signed_by(session: Session, statement: Statement) -> list[str]:
    return [one.person for one in signature.of_statement(session, statement)]


def test_it_signs_no_statement(world: World) -> None:
    digest = ready(world)
    take_away(world, "board-1")
    with pytest.raises(SignatureRefused, match="taken away") as refused:
        world.sign(digest, "board-1")
    assert refused.value.context["refused"] == "removed"
    world.sign(digest, "board-2")
    with world.reading() as session:
        assert signed_by(session, statements.find(session, digest)) == ["board-2"]


def test_what_it_signed_before_stands(world: World) -> None:
    digest = ready(world)
    world.sign(digest, "board-1")
    take_away(world, "board-1")
    world.sign(digest, "board-2")
    world.sign(digest, "board-3")
    assert world.states()["benefits"] == ["in_force"]


def test_it_signs_no_trust_file(world: World) -> None:
    take_away(world, "board-1")
    with writing(world.engine) as session:
        before = trust_file.required(session, world.policy.pinned)
        honours = verify.standing(session, world.policy)
        row = rotation.propose(session, world.trust_draft(), before, honours, by="operator")
        with pytest.raises(SignatureRefused, match="taken away"):
            SIGNERS.sign_trust(session, person.actor(session, "board-1"), row, world.policy)
        assert trust_file.signatures(session, row.sha256) == []


@pytest.mark.parametrize("credential", [{}, {"id": None}, {"id": ["x"]}, {"id": "unknown"}])
def test_a_key_without_a_name_is_no_key(world: World, credential: dict[str, object]) -> None:
    digest = ready(world)
    with world.acting("board-1") as (session, actor):
        statement = statements.find(session, digest)
        signed = block.write(digest, actor, Meaning.APPROVAL, "none declared").body
        with pytest.raises(SignatureRefused, match="unreadable"):
            signing.sign(
                session, actor, statement, world.policy, signed=signed, credential=credential
            )
