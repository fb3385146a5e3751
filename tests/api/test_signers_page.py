"""What the page of a signer is told: whether they may sign, and who reviewed what they read."""

import pytest

from content.database import writing
from content.sign_off import rotation, trust_file
from tests.api.hubs import Hub, refused, version_path


def statement_of(hub: Hub, role: str = "board") -> str:
    listed = hub.read("/v1/editing/statements?state=open", by="editor")["statements"]
    found: str = next(one["sha256"] for one in listed if one["role"] == role)
    return found


@pytest.mark.parametrize(
    ("who", "scope", "code"),
    [
        ("board-1", "", None),
        ("board-1", "read-drafts sign-board", None),
        ("board-1", "read-drafts", "scope-missing"),
        ("author-2", "", "role-missing"),
    ],
)
def test_somebody_learns_whether_they_may_sign(
    busy_hub: Hub, who: str, scope: str, code: str | None
) -> None:
    digest = statement_of(busy_hub)
    answer = busy_hub.ask("GET", f"/v1/editing/statements/{digest}", by=who, scope=scope)
    told = answer.json()["signing"]["obstacle"]
    assert (told and told["code"]) == code
    if code and not scope:
        assert told["detail"] == refused(busy_hub.sign(digest, who), 403, code)["detail"]


def test_whoever_signed_is_told_so(busy_hub: Hub) -> None:
    digest = statement_of(busy_hub)
    assert busy_hub.sign(digest, "board-1").status_code == 201
    told = busy_hub.read(f"/v1/editing/statements/{digest}", by="board-1")["signing"]
    assert told["obstacle"]["code"] == "already-there"


def test_the_board_learns_whether_it_may_sign_a_trust_file(busy_hub: Hub) -> None:
    with writing(busy_hub.world.engine) as session:
        before = trust_file.required(session, "")
        draft = busy_hub.world.trust_draft()
        row = rotation.propose(session, draft, before, frozenset(), by="operator")
        waiting, first = row.sha256, before.sha256
    for digest, code in ((waiting, None), (first, "state-has-moved")):
        told = busy_hub.read(f"/v1/editing/trust/{digest}", by="board-1")["signing"]["obstacle"]
        assert (told and told["code"]) == code


def test_reviews_say_who_gave_them(busy_hub: Hub) -> None:
    told = busy_hub.read(version_path("signing"), by="board-1")["reviews"]
    assert [one["name"] for one in told] == ["Medical-1", "Medical-2", "Lay"]
