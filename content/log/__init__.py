"""The transparency log: the ledger's rows as leaves of a Merkle tree that anybody can follow.

It is served as C2SP's tlog-tiles (https://c2sp.org/tlog-tiles): tiles of 256 hashes, bundles of
256 entries, and a signed checkpoint. Nothing but digests stands in it: the entry of a row is the 32
bytes of the row's hash, and its leaf is their hash as RFC 6962 has it. Row 1 is leaf 0.
"""
