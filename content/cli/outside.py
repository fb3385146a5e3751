"""A hub looked at from the outside, by HTTP alone: what any member could do, for all of it.

It verifies with the functions that members copy, and the log with the program that was written from
its specifications alone.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from clients import check_log, verify
from clients.check_log import NotThere, Unreadable
from content import clock
from content.cli.finding import Finding

#: Texts that a translation may follow, one after the other.
CHAIN_MAX = 5

Json = Any


@dataclass
class Outside:
    """One hub, and what was fetched of it: digests never change, so each is fetched once."""

    origin: str
    #: What the last look kept of the register; {} at first.
    seen: Json
    _fetched: dict[str, bytes] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        """Raises NotThere, Unreadable."""
        if path not in self._fetched:
            self._fetched[path] = check_log.fetch(f"{self.origin}{path}")
        return self._fetched[path]

    def told(self, path: str) -> Json:
        try:
            return json.loads(self.get(path))
        except ValueError:
            raise Unreadable(f"{path} is no JSON") from None

    def findings(self, pinned: str) -> Iterator[Finding]:
        """A line for each thing that was looked at; the first that fails ends what rests on it.

        Raises Unreadable, NotThere: then nothing is known.
        """
        first = self.get("/v1/trust/1")
        digest = sha256(first).hexdigest()
        if pinned and digest != pinned:
            yield Finding("trust", digest, f"It is not the file that was pinned, {pinned}.")
            return
        try:
            trust = verify.trust_file(first, list(self._later()), _now())
        except verify.Refused as error:
            yield Finding("trust", str(error), "Members do not follow these trust files.")
            return
        if trust["version"] < self.seen.get("trust", 0):
            yield Finding("trust", f"version {trust['version']}", "A later one was seen before.")
            return
        pin = "as pinned" if pinned else "not compared with a pin"
        yield Finding("trust", f"version {trust['version']}, first {digest}, {pin}")
        try:
            register, self.seen = verify.read_register(
                self.get("/v1/register").decode("ascii", "replace"), trust, _now(), self.seen
            )
        except verify.Refused as error:
            yield Finding("register", str(error), "Members refuse this register.")
            return
        listed = register["entries"]
        yield Finding("register", f"number {register['seq']}, {len(listed)} texts")
        yield from self._texts(register, trust)
        yield from self._served_besides(register)
        yield from self._log(register, trust)

    def _later(self) -> Iterator[Json]:
        number = 2
        while True:
            try:
                yield self.told(f"/v1/trust/{number}")
            except NotThere:
                return
            number += 1

    def _texts(self, register: Json, trust: Json) -> Iterator[Finding]:
        good = 0
        for entry in register["entries"]:
            if entry["state"] == "withdrawn":
                continue
            name = f"{entry['section']}/{entry['locale']}/{entry['version']}"
            try:
                self._verify(entry, register, trust)
                good += 1
            except verify.Refused as error:
                yield Finding(name, str(error), "Members refuse this text.")
            except (NotThere, Unreadable) as error:
                yield Finding(name, f"not served: {error}", "The register says it is in force.")
        yield Finding("texts", f"{good} verified")

    def _verify(self, entry: Json, register: Json, trust: Json) -> None:
        """As a member does; and what is served as the section is what was signed."""
        slug, locale = entry["section"], entry["locale"]
        body = self.get(f"/v1/content/{entry['sha256']}")
        text = verify.document(body, slug, locale, register, self._sign_offs(entry), trust)
        shown = self.told(f"/v1/sections/{quote(slug)}/{quote(locale)}")
        same = ("title", "summary", "blocks", "version")
        verify.need([shown.get(one) for one in same] == [text[one] for one in same], "served-other")

    def _served_besides(self, register: Json) -> Iterator[Finding]:
        """What the hub shows as in force is in its register, or it shows what it cannot sign."""
        signed = {
            (one["section"], one["locale"])
            for one in register["entries"]
            if one["state"] != "withdrawn"
        }
        for locale in self.told("/v1/locales"):
            for page in self._pages_in(locale["locale"]):
                for place in page:
                    if place not in signed:
                        told = "/".join(place)
                        yield Finding(told, "in no register", "It is served, and nothing signs it.")

    def _pages_in(self, locale: str) -> Iterator[list[tuple[str, str]]]:
        """Section and locale of all that is listed, a page of the list at a time."""
        path = f"/v1/sections?limit=200&locale={quote(locale)}"
        while path:
            asked = f"{self.origin}{path}"  # http or https: the command looked
            with urlopen(asked, timeout=check_log.TIMEOUT_SECONDS) as answer:  # noqa: S310
                told = json.loads(answer.read(check_log.ANSWER_BYTES_MAX))
                link = answer.headers["Link"] or ""
            yield [(one["section"], one["locale"]) for one in told["sections"]]
            path = link.partition("<")[2].partition(">")[0] if told["more"] else ""

    def _sign_offs(self, entry: Json) -> list[Json]:
        found, slug = [], entry["section"]
        sign_off, digest = entry["sign_off"], entry["sha256"]
        for _ in range(CHAIN_MAX):
            if sign_off is None:
                break
            found.append(self.told(f"/v1/sign-offs/{sign_off}"))
            above = self.told(f"/v1/content/{digest}")["translation_of"]
            if above is None:
                break
            digest = above["sha256"]
            sign_off = self._sign_off_of(slug, above)
        return found

    def _sign_off_of(self, slug: str, above: Json) -> str | None:
        path = f"/v1/sections/{quote(slug)}/{quote(above['locale'])}/versions"
        for one in self.told(path)["versions"]:
            if one["sha256"] == above["sha256"]:
                return str(one["sign_off"])
        return None

    def _log(self, register: Json, trust: Json) -> Iterator[Finding]:
        if trust["log"] is None:
            yield Finding("log", "the trust file names none")
            return
        read = check_log.reader(self.origin)
        try:
            key = check_log.read_key(trust["log"]["key"])
            told = read("checkpoint").decode("utf-8", "replace")
            new = check_log.read_checkpoint(told, key)
            lines = list(check_log.checks(read, None, new, []))
            tree = check_log.Tree(check_log.read_leaves(read, new.size))
            size = register["log"]["size"]
            if size > new.size or tree.root(0, size).hex() != register["log"]["root"]:
                raise check_log.Refused("the register names another log")
        except check_log.Refused as error:
            yield Finding("log", str(error), "Keep this checkpoint: it shows everybody.")
            return
        yield Finding("log", f"{new.size} rows; {'; '.join(lines)}")


def _now() -> str:
    return clock.stamp(clock.now())
