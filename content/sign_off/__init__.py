"""Statements put to signature, signatures, and the check that a document has enough of them."""
