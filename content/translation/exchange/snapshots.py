"""The export that a file came from, where tools leave it alone: a note, and the file's name."""

#: Who the note is from, or what it is about.
NOTE = "X-Hub-Snapshot"


def original(page: str, snapshot: str) -> str:
    """What the file says it was made of: `stem-cell-therapy#8f3a`."""
    return f"{page}#{snapshot}" if snapshot else page


def of_original(name: str) -> str:
    """The snapshot in such a name; empty where there is none."""
    return name.partition("#")[2].strip()
