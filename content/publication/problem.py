"""Problem details (RFC 9457): how the hub says no, as JSON."""

from typing import Any

MEDIA_TYPE = "application/problem+json"


def problem(code: str, status: int, detail: str, /, **more: Any) -> dict[str, Any]:
    """One problem. `type` is a path on the hub that explains `code`."""
    core = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }
    # What is said besides never hides what a client goes by.
    return core | {name: value for name, value in more.items() if name not in core}
