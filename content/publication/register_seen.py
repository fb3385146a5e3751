"""The highest register that this machine has signed, in a file beside the database.

A database that was put back from a copy is older than what members have seen. They would refuse its
registers, and so the hub does not sign them: it says so instead.
"""

import json
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from content.errors import RegisterBehind


def note(path: Path, trust: int, seq: int) -> None:
    """Take note of a register that is about to be signed.

    Raises RegisterBehind where a later one was signed under this trust file, or one under a later.
    """
    seen = _read(path)
    if (trust, seq) < seen:
        raise RegisterBehind(
            f"Register {seq} under trust file {trust} is older than {seen[1]} under {seen[0]}, "
            "which was signed here; see docs/trust.md, after a restore.",
            seq=seq,
            seen=seen[1],
        )
    if (trust, seq) > seen:
        _write(path, trust, seq)


def _read(path: Path) -> tuple[int, int]:
    try:
        told = json.loads(path.read_text("ascii"))
        return int(told["trust"]), int(told["seq"])
    except FileNotFoundError:
        return 0, 0
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RegisterBehind(
            f"{path} cannot be read ({type(error).__name__}), so nobody knows which register was "
            "signed last; see docs/trust.md, after a restore."
        ) from None


def _write(path: Path, trust: int, seq: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=".register-", delete=False) as file:
        json.dump({"trust": trust, "seq": seq}, file)
    os.replace(file.name, path)
