"""Blocks: what one person says of one statement, as the bytes that their key signs.

Kind `msif.signature/1`, a flat object of strings in RFC 8785 form, which is what a browser's
`JSON.stringify` gives for sorted keys.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import rfc8785

from content import clock
from content.errors import BlockMalformed
from content.people.actor import Actor
from content.review.declaration import WORDS_MAX

KIND = "msif.signature/1"
#: Bytes of a block; interests are all that is long in it.
BLOCK_BYTES_MAX = 4 * WORDS_MAX + 2_000
#: How far a block's time may lie from the hub's. The page takes the time from the hub, so only
#: somebody who waits this long over their key is asked again.
APART_MAX = timedelta(minutes=15)
FIELDS = frozenset({"kind", "statement", "person", "name", "meaning", "interests", "at"})


class Meaning(StrEnum):
    """What a signature says. Only an approval counts; a rejection ends the statement."""

    APPROVAL = "approval"
    REJECTION = "rejection"
    RECUSAL = "recusal"


@dataclass(frozen=True)
class Block:
    """One person's word on one statement. Frozen."""

    #: Lowercase hex SHA-256 of the statement's bytes, or of a trust file's.
    statement: str
    person: str
    name: str
    meaning: Meaning
    interests: str
    at: datetime

    @property
    def body(self) -> bytes:
        return rfc8785.dumps(
            {
                "kind": KIND,
                "statement": self.statement,
                "person": self.person,
                "name": self.name,
                "meaning": self.meaning.value,
                "interests": self.interests,
                "at": clock.stamp(self.at),
            }
        )


def write(statement: str, actor: Actor, meaning: Meaning, interests: str) -> Block:
    """What this person would sign now."""
    return Block(statement, actor.id, actor.name, meaning, interests, clock.now())


def read(body: bytes, statement: str, actor: Actor) -> Block:
    """The block that a person signed over this statement. Raises BlockMalformed."""
    block = _parse(body)
    if block.statement != statement:
        raise BlockMalformed("The block names another statement; open its page again.")
    if (block.person, block.name) != (actor.id, actor.name):
        raise BlockMalformed(f"The block is not in the name of {actor.name} ({actor.id}).")
    if abs(clock.now() - block.at) > APART_MAX:
        raise BlockMalformed(
            f"The block is of {clock.stamp(block.at)}, and here it is {clock.stamp(clock.now())}; "
            "set the clock, or open the page again."
        )
    return block


def _parse(body: bytes) -> Block:
    if len(body) > BLOCK_BYTES_MAX:
        raise BlockMalformed(f"A block has at most {BLOCK_BYTES_MAX:,} bytes.")
    try:
        told = json.loads(body)
        if not isinstance(told, dict) or told.keys() != FIELDS or told["kind"] != KIND:
            raise BlockMalformed
        if not all(isinstance(value, str) for value in told.values()):
            raise BlockMalformed
        block = Block(
            told["statement"],
            told["person"],
            told["name"],
            Meaning(told["meaning"]),
            told["interests"],
            datetime.strptime(told["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        )
        written = block.body
    except (ValueError, TypeError, RecursionError):
        raise BlockMalformed from None
    if written != body:  # other order, blanks, doubled names: other bytes for the same words
        raise BlockMalformed
    return block
