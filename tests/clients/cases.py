"""The cases of clients/conformance: one hub with its board and reviewers, and what can be wrong.

Keys are made from names and signatures without chance, so the same cases come out every time. They
are known to everybody: nobody may ever trust them.
"""

import json
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]

RP_ID, ORIGIN = "signoff.example.org", "https://signoff.example.org"
NOW, MADE, EXPIRES = "2026-11-26T12:00:00Z", "2026-11-20T09:00:00Z", "2027-11-20T09:00:00Z"
ISSUED, FRESH = "2026-11-26T11:30:00Z", "2026-11-29T11:30:00Z"
#: Person to the numbers of their keys.
PEOPLE = {
    "p-01": (1, 2),
    "p-02": (1,),
    "p-03": (1,),
    "p-04": (1,),
    "p-21": (1,),
    "p-31": (1,),
    "p-41": (1,),
    "p-99": (1,),
}
BOARD = ["p-01", "p-02", "p-03", "p-04"]
#: What each text rests on, itself included.
CHAINS = {"en": ["en"], "fr": ["en", "fr"], "it": ["en", "it"], "fr-CH": ["en", "fr", "fr-CH"]}
ROLES = {
    "board": {"people": BOARD, "threshold": 3},
    "language-reviewer:fr": {"people": ["p-21"], "threshold": 1},
    "language-reviewer:it": {"people": ["p-31"], "threshold": 1},
    "language-reviewer:fr-CH": {"people": ["p-41"], "threshold": 1},
}


