"""`msif statement invite` and `msif trust invite`: a link for each person who may still sign."""

from content.database import reading
from content.people import token
from content.sign_off import short_code
from tests.content.cli.terminal import Terminal

ORIGIN = "http://localhost:8000/signing"


def asked(terminal: Terminal) -> str:
    terminal.world.write()
    for section in ("treatment", "benefits"):
        terminal.world.submit(section)
        terminal.world.review_all(section)
    return terminal.world.open_statement("treatment", "benefits")


def links(told: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in told.splitlines())


def bearer(terminal: Terminal, link: str) -> str:
    with reading(terminal.world.engine) as session:
        return token.authenticate(session, link.partition("#")[2]).id


def test_each_person_gets_a_link_and_all_the_same_words(terminal: Terminal) -> None:
    digest = asked(terminal)
    found = links(terminal.says("statement", "invite", digest))
    assert found.pop("words:") == short_code.of(digest)
    assert list(found) == ["board-1", "board-2", "board-3", "board-4"]
    for one, link in found.items():
        assert link.startswith(f"{ORIGIN}/statements/{digest}#msif_")
        assert bearer(terminal, link) == one
    by_name = terminal.says("statement", "show", digest, by="editor").split()[1]
    alone = links(terminal.says("statement", "invite", by_name, "--person", "board-2"))
    assert set(alone) == {"board-2", "words:"}
    told = terminal.refuses("statement", "invite", digest, "--person", "author")
    assert told.startswith("role-missing: ")
    assert terminal.refuses("statement", "invite", "0" * 64).startswith("statement-not-found: ")


def test_nobody_is_invited_where_nobody_is_waited_for(terminal: Terminal) -> None:
    digest = asked(terminal)
    for one in ("board-1", "board-2", "board-3"):
        terminal.world.sign(digest, one)
    told = terminal.says("statement", "invite", digest)
    assert told.startswith("Nobody's signature is waited for.\nwords: ")


def test_the_board_gets_links_to_a_trust_file(terminal: Terminal) -> None:
    assert terminal.refuses("trust", "invite").startswith("trust-file-not-found: ")
    terminal.run("trust", "key")  # unless there is one
    said = terminal.says("trust", "replace", "--yes")
    found = links(terminal.says("trust", "invite"))
    words = found.pop("words:")
    assert words in said
    assert list(found) == ["board-1", "board-2", "board-3", "board-4"]
    assert found["board-1"].startswith(f"{ORIGIN}/trust/")
    assert bearer(terminal, found["board-3"]) == "board-3"
    alone = links(terminal.says("trust", "invite", "--person", "board-4"))
    assert set(alone) == {"board-4", "words:"}
    told = terminal.refuses("trust", "invite", "--person", "author")
    assert told.startswith("role-missing: ")
