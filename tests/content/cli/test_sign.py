"""`msif sign`: with keys in software, in a demonstration alone."""

import pytest

from tests.content.cli.terminal import Terminal
from tests.reader import TODAY

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

SAID = ("--meaning", "approval", "--interests", "none declared")


def ready(terminal: Terminal) -> str:
    world = terminal.world
    world.write()
    return world.put_to_signature("benefits")


def test_a_demonstrations_statement_is_signed_by_its_keys(demonstration: Terminal) -> None:
    digest = ready(demonstration)
    said = [
        demonstration.says("sign", digest, *SAID, by=f"board-{number}") for number in range(1, 3)
    ]
    assert said == [
        "2026-0001 is open; on record: approval. Approvals: 1 of 3.\n",
        "2026-0001 is open; on record: approval. Approvals: 2 of 3.\n",
    ]
    recused = demonstration.says("sign", "2026-0001", *SAID, "--relevant", by="board-4")
    assert recused == "2026-0001 is open; on record: recusal. Approvals: 2 of 3.\n"
    last = demonstration.says("sign", digest, *SAID, by="board-3")
    assert last == "2026-0001 is signed_off; on record: approval. Approvals: 3 of 3.\n"
    assert demonstration.world.states()["benefits"] == ["in_force"]
    assert "signed at" not in demonstration.says("statement", "show", digest, by="editor")


def test_elsewhere_nobody_signs_on_the_command_line(terminal: Terminal) -> None:
    digest = ready(terminal)
    assert terminal.refuses("sign", digest, *SAID, by="board-1") == (
        "not-a-demonstration: People sign with their own keys, on this page: "
        f"http://localhost:8000/signing/statements/{digest}\n"
    )
    shown = terminal.says("statement", "show", digest, by="editor")
    assert "approval" not in shown
    assert f"signed at    http://localhost:8000/signing/statements/{digest}\n" in shown
