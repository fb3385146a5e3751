"""A key's answer is read as members read it, and never at length."""

import pytest

from content.errors import SignatureRefused
from content.people.registration import CREDENTIAL_BYTES_MAX
from content.sign_off import assertion, trust_file
from tests.keys import SIGNERS
from tests.world import World

BODY, BLOCK = b"statement", b"block"


def test_an_answer_that_is_too_long_is_not_read(sqlite_world: World) -> None:
    with sqlite_world.reading() as session:
        trust = trust_file.required(session, "")
    answer = SIGNERS.answer("board-1", BLOCK) | {"more": "x" * CREDENTIAL_BYTES_MAX}
    with pytest.raises(SignatureRefused, match="at most 16,384 bytes"):
        assertion.require_signed(BODY, BLOCK, answer, trust, ["board-1"])


def test_what_cannot_be_read_is_no_signature(sqlite_world: World) -> None:
    with sqlite_world.reading() as session:
        trust = trust_file.required(session, "")
    answer = SIGNERS.answer("board-1", BLOCK)
    with pytest.raises(SignatureRefused) as refused:
        assertion.require_signed(BODY, BLOCK, answer, trust, ["board-1"])
    assert refused.value.context["refused"] == "unreadable"
