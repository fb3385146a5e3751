"""Tells, without trusting the hub, whether a text was approved and is in force. See README.md.

    trust = trust_file(pinned, later, now)                 # bytes you pinned; JSON of /v1/trust/2, 3, ...
    register, seen = read_register(jws, trust, now, seen)  # keep `seen` for the next time; {} at first
    text = document(body, "risks", "fr", register, sign_offs, trust)  # JSON of /v1/sign-offs/..., a list

What is returned holds. Whatever is wrong, or cannot be read, raises Refused with a code.
"""

import json
from base64 import b64decode, urlsafe_b64decode
from contextlib import AbstractContextManager, ContextDecorator, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519


class Refused(Exception, AbstractContextManager[None], ContextDecorator):  # as @Refused(code) or `with`: any other error is this
    def __exit__(self, kind: object, error: object, trace: object) -> None: need(error is None or isinstance(error, Refused), str(self))


def need(holds: object, code: str) -> None:
    if not holds: raise Refused(code)


def b64u(text: str) -> bytes: return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def require_signed(key: Any, signature: bytes, data: bytes) -> None:  # the key says how, never the message
    public: Any = serialization.load_der_public_key(b64decode(key["spki"]))
    kind, how = ("Ed25519", []) if isinstance(public, ed25519.Ed25519PublicKey) else (public.curve.name, [ec.ECDSA(hashes.SHA256())])
    if (key["alg"], kind) not in (("ES256", "secp256r1"), ("Ed25519", "Ed25519")): raise ValueError("another kind of key")
    public.verify(signature, data, *how)


def said_by(one: Any, statement: bytes, trust: Any, people: list[str]) -> Any:
    answer, block = one["credential"]["response"], b64u(one["block"])
    client, data = b64u(answer["clientDataJSON"]), b64u(answer["authenticatorData"])
    said, asked = json.loads(block), json.loads(client)
    need([said["kind"], said["statement"], said["person"] in people] == ["msif.signature/1", sha256(statement).hexdigest(), True], "other")
    need(asked["type"] == "webauthn.get" and b64u(asked["challenge"]) == sha256(block).digest(), "challenge")
    need(asked["origin"] in trust["origins"] and asked.get("crossOrigin") is not True, "origin")
    need(data[:32] == sha256(trust["rp_id"].encode()).digest() and data[32] & 5 == 5, "user")  # there, verified
    key = trust["people"][said["person"]]["keys"][one["credential"]["id"]]
    require_signed(key, b64u(answer["signature"]), data + sha256(client).digest())
    return said


def require_quorum(statement: bytes, signatures: list[Any], trust: Any, role: str) -> None:
    said: list[Any] = []
    for one in signatures:
        # what cannot be read counts for nothing
        with suppress(Exception): said.append(said_by(one, statement, trust, trust["roles"][role]["people"]))
    # people are counted, not keys
    need(len({one["person"] for one in said if one["meaning"] == "approval"}) >= max(1, trust["roles"][role]["threshold"]), "quorum")


@Refused("unreadable")
def trust_file(pinned: bytes, later: list[Any], now: str) -> Any:
    body, trust = pinned, json.loads(pinned)
    need((trust["kind"], trust["version"]) == ("msif.trust/1", 1), "trust-kind")
    for envelope in later:
        old, digest, body, trust = trust, sha256(body).hexdigest(), b64u(envelope["statement"]), json.loads(b64u(envelope["statement"]))
        need((trust["kind"], trust["version"], trust["previous"]) == ("msif.trust/1", old["version"] + 1, digest), "order")
        for board in (old, trust): require_quorum(body, envelope["signatures"], board, "board")
    need(datetime.fromisoformat(now) < datetime.fromisoformat(trust["expires"]), "trust-expired")
    return {**trust, "sha256": sha256(body).hexdigest()}


@Refused("unreadable")
def read_register(jws: str, trust: Any, now: str, seen: Any) -> tuple[Any, Any]:
    head, payload, signature = jws.split(".")
    header, told, sent = json.loads(b64u(head)), json.loads(b64u(payload)), b64u(signature)
    with Refused("register-key"): require_signed(trust["registrars"][header["kid"]], sent, f"{head}.{payload}".encode())
    need([header["typ"], told["kind"], told["trust"]] == ["msif-register+jws", "msif.register/1", trust["version"]], "register-trust")
    need(datetime.fromisoformat(now) < datetime.fromisoformat(told["expires"]), "register-expired")
    need(datetime.fromisoformat(told["expires"]) - datetime.fromisoformat(told["issued"]) <= timedelta(hours=72), "register-expires")
    need(seen.get("trust") != trust["version"] or told["seq"] >= seen["seq"], "register-older")
    old, there = seen.get("versions", {}), {f"{e['section']}/{e['locale']}": e["version"] for e in told["entries"]}
    need(all(version >= old.get(place, 0) for place, version in there.items()), "version-older")
    return told, {"trust": trust["version"], "seq": told["seq"], "versions": {**old, **there}}


def signed_off(digest: str, named: list[Any], sign_offs: list[Any], trust: Any) -> Any:
    # `named`: which sign-off has to be the one for this text, for its source and so on; None: any
    listed = [one for one in sign_offs if named and named[0] in (None, sha256(b64u(one["statement"])).hexdigest())]
    found = [(one, item) for one in listed for item in json.loads(b64u(one["statement"]))["items"] if item["sha256"] == digest]
    need(found, "not-signed-off")
    (one, item), told = found[0], json.loads(b64u(found[0][0]["statement"]))
    role = f"language-reviewer:{item['locale']}" if item["source"] else "board"
    need(told["kind"] == "msif.sign-off/1" and told["role"] in ("board", role), "role")
    if sha256(b64u(one["statement"])).hexdigest() not in trust["honours"]:
        need(told["trust"] == {"version": trust["version"], "sha256": trust["sha256"]}, "other-trust")
        require_quorum(b64u(one["statement"]), one["signatures"], trust, told["role"])
    if item["source"]: signed_off(item["source"], named[1:], sign_offs, trust)
    return item


@Refused("unreadable")
def document(body: bytes, section: str, locale: str, register: Any, sign_offs: list[Any], trust: Any) -> Any:
    here = [one for one in register["entries"] if (one["section"], one["locale"]) == (section, locale)]
    need(len(here) == 1, "not-in-force" if register["scope"] == "all" else "unknown-here")
    entry, source = here[0], here[0]["source"] or {"sha256": None, "sign_off": None}
    need(entry["state"] in ("current", "outdated", "review-due"), "withdrawn")
    need(sha256(body).hexdigest() == entry["sha256"], "bytes-changed")
    item, text = signed_off(entry["sha256"], [entry["sign_off"], source["sign_off"], None, None], sign_offs, trust), json.loads(body)
    for one in (text, item): need([one["section"], one["locale"], one["version"]] == [section, locale, entry["version"]], "other-place")
    need(text["kind"] == "msif.section/1", "other-place")
    need((text["translation_of"] or {}).get("sha256") == item["source"] == source["sha256"], "other-source")
    return text
