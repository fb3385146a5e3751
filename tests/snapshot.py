"""Snapshots: what the outside sees of us, as text in git, read in review like code."""

from pathlib import Path


def compare(path: Path, text: str, *, rewrite: bool) -> None:
    """Fail where `text` is not what the file holds; or, to accept it, write the file."""
    if rewrite:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return
    assert path.exists(), (
        f"{path.name} has no snapshot yet: run `make snapshots`, then read the file"
    )
    kept = path.read_bytes().decode()
    assert text == kept, f"{path.name} has changed: if rightly so, `make snapshots` writes it anew"
