"""One trust file after the other: what a board signs, what stands, and what no longer does."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from time_machine import TimeMachineFixture

from clients import verify as member
from content import clock
from content.database import writing
from content.errors import (
    AlreadyThere,
    RoleMissing,
    SignatureRefused,
    StateHasMoved,
    TrustBroken,
    TrustFileNotFound,
    TrustMissing,
    TrustRoleMissing,
)
from content.people import passkey, person
from content.publication import audit
from content.sign_off import block, quorum, rotation, trust_file, verify
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement, StatementState
from content.sign_off.trust_file import Trust, TrustFile, TrustState
from tests.keys import SIGNERS
from tests.reader import TODAY, ask, events, give_role, waiting_statement
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def current(world: World) -> Trust:
    with world.reading() as session:
        return trust_file.required(session, world.policy.pinned)


def propose(world: World, honours: frozenset[str] | None = None, **thresholds: int) -> TrustFile:
    draft = world.trust_draft()
    with writing(world.engine) as session:
        before = trust_file.current(session, world.policy.pinned)
        assert before is not None
        kept = verify.standing(session, world.policy) if honours is None else honours
        asked = {**draft.thresholds, **thresholds}
        draft = type(draft)(draft.party, draft.registrars, draft.log, asked)
        return rotation.propose(session, draft, before, kept, by="operator")


def sign(world: World, row: TrustFile, *people: str) -> list[bool]:
    """Whether the file held after each signature."""
    held = []
    for one in people:
        with writing(world.engine) as session:
            again = trust_file.find(session, row.sha256)
            held.append(
                SIGNERS.sign_trust(session, person.actor(session, one), again, world.policy)
            )
            if held[-1]:
                audit.carry_out(session, world.policy)
    return held


def as_members_read(world: World) -> int:
    """The version that a member comes to from the file it pinned."""
    with world.reading() as session:
        first, *later = (trust_file.served(session, one) for one in trust_file.accepted(session))
    told = member.trust_file(first, [json.loads(one) for one in later], clock.stamp(clock.now()))
    return int(told["version"])


def board_member(world: World, name: str) -> None:
    with writing(world.engine) as session:
        person.add(session, name=name, organisation=name, by="operator", person_id=name)
        person.grant(session, name, "board", by="operator")
        SIGNERS.register(session, name, by="operator")


def test_a_file_holds_once_the_board_signed_and_members_follow(world: World) -> None:
    board_member(world, "board-5")
    row = propose(world)
    assert sign(world, row, "board-1", "board-5") == [False, False]
    assert current(world).version == 1
    # Two of the old board, three of the new one.
    assert sign(world, row, "board-2") == [False]
    assert sign(world, row, "board-3") == [True]
    assert (current(world).version, as_members_read(world)) == (2, 2)
    assert "board-5" in current(world).people("board")
    assert events(world, "trust.accepted") == 2


def test_the_new_board_has_to_sign_too(world: World) -> None:
    """Three of the old board who leave cannot set up one that never agreed."""
    for name in ("board-5", "board-6", "board-7"):
        board_member(world, name)
    with writing(world.engine) as session:
        for name in ("board-1", "board-2", "board-3"):
            person.revoke(session, name, "board", by="operator")
    row = propose(world)
    with writing(world.engine) as session:
        for name in ("board-1", "board-2", "board-3"):
            person.grant(session, name, "board", by="operator")
    assert sign(world, row, "board-1", "board-2", "board-3") == [False] * 3
    assert sign(world, row, "board-5", "board-6", "board-7") == [False, False, True]
    assert as_members_read(world) == 2


def test_who_does_not_sign_a_trust_file(world: World) -> None:
    row = propose(world)
    with pytest.raises(RoleMissing):
        sign(world, row, "language-1-fr")
    sign(world, row, "board-1")
    with pytest.raises(AlreadyThere):
        sign(world, row, "board-1")
    with writing(world.engine) as session:
        actor = person.actor(session, "board-2")
        again = trust_file.find(session, row.sha256)
        before = trust_file.required(session, "")

        def said(meaning: Meaning, key_of: str) -> None:
            signed = block.write(row.sha256, actor, meaning, "none declared").body
            credential = SIGNERS.answer(key_of, signed)
            rotation.sign(
                session, actor, again, before, world.policy, signed=signed, credential=credential
            )

        with pytest.raises(StateHasMoved, match="approved or left"):
            said(Meaning.RECUSAL, "board-2")
        with pytest.raises(SignatureRefused):
            said(Meaning.APPROVAL, "board-3")


def test_one_proposal_at_a_time(world: World) -> None:
    first = propose(world)
    second = propose(world, board=2)
    with pytest.raises(StateHasMoved, match="given_up"):
        sign(world, first, "board-1")
    with writing(world.engine) as session:
        waiting = rotation.proposal(session)
        assert waiting is not None
        assert waiting.sha256 == second.sha256
        rotation.give_up(session, waiting, by="operator")
        with pytest.raises(StateHasMoved):
            rotation.give_up(session, waiting, by="operator")
        assert rotation.proposal(session) is None
        assert waiting.state == TrustState.GIVEN_UP
    with pytest.raises(AlreadyThere), writing(world.engine) as session:
        rotation.set_up(session, world.trust_draft(), by="operator")
    with world.reading() as session:
        with pytest.raises(TrustFileNotFound):
            trust_file.numbered(session, 2)
        with pytest.raises(TrustFileNotFound):
            trust_file.find(session, "0" * 64)


def test_what_stood_is_honoured_and_what_is_dropped_is_refused(published: World) -> None:
    with published.reading() as session:
        kept = verify.standing(session, published.policy)
        french = published.version("benefits", "fr")
        dropped = verify.require_sign_off(session, french, published.policy).sha256
    row = propose(published, kept - {dropped})
    assert sign(published, row, "board-1", "board-2", "board-3")[-1]
    assert ask(published, "/v1/sections/benefits/en").status == 200
    answer = ask(published, "/v1/sections/benefits/fr")
    assert (answer.status, answer.body["code"]) == (503, "not-signed-off")
    assert events(published, "section.refused") >= 1


def test_a_lost_key_signs_nothing_under_the_next_file(world: World) -> None:
    lost = SIGNERS.authenticators["board-4"].credential
    with writing(world.engine) as session:
        passkey.remove(session, lost, by="operator")
    row = propose(world)
    assert sign(world, row, "board-1", "board-2", "board-3")[-1]
    world.write()
    digest = world.put_to_signature("benefits")
    with pytest.raises(RoleMissing, match="does not name you"):
        world.sign(digest, "board-4")


def test_what_waits_for_signature_is_put_to_it_again(world: World) -> None:
    """What somebody signed names the file before, so they sign once more."""
    world.write()
    old = world.put_to_signature("benefits")
    world.sign(old, "board-1")
    world.sign(old, "board-2")
    sign(world, propose(world), "board-1", "board-2", "board-3")
    with pytest.raises(StateHasMoved):
        world.sign(old, "board-3")
    with world.reading() as session:
        new = statements.find(session, waiting_statement(world, "benefits", "en"))
    assert new.sha256 != old
    assert json.loads(new.body)["trust"] == current(world).name
    assert new.opened_by == "editor"
    for signer in ("board-1", "board-2", "board-3"):
        world.sign(new.sha256, signer)
    assert world.states()["benefits"] == ["in_force"]
    with world.reading() as session:
        assert statements.find(session, old).state == StatementState.LAPSED


def test_a_statement_whose_role_is_gone_waits_for_its_time(published: World) -> None:
    published.push("fr", published.pull("fr").replace("fr – It may help", "fr – cela peut aider"))
    digest = published.put_to_signature("benefits", locale="fr")
    with writing(published.engine) as session:
        for name in ("language-1-fr", "language-2-fr"):
            person.revoke(session, name, "language-reviewer:fr", by="operator")
    sign(published, propose(published), "board-1", "board-2", "board-3")
    with published.reading() as session:
        assert statements.find(session, digest).state == StatementState.OPEN
        assert not trust_file.required(session, "").people("language-reviewer:fr")
    with pytest.raises(TrustRoleMissing, match="language-reviewer:fr"):
        current(published).threshold("language-reviewer:fr")
    # What was in force in French before still is: it is honoured.
    assert ask(published, "/v1/sections/benefits/fr").status == 200


def test_an_expired_file_signs_nothing_and_can_be_replaced(
    published: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(timedelta(days=800))
    with published.reading() as session, pytest.raises(TrustMissing, match="expired"):
        trust_file.required(session, "")
    assert sign(published, propose(published), "board-1", "board-2", "board-3")[-1]
    assert as_members_read(published) == 2


def test_without_a_trust_file_nothing_is_put_to_signature(sqlite_engine: Engine) -> None:
    world = World(sqlite_engine)
    world.enter()
    world.write()
    world.submit("benefits")
    world.review_all("benefits")
    with pytest.raises(TrustMissing, match="`msif trust init`"):
        world.open_statement("benefits")


def test_another_first_file_than_the_pinned_one_is_broken(published: World) -> None:
    with published.reading() as session:
        first = trust_file.numbered(session, 1).sha256
        assert trust_file.required(session, first).version == 1
        with pytest.raises(TrustBroken, match="pins"):
            trust_file.required(session, "0" * 64)
        elsewhere = published.policy.model_copy(update={"pinned": "0" * 64})
        version = published.version("benefits")
        assert verify.proofs(session, [version], published.policy)
        assert verify.proofs(session, [version], elsewhere) == {}
        assert verify.standing(session, elsewhere) == frozenset()


def test_roles_may_be_added_to_somebody_who_then_counts_in_both(published: World) -> None:
    """A person in two roles counts once in each, and still has one part in a version."""
    give_role(published, "board-1", "language-reviewer:fr")
    sign(published, propose(published), "board-1", "board-2", "board-3")
    trust = current(published)
    assert "board-1" in trust.people("board")
    assert "board-1" in trust.people("language-reviewer:fr")


def test_a_role_that_the_file_does_not_know_signs_nothing(world: World) -> None:
    trust = current(world)
    body = json.dumps({"trust": trust.name, "role": "translator:fr"}).encode()
    at = clock.now()
    statement = Statement(
        sha256="x",
        name="x",
        body=body,
        role="translator:fr",
        threshold=0,
        opened_at=at,
        lapses_at=at,
        state="signed_off",
    )
    assert not quorum.is_signed(statement, [], trust)
