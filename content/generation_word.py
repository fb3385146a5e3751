"""A word in a file that every process of a machine has mapped: it changes after each commit.

Whoever keeps in memory what was read compares it with the word that stood before the reading. This
costs no call of the system, and no process can miss another's commit.
"""

import mmap
import os
from pathlib import Path

BYTES = 8


class GenerationWord:
    """The word of one file. Random, not counted: two that write at once bring back no old value."""

    def __init__(self, path: Path) -> None:
        """Raises OSError where the file cannot be made, or is not this user's."""
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(number).st_size < BYTES:
                os.ftruncate(number, BYTES)  # never shorter: others have it mapped
            #: Its one element is the word, for whoever reads it too often for a call.
            self.view = memoryview(mmap.mmap(number, BYTES)).cast("Q")
        finally:
            os.close(number)

    def read(self) -> int:
        return self.view[0]

    def change(self) -> None:
        """Tell every process that something was committed."""
        self.view[0] = int.from_bytes(os.urandom(BYTES), "big")


def open_word(path: Path) -> GenerationWord | None:
    """None where there can be none: then a process learns of commits by looking for them."""
    try:
        return GenerationWord(path)
    except (OSError, ValueError):
        return None
