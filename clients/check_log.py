#!/usr/bin/env python3
"""Check a hub's transparency log from the outside. Needs Python 3.11 and `cryptography`, no hub.

    python check_log.py https://hub.example.org --key "hub.example.org/log+2b0a..+AQ.." \\
        --state seen.checkpoint --row 00f1c2...

Written from the specifications alone, so that it does not repeat the mistakes of the hub's program:
RFC 6962 and 9162 (the tree and its proofs), https://c2sp.org/tlog-tiles, /tlog-checkpoint and
/signed-note. What it makes sure of, in this order:

1. the checkpoint is signed with the key that you were given, and names its origin;
2. the entries give the root that is signed, and so does every tile;
3. the log begins with what the checkpoint in --state had signed: a consistency proof leads to both
   roots;
4. each --row (the hash of a row of the ledger, in hex) is in it: an inclusion proof says so.

Where all of it holds, the checkpoint is kept in --state for the next time. Otherwise --state stays
as it is, and a checkpoint that was signed and does not hold is kept beside it in FILE.refused: both
together show everybody what the log did. Keep --state where whoever runs the hub cannot write.

Exit codes: 0 all of it holds; 1 the log is not what it signed; 2 wrong use; 3 it could not be read,
so nothing is known.
"""

import argparse
import os
import re
import sys
import time
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TILE = 256
ANSWER_BYTES_MAX = 1_000_000
TIMEOUT_SECONDS = 30
#: Seconds to wait before asking once more where the hub is busy.
PAUSES_SECONDS = (1, 5)


class Refused(Exception):
    """The log is not what it signed. Exit code 1."""


class Unreadable(Exception):
    """It could not be read. Exit code 3."""


class Checkpoint(NamedTuple):
    note: str
    size: int
    root: bytes


# The signed note


class Key(NamedTuple):
    """Who has to have signed: `name+ID+base64(01, public key)`."""

    name: str
    identifier: bytes
    public: bytes


def read_key(text: str) -> Key:
    found = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    if not found:
        raise ValueError("a key looks like name+0123abcd+AQ...")
    kind_and_key = from_base64(found[3])
    key = Key(found[1], bytes.fromhex(found[2]), kind_and_key[1:])
    if kind_and_key[:1] != b"\x01" or len(key.public) != 32:
        raise ValueError("this is no key for Ed25519")
    if sha256(key.name.encode() + b"\n" + kind_and_key).digest()[:4] != key.identifier:
        raise ValueError("the parts of this key do not belong together")
    return key


def signed_text(note: str, key: Key) -> str:
    """The text of a note, if this key has signed it. Signatures of other keys are passed over."""
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    if not blank or not signatures.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise Refused("the checkpoint is no signed note")
    valid = False
    for line in signatures[:-1].split("\n"):
        found = re.fullmatch(r"— ([^+\s]+) ([A-Za-z0-9+/]+={0,2})", line)
        if not found:
            raise Refused("the checkpoint is no signed note")
        signature = decoded(found[2])
        if (found[1], signature[:4]) == (key.name, key.identifier):
            verify(key, signature[4:], text)
            valid = True
    if not valid:
        raise Refused(f"the checkpoint is not signed by {key.name}+{key.identifier.hex()}")
    return text


