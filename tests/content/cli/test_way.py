"""The way of a version, walked on the terminal alone."""

from pathlib import Path

import pytest

from tests.content.cli.terminal import Terminal
from tests.world import TEXT, page

NONE = ("--interests", "none declared")
SECTIONS = ("treatment", "benefits", "risks")


@pytest.fixture
def file(terminal: Terminal) -> Path:
    path = terminal.folder / "treatment.md"
    path.write_bytes(page())
    return path


def approve(terminal: Terminal, ref: str, by: str, kind: str) -> str:
    return terminal.says("review", ref, "--kind", kind, "--verdict", "approve", *NONE, by=by)


def test_a_page_goes_from_file_to_force(terminal: Terminal, file: Path) -> None:
    assert terminal.says("import", file, by="author").splitlines() == [
        "created  treatment  1",
        "created  benefits   1",
        "created  risks      1",
    ]
    for slug in SECTIONS:
        assert terminal.says("submit", f"{slug}/en", by="author") == f"{slug}/en/1 is in_review.\n"
        told = approve(terminal, f"{slug}/en/1", "medical-1", "medical")
        assert "on record: medical, approve" in told
        assert "open  medical-reviews        1 of 2" in told
        approve(terminal, f"{slug}/en/1", "medical-2", "medical")
        assert "open" not in approve(terminal, f"{slug}/en/1", "lay", "lay")

    opened = terminal.says("statement", "open", *(f"{slug}/en" for slug in SECTIONS), by="editor")
    digest = opened.split()[0]
    assert "2026-0001: 3 of board have to sign" in opened
    for signer in ("board-1", "board-2", "board-3"):
        terminal.world.sign(digest, signer)

    assert terminal.world.states() == {slug: ["in_force"] for slug in sorted(SECTIONS)}
    shown = terminal.says("statement", "show", "2026-0001", by="editor")
    assert "lists        benefits/en/1 (in_force)" in shown
    assert "approval     board-2, 2026-" in shown
    assert digest in terminal.says("statement", "show", digest, by="editor")


def test_what_the_domain_refuses_is_told_with_its_code_and_context(
    terminal: Terminal, file: Path
) -> None:
    terminal.says("import", file, by="author")
    terminal.says("submit", "risks/en", by="author")
    told = terminal.refuses("statement", "open", "risks/en", by="editor")
    assert told.startswith("requirements-open: risks/en/1 still needs: medical-reviews (0 of 2)")
    assert "  requirements: medical-reviews, medical-organisations, lay-reviews\n" in told
    told = terminal.refuses(
        "review", "risks/en", "--kind", "medical", "--verdict", "return", *NONE, by="medical-1"
    )
    assert told.startswith("comment-missing: ")
    assert terminal.refuses("submit", "risks/en", by="lay").startswith("role-missing: ")
    assert terminal.refuses("submit", "nowhere/en", by="author").startswith("section-not-found: ")
    assert terminal.refuses("sign", "0" * 64, "--meaning", "approval", *NONE, by="board-1") == (
        f"statement-not-found: There is no statement with that digest.\n  sha256: {'0' * 64}\n"
    )


def test_a_return_sends_it_back_and_a_relevant_interest_recuses(
    terminal: Terminal, file: Path
) -> None:
    terminal.says("import", file, by="author")
    terminal.says("submit", "risks/en", by="author")
    review = ("review", "risks/en", "--kind", "medical", "--verdict")
    told = terminal.says(*review, "approve", "--interests", "Shares", "--relevant", by="medical-2")
    assert "on record: medical, recuse" in told
    told = terminal.says(*review, "return", "--comment", "Which dose?", *NONE, by="medical-1")
    assert told.startswith("risks/en/1 is draft; on record: medical, return.")


@pytest.mark.begins_with("en")
def test_a_version_is_scheduled_objected_to_abandoned_and_begun_again(terminal: Terminal) -> None:
    terminal.world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    when = terminal.says(
        "schedule", "benefits/en", "--at", "2099-01-15T10:00:00+01:00", by="editor"
    )
    assert when == "benefits/en/2 comes into force at 2099-01-15T09:00:00Z.\n"
    assert "effective at  2099-01-15T09:00:00" in terminal.says("show", "benefits/en", by="editor")
    terminal.world.publish("benefits")

    told = terminal.says("object", "benefits/en", "--reason", "A new trial", by="board-4")
    assert told == "benefits/en/2 is abandoned; benefits/en/3 is draft.\n"
    once = terminal.says("schedule", "benefits/en", "--at-once", by="editor")
    assert once == "benefits/en/3 comes into force as soon as it is approved.\n"
    told = terminal.says("abandon", "benefits/en", "--reason", "Not needed", by="author")
    assert told == "benefits/en/3 is abandoned.\n"
    told = terminal.says("draft", "begin", "benefits/en/1", by="author")
    assert told == "benefits/en/4 is draft, with the text of benefits/en/1.\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--at", "2099-01-15T10:00:00"], "has no offset; write 2099-01-15T10:00:00Z for UTC"),
        (["--at", "9999-12-31T23:00:00-05:00"], "is after the year 9999 in UTC"),
        (["--at", "tomorrow"], "`tomorrow` is no time"),
        ([], "either --at TIME or --at-once"),
        (["--at-once", "--at", "2099-01-15T10:00:00Z"], "either --at TIME or --at-once"),
    ],
)
def test_a_time_is_whole_and_single(terminal: Terminal, words: list[str], why: str) -> None:
    told = " ".join(terminal.refuses("schedule", "risks/en", *words, by="editor", code=2).split())
    assert why in told


@pytest.mark.begins_with("en")
def test_past_times_and_translations_are_refused(terminal: Terminal) -> None:
    terminal.world.translate("fr")
    told = terminal.refuses("draft", "begin", "risks/fr/1", by="author")
    assert told.startswith("bad-input: A translation begins again by its catalogue")
    assert terminal.refuses("draft", "begin", "risks/en/1", by="medical-1").startswith(
        "role-missing"
    )
    terminal.world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    past = ("schedule", "benefits/en", "--at", "2020-01-01T00:00:00Z")
    assert terminal.refuses(*past, by="editor").startswith("date-in-the-past: ")


@pytest.mark.begins_with("en", "fr")
def test_a_withdrawal_and_its_confirmation(terminal: Terminal) -> None:
    told = terminal.says(
        "withdraw", "risks", "--reason", "error", "--text", "Wrong.", "--locale", "fr", by="duty-1"
    )
    assert told == "risks/fr/1 is withdrawn; to be confirmed within 24 hours.\n"
    told = terminal.says(
        *("withdraw", "benefits", "--reason", "safety", "--text", "Wrong."),
        *("--replacement", "risks", "--notice", "treatment"),
        by="duty-1",
    )
    assert told.splitlines() == [
        "benefits/en/1 is withdrawn; to be confirmed within 24 hours.",
        "benefits/fr/1 is withdrawn; to be confirmed within 24 hours.",
    ]
    assert "confirm-withdrawal  risks/fr/1" in terminal.says("waiting", by="duty-2")
    confirm = ("confirm-withdrawal", "risks", "fr")
    assert terminal.refuses(*confirm, by="duty-1").startswith("four-eyes: ")
    assert terminal.says(*confirm, by="duty-2") == "The withdrawal of risks/fr is confirmed.\n"
    told = terminal.refuses(
        "withdraw", "risks", "--reason", "bored", "--text", "x", by="duty-1", code=2
    )
    assert "'bored'" in told
