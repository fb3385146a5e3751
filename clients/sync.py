"""Keeps a folder of verified texts up to date. Run it every few minutes, by cron or a timer.

    python sync.py https://hub.example.org FOLDER trust-1.json fr it

Writes FOLDER/fr/SECTION.json for each text that is in force in a language, and removes it when it
is withdrawn. Nothing comes into the folder that `verify.py`, beside this file, does not accept by
the trust file that you pinned. What a run that was cut off left undone, the next one does. It ends
with 1 where something did not hold or could not be fetched, says what on stderr, and leaves the
file that was there. `confirmed` in FOLDER/state.json is the hour for which the hub last said what
is in force: do not show texts when it is more than a day ago.
"""

import json
import os
import sys
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import verify  # type: ignore[import-not-found]  # beside this file, wherever that is

SECONDS_MAX, BYTES_MAX = 30, 20_000_000  # of one answer


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=SECONDS_MAX) as answer:
        body: bytes = answer.read(BYTES_MAX)
        return body


def ask(url: str) -> Any:
    return json.loads(get(url))


def kept(path: Path, otherwise: Any) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return otherwise


def write(path: Path, told: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".new").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    os.replace(path.with_suffix(".new"), path)


def trust_now(hub: str, pinned: bytes, later: list[Any], now: str) -> Any:
    newest = ask(f"{hub}/v1/trust")
    told = json.loads(verify.b64u(newest["statement"])) if "statement" in newest else newest
    later += [ask(f"{hub}/v1/trust/{n}") for n in range(len(later) + 2, told["version"] + 1)]
    return verify.trust_file(pinned, later, now)


def sign_offs(hub: str, entry: Any) -> list[Any]:
    """Of the text, of what it translates, and so on; whether they are right is for verify.py."""
    found, sha256, name = [], entry["sha256"], entry["sign_off"]
    while True:
        found.append(ask(f"{hub}/v1/sign-offs/{name}"))
        items = json.loads(verify.b64u(found[-1]["statement"]))["items"]
        source = next((one["source"] for one in items if one["sha256"] == sha256), None)
        if not source or len(found) == 4:
            return found
        name = entry["source"]["sign_off"]
        if len(found) > 1:
            above = ask(f"{hub}/v1/content/{sha256}")["translation_of"]["locale"]
            listed = ask(f"{hub}/v1/sections/{entry['section']}/{above}/versions")["versions"]
            name = next(one["sign_off"] for one in listed if one["sha256"] == source)
        sha256 = source


def renew(hub: str, path: Path, entry: Any, register: Any, trust: Any) -> bool:
    """Whether the file is right; verified anew when the text, or who may sign, has changed."""
    try:
        have = kept(path, {})
        text = {"sha256": entry["sha256"], "sign_off": entry["sign_off"], "trust": trust["sha256"]}
        if not text.items() <= have.items():
            body = get(f"{hub}/v1/content/{entry['sha256']}")
            place = entry["section"], entry["locale"]
            text |= verify.document(body, *place, register, sign_offs(hub, entry), trust)
        if (text := have | text | {"status": entry["state"]}) != have:
            write(path, text)
            print(f"{path} version {entry['version']} {entry['state']}")
    except Exception as error:
        print(f"{path} is left: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    return True


def main(hub: str, folder: str, pinned: str, *locales: str) -> int:
    file, now = Path(folder, "state.json"), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    state = kept(file, {"trust": [], "seen": {}})
    trust = trust_now(hub, Path(pinned).read_bytes(), state["trust"], now)
    jws = get(f"{hub}/v1/register").decode()
    register, state["seen"] = verify.read_register(jws, trust, now, state["seen"])
    verify.need(register["scope"] == "all", "unknown-here")  # or the rest would seem withdrawn
    write(file, state)
    shown = [one for one in register["entries"] if one["locale"] in locales]
    shown = [one for one in shown if one["state"] in ("current", "outdated", "review-due")]
    paths = {Path(folder, one["locale"], one["section"] + ".json"): one for one in shown}
    for locale in locales:
        for path in set(Path(folder, locale).glob("*.json")) - paths.keys():
            path.unlink()  # what is withdrawn goes first, whatever becomes of the rest
            print(f"{path} removed")
    told = [renew(hub, path, entry, register, trust) for path, entry in paths.items()]
    write(file, state | {"confirmed": register["issued"]})
    return 0 if all(told) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except Exception as error:
        sys.exit(f"Nothing is changed: {type(error).__name__}: {error}")
