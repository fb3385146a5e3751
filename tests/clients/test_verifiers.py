"""The member's verifiers, each in its own language, against every case."""

import ast
import json
import re
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.verify import Refused, document, read_register, signed_off, trust_file
from tests.clients.cases import EXPIRES, NOW, Hub, cases, digest, read
from tests.structure.sources import ROOT

CLIENTS = ROOT / "clients"
CASES = CLIENTS / "conformance" / "cases.json"
#: Each verifier can be read in one sitting.
LINES_MAX = 80
RUNNERS = {"python": "run.py", "node": "run.mjs", "php": "run.php"}


@pytest.mark.parametrize(("program", "runner"), RUNNERS.items())
def test_every_verifier_passes_every_case(program: str, runner: str) -> None:
    found = sys.executable if program == "python" else shutil.which(program)
    if found is None:
        pytest.skip(f"there is no {program} here")
    run = subprocess.run(
        [found, str(CLIENTS / "conformance" / runner)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, f"{len(cases())} cases, 0 wrong\n"), run.stderr


@pytest.mark.snapshot
def test_the_cases_are_those_that_are_made(request: pytest.FixtureRequest) -> None:
    made = json.dumps({"cases": cases()}, indent=1) + "\n"
    if request.config.getoption("--rewrite-snapshots"):
        CASES.write_text(made, "utf-8")
    assert CASES.read_text("utf-8") == made
    assert len(cases()) >= 100


@pytest.mark.parametrize("name", ["verify.py", "verify.mjs", "verify.php"])
def test_a_verifier_is_short(name: str) -> None:
    """Blank lines, comments and lone brackets say nothing."""
    source = (CLIENTS / name).read_text("utf-8")
    if name.endswith(".py"):
        source = source.replace(str(ast.get_docstring(ast.parse(source), clean=False)), "")
    lines = [line.strip() for line in source.splitlines()]
    said = [line for line in lines if line and not re.fullmatch(r'(//|#).*|[{}()\[\];"]+', line)]
    assert len(said) <= LINES_MAX, len(said)


def verified(hub: Hub, locale: str = "fr") -> Any:
    case = hub.case("", "accepted", locale)
    trust = trust_file(read(case["pinned"]), case["later"], NOW)
    register, _ = read_register(case["register"], trust, NOW, {})
    body = read(case["document"])
    return document(body, "risks", locale, register, case["sign_offs"], trust)


def test_what_is_seen_is_kept() -> None:
    hub = Hub()
    trust = trust_file(hub.trust, [], NOW)
    register, seen = read_register(
        hub.case("", "")["register"], trust, NOW, {"versions": {"tests/de": 7}}
    )
    assert register["seq"] == 4821
    assert seen == {
        "trust": 1,
        "seq": 4821,
        "versions": {"tests/de": 7, "risks/en": 3, "risks/fr": 2, "risks/it": 2, "risks/fr-CH": 2},
    }
    assert verified(hub)["title"] == "Risques"


def test_a_chain_of_translations_has_an_end() -> None:
    """Texts that translate each other in a ring are refused, not followed for ever."""
    hub = Hub()
    trust = trust_file(hub.trust, [], NOW)
    trust["honours"] = ["x"]
    ring = []
    for name, source in (("a", "b"), ("b", "a")):
        item = {"sha256": name, "source": source, "locale": "fr"}
        told = json.dumps({"kind": "msif.sign-off/1", "role": "board", "items": [item]}).encode()
        ring.append({"statement": urlsafe_b64encode(told).decode(), "signatures": []})
        trust["honours"].append(digest(told))
    with pytest.raises(Refused, match="not-signed-off"):
        signed_off("a", [None] * 4, ring, trust)


def _digest(body: bytes) -> str:
    from hashlib import sha256

    return sha256(body).hexdigest()


def places(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where a leaf stands in some JSON."""
    if isinstance(told, dict):
        return [place for key, one in told.items() for place in places(one, (*path, key))]
    if isinstance(told, list):
        return [place for key, one in enumerate(told) for place in places(one, (*path, key))]
    return [path]


CASE = Hub().case("", "accepted", "fr")
#: Whether they are there says nothing about what was approved.
SILENT = {"rawId", "type", "clientExtensionResults", "name"}
LEAVES = [one for one in places(CASE["sign_offs"]) if one[-1] not in SILENT]
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 0, -1, "", "x", "AAAA", [], {}, [[]], True, 10**30, "é", "\0"]
)


def outcome(case: dict[str, Any]) -> bool:
    """Whatever else than Refused a verifier raises, the test fails of."""
    pinned, body = _decoded(case["pinned"]), _decoded(case["document"])
    if pinned is None or body is None:
        return False
    try:
        trust = trust_file(pinned, case["later"], case["now"])
        register, _ = read_register(case["register"], trust, case["now"], case["seen"])
        document(body, case["section"], case["locale"], register, case["sign_offs"], trust)
    except Refused:
        return False
    return True


@settings(max_examples=200)
@given(st.sampled_from(LEAVES), ODD)
def test_whatever_is_changed_in_a_sign_off_is_refused(place: tuple[Any, ...], odd: Any) -> None:
    case = deepcopy(CASE)
    inside = case["sign_offs"]
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = odd
    # The fourth of the board does not sign here, so each of the three is needed.
    assert not outcome(case)


@settings(max_examples=200)
@given(
    st.sampled_from(["pinned", "register", "document"]), st.integers(0, 10**6), st.integers(1, 7)
)
def test_a_bit_turned_is_refused(field: str, at: int, bit: int) -> None:
    case = deepcopy(CASE)
    raw = bytearray(case[field].encode())
    place = at % len(raw)
    raw[place] ^= 1 << (bit)
    case[field] = raw.decode("latin-1")
    changed = case[field] != CASE[field]
    if field == "pinned":
        # Another pinned file is another trust: what was signed under the first is not under it.
        changed = _decoded(case[field]) != _decoded(CASE[field])
    elif field != "register":
        changed = _decoded(case[field]) != _decoded(CASE[field])
    if changed and not _same_register(case["register"]):
        assert not outcome(case)


def _decoded(text: str) -> bytes | None:
    try:
        return read(text)
    except ValueError:
        return None


def _same_register(jws: str) -> bool:
    """Base64 has letters that say nothing at its ends; the signature covers the letters."""
    signed = str(CASE["register"])
    return jws != signed and jws.rpartition(".")[0] == signed.rpartition(".")[0]


def test_time_is_asked_for_in_all_three(tmp_path: Path) -> None:
    assert outcome(CASE)
    assert not outcome(CASE | {"now": EXPIRES})
