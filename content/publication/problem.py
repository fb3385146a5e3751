"""Problem details (RFC 9457): how the hub says no, as JSON."""

from typing import Any

MEDIA_TYPE = "application/problem+json"


def problem(code: str, status: int, detail: str, **more: Any) -> dict[str, Any]:
    """One problem. `type` is a path on the hub that explains `code`."""
    return {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