def verify(key: Key, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        raise Refused("the signature of the checkpoint is forged") from None


def decoded(text: str) -> bytes:
    try:
        return from_base64(text)
    except ValueError:
        raise Refused("the checkpoint is no signed note") from None


def from_base64(text: str) -> bytes:
    """RFC 4648, 4, in the one way to write it. Raises ValueError."""
    found = b64decode(text, validate=True)
    if b64encode(found).decode() != text:
        raise ValueError("this is no base64")
    return found


def read_checkpoint(note: str, key: Key) -> Checkpoint:
    lines = signed_text(note, key).split("\n")
    if lines[0] != key.name:
        raise Refused(f"the checkpoint is of another log: {lines[0]}")
    if len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Refused("the checkpoint says no size")
    root = decoded(lines[2])
    if len(root) != 32:
        raise Refused("the checkpoint says no root")
    return Checkpoint(note, int(lines[1]), root)


# The tree


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """Hashes by the levels of tiles: leaves, roots of 256 leaves, roots of 65,536 and so on."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.size = len(leaves)
        self.levels = [leaves]
        while full := len(self.levels[-1]) // TILE:
            below = self.levels[-1]
            roots = [full_root(below[at * TILE : (at + 1) * TILE]) for at in range(full)]
            self.levels.append(roots)

    def root(self, begin: int, end: int) -> bytes:
        """MTH(D[begin:end]) of RFC 6962, 2.1."""
        if begin == end:
            return sha256().digest()
        width = end - begin
        if width & (width - 1) == 0 and begin % width == 0:
            level, height = divmod(width.bit_length() - 1, 8)
            first = begin // TILE**level
            return full_root(self.levels[level][first : first + (1 << height)])
        split = begin + (1 << (width - 1).bit_length() - 1)
        return node(self.root(begin, split), self.root(split, end))

    def audit_path(self, leaf: int, begin: int, end: int) -> Iterator[bytes]:
        """PATH of RFC 6962, 2.1.1: from the leaf upwards."""
        if end - begin == 1:
            return
        split = begin + (1 << (end - begin - 1).bit_length() - 1)
        if leaf < split:
            yield from self.audit_path(leaf, begin, split)
            yield self.root(split, end)
        else:
            yield from self.audit_path(leaf, split, end)
            yield self.root(begin, split)

    def consistency(self, old: int, begin: int, end: int, known: bool = True) -> Iterator[bytes]:
        """SUBPROOF of RFC 6962, 2.1.2: that the leaves before `old` are the same in both trees."""
        if old == end:
            if not known:
                yield self.root(begin, end)
            return
        split = begin + (1 << (end - begin - 1).bit_length() - 1)
        if old <= split:
            yield from self.consistency(old, begin, split, known)
            yield self.root(split, end)
        else:
            yield from self.consistency(old, split, end, known=False)
            yield self.root(begin, split)


def full_root(hashes: list[bytes]) -> bytes:
    """Of a power of two of them."""
    while len(hashes) > 1:
        hashes = [node(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def includes(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = node(p, r)
            while fn and fn % 2 == 0:
                fn, sn = fn // 2, sn // 2
        else:
            r = node(r, p)
        fn, sn = fn // 2, sn // 2
    return index < size and sn == 0 and r == root


def begins_with(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2. For 0 < old.size < new.size."""
    if old.size & (old.size - 1) == 0:
        path = [old.root, *path]
    if not path:
        return False
    fn, sn = old.size - 1, new.size - 1
    while fn % 2 == 1:
        fn, sn = fn // 2, sn // 2
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and fn % 2 == 0:
                fn, sn = fn // 2, sn // 2
        else:
            sr = node(sr, c)
        fn, sn = fn // 2, sn // 2
    return sn == 0 and fr == old.root and sr == new.root


# Reading it

Read = Callable[[str], bytes]


class NotThere(Exception):
    """Nothing is served at this address."""


def reader(where: str) -> Read:
    """Reads `checkpoint` and `tile/...` of a hub, or of a folder that such a log was copied to."""
    if not re.match("https?://", where):
        return lambda path: read_file(Path(where, path))
    prefix = where.rstrip("/")
    prefix += "" if prefix.endswith("/log") else "/log"
    return lambda path: fetch(f"{prefix}/{path}")


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotThere(str(path)) from None
    except OSError as error:
        raise Unreadable(str(error)) from None


def fetch(address: str) -> bytes:
    for pause in (*PAUSES_SECONDS, None):
        try:
            with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:
                body: bytes = answer.read(ANSWER_BYTES_MAX)
                return body
        except urllib.error.HTTPError as error:
            told = error.read(ANSWER_BYTES_MAX)
            if b'"ledger-broken"' in told:
                raise Refused("the hub itself says that its ledger is broken") from None
            if error.code in (404, 410):
                raise NotThere(address) from None
            found = f"{address}: {error.code}"
        except OSError as error:
            found = f"{address}: {error}"
        if pause:
            time.sleep(pause)
    raise Unreadable(found)


def tile_path(level: int | str, number: int, width: int) -> str:
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = re.findall("...", digits)
    index = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{index}" + (f".p/{width}" if width < TILE else "")


def tiles(size: int) -> Iterator[tuple[int, int]]:
    """Number and width of each tile of a level that has so many hashes."""
    for number in range(-(-size // TILE)):
        yield number, min(TILE, size - number * TILE)


def read_leaves(read: Read, size: int) -> list[bytes]:
    """The hashes of all entries (RFC 6962, 2.1). Each entry here is a digest of 32 bytes."""
    leaves = []
    for number, width in tiles(size):
        path = tile_path("entries", number, width)
        bundle = signed_bytes(read, path)
        entries = [bundle[at : at + 34] for at in range(0, len(bundle), 34)]
        if len(entries) != width or any(len(e) != 34 or e[:2] != b"\0\x20" for e in entries):
            raise Refused(f"{path} is no bundle of {width} digests")
        leaves += [sha256(b"\0" + entry[2:]).digest() for entry in entries]
    return leaves


def compare_tiles(read: Read, tree: Tree) -> int:
    """Whether all tiles are what the entries give; how many there are."""
    counted = 0
    for level, hashes in zip(count(), tree.levels, strict=False):
        for number, width in tiles(len(hashes)):
            path = tile_path(level, number, width)
            if signed_bytes(read, path) != b"".join(hashes[number * TILE : number * TILE + width]):
                raise Refused(f"{path} is not what the entries give")
            counted += 1
    return counted


def signed_bytes(read: Read, path: str) -> bytes:
    try:
        return read(path)
    except NotThere:
        raise Refused(f"{path} belongs to what is signed, and is not served") from None


# Checking it


def check_history(old: Checkpoint, new: Checkpoint, tree: Tree) -> str:
    if new.size < old.size:
        raise Refused(f"the log was rolled back: {old.size} rows were signed, now {new.size}")
    if new.size == old.size and new.root != old.root:
        raise Refused(f"the log was forked: two roots are signed for {new.size} rows")
    if 0 < old.size < new.size:
        proof = list(tree.consistency(old.size, 0, new.size))
        if not begins_with(old, new, proof):
            raise Refused(f"the log was rewritten: it does not begin with the {old.size} rows seen")
    return f"it begins with the {old.size} rows that were seen before"


def check_row(row: str, new: Checkpoint, tree: Tree) -> str:
    leaf = sha256(b"\0" + bytes.fromhex(row)).digest()
    if leaf not in tree.levels[0]:
        raise Refused(f"row {row} is not in the log")
    index = tree.levels[0].index(leaf)
    proof = list(tree.audit_path(index, 0, new.size))
    if not includes(leaf, index, new.size, proof, new.root):
        raise Refused(f"row {row} is not in the log")
    return f"row {index + 1} of {new.size}, by a proof of {len(proof)} hashes"


def checks(read: Read, old: Checkpoint | None, new: Checkpoint, rows: list[str]) -> Iterator[str]:
    """Everything behind the signature, a line for each thing that holds. Raises Refused."""
    tree = Tree(read_leaves(read, new.size))
    if tree.root(0, new.size) != new.root:
        raise Refused("the entries do not give the root that is signed")
    counted = compare_tiles(read, tree)
    yield f"tree: the entries give that root, and so do {counted} tiles"
    if old:
        yield f"history: {check_history(old, new, tree)}"
    for row in rows:
        yield f"{row}: {check_row(row, new, tree)}"


def keep(path: Path, note: str) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(note, "utf-8")
    os.replace(partial, path)


def arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Check a hub's transparency log.")
    parser.add_argument("where", help="address of the hub, or a folder with a copy of its log")
    parser.add_argument("--key", required=True, help="the log's public key: NAME+ID+BASE64")
    parser.add_argument("--state", type=Path, help="file with the last checkpoint that held")
    parser.add_argument("--row", action="append", default=[], help="hash of a ledger row, in hex")
    given = parser.parse_args(words)
    if not all(re.fullmatch("[0-9a-f]{64}", row) for row in given.row):
        parser.error("a row is named by 64 hexadecimal digits")
    try:
        given.key = read_key(given.key)
    except ValueError as error:
        parser.error(str(error))
    given.old = None
    if given.state and given.state.exists():
        try:
            given.old = read_checkpoint(given.state.read_text("utf-8"), given.key)
        except (Refused, ValueError):
            parser.error(f"{given.state} holds no checkpoint that this key has signed")
    return given


def main(words: list[str] | None = None) -> int:
    given = arguments(words)
    read = reader(given.where)
    new = None
    try:
        new = read_checkpoint(read("checkpoint").decode("utf-8", "replace"), given.key)
        print(f"ok   signature: {given.key.name}, {new.size} rows, root {new.root.hex()}")
        for line in checks(read, given.old, new, given.row):
            print(f"ok   {line}")
    except Refused as error:
        print(f"BAD  {error}")
        if new and given.state:
            keep(given.state.with_name(given.state.name + ".refused"), new.note)
        return 1
    except (NotThere, Unreadable) as error:
        print(f"???  nothing is known, it could not be read: {error}")
        return 3
    if given.state:
        keep(given.state, new.note)
    return 0


if __name__ == "__main__":
    sys.exit(main())
