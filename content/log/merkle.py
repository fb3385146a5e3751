"""The Merkle tree of RFC 9162, section 2.1: its hashes, its proofs, and how they are checked.

Every hash is 32 bytes (SHA-256). A tree is given as the hashes of its leaves, in order; a proof
is a list of hashes in the order of the RFC. No input or output here, and no database.
"""

from collections.abc import Sequence
from functools import reduce
from hashlib import sha256

#: The root of the tree without a leaf.
EMPTY = sha256().digest()


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1. One without a partner is carried up until it meets one."""
    while len(hashes) > 1:
        hashes = _parents(hashes)
    return hashes[0] if hashes else EMPTY


def _parents(hashes: Sequence[bytes]) -> list[bytes]:
    pairs = zip(hashes[::2], hashes[1::2], strict=False)
    single = hashes[len(hashes) // 2 * 2 :]
    return [*(node_hash(left, right) for left, right in pairs), *single]


def peaks(hashes: Sequence[bytes]) -> list[bytes]:
    """The roots of the largest full subtrees from left to right, each a power of two wide."""
    found, start = [], 0
    while start < len(hashes):
        width = 1 << (len(hashes) - start).bit_length() - 1
        found.append(root(hashes[start : start + width]))
        start += width
    return found


def join(found: Sequence[bytes]) -> bytes:
    """The root of a tree that has these peaks."""
    return reduce(lambda right, left: node_hash(left, right), reversed(found)) if found else EMPTY


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """PATH of RFC 9162, 2.1.3.1: what leads from the leaf at `index` to the root."""
    proof = []
    while len(leaves) > 1:
        if index ^ 1 < len(leaves):
            proof.append(leaves[index ^ 1])
        leaves, index = _parents(leaves), index // 2
    return proof


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """PROOF of RFC 9162, 2.1.4.1: that the tree began with its first `old_size` leaves (1 or more).

    Empty where these are all of them.
    """
    return _subproof(leaves, old_size, known=True)


def _subproof(leaves: Sequence[bytes], old_size: int, *, known: bool) -> list[bytes]:
    """`known`: whoever checks knows the root of these `old_size` leaves, as it is the old one."""
    if old_size == len(leaves):
        return [] if known else [root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:split], leaves[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, known=known), root(right)]
    return [*_subproof(right, old_size - split, known=False), root(left)]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], top: bytes) -> bool:
    """Whether the proof leads from the leaf to the root `top` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            place, last = _to_next_right(place, last)
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and found == top


def is_consistent(
    old_size: int, size: int, proof: Sequence[bytes], old_top: bytes, top: bytes
) -> bool:
    """Whether the tree with the root `top` begins with that of `old_top` (RFC 9162, 2.1.4.2)."""
    if old_size == 0:
        return not proof and old_top == EMPTY
    if old_size == size:
        return not proof and old_top == top
    if not 0 < old_size < size or not proof:
        return False
    first, *rest = proof if old_size & (old_size - 1) else [old_top, *proof]
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_found = found = first
    for one in rest:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_found, found = node_hash(one, old_found), node_hash(one, found)
            place, last = _to_next_right(place, last)
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and old_found == old_top and found == top


def _to_next_right(place: int, last: int) -> tuple[int, int]:
    """Pass the levels on which the rightmost node has no partner."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
