"""The Merkle tree: the published vectors, and what must hold of every tree and proof."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.log import merkle
from content.log.merkle import is_consistent, is_included
from tests.content.log import vectors
from tests.content.log.vectors import CONSISTENCY, ENTRIES, INCLUSION, ROOTS, proof

SIZE_MAX = 600
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
MANY = [merkle.leaf_hash(str(number).encode()) for number in range(SIZE_MAX)]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 9162, 2.1.1 writes it: by recursion."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    split = next(1 << power for power in range(64) if len(leaves) <= 2 << power)
    return merkle.node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def test_hashes_of_a_leaf_and_a_node() -> None:
    # rfc6962/rfc6962_test.go of https://github.com/transparency-dev/merkle (78493b0)
    assert merkle.leaf_hash(b"L123456").hex() == (
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    )
    assert merkle.node_hash(b"N123", b"N456").hex() == (
        "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    )
    assert merkle.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root([]) == merkle.join([]) == merkle.EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_of_the_reference_tree(size: int) -> None:
    assert merkle.root(LEAVES[:size]) == ROOTS[size - 1]
    assert merkle.join(merkle.peaks(LEAVES[:size])) == ROOTS[size - 1]


@pytest.mark.parametrize(("leaf", "size"), INCLUSION)
def test_inclusion_proofs_of_the_reference_tree(leaf: int, size: int) -> None:
    published = proof(INCLUSION[leaf, size])
    assert merkle.inclusion_proof(LEAVES[:size], leaf - 1) == published
    assert is_included(LEAVES[leaf - 1], leaf - 1, size, published, ROOTS[size - 1])


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency_proofs_of_the_reference_tree(old: int, size: int) -> None:
    published = proof(CONSISTENCY[old, size])
    assert merkle.consistency_proof(LEAVES[:size], old) == published
    assert is_consistent(old, size, published, ROOTS[old - 1], ROOTS[size - 1])


@pytest.mark.parametrize(("leaf", "size"), [found for found in INCLUSION if INCLUSION[found]])
def test_inclusion_proofs_that_were_published_as_wrong(leaf: int, size: int) -> None:
    """`corruptInclusionProof` of the same file."""
    index, published, root = leaf - 1, proof(INCLUSION[leaf, size]), ROOTS[size - 1]
    this = LEAVES[index]
    for wrong in (index - 1, index + 1, index ^ 2):
        assert not is_included(this, wrong, size, published, root)
    for wrong in (size * 2, size // 2):
        assert not is_included(this, index, wrong, published, root)
    for other in (b"WrongLeaf", merkle.EMPTY):
        assert not is_included(other, index, size, published, root)
        assert not is_included(this, index, size, published, other)
    for wrong_proof in (
        *([*published, more] for more in (b"", root)),
        *([more, *published] for more in (b"", root)),
        published[:-1],
        [published[0], merkle.EMPTY, *published[1:]],
    ):
        assert not is_included(this, index, size, wrong_proof, root)


@pytest.mark.parametrize(("old", "size"), [found for found in CONSISTENCY if CONSISTENCY[found]])
def test_consistency_proofs_that_were_published_as_wrong(old: int, size: int) -> None:
    """`corruptConsistencyProof` of the same file."""
    published, old_root, root = proof(CONSISTENCY[old, size]), ROOTS[old - 1], ROOTS[size - 1]
    for wrong in (old - 1, old + 1, old ^ 2):
        assert not is_consistent(wrong, size, published, old_root, root)
    for wrong in (size * 2, size // 2):
        assert not is_consistent(old, wrong, published, old_root, root)
    for one, other in ((b"WrongRoot", root), (old_root, b"WrongRoot"), (root, old_root)):
        assert not is_consistent(old, size, published, one, other)
    for wrong_proof in (
        [],
        *([*published, more] for more in (b"", old_root, root)),
        *([more, *published] for more in (b"", old_root, root, published[0])),
        published[:-1],
    ):
        assert not is_consistent(old, size, wrong_proof, old_root, root)


def test_proofs_of_a_real_log() -> None:
    leaf, index, size = vectors.ARGON_LEAF, vectors.ARGON_INDEX, vectors.ARGON_SIZE
    included, root = vectors.ARGON_INCLUSION, vectors.ARGON_ROOT
    assert is_included(leaf, index, size, included, root)
    assert not is_included(leaf, index + 1, size, included, root)
    old, consistent = vectors.ARGON_OLD_SIZE, vectors.ARGON_CONSISTENCY
    assert is_consistent(old, size, consistent, vectors.ARGON_OLD_ROOT, root)
    assert not is_consistent(old, size, consistent, root, vectors.ARGON_OLD_ROOT)


@pytest.mark.parametrize(
    ("index", "size", "given"),
    [(0, 0, []), (1, 1, []), (8, 8, []), (-1, 8, []), (0, 1, [ROOTS[0]]), (0, 2, [])],
)
def test_what_is_in_no_tree_is_not_included(index: int, size: int, given: list[bytes]) -> None:
    assert not is_included(ROOTS[0], index, size, given, ROOTS[0])


@pytest.mark.parametrize(
    ("old", "size", "given", "old_root", "root", "holds"),
    [
        (0, 0, [], merkle.EMPTY, merkle.EMPTY, True),
        (0, 5, [], merkle.EMPTY, ROOTS[4], True),
        (0, 5, [], ROOTS[0], ROOTS[4], False),
        (0, 5, [ROOTS[0]], merkle.EMPTY, ROOTS[4], False),
        (1, 1, [], ROOTS[0], ROOTS[0], True),
        (1, 1, [], ROOTS[0], ROOTS[1], False),
        (1, 1, [ROOTS[0]], ROOTS[0], ROOTS[0], False),
        (2, 1, [], ROOTS[1], ROOTS[0], False),
        (2, 1, [ROOTS[0]], ROOTS[1], ROOTS[0], False),
        (1, 2, [], ROOTS[0], ROOTS[1], False),
        (-1, 2, [ROOTS[0]], ROOTS[0], ROOTS[1], False),
    ],
)
def test_trees_of_the_same_size_of_none_and_backwards(
    old: int, size: int, given: list[bytes], old_root: bytes, root: bytes, holds: bool
) -> None:
    assert is_consistent(old, size, given, old_root, root) is holds


sizes = st.integers(min_value=1, max_value=SIZE_MAX)


@given(sizes)
def test_the_root_is_that_of_the_rfc(size: int) -> None:
    leaves = MANY[:size]
    assert merkle.root(leaves) == merkle.join(merkle.peaks(leaves)) == naive_root(leaves)


@st.composite
def falsified(draw: st.DrawFn, given: list[bytes]) -> list[bytes]:
    """The proof with one bit turned, a hash lost, twice, or one too many."""
    at = draw(st.integers(min_value=0, max_value=max(0, len(given) - 1)))
    kinds = [[*given, MANY[0]], [MANY[0], *given]]
    if given:
        bit = draw(st.integers(min_value=0, max_value=255))
        turned = (int.from_bytes(given[at]) ^ 1 << bit).to_bytes(32)
        kinds += [
            [*given[:at], turned, *given[at + 1 :]],
            [*given[:at], *given[at + 1 :]],
            [*given[:at], given[at], *given[at:]],
        ]
    return draw(st.sampled_from(kinds))


@given(sizes, st.data())
def test_every_inclusion_proof_holds_and_no_falsified_one(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    leaves, top = MANY[:size], naive_root(MANY[:size])
    found = merkle.inclusion_proof(leaves, index)

    assert is_included(leaves[index], index, size, found, top)
    assert not is_included(leaves[index], index, size, data.draw(falsified(found)), top)
    assert not is_included(MANY[index - 1], index, size, found, top)
    assert not is_included(leaves[index], index, size, found, merkle.EMPTY)
    assert not is_included(leaves[index], index ^ 1, size, found, top)


@given(sizes, st.data())
def test_every_consistency_proof_holds_and_no_falsified_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(min_value=1, max_value=size))
    old_top, top = naive_root(MANY[:old]), naive_root(MANY[:size])
    found = merkle.consistency_proof(MANY[:size], old)

    assert is_consistent(old, size, found, old_top, top)
    assert not is_consistent(old, size, data.draw(falsified(found)), old_top, top)
    if old < size:
        assert not is_consistent(old, size, found, top, old_top)
        assert not is_consistent(old, size, found, naive_root(MANY[1 : old + 1]), top)
        assert not is_consistent(old, size, [], old_top, top)
