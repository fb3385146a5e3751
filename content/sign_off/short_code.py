"""Short codes: six words of a digest, to be compared by ear.

The first 66 bits, eleven a word, in the English list of BIP 39: its words differ in their first
four letters. The invitation says them, and so does the page; a page that shows another statement
than the one somebody was invited to shows other words.
"""

from mnemonic import Mnemonic

WORDS = 6
BITS_OF_A_WORD = 11


def wordlist() -> list[str]:
    """The 2,048 words in order."""
    return list(Mnemonic("english").wordlist)


def of(digest: str) -> str:
    """Six words, blanks between, of a lowercase hex SHA-256."""
    listed = wordlist()
    bits = int(digest, 16) >> (256 - WORDS * BITS_OF_A_WORD)
    chosen = [
        listed[bits >> BITS_OF_A_WORD * place & (2**BITS_OF_A_WORD - 1)]
        for place in reversed(range(WORDS))
    ]
    return " ".join(chosen)
