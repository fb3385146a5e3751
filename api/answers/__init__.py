"""What the hub answers, field by field: the promise that clients are generated from.

Answers are made elsewhere, many as bytes that are stored. That they are as they are promised here
is held by every test of the interface, which takes no answer that is not (tests/api/promised.py).
"""