def b64u(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def read(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def passkey(person: str, number: int = 1) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(
        int.from_bytes(sha256(f"{person}/{number}".encode()).digest()), ec.SECP256R1()
    )


def credential_id(person: str, number: int = 1) -> str:
    return b64u(sha256(f"credential {person}/{number}".encode()).digest()[:16])


def registrar(name: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())


def spki(key: Any) -> str:
    return b64encode(
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()


def trust(version: int = 1, previous: bytes | None = None, **changed: Any) -> Json:
    told: Json = {
        "kind": "msif.trust/1",
        "version": version,
        "previous": digest(previous) if previous else None,
        "rp_id": RP_ID,
        "origins": [ORIGIN],
        "people": {
            person: {
                "name": f"Fictitious {person}",
                "organisation": "Example Society",
                "keys": {
                    credential_id(person, one): {"alg": "ES256", "spki": spki(passkey(person, one))}
                    for one in numbers
                },
            }
            for person, numbers in PEOPLE.items()
        },
        "roles": deepcopy(ROLES),
        "registrars": {"r-2026a": {"alg": "Ed25519", "spki": spki(registrar("r-2026a"))}},
        "honours": [],
        "log": {"origin": "hub.example.org/log", "key": ""},
        "created": MADE,
        "expires": EXPIRES,
    }
    return told | changed


def signature(
    statement: bytes,
    person: str,
    number: int = 1,
    *,
    block: Json | None = None,
    client: Json | None = None,
    rp_id: str = RP_ID,
    flags: int = 0x05,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> Json:
    """One person's word. What is given in `block` and `client` stands instead of what is right."""
    said = rfc8785.dumps(
        {
            "kind": "msif.signature/1",
            "statement": digest(statement),
            "person": person,
            "name": f"Fictitious {person}",
            "meaning": "approval",
            "interests": "none declared",
            "at": MADE,
        }
        | (block or {})
    )
    asked = {
        "type": "webauthn.get",
        "challenge": b64u(sha256(said).digest()),
        "origin": ORIGIN,
        "crossOrigin": False,
    } | (client or {})
    client_data = json.dumps(asked, separators=(",", ":")).encode()
    data = sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)
    signed = (key or passkey(person, number)).sign(
        data + sha256(client_data).digest(), ec.ECDSA(SHA256(), deterministic_signing=True)
    )
    return {
        "block": b64u(said),
        "credential": {
            "id": credential_id(person, number),
            "rawId": credential_id(person, number),
            "type": "public-key",
            "response": {
                "clientDataJSON": b64u(client_data),
                "authenticatorData": b64u(data),
                "signature": b64u(signed),
            },
            "clientExtensionResults": {},
        },
    }


def text(locale: str, version: int, source: Json | None, **changed: Any) -> bytes:
    told: Json = {
        "kind": "msif.section/1",
        "section": "risks",
        "locale": locale,
        "version": version,
        "title": {"en": "Risks", "fr": "Risques", "fr-CH": "Risques", "it": "Rischi"}[locale],
        "summary": None,
        "blocks": [],
        "translation_of": source,
        "change": {"kind": "clinical", "summary": "é 1,4 % ‘x’"},
        "review_by": "2027-11-20",
    }
    return rfc8785.dumps(told | changed)


def item(body: bytes, source: str | None) -> Json:
    told = json.loads(body)
    return {
        "section": told["section"],
        "locale": told["locale"],
        "version": told["version"],
        "sha256": digest(body),
        "source": source,
        "review_by": "2027-11-20",
    }


def statement(trusted: bytes, role: str, items: list[Json], **changed: Any) -> bytes:
    told: Json = {
        "kind": "msif.sign-off/1",
        "id": "2026-0142",
        "role": role,
        "created": MADE,
        "trust": {"version": json.loads(trusted)["version"], "sha256": digest(trusted)},
        "items": items,
    }
    return rfc8785.dumps(told | changed)


def envelope(body: bytes, signatures: list[Json]) -> Json:
    return {"statement": b64u(body), "signatures": signatures}


def by(body: bytes, *people: str) -> list[Json]:
    return [signature(body, person) for person in people]


def jws(payload: Json, kid: str = "r-2026a", key: str = "", **header: Any) -> str:
    head = {"alg": "Ed25519", "kid": kid, "typ": "msif-register+jws"} | header
    signed = f"{b64u(rfc8785.dumps(head))}.{b64u(rfc8785.dumps(payload))}"
    return f"{signed}.{b64u(registrar(key or kid).sign(signed.encode()))}"


class Hub:
    """English by the board, French and Italian by their reviewers, Swiss French of French."""

    def __init__(self, **trusted: Any) -> None:
        self.trust = rfc8785.dumps(trust(**trusted))
        self.bodies: dict[str, bytes] = {"en": text("en", 3, None)}
        self.sign_offs: dict[str, Json] = {}
        self.states = dict.fromkeys(("en", "fr", "it", "fr-CH"), "current")
        self.sign("en", "board", "p-01", "p-02", "p-03")
        self.translate("fr", "en", "p-21")
        self.translate("it", "en", "p-31")
        self.translate("fr-CH", "fr", "p-41")

    def translate(self, locale: str, source: str, *people: str) -> None:
        base = json.loads(self.bodies[source])
        of = {"locale": source, "version": base["version"], "sha256": digest(self.bodies[source])}
        self.bodies[locale] = text(locale, 2, of)
        self.sign(locale, f"language-reviewer:{locale}", *people)

    def sign(self, locale: str, role: str, *people: str, **changed: Any) -> None:
        body = statement(self.trust, role, changed.pop("items", [self.item(locale)]), **changed)
        self.sign_offs[locale] = envelope(body, by(body, *people))

    def item(self, locale: str) -> Json:
        of = json.loads(self.bodies[locale])["translation_of"]
        return item(self.bodies[locale], of and of["sha256"])

    def statement(self, locale: str) -> bytes:
        return read(self.sign_offs[locale]["statement"])

    def entry(self, locale: str) -> Json:
        told = self.item(locale)
        base = {"fr": "en", "it": "en", "fr-CH": "fr"}.get(locale)
        source = base and {
            "sha256": digest(self.bodies[base]),
            "sign_off": digest(self.statement(base)),
        }
        return {
            "section": "risks",
            "locale": locale,
            "version": told["version"],
            "sha256": told["sha256"],
            "sign_off": digest(self.statement(locale)),
            "source": source,
            "state": self.states[locale],
            "notice": None,
        }

    def register(self, **changed: Any) -> Json:
        told: Json = {
            "kind": "msif.register/1",
            "trust": json.loads(self.trust)["version"],
            "seq": 4821,
            "scope": "all",
            "log": {"size": 4821, "root": "0" * 64},
            "issued": ISSUED,
            "expires": FRESH,
            "entries": [self.entry(locale) for locale in self.bodies],
        }
        return told | changed

    def case(self, name: str, expect: str, locale: str = "en", **changed: Any) -> Json:
        return {
            "name": name,
            "expect": expect,
            "now": NOW,
            "pinned": b64u(self.trust),
            "later": [],
            "seen": {},
            "register": jws(self.register()),
            "section": "risks",
            "locale": locale,
            "document": b64u(self.bodies[locale]),
            "sign_offs": [self.sign_offs[one] for one in CHAINS[locale]],
        } | changed


def cases() -> list[Json]:
    """Every case, the accepted ones first."""
    made = [
        *accepted(), *of_documents(), *of_named_sign_offs(), *of_scopes(), *of_signatures(),
        *of_keys(), *of_registers(), *of_trust_files(),
    ]  # fmt: skip
    assert len({one["name"] for one in made}) == len(made)
    return made


def accepted() -> Iterator[Json]:
    hub = Hub()
    yield hub.case("English, signed by three of the board", "accepted")
    yield hub.case("French, signed by its reviewer, its source by the board", "accepted", "fr")
    yield hub.case("Swiss French, a variant of a translation", "accepted", "fr-CH")
    for state in ("outdated", "review-due"):
        hub = Hub()
        hub.states["fr"] = state
        yield hub.case(f"a text that is {state} is shown, and its state told", "accepted", "fr")
    hub = Hub()
    only = hub.register(scope={"only": [["risks", "fr"]]}, entries=[hub.entry("fr")])
    yield hub.case("a register of one text", "accepted", "fr", register=jws(only))
    seen = {"trust": 1, "seq": 4821, "versions": {"risks/en": 3, "risks/de": 9}}
    yield hub.case("a register as new as the one seen last", "accepted", seen=seen)
    hub.sign("fr", "board", "p-02", "p-03", "p-04")
    yield hub.case("French, signed by the board instead of its reviewer", "accepted", "fr")
    hub = Hub()
    signatures = hub.sign_offs["en"]["signatures"]
    for broken in (
        {},
        {"block": "!", "credential": None},
        {"block": b64u(b"[]"), "credential": {}},
    ):
        signatures.insert(0, broken)
    yield hub.case("signatures that cannot be read count for nothing", "accepted")
    hub = Hub()
    body = hub.statement("en")
    extra = signature(body, "p-04", block={"meaning": "recusal"})
    hub.sign_offs["en"]["signatures"].append(extra)
    yield hub.case("one recused, three approved", "accepted")


def of_documents() -> Iterator[Json]:
    hub = Hub()
    body = hub.bodies["en"]
    changed = body.replace(b"Risks", b"Rispo")
    yield hub.case("a byte changed", "bytes-changed", document=b64u(changed))
    yield hub.case("white space added", "bytes-changed", document=b64u(body + b"\n"))
    yield hub.case("English served as French", "bytes-changed", "fr", document=b64u(body))
    swapped = [
        hub.entry("en"),
        hub.entry("fr") | {"locale": "it"},
        hub.entry("it") | {"locale": "fr"},
    ]
    yield hub.case(
        "locales swapped in the register", "other-place", "fr",
        register=jws(hub.register(entries=swapped)), document=b64u(hub.bodies["it"]),
        sign_offs=list(hub.sign_offs.values()),
    )  # fmt: skip
    yield hub.case(
        "not in the register", "not-in-force", register=jws(hub.register(entries=[hub.entry("fr")]))
    )
    yield hub.case(
        "twice in the register", "not-in-force",
        register=jws(hub.register(entries=[hub.entry("en"), hub.entry("en")])),
    )  # fmt: skip
    yield hub.case("a digest that nobody signed", "not-signed-off", sign_offs=[])
    hub = Hub()
    hub.states["en"] = "withdrawn"
    yield hub.case("withdrawn", "withdrawn")
    hub.states["en"] = "in-doubt"
    yield hub.case("a state that nobody knows", "withdrawn")
    hub = Hub()
    hub.bodies["en"] = text("en", 3, None, kind="msif.notice/1")
    hub.sign("en", "board", "p-01", "p-02", "p-03")
    yield hub.case("a document of another kind", "other-place")
    hub = Hub()
    yield hub.case(
        "an older version than the register says", "other-place",
        register=jws(hub.register(entries=[hub.entry("en") | {"version": 4}])),
    )  # fmt: skip
    hub = Hub()
    hub.bodies["fr"] = text("fr", 2, {"locale": "en", "version": 3, "sha256": "0" * 64})
    body = statement(
        hub.trust, "language-reviewer:fr", [item(hub.bodies["fr"], digest(hub.bodies["en"]))]
    )
    hub.sign_offs["fr"] = envelope(body, by(body, "p-21"))
    yield hub.case("a translation of another source than was signed", "other-source", "fr")


def of_named_sign_offs() -> Iterator[Json]:
    """The register names the sign-off of a text, and the source and its sign-off."""
    hub = Hub()
    en, fr, swiss = (hub.sign_offs[one] for one in ("en", "fr", "fr-CH"))
    body = statement(hub.trust, "board", [hub.item("en")], id="2026-0143")
    other = envelope(body, by(body, "p-01", "p-02", "p-03"))
    yield hub.case("another sign-off than is named", "not-signed-off", sign_offs=[other])
    yield hub.case("another sign-off before the one that is named", "accepted",
                   sign_offs=[other, en])  # fmt: skip
    yield hub.case("another sign-off of the source than is named", "not-signed-off", "fr",
                   sign_offs=[fr, other])  # fmt: skip
    yield hub.case("further up any sign-off will do", "accepted", "fr-CH",
                   sign_offs=[other, fr, swiss])  # fmt: skip

    def named(name: str, expect: str, locale: str, **changed: Any) -> Json:
        entry = hub.entry(locale) | changed
        return hub.case(name, expect, locale, register=jws(hub.register(entries=[entry])))

    source = {"sha256": digest(hub.bodies["en"]), "sign_off": digest(hub.statement("en"))}
    nobody = "0" * 64
    yield named("a sign-off that is not there is named", "not-signed-off", "en", sign_off=nobody)
    yield named("the sign-off of another text is named", "not-signed-off", "fr",
                sign_off=source["sign_off"])  # fmt: skip
    yield named("no source is named for a translation", "other-source", "fr", source=None)
    yield named("a source is named for a source text", "other-source", "en", source=source)
    yield named("another source is named than was signed", "other-source", "fr",
                source=source | {"sha256": nobody})  # fmt: skip
    yield named("the source's sign-off that is named is not there", "not-signed-off", "fr",
                source=source | {"sign_off": nobody})  # fmt: skip
    yield named("the source's sign-off that is named is of another text", "not-signed-off", "fr",
                source=source | {"sign_off": digest(hub.statement("fr"))})  # fmt: skip
    ring = Hub()
    ring.sign("fr", "board", "p-01", "p-02", "p-03",
              items=[ring.item("fr") | {"source": digest(ring.bodies["fr"])}])  # fmt: skip
    yield ring.case("a text that translates itself", "not-signed-off", "fr-CH")


def of_scopes() -> Iterator[Json]:
    hub = Hub()
    french = [hub.entry("fr")]
    for name, scope in (
        ("of one text", {"only": [["risks", "fr"]]}),
        ("of this very text", {"only": [["risks", "en"]]}),
        ("of what is new", {"since": 4700}),
        ("of a scope that nobody knows", "some"),
    ):
        register = jws(hub.register(scope=scope, entries=french))
        yield hub.case(f"not in a register {name}", "unknown-here", register=register)
    register = jws(hub.register(scope={"since": 4700}, entries=french))
    yield hub.case("in a register of what is new", "accepted", "fr", register=register)
    yield hub.case("a section that nobody knows", "not-in-force", section="Risks")


def of_keys() -> Iterator[Json]:
    """A key is of the algorithm that the trust file calls it, and a signature of its key."""

    def person(name: str, alg: str, key: Any, expect: str) -> Json:
        people = deepcopy(trust()["people"])
        people["p-03"]["keys"][credential_id("p-03")] = {"alg": alg, "spki": spki(key)}
        hub = Hub(people=people)
        third = signature(hub.statement("en"), "p-03")
        answer = third["credential"]["response"]
        data = read(answer["authenticatorData"]) + sha256(read(answer["clientDataJSON"])).digest()
        how = (ec.ECDSA(SHA256(), deterministic_signing=True),)
        edwards = isinstance(key, ed25519.Ed25519PrivateKey)
        answer["signature"] = b64u(key.sign(data) if edwards else key.sign(data, *how))
        hub.sign_offs["en"]["signatures"][2] = third
        return hub.case(name, expect)

    curves: tuple[ec.EllipticCurve, ...] = (ec.SECP384R1(), ec.SECP256K1(), ec.SECP521R1())
    for curve in curves:
        of_curve = ec.derive_private_key(5, curve)
        yield person(f"a key on {curve.name} called ES256", "ES256", of_curve, "quorum")
    yield person("an Ed25519 key called ES256", "ES256", registrar("p-03"), "quorum")
    yield person("a P-256 key called Ed25519", "Ed25519", passkey("p-03"), "quorum")
    yield person("a P-256 key called es256", "es256", passkey("p-03"), "quorum")
    yield person("an Ed25519 passkey", "Ed25519", registrar("p-03"), "accepted")
    registrars: list[tuple[str, str, Any]] = [
        ("a registrar's P-256 key called Ed25519", "Ed25519", passkey("r-2026a")),
        ("a registrar's P-384 key called ES256", "ES256", ec.derive_private_key(5, curves[0])),
        ("a registrar's algorithm that nobody knows", "none", registrar("r-2026a")),
    ]
    for name, alg, key in registrars:
        told = {"r-2026a": {"alg": alg, "spki": spki(key)}}
        yield Hub(registrars=told).case(name, "register-key")
    hub = Hub()
    head, payload, signed = jws(hub.register()).split(".")
    for name, given in (("without a signature", ""), ("with half a signature", signed[:43])):
        yield hub.case(f"a register {name}", "register-key", register=f"{head}.{payload}.{given}")


def of_signatures() -> Iterator[Json]:
    def signed(name: str, *signatures: Json, expect: str = "quorum") -> Json:
        hub = Hub()
        hub.sign_offs["en"] = envelope(hub.statement("en"), list(signatures))
        return hub.case(name, expect)

    body = Hub().statement("en")
    two = by(body, "p-01", "p-02")
    yield signed("one signature short", *two)
    yield signed("no signature at all")
    yield signed("one person twice, with the same key", *two, signature(body, "p-01"))
    yield signed("one person twice, with two keys", *two, signature(body, "p-01", 2))
    yield signed("an outsider", *two, signature(body, "p-99"))
    yield signed("a reviewer is not of the board", *two, signature(body, "p-21"))
    for meaning in ("rejection", "recusal"):
        yield signed(
            f"a {meaning} counted", *two, signature(body, "p-03", block={"meaning": meaning})
        )
    wrong: dict[str, Json] = {
        "the assertion of a login, for another rp_id": {"rp_id": "www.example.org"},
        "nobody was there": {"flags": 0x04},
        "nobody was verified": {"flags": 0x01},
        "neither there nor verified": {"flags": 0xFA},
        "an origin without encryption": {"client": {"origin": "http://signoff.example.org"}},
        "no origin": {"client": {"origin": None}},
        "an rp_id in capitals": {"rp_id": RP_ID.upper()},
        "an empty challenge": {"client": {"challenge": ""}},
        "no meaning": {"block": {"meaning": None}},
        "a foreign origin": {"client": {"origin": "https://signoff.example.org.evil.example"}},
        "inside a frame of another site": {"client": {"crossOrigin": True}},
        "a registration instead of a signature": {"client": {"type": "webauthn.create"}},
        "another challenge": {"client": {"challenge": b64u(bytes(32))}},
        "a signature for another statement": {"block": {"statement": "0" * 64}},
        "a block of another kind": {"block": {"kind": "msif.login/1"}},
        "a block in somebody else's name": {"block": {"person": "p-04"}},
        "a key that the trust file does not have": {"number": 7},
        "a forged signature": {"key": passkey("p-99")},
    }
    for name, how in wrong.items():
        yield signed(name, *two, signature(body, "p-03", **how))
    changed = signature(body, "p-03")
    changed["block"] = b64u(read(changed["block"]).replace(b"none declared", b"nothing to say"))
    yield signed("a block changed after it was signed", *two, changed)
    for field in ("clientDataJSON", "authenticatorData", "signature"):
        mixed = signature(body, "p-03")
        of = signature(body, "p-03", flags=0x0D, client={"crossOrigin": None})
        mixed["credential"]["response"][field] = of["credential"]["response"][field]
        yield signed(f"another assertion's {field}", *two, mixed)
    named = signature(body, "p-03")
    named["credential"]["id"] = credential_id("p-04")
    yield signed("somebody else's key is named", *two, named)
    right: dict[str, Json] = {
        "every flag": {"flags": 0xFF},
        "nothing about frames": {"client": {"crossOrigin": None}},
    }
    for name, how in right.items():
        yield signed(name, *two, signature(body, "p-03", **how), expect="accepted")
    people = {key: one for key, one in trust()["people"].items() if key != "p-03"}
    yield Hub(people=people).case("in the role, but not among the people", "quorum")
    people = deepcopy(trust()["people"])
    people["p-03"]["keys"] = {}
    yield Hub(people=people).case("a key that was taken away", "quorum")
    people = deepcopy(trust()["people"])
    people["p-03"]["keys"][credential_id("p-03")]["alg"] = "HS256"
    yield Hub(people=people).case("an algorithm that nobody knows", "quorum")
    roles = deepcopy(ROLES)
    roles["board"]["threshold"] = 0
    hub = Hub(roles=roles)
    hub.sign_offs["en"]["signatures"] = []
    yield hub.case("a threshold of nought still asks for one", "quorum")
    hub = Hub()
    hub.sign("en", "language-reviewer:en", "p-21")
    yield hub.case("a source text signed by another role than the board", "role")
    hub = Hub()
    hub.sign("fr", "language-reviewer:fr", "p-31")
    yield hub.case("a French translation signed by the Italian reviewer", "quorum", "fr")
    hub.sign("fr", "language-reviewer:it", "p-31")
    yield hub.case("a French translation signed in the Italian role", "role", "fr")
    hub = Hub()
    hub.sign("en", "board", "p-01", "p-02")
    yield hub.case("a translation whose source lacks the board", "quorum", "fr")
    yield hub.case("a variant whose source's source lacks the board", "quorum", "fr-CH")
    hub = Hub()
    yield hub.case(
        "a translation whose source's sign-off is missing", "not-signed-off", "fr",
        sign_offs=[hub.sign_offs["fr"]],
    )  # fmt: skip
    hub.sign("en", "board", "p-01", "p-02", "p-03", kind="msif.signature/1")
    yield hub.case("a statement of another kind", "role")
    hub.sign("en", "board", "p-01", "p-02", "p-03", trust={"version": 1, "sha256": "0" * 64})
    yield hub.case("a statement under another trust file", "other-trust")


def of_registers() -> Iterator[Json]:
    hub = Hub()
    told = hub.register()
    yield hub.case("expired", "register-expired", now=FRESH)
    older = {"trust": 1, "seq": 4822, "versions": {}}
    yield hub.case("older than the one seen last", "register-older", seen=older)
    later = {"trust": 1, "seq": 4000, "versions": {"risks/en": 4}}
    yield hub.case("an older version than was seen", "version-older", seen=later)
    yield hub.case("signed by somebody else", "register-key", register=jws(told, key="r-evil"))
    yield hub.case("a key that nobody knows", "register-key", register=jws(told, kid="r-2020"))
    yield hub.case("another type of message", "register-trust", register=jws(told, typ="JWT"))
    yield hub.case("another trust file's", "register-trust", register=jws(hub.register(trust=2)))
    yield hub.case(
        "a register of another kind", "register-trust",
        register=jws(hub.register(kind="msif.sign-off/1")),
    )  # fmt: skip
    head, payload, signed = jws(told).split(".")
    forged = b64u(read(payload).replace(b'"current"', b'"outdated"', 1))
    yield hub.case(
        "changed after it was signed", "register-key", register=f"{head}.{forged}.{signed}"
    )
    unsigned = b64u(rfc8785.dumps({"alg": "none", "kid": "r-2026a", "typ": "msif-register+jws"}))
    yield hub.case("alg none", "register-key", register=f"{unsigned}.{payload}.")
    yield hub.case("no message at all", "unreadable", register="")
    people_key = {"r-2026a": {"alg": "ES256", "spki": spki(registrar("r-2026a"))}}
    yield Hub(registrars=people_key).case("a key that is not of its algorithm", "register-key")
    for name, expect, changed in (
        ("lives for 72 hours", "accepted",
         {"issued": "2026-11-24T12:00:01Z", "expires": "2026-11-27T12:00:01Z"}),
        ("lives for a second more", "register-expires",
         {"issued": "2026-11-24T12:00:00Z", "expires": "2026-11-27T12:00:01Z"}),
        ("lives for a year", "register-expires", {"expires": EXPIRES}),
        ("is in its last second", "accepted", {"expires": "2026-11-26T12:00:01Z"}),
        ("expires in words", "unreadable", {"expires": "never"}),
        ("was issued in words", "unreadable", {"issued": "yesterday"}),
        ("has no entries", "unreadable", {"entries": None}),
    ):  # fmt: skip
        yield hub.case(f"a register that {name}", expect, register=jws(hub.register(**changed)))
    yield hub.case("a register of two parts", "unreadable",
                   register=f"{head}.{payload}")  # fmt: skip


def of_trust_files() -> Iterator[Json]:
    old = Hub()
    board = {"people": ["p-02", "p-03", "p-04", "p-99"], "threshold": 3}
    roles = deepcopy(ROLES) | {"board": board}

    def rotated(
        name: str, expect: str, signers: tuple[str, ...], signed: Json | None = None, **changed: Any
    ) -> Json:
        after = {"version": 2, "previous": old.trust, "roles": roles} | changed
        hub = Hub(**{key: one for key, one in after.items() if key != "wrong"})
        later = [envelope(hub.trust, signed["signatures"] if signed else by(hub.trust, *signers))]
        if "wrong" in after:
            hub.trust = rfc8785.dumps(json.loads(hub.trust) | after["wrong"])
            later = [envelope(hub.trust, by(hub.trust, *signers))]
        hub.sign("en", "board", "p-02", "p-03", "p-04")
        return hub.case(name, expect, pinned=b64u(old.trust), later=later)

    both = ("p-02", "p-03", "p-04")
    yield rotated("a new trust file, signed by the old board and the new", "accepted", both)
    seen = {"trust": 1, "seq": 9_999, "versions": {}}
    yield rotated("after a new trust file the old number is forgotten", "accepted", both) | {
        "seen": seen
    }
    yield rotated("rotation short of the old board", "quorum", ("p-02", "p-03", "p-99"))
    yield rotated("rotation short of the new board", "quorum", ("p-01", "p-02", "p-03"))
    yield rotated("a trust file left out", "order", both, version=3)
    yield rotated("not the one before it", "order", both, wrong={"previous": "0" * 64})
    yield rotated("another kind of file", "order", both, wrong={"kind": "msif.sign-off/1"})
    first = Hub()
    yield first.case("an expired trust file", "trust-expired", now=EXPIRES)
    yield Hub(version=2).case("a pinned file that is not the first", "trust-kind")
    yield first.case("a pinned file that is none", "unreadable", pinned=b64u(b"[{"))
    honoured = digest(old.statement("en"))
    for name, expect, honours in (
        ("an old statement that the new trust file honours", "accepted", [honoured]),
        ("an old statement that it does not honour", "other-trust", []),
    ):
        made = rotated(name, expect, both, honours=honours)
        made["sign_offs"] = [old.sign_offs["en"]]
        register = json.loads(read(made["register"].split(".")[1]))
        register["entries"][0]["sign_off"] = honoured
        yield made | {"register": jws(register)}
