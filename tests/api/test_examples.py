"""The examples of the description: recorded from a hub at work, read in review like code.

Every request of the table of endpoints is sent by somebody who gets in.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from httpx2 import Response

from tests.api.examples import recorded
from tests.api.hubs import Hub
from tests.api.test_every_endpoint_every_role import (
    MEMBERS,
    PEOPLE,
    TABLE,
    WEBHOOKS,
    WITH_KEY,
    first_of,
    hooked,
    restore,
    send,
)
from tests.api.test_every_endpoint_every_role import ready_hub as ready_hub
from tests.api.test_every_endpoint_every_role import shared_hub as shared_hub

#: From the tests' folder of snapshots.
FILE = "../../api/reference/examples.json"
BYTES_MAX = 300_000
#: More of the same operations, for media types that the table does not ask for.
MORE = [
    *(
        ("GET", f"/v1/{what}/{{slug}}/{{locale}}.{{form}}", f"/v1/{what}/treatment/en.{form}")
        for what in ("sections", "pages")
        for form in ("html", "md", "jsonld", "txt")
    ),
    ("GET", "/clients/{name}", "/clients/sync.py"),
    ("GET", "/clients/{name}", "/clients/verify.php"),
    ("GET", "/proof/{name}", "/proof/proof.css"),
    ("GET", "/signing/{name}", "/signing/signing.css"),
]
PASSKEY = {"credential": "bXkta2V5", "person": "board-1", "label": "phone"}
FINGERPRINT = "4f2a 91c0 7be3 5d18"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10"/></svg>'
#: What the hub of the table has not: a contact, keys of its own, a picture, an invitation; and a
#: stream, which goes on.
BY_HAND: dict[str, dict[str, Any]] = {
    "GET /.well-known/security.txt": {
        "answer": {
            "text/plain": "Contact: mailto:security@example.org\nExpires: 2027-05-22T00:00:00Z\n"
        }
    },
    "GET /log/checkpoint": {
        "answer": {"text/plain": "hub.example.org\n9\nGhd0…=\n\n— hub.example.org Az3g…=\n"}
    },
    # It counts what other tests asked for.
    "GET /metrics": {
        "answer": {
            "text/plain": "# HELP msif_seq Number of the newest event of the feed.\n"
            "# TYPE msif_seq gauge\nmsif_seq 42.0\n"
        }
    },
    "GET /v1/webhook-key": {"answer": {"application/json": {"key": "whpk_KEY"}}},
    "GET /v1/register": {
        "parameters": {"section": "benefits", "locale": "en"},
        "answer": {"application/jose": "eyJhbGci….eyJzZXEi….c2lnbmF0…"},
    },
    "GET /v1/figures/{sha256}": {
        "parameters": {"sha256": "0" * 64},
        "answer": {
            "image/svg+xml": SVG,
            "image/png": "(bytes)",
            "image/jpeg": "(bytes)",
            "image/webp": "(bytes)",
        },
    },
    "GET /v1/changes/stream": {
        "parameters": {"after": "41"},
        "answer": {
            "text/event-stream": 'id: 42\nevent: published\ndata: {"seq":42,"type":"published"}\n\n'
        },
    },
    "POST /v1/passkeys/options": {
        "body": {"invitation": "SECRET"},
        "answer": {
            "application/json": {
                "name": "Prof Frida Example",
                "keys_left": 2,
                "publicKey": {"challenge": "Y2hh…"},
            }
        },
    },
    "POST /v1/passkeys": {
        "body": {"invitation": "SECRET", "label": "phone", "credential": {"id": "bXkta2V5"}},
        "answer": {"application/json": PASSKEY | {"fingerprint": FINGERPRINT, "keys_left": 1}},
    },
}


def asked(hub: Hub) -> Iterator[tuple[str, str, Response]]:
    """(operation, path, answer), each from the same beginning."""
    for row in TABLE:
        name = f"{row.method} {row.route}"
        # The description of everything would have itself as an example.
        if name not in BY_HAND and row.route != "/openapi.json":
            by = PEOPLE[first_of(row)] if row.who else None
            yield name, row.route, send(hub, row, by=by)
    for (method, path), (_, body) in WITH_KEY.items():
        yield f"{method} {path}", path, with_key(hub, method, path, body)
    for method, ending, body, _ in WEBHOOKS:
        path, body = hooked(ending, body, "me")(hub)
        route = f"{MEMBERS}/me/webhooks{ending}"
        yield f"{method} {route}", route, with_key(hub, method, path, body)
    for method, route, path in MORE:
        yield f"{method} {route}", route, hub.ask(method, path)


def with_key(hub: Hub, method: str, path: str, body: Any) -> Response:
    headers = {"Authorization": f"Bearer {hub.tokens['ms', 'all']}"}
    if_match = ""
    if method == "PUT" and "/webhooks/" in path:
        if_match = hub.ask("GET", path, headers=headers).headers["etag"]
    return hub.ask(method, path, body, headers=headers, if_match=if_match)


def examples(hub: Hub) -> dict[str, dict[str, Any]]:
    found = dict(BY_HAND)
    for name, route, answer in asked(hub):
        assert answer.is_success, (name, answer.text)
        one = recorded(route, answer)
        first = found.setdefault(name, one)
        first["answer"] = one["answer"] | first["answer"]
        restore(hub)
    return found


def test_the_examples_are_what_the_hub_says(
    ready_hub: Hub, snapshot: Callable[[str, str], None]
) -> None:
    text = json.dumps(examples(ready_hub), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert len(text.encode()) < BYTES_MAX
    snapshot(FILE, text)
