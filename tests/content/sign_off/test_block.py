"""Blocks: the bytes that a key signs are these and no others, whoever sent them."""

import json
from datetime import timedelta
from typing import Any

import hypothesis
import hypothesis.strategies as some
import pytest
import rfc8785
from time_machine import TimeMachineFixture

from content import clock
from content.errors import BlockMalformed
from content.people.actor import Actor
from content.sign_off import block
from content.sign_off.block import BLOCK_BYTES_MAX, FIELDS, Meaning
from tests.reader import TODAY

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

STATEMENT = "ab" * 32
FRIDA = Actor("board-1", "Prof Frida Exämple", "Example Board")


def told(**changes: Any) -> dict[str, Any]:
    written = block.write(STATEMENT, FRIDA, Meaning.APPROVAL, "none declared")
    return dict(json.loads(written.body)) | changes


def refused(body: bytes) -> str:
    with pytest.raises(BlockMalformed) as raised:
        block.read(body, STATEMENT, FRIDA)
    return raised.value.message


@pytest.mark.parametrize("meaning", Meaning)
def test_what_is_written_is_read(meaning: Meaning) -> None:
    written = block.write(STATEMENT, FRIDA, meaning, "I own shares of “X”.")
    assert block.read(written.body, STATEMENT, FRIDA) == written
    assert written.body.decode().startswith('{"at":"2026-11-23T09:00:00Z","interests":"I own')


def test_a_browser_writes_the_same_bytes() -> None:
    """`JSON.stringify` of sorted keys: no blanks, nothing escaped that need not be."""
    as_browser = json.dumps(told(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert block.read(as_browser.encode(), STATEMENT, FRIDA).name == FRIDA.name


@hypothesis.given(interests=some.text(some.characters(exclude_categories=["Cs"]), max_size=500))
def test_any_words_come_back_as_they_were(interests: str) -> None:
    written = block.write(STATEMENT, FRIDA, Meaning.RECUSAL, interests)
    assert block.read(written.body, STATEMENT, FRIDA).interests == interests


VALUES = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.text(max_size=30),
    some.lists(some.text(max_size=5), max_size=3),
    some.sampled_from(["approval", "2026-11-23T09:00:00Z", STATEMENT, "board-1"]),
)


@hypothesis.given(
    changes=some.dictionaries(some.sampled_from([*sorted(FIELDS), "more"]), VALUES),
    missing=some.sets(some.sampled_from(sorted(FIELDS)), max_size=2),
    how=some.sampled_from(["plain", "spaced", "unsorted", "escaped", "latin"]),
)
def test_whatever_comes_is_this_block_or_refused(
    changes: dict[str, Any], missing: set[str], how: str
) -> None:
    sent = {key: value for key, value in told(**changes).items() if key not in missing}
    body = written(sent, how)
    try:
        read = block.read(body, STATEMENT, FRIDA)
    except BlockMalformed:
        return
    assert read.body == body
    assert rfc8785.dumps(sent) == body
    assert (read.person, read.statement) == (FRIDA.id, STATEMENT)
    assert sent.keys() == FIELDS


def written(sent: dict[str, Any], how: str) -> bytes:
    separators = (", ", ": ") if how == "spaced" else (",", ":")
    return json.dumps(
        sent,
        sort_keys=how != "unsorted",
        separators=separators,
        ensure_ascii=how == "escaped",
    ).encode("latin-1" if how == "latin" else "utf-8", "replace")


@hypothesis.given(some.binary(max_size=300))
def test_no_bytes_do_harm(body: bytes) -> None:
    refused(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"[" * 5_000,
        b'{"a":' * 5_000,
        b"9" * 4_999,
        b"x" * (BLOCK_BYTES_MAX + 1),
        "\ufeff{}".encode(),
        "{}".encode("utf-16"),
    ],
)
def test_what_is_no_block_is_refused(body: bytes) -> None:
    assert "block" in refused(body)


def test_one_of_two_names_does_not_win() -> None:
    """Readers differ in which of two they take, so there is one."""
    body = rfc8785.dumps(told())
    doubled = body.replace(b'"meaning":"approval"', b'"meaning":"rejection","meaning":"approval"')
    assert doubled != body
    refused(doubled)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"statement": "cd" * 32}, "another statement"),
        ({"person": "board-2"}, "not in the name of Prof Frida"),
        ({"name": "Prof Gustav"}, "not in the name of Prof Frida"),
        ({"kind": "msif.signature/2"}, "kind `msif.signature/1`"),
        ({"meaning": "abstention"}, "seven strings"),
        ({"interests": 1}, "seven strings"),
        ({"at": "2026-11-23T09:00:00+00:00"}, "seven strings"),
        ({"at": "2026-11-23T9:00:00Z"}, "seven strings"),
        ({"interests": "\ud800"}, "seven strings"),
    ],
)
def test_another_statement_person_or_form_is_refused(changes: dict[str, Any], why: str) -> None:
    sent = told(**changes)
    body = json.dumps(sent, sort_keys=True, separators=(",", ":")).encode()
    if "\ud800" not in sent.values():
        body = rfc8785.dumps(sent)
    assert why in refused(body)


@pytest.mark.parametrize("apart", [timedelta(minutes=15), -timedelta(minutes=15)])
def test_a_time_that_is_far_off_is_refused(
    time_machine: TimeMachineFixture, apart: timedelta
) -> None:
    body = rfc8785.dumps(told())
    time_machine.shift(apart)
    assert block.read(body, STATEMENT, FRIDA)
    time_machine.shift(apart / 900)
    message = refused(body)
    assert "2026-11-23T09:00:00Z" in message
    assert clock.stamp(clock.now()) in message
