"""How a file is refused: always with a line, a code for programs and what to do."""

from content.errors import CatalogueRefused, InputTooLarge


def refused(line: int, code: str, reason: str) -> CatalogueRefused:
    """`reason` is a sentence that goes on after "Line 7: "."""
    return CatalogueRefused(f"Line {line}: {reason}", line=line, mistake=code)


def too_large(line: int, code: str, reason: str) -> InputTooLarge:
    """A limit of limits.py, named with its number."""
    return InputTooLarge(f"Line {line}: {reason}", line=line, mistake=code)
