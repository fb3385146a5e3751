"""Passwords as they are kept: argon2id (RFC 9106), and which of them would be guessed."""

import secrets
from functools import lru_cache
from threading import BoundedSemaphore
from unicodedata import normalize

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from content.errors import PasswordRefused

#: Characters.
SHORTEST, LONGEST = 12, 256
#: OWASP, Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
SALT_BYTES, HASH_BYTES = 16, 32
#: That are made at the same time, so that a crowd at the door does not take all memory.
AT_ONCE = BoundedSemaphore(4)
#: Of 4: guessed by more than 10^8 attempts.
SCORE_MIN = 3
#: Characters that are looked at for how easily they are guessed.
#: What zxcvbn takes grows with their square and more.
LOOKED_AT = 24
#: Passwords that are looked at at the same time; those who sign in do not wait for them.
LOOKS_AT_ONCE = BoundedSemaphore(2)


def hash_of(password: str) -> str:
    """`$argon2id$…` with its salt and its costs."""
    made = Argon2id(
        salt=secrets.token_bytes(SALT_BYTES),
        length=HASH_BYTES,
        iterations=PASSES,
        lanes=LANES,
        memory_cost=MEMORY_KIB,
    )
    with AT_ONCE:
        return made.derive_phc_encoded(_bytes(password))


def is_of(password: str, hashed: str) -> bool:
    """Whether this is the password. In the same time for each, right or wrong."""
    if len(password) > LONGEST:
        return False
    with AT_ONCE:
        try:
            Argon2id.verify_phc_encoded(_bytes(password), hashed)
        except InvalidKey:
            return False
    return True


@lru_cache
def nobodys() -> str:
    """What is tried for a name that is not there, so that it takes as long."""
    return hash_of(secrets.token_urlsafe())


def require_strong(password: str, about: list[str]) -> None:
    """Raises PasswordRefused for one that is short, long, or soon guessed by whoever knows what
    stands in `about`, like its person's name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        told = f"A password has {SHORTEST} to {LONGEST} characters."
        raise PasswordRefused(told, reason="length")
    known = [
        part.casefold() for words in about for part in [words, *words.split()] if len(part) > 2
    ]
    plain = normalize("NFKC", password)
    if any(part in plain.casefold() for part in known):
        raise PasswordRefused("Leave out what is known of you: it is tried first.", reason="known")
    from zxcvbn import zxcvbn  # its lists are read in by whoever sets a password, and nobody else

    with LOOKS_AT_ONCE:
        found = zxcvbn(plain[:LOOKED_AT], user_inputs=["msif", "hub", "multiple sclerosis"])
    if found["score"] < SCORE_MIN:
        raise PasswordRefused(reason="guessed")


def _bytes(password: str) -> bytes:
    """NIST SP 800-63B, 5.1.1.2: the same whatever keyboard it was typed on."""
    return normalize("NFKC", password).encode()
