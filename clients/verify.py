"""Tells, without trusting the hub, whether a text was approved and is in force. See README.md.

    trust = trust_file(pinned, later, now)                 # bytes you pinned; JSON of /v1/trust/2, 3, ...
    register, seen = read_register(jws, trust, now, seen)  # keep `seen` for the next time; {} at first
    text = document(body, "risks", "fr", register, sign_offs, trust)  # JSON of /v1/sign-offs/..., a list

What is returned holds. Whatever is wrong raises Refused with a code, or another error where it cannot be read.
"""

import json
from base64 import b64decode, urlsafe_b64decode
from contextlib import suppress
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Refused(Exception): ...


def need(holds: object, code: str) -> None:
    if not holds:
        raise Refused(code)


def b64u(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def require_signed(key: Any, signature: bytes, data: bytes) -> None:  # the key says how, never the message
    how: Any = {"ES256": [ec.ECDSA(hashes.SHA256())], "Ed25519": []}[key["alg"]]
    serialization.load_der_public_key(b64decode(key["spki"])).verify(signature, data, *how)  # type: ignore


def said_by(one: Any, statement: bytes, trust: Any, people: list[str]) -> Any:
    block, answer = b64u(one["block"]), one["credential"]["response"]
    client, data = b64u(answer["clientDataJSON"]), b64u(answer["authenticatorData"])
    said, asked = json.loads(block), json.loads(client)
    need((said["kind"], said["statement"]) == ("msif.signature/1", sha256(statement).hexdigest()), "other")
    need((asked["type"], b64u(asked["challenge"])) == ("webauthn.get", sha256(block).digest()), "challenge")
    need(asked["origin"] in trust["origins"] and asked.get("crossOrigin") is not True, "origin")
    need(data[:32] == sha256(trust["rp_id"].encode()).digest() and data[32] & 5 == 5, "user")  # there, verified
    keys = trust["people"][said["person"]]["keys"] if said["person"] in people else {}
    require_signed(keys[one["credential"]["id"]], b64u(answer["signature"]), data + sha256(client).digest())
    return said


def require_quorum(statement: bytes, signatures: list[Any], trust: Any, role: str) -> None:
    found, of_role = set[str](), trust["roles"][role]
    for one in signatures:
        with suppress(Exception):  # what cannot be read counts for nothing
            said = said_by(one, statement, trust, of_role["people"])
            found |= {said["person"]} if said["meaning"] == "approval" else set()
    need(len(found) >= max(1, of_role["threshold"]), "quorum")  # people, not keys


def trust_file(pinned: bytes, later: list[Any], now: str) -> Any:
    body, trust = pinned, json.loads(pinned)
    need((trust["kind"], trust["version"]) == ("msif.trust/1", 1), "trust-kind")
    for envelope in later:
        old, digest, body = trust, sha256(body).hexdigest(), b64u(envelope["statement"])
        trust = json.loads(body)
        need((trust["kind"], trust["version"], trust["previous"]) == ("msif.trust/1", old["version"] + 1, digest), "order")
        for board in (old, trust):
            require_quorum(body, envelope["signatures"], board, "board")
    need(now < trust["expires"], "trust-expired")
    return {**trust, "sha256": sha256(body).hexdigest()}


def read_register(jws: str, trust: Any, now: str, seen: Any) -> tuple[Any, Any]:
    head, payload, signature = jws.split(".")
    header, told = json.loads(b64u(head)), json.loads(b64u(payload))
    need(header["kid"] in trust["registrars"] and header["typ"] == "msif-register+jws", "register-key")
    require_signed(trust["registrars"][header["kid"]], b64u(signature), f"{head}.{payload}".encode())
    need((told["kind"], told["trust"]) == ("msif.register/1", trust["version"]), "register-trust")
    need(now < told["expires"], "register-expired")
    need(seen.get("trust") != trust["version"] or told["seq"] >= seen["seq"], "register-older")
    old, now_there = seen.get("versions", {}), {f"{e['section']}/{e['locale']}": e["version"] for e in told["entries"]}
    need(all(version >= old.get(place, 0) for place, version in now_there.items()), "version-older")
    return told, {"trust": trust["version"], "seq": told["seq"], "versions": {**old, **now_there}}


def signed_off(digest: str, sign_offs: list[Any], trust: Any, depth: int = 4) -> Any:
    listed = [(b64u(one["statement"]), one["signatures"]) for one in sign_offs]
    found = [(*one, item) for one in listed for item in json.loads(one[0])["items"] if item["sha256"] == digest]
    need(found and depth, "not-signed-off")
    statement, signatures, item = found[0]
    told = json.loads(statement)
    role = f"language-reviewer:{item['locale']}" if item["source"] else "board"
    need(told["kind"] == "msif.sign-off/1" and told["role"] in ("board", role), "role")
    if sha256(statement).hexdigest() not in trust["honours"]:
        need(told["trust"] == {"version": trust["version"], "sha256": trust["sha256"]}, "other-trust")
        require_quorum(statement, signatures, trust, told["role"])
    if item["source"]:
        signed_off(item["source"], sign_offs, trust, depth - 1)
    return item


def document(body: bytes, section: str, locale: str, register: Any, sign_offs: list[Any], trust: Any) -> Any:
    here = [one for one in register["entries"] if (one["section"], one["locale"]) == (section, locale)]
    need(len(here) == 1, "not-in-force")
    need(here[0]["state"] in ("current", "outdated", "review-due"), "withdrawn")
    need(sha256(body).hexdigest() == here[0]["sha256"], "bytes-changed")
    text, item = json.loads(body), signed_off(here[0]["sha256"], sign_offs, trust)
    named = [(one["section"], one["locale"], one["version"]) for one in (text, item)]
    need(text["kind"] == "msif.section/1" and named == [(section, locale, here[0]["version"])] * 2, "other-place")
    need((text["translation_of"] or {}).get("sha256") == item["source"], "other-source")
    return text
