"""No answer that a test gets is one that the description does not promise."""

import json
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any
from urllib.parse import unquote

from httpx2 import Response
from starlette.routing import compile_path

SNAPSHOT = Path(__file__).resolve().parents[1] / "snapshots" / "openapi.json"
#: What any address can answer: the framework's 405, a 304, and a fault of ours.
OF_ANY = {"304", "405", "500"}


@cache
def operations() -> list[tuple[str, Pattern[str], Any]]:
    """(method, form of the address, answers)."""
    schema = json.loads(SNAPSHOT.read_text("utf-8"))
    return [
        (method.upper(), compile_path(path.replace("{index}", "{index:path}"))[0], told)
        for path, listed in schema["paths"].items()
        for method, told in listed.items()
    ]


def require_described(answer: Response) -> None:
    """Fails where no operation at this address can answer so."""
    method = "GET" if answer.request.method == "HEAD" else answer.request.method
    path = unquote(answer.request.url.path)
    listed = [
        told["responses"] for one, form, told in operations() if one == method and form.match(path)
    ]
    status = str(answer.status_code)
    if listed and status not in OF_ANY:
        assert any(status in one for one in listed), (method, path, status, answer.text[:500])
