"""`msif verify`: an operator at three in the morning, and an auditor who trusts nobody."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy import text

from api.app import create_app
from content import secret_file
from content.cli.outside import Outside
from content.database import writing
from content.log import note
from content.log.note import SigningKey
from content.publication.answer import etag
from content.publication.representation import Representation
from content.settings import Settings
from content.sign_off import registrar, trust_draft, trust_file, trust_pin
from tests.content.cli.terminal import Terminal
from tests.postgres import free_port
from tests.servers import in_thread
from tests.tampering import tamper
from tests.world import World

#: The same in each process: the trust file names it.
LOG = SigningKey("hub.example.org/log", sha256(b"log").digest())


def in_force(world: World) -> None:
    """English and French, under a trust file that names the log."""
    draft = world.trust_draft()
    named = type(draft)(
        draft.party, draft.registrars, trust_draft.log_of(LOG), draft.thresholds, days=365
    )
    world.replace_trust(named)
    world.publish_page()
    world.publish_translation("fr")


pytestmark = pytest.mark.begins_with.with_args(in_force)


@pytest.fixture
def keyed(terminal: Terminal) -> Terminal:
    """English and French in force; the hub has its keys, its log and its pin."""
    secret_file.make(terminal.folder / "keys" / "log.key", note.private_text(LOG))
    return terminal


@contextmanager
def on_the_web(terminal: Terminal) -> Iterator[str]:
    """The hub behind a real socket."""
    url = terminal.world.engine.url.render_as_string(hide_password=False)
    app = create_app(Settings(data_dir=terminal.folder, database_url=url))
    with in_thread(app) as hub:
        yield hub


def lines(told: str) -> dict[str, str]:
    """What was found, by what was looked at."""
    return dict(
        line[5:].split(": ", 1) for line in told.splitlines() if line[:5] in ("ok   ", "BAD  ")
    )


def test_a_whole_store_holds(keyed: Terminal) -> None:
    told = keyed.says("verify")
    assert told.endswith("All of it holds.\n")
    assert lines(told) == {
        "trust": "version 2, from the pinned one on",
        "statements": "2 signed off",
        "documents": "6 hash to their names",
        "register": "number 6, 6 texts",
        "ledger": "whole",
        "log": "fits the ledger",
        "in force": "all of it verifies",
        "stored answers": "all of them hold",
    }


BYTES = "UPDATE {0} SET {1} = CAST(replace(CAST({1} AS TEXT), '{2}', '{3}') AS BLOB)"


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (BYTES.format("document", "body", "4 of 10", "9 of 10"), "documents"),
        (BYTES.format("statement", "body", "2027", "2037"), "statements"),
        (BYTES.format("signature", "block", "none declared", "some declared"), "statements"),
        ("UPDATE signature SET credential = '{}'", "statements"),
        ("DELETE FROM signature WHERE person = 'board-2'", "statements"),
        (BYTES.format("trust_file", "body", '"threshold":3', '"threshold":2'), "trust"),
        ("UPDATE ledger SET actor = 'board-4' WHERE seq = 40", "ledger"),
        (BYTES.format("representation", "body", "4 of 10", "9 of 10"), "stored answers"),
    ],
)
def test_whatever_was_touched_is_named(keyed: Terminal, script: str, found: str) -> None:
    tamper(keyed.world.engine, script)
    result = keyed.run("verify")
    assert result.exit_code == 1, result.output
    assert f"BAD  {found}: " in result.stdout


def test_what_fails_is_refused_from_then_on(keyed: Terminal) -> None:
    tamper(keyed.world.engine, BYTES.format("document", "body", "4 of 10", "9 of 10"))
    told = keyed.run("verify").stdout
    assert "in force: benefits/en/1, benefits/fr/1" in told
    with on_the_web(keyed) as address:
        assert "benefits/en/1 (not-signed-off)" in _ready(address)


def _ready(address: str) -> str:
    import urllib.request

    with urllib.request.urlopen(f"{address}/readyz") as answer:
        return str(json.load(answer)["checks"]["sign_offs"])


def test_a_hub_is_verified_from_the_outside(keyed: Terminal) -> None:
    pin = trust_pin.read(keyed.folder / "keys" / "trust.pin")
    state = keyed.folder / "seen.json"
    with on_the_web(keyed) as address:
        told = keyed.says("verify", address, "--pin", pin, "--state", state)
        assert told.endswith("All of it holds.\n")
        found = lines(told)
        assert found["trust"] == f"version 2, first {pin}, as pinned"
        assert (found["register"], found["texts"]) == ("number 6, 6 texts", "6 verified")
        assert found["log"].endswith("tiles")
        assert json.loads(state.read_text())["seq"] == 6
        assert "not compared with a pin" in keyed.says("verify", f"{address}/", "--state", state)
        assert "as pinned" in keyed.says("verify", address, "--pin", pin)
        # Another hub than the one whose file was pinned.
        wrong = keyed.run("verify", address, "--pin", "0" * 64)
        assert wrong.exit_code == 1
        assert "It is not the file that was pinned" in wrong.stdout


def test_an_older_register_is_known_from_the_outside(keyed: Terminal) -> None:
    state = keyed.folder / "seen.json"
    with on_the_web(keyed) as address:
        keyed.says("verify", address, "--state", state)
        seen = json.loads(state.read_text()) | {"seq": 7}
        state.write_text(json.dumps(seen))
        result = keyed.run("verify", address, "--state", state)
        assert result.exit_code == 1
        assert "BAD  register: register-older" in result.stdout


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (BYTES.format("document", "body", "4 of 10", "9 of 10"), "BAD  benefits/en/1: not served"),
        ("UPDATE signature SET credential = '{}'", "BAD  benefits/en/1: quorum"),
        ("UPDATE ledger SET hash = 'x' WHERE seq = 30", "BAD  log: "),
        ("UPDATE trust_file SET state = 'given_up' WHERE version = 2", "BAD  trust: version 1"),
    ],
)
def test_a_hub_that_lies_is_found_out_from_the_outside(
    keyed: Terminal, monkeypatch: pytest.MonkeyPatch, script: str, found: str
) -> None:
    """It is tampered with while it runs, before its own audit comes round again."""
    monkeypatch.setattr("clients.check_log.PAUSES_SECONDS", ())
    state = keyed.folder / "seen.json"
    with on_the_web(keyed) as address:
        keyed.says("verify", address, "--state", state)
        tamper(keyed.world.engine, script)
        result = keyed.run("verify", address, "--state", state)
        assert result.exit_code == 1, result.output
        assert found in result.stdout


def test_what_is_shown_and_not_signed_is_found_out(keyed: Terminal) -> None:
    """The signatures of a text are gone before anybody asked for a register."""
    with on_the_web(keyed) as address:
        tamper(keyed.world.engine, "UPDATE signature SET credential = '{}'")
        result = keyed.run("verify", address)
        assert result.exit_code == 1
        assert "BAD  benefits/fr: in no register" in result.stdout


def test_an_answer_with_other_words_than_were_signed_is_found_out(keyed: Terminal) -> None:
    """Whoever owns the database gives the changed answer its new tag as well."""
    with on_the_web(keyed) as address:
        path = "/v1/sections/benefits/en"
        with keyed.world.reading() as session:
            row = session.get(Representation, path)
            assert row is not None
            body = row.body.replace(b"4 of 10", b"9 of 10")
        with writing(keyed.world.engine) as session:
            session.connection().execute(
                text("UPDATE representation SET body = :body, etag = :etag WHERE path = :path"),
                {"body": body, "etag": etag(body), "path": path},
            )
        result = keyed.run("verify", address)
        assert result.exit_code == 1
        assert "BAD  benefits/en/1: served-other" in result.stdout
        assert "BAD  stored answers: " in keyed.run("verify").stdout


def test_what_passes_again_is_in_the_register_again(keyed: Terminal) -> None:
    """Somebody asked while it failed, and no audit came by."""
    with on_the_web(keyed) as address:
        tamper(keyed.world.engine, BYTES.format("document", "body", "4 of 10", "9 of 10"))
        assert keyed.run("verify", address).exit_code == 1
        tamper(keyed.world.engine, BYTES.format("document", "body", "9 of 10", "4 of 10"))
        assert lines(keyed.says("verify", address))["texts"] == "6 verified"


def test_a_register_that_names_another_log_is_found_out(keyed: Terminal) -> None:
    with on_the_web(keyed) as address, keyed.world.reading() as session:
        held = trust_file.required(session, "")
        named = {"log": {"size": 1, "root": "0" * 64}}
        (found,) = Outside(address, {})._log(named, held.told)
    assert found.told == "the register names another log"


def test_a_registrar_that_the_trust_file_does_not_name_would_be_refused(keyed: Terminal) -> None:
    key_file = keyed.folder / "keys" / "registrar.key"
    key_file.unlink()
    registrar.make(key_file)
    told = keyed.run("verify").stdout
    assert "BAD  register: members would refuse it (register-key)" in told


@pytest.mark.begins_with
def test_what_cannot_be_read_is_not_called_good_or_bad(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.check_log.PAUSES_SECONDS", ())
    result = terminal.run("verify", f"http://127.0.0.1:{free_port()}")
    assert result.exit_code == 3
    assert "nothing is known" in result.stdout
    assert terminal.refuses("verify", "ftp://hub").startswith("bad-input: ")


@pytest.mark.begins_with
def test_a_hub_without_keys_or_pin_is_told_what_to_do(terminal: Terminal) -> None:
    for file in (terminal.folder / "keys").iterdir():
        file.unlink()
    told = terminal.run("verify").stdout
    assert "this machine pins none" in told
    assert "BAD  register: There is no registrar's key" in told
