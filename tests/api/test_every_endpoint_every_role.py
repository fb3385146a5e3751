"""Every endpoint, asked by everybody: who is let in, who is turned away, and how.

The table below lists every route and method of the application; a new one fails the build until
it stands there.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
import time_machine
from httpx2 import Response

from content import database
from content.database import writing
from content.people.role import ALLOWED, Permission, Role
from content.review import discussion, remark, wording
from content.sign_off import rotation
from content.syndication import delivery, member, member_key, recall, showing, webhook
from content.syndication.member import Particulars
from content.syndication.member_key import Scope
from content.syndication.showing import Entry
from content.syndication.webhook import Wanted
from content.translation.exchange.tbx import write_tbx
from content.translation.exchange.term import Term
from content.translation.exchange.tmx import Pair, write_tmx
from tests.api.conftest import serving
from tests.api.hubs import (
    NONE_DECLARED,
    Hub,
    contents,
    entry,
    refused,
    signed,
    version_path,
)
from tests.reader import TODAY
from tests.world import page

#: Who asks, by role; a role of a language comes once for the text's own and once for another.
PEOPLE = {
    "author": "author-2",
    "translator:fr": "translator-fr",
    "translator:it": "translator-it",
    "translator:fr-CH": "translator-fr-ch",
    "reviser:fr": "reviser-fr",
    "reviser:it": "reviser-it",
    "medical-reviewer": "medical-1",
    "language-reviewer:fr": "language-2-fr",
    "language-reviewer:it": "language-2-it",
    "lay-reviewer": "lay",
    "board": "board-4",
    "editor": "editor-2",
    "duty-officer": "duty-2",
    "administrator": "administrator",
}
EVERYONE = frozenset(PEOPLE)
NO_LANGUAGE = frozenset(role for role in PEOPLE if ":" not in role) - {"administrator"}
ITALIAN = frozenset(role for role in PEOPLE if role.endswith(":it"))
FRENCH = frozenset(role for role in PEOPLE if role.endswith(":fr"))
READ_LEDGER = frozenset({"board", "editor", "duty-officer", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
MANAGE_MEMBERS = frozenset({"editor", "administrator"})
#: A society that test_members.py would know, and what is said of it.
MEMBER = {
    "name": "Example MS",
    "country": "CH",
    "contact": "web@ms.example",
    "site": "https://ms.example",
    "locales": ["fr"],
}
MEMBERS = "/v1/members"
#: Who sees what members show, and follows a recall.
FOLLOW = frozenset({"board", "editor", "duty-officer"})
HOOK = {"url": "https://hooks.ms.example/in"}
#: Below the webhooks of a member: method, path, body, and what somebody who is let in gets.
WEBHOOKS: tuple[tuple[str, str, Any, int], ...] = (
    ("GET", "", None, 200),
    ("POST", "", HOOK, 201),
    ("GET", "/{webhook_id}", None, 200),
    ("PUT", "/{webhook_id}", HOOK, 200),
    ("DELETE", "/{webhook_id}", None, 204),
    ("POST", "/{webhook_id}/secrets", None, 201),
    ("POST", "/{webhook_id}/pings", None, 202),
    ("POST", "/{webhook_id}/replays", {"after": 0, "to": 1}, 202),
    ("GET", "/{webhook_id}/deliveries", None, 200),
    ("GET", "/{webhook_id}/deliveries/{seq}", None, 200),
)

Ask = Callable[[Hub], tuple[str, Any]]


@dataclass(frozen=True)
class Row:
    """One request to one endpoint, and who gets in. Frozen.

    `who` is None where no token is asked for. `scope` is the permission that a token has to have;
    empty where any will do.
    """

    method: str
    route: str
    ask: Ask
    who: frozenset[str] | None = None
    scope: str = ""
    case: str = ""
    #: What somebody who is let in gets, if the request is as good as this one.
    status: int = 200
    #: Versions whose tag is sent along.
    guards: tuple[Any, ...] = ()
    #: Whether the tag of what is at the address is.
    guarded: bool = False
    #: Whether a key that is no good is refused, though none is needed.
    looks_at_keys: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.route, self.case)))


def at(path: str, body: Any = None) -> Ask:
    return lambda _: (path, body)


def review(kind: str) -> dict[str, Any]:
    return {"kind": kind, "verdict": "approve", "interests": NONE_DECLARED}


def of_statement(role: str, ending: str = "", body: Any = None) -> Ask:
    """The statement of this role that is open."""

    def ask(hub: Hub) -> tuple[str, Any]:
        listed = hub.read("/v1/editing/statements?state=open", by="editor")["statements"]
        digest = next(one["sha256"] for one in listed if one["role"] == role)
        return f"/v1/editing/statements/{digest}{ending}", body

    return ask


def to_be_signed(path: str, by: str) -> dict[str, Any]:
    """What somebody's page sends, to the address of a statement's signatures."""
    return signed(by, path.split("/")[-2])


def document_of(section: str, locale: str) -> Ask:
    """The document of the newest version."""
    return lambda hub: (
        f"/v1/editing/documents/{hub.world.version(section, locale).document}",
        None,
    )


def of_proposal(ending: str = "", body: Any = None) -> Ask:
    """The trust file that waits for signatures."""

    def ask(hub: Hub) -> tuple[str, Any]:
        with hub.world.reading() as session:
            waiting = rotation.proposal(session)
        assert waiting is not None
        return f"/v1/editing/trust/{waiting.sha256}{ending}", body

    return ask


def told_by(name: str) -> Ask:
    """What the answer of a section links to."""
    return lambda hub: (hub.read("/v1/sections/benefits/en")["urls"][name], None)


def uploaded(ending: str = "") -> Ask:
    """The first upload in Italian, whose drafts nobody touched since."""

    def ask(hub: Hub) -> tuple[str, Any]:
        path = "/v1/uploads?page=treatment&locale=it"
        return hub.read(path, by="editor")["uploads"][-1]["url"] + ending, None

    return ask


def suggested(ending: str) -> Ask:
    def ask(hub: Hub) -> tuple[str, Any]:
        path = "/v1/suggestions?page=treatment&locale=it"
        (one,) = hub.read(path, by="editor")["suggestions"]
        return f"/v1/suggestions/{one['suggestion']}{ending}", None

    return ask


def recalled(ending: str = "", body: Any = None) -> Ask:
    """The one recall there is, of a text that `ms` shows."""

    def ask(hub: Hub) -> tuple[str, Any]:
        (one,) = hub.read("/v1/recalls", by="editor")["recalls"]
        return f"{one['url']}{ending}", body

    return ask


def hooked(ending: str, body: Any = None, of: str = "ms") -> Ask:
    """The one webhook there is, whose one delivery is a ping."""

    def ask(hub: Hub) -> tuple[str, Any]:
        told = ending.format(webhook_id=hub.tokens["ms", "webhook"], seq=-1)
        return f"{MEMBERS}/{of}/webhooks{told}", body

    return ask


def warned() -> Ask:
    """A warning in Italian that nobody has acknowledged."""

    def ask(hub: Hub) -> tuple[str, Any]:
        path = f"{version_path('risks', 'it')}/findings"
        one = hub.read(path, by="editor")["findings"][0]
        return f"{path}/{one['unit']}/{one['code']}/acknowledgement", REASON

    return ask


def led() -> Ask:
    """The one link of a text, in Italian."""

    def ask(hub: Hub) -> tuple[str, Any]:
        path = "/v1/editing/sections/benefits/it/links"
        (one,) = hub.read(path, by="editor")["links"]
        target = "https://example.org/registro"
        return path, {"unit": one["unit"], "source": one["source"], "target": target}

    return ask


def said(ending: str, body: Any = None) -> Ask:
    """The one thread in French; it is open."""

    def ask(hub: Hub) -> tuple[str, Any]:
        (one,) = hub.read(f"{SAID}?state=all", by="editor")["threads"]
        return f"{SAID}/{one['thread']}{ending}", body

    return ask


def to_say() -> Ask:
    """Something about the first unit of a text in French."""

    def ask(hub: Hub) -> tuple[str, Any]:
        units = hub.read(version_path("benefits", "fr"), by="editor")["units"]
        return SAID, {"unit": units[0]["unit"], "text": "Is this what we call it?"}

    return ask


SAID = "/v1/editing/sections/benefits/fr/remarks"
VERSION = "/v1/editing/sections/{slug}/{locale}/{number}"
SECTION = "/v1/editing/sections/{slug}"
OVERLAY = "/v1/editing/overlays/{slug}/{locale}"
STATEMENTS = "/v1/editing/statements"
CATALOGUE = "/v1/catalogues/{page}/{locale}"
XLIFF = (
    b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="it">'
    b'<file id="f"><unit id="u"><segment><source>Nothing</source></segment></unit></file></xliff>'
)
#: A catalogue with nothing in it but its header.
NAMELESS = b'msgid ""\nmsgstr "Language: it\\n"\n'
PERSON = "/v1/editing/people/{person_id}"
REASON = {"reason": "Because."}
WITHDRAWN = {"reason": "error", "text": "It was wrong."}
TERMS = b"source,preferred\nMS,SEP\n"
CONCEPTS = write_tbx([Term("MS", ("SEP",))], "fr", "en")
PAIRS = write_tmx([Pair("Risks", "Risques", "en", "fr")], "fr")
WRITERS = frozenset({"author", "editor"})


def on(section: str, locale: str, ending: str, body: Any = None) -> dict[str, Any]:
    """The request for a version, with its tag."""
    return {
        "ask": at(f"{version_path(section, locale)}{ending}", body),
        "guards": (section, locale, 1),
    }


TABLE = [
    # What members read
    Row("GET", "/openapi.json", at("/openapi.json")),
    Row("GET", "/reference", at("/reference")),
    Row("GET", "/reference/{name}", at("/reference/reference.css")),
    Row("GET", "/", at("/")),
    Row("GET", "/.well-known/api-catalog", at("/.well-known/api-catalog")),
    Row("GET", "/.well-known/security.txt", at("/.well-known/security.txt"), status=404),
    Row("GET", "/v1", at("/v1"), looks_at_keys=True),
    Row("GET", "/v1/webhook-key", at("/v1/webhook-key"), status=404, looks_at_keys=True),
    Row("GET", "/v1/locales", at("/v1/locales"), looks_at_keys=True),
    Row("GET", "/problems/{code}", at("/problems/withdrawn")),
    Row("GET", "/v1/sections", at("/v1/sections"), looks_at_keys=True),
    Row("GET", "/v1/sections/{slug}", at("/v1/sections/benefits"), looks_at_keys=True),
    Row("GET", "/v1/sections/{slug}/{locale}", at("/v1/sections/benefits/en"), looks_at_keys=True),
    Row("GET", "/v1/sections/{slug}/{locale}/versions", told_by("history"), looks_at_keys=True),
    Row("GET", "/v1/search", at("/v1/search?q=risks"), looks_at_keys=True),
    Row(
        "GET",
        "/v1/sections/{slug}/{locale}/versions/{number}",
        at("/v1/sections/benefits/en/versions/1"),
        looks_at_keys=True,
    ),
    Row(
        "GET",
        "/v1/sections/{slug}/{locale}.{form}",
        at("/v1/sections/benefits/en.html"),
        looks_at_keys=True,
    ),
    Row(
        "GET",
        "/v1/pages/{slug}/{locale}.{form}",
        at("/v1/pages/treatment/en.md"),
        looks_at_keys=True,
    ),
    Row("GET", "/v1/pages/{slug}/{locale}", at("/v1/pages/treatment/en"), looks_at_keys=True),
    Row("GET", "/v1/changes", at("/v1/changes"), looks_at_keys=True),
    # A stream that begins goes on for ten minutes.
    Row(
        "GET",
        "/v1/changes/stream",
        at("/v1/changes/stream?after=99"),
        status=422,
        looks_at_keys=True,
    ),
    Row("GET", "/v1/content/{sha256}", told_by("content"), looks_at_keys=True),
    Row("GET", "/v1/sign-offs/{sha256}", told_by("sign_off"), looks_at_keys=True),
    Row("GET", "/v1/trust", at("/v1/trust"), looks_at_keys=True),
    Row("GET", "/v1/trust/{version}", at("/v1/trust/1"), looks_at_keys=True),
    Row("GET", "/v1/register", at("/v1/register"), status=503, looks_at_keys=True),
    Row(
        "GET", "/v1/figures/{sha256}", at(f"/v1/figures/{'0' * 64}"), status=404, looks_at_keys=True
    ),
    Row("GET", "/clients/{name}", at("/clients/embed.js")),
    Row("GET", "/log/checkpoint", at("/log/checkpoint"), status=404, looks_at_keys=True),
    Row("GET", "/log/tile/{level}/{index}", at("/log/tile/0/000.p/9"), looks_at_keys=True),
    Row("GET", "/log/tile/entries/{index}", at("/log/tile/entries/000.p/9"), looks_at_keys=True),
    Row("GET", "/proof/{slug}/{locale}", at("/proof/benefits/en")),
    Row("GET", "/proof/{name}", at("/proof/verify.mjs")),
    Row("GET", "/healthz", at("/healthz")),
    Row("GET", "/readyz", at("/readyz")),
    Row("GET", "/metrics", at("/metrics")),
    # Whoever has an invitation link
    Row("GET", "/signing/register", at("/signing/register")),
    Row("GET", "/signing/statements/{sha256}", at(f"/signing/statements/{'0' * 64}")),
    Row("GET", "/signing/trust/{sha256}", at(f"/signing/trust/{'0' * 64}")),
    Row("GET", "/signing/words.json", at("/signing/words.json")),
    Row("GET", "/signing/{name}", at("/signing/register.js")),
    Row(
        "POST",
        "/v1/passkeys/options",
        at("/v1/passkeys/options", {"invitation": "made-up"}),
        status=404,
    ),
    Row(
        "POST",
        "/v1/passkeys",
        at("/v1/passkeys", {"invitation": "made-up", "label": "phone", "credential": {}}),
        status=404,
    ),
    # What everybody may see of themselves
    Row("GET", "/v1/editing/waiting", at("/v1/editing/waiting"), EVERYONE),
    Row("GET", "/v1/editing/people/me", at("/v1/editing/people/me"), EVERYONE),
    # Drafts
    Row(
        "GET",
        "/v1/editing/versions",
        at("/v1/editing/versions"),
        NO_LANGUAGE,
        Permission.READ_DRAFTS,
        "of every language",
    ),
    Row(
        "GET",
        "/v1/editing/versions",
        at("/v1/editing/versions?locale=fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
        "French",
    ),
    Row(
        "GET",
        VERSION,
        at(version_path("drafted")),
        EVERYONE - ADMINISTRATOR,
        Permission.READ_DRAFTS,
        "English",
    ),
    Row(
        "GET",
        VERSION,
        at(version_path("benefits", "fr")),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
        "French",
    ),
    Row(
        "GET",
        f"{VERSION}/diff",
        at(f"{version_path('treatment', 'fr')}/diff"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "POST",
        "/v1/editing/imports",
        at("/v1/editing/imports", {"markdown": page("# New {#new}\n\nNew.\n").decode()}),
        WRITERS,
        Permission.WRITE_SOURCE,
    ),
    Row(
        "POST",
        "/v1/editing/drafts",
        at("/v1/editing/drafts", entry("benefits")),
        WRITERS,
        Permission.WRITE_SOURCE,
        status=201,
    ),
    Row(
        "PUT",
        f"{VERSION}/submission",
        **on("drafted", "en", "/submission"),
        who=WRITERS,
        scope=Permission.SUBMIT_SOURCE,
        case="English",
    ),
    Row(
        "PUT",
        f"{VERSION}/submission",
        **on("benefits", "it", "/submission"),
        who=frozenset({"editor", "translator:it"}),
        scope=Permission.SUBMIT_TRANSLATION,
        case="Italian",
    ),
    Row(
        "PUT",
        f"{VERSION}/abandonment",
        **on("drafted", "en", "/abandonment", REASON),
        who=WRITERS,
        scope=Permission.ABANDON_SOURCE,
        case="English",
    ),
    Row(
        "PUT",
        f"{VERSION}/abandonment",
        **on("risks", "fr", "/abandonment", REASON),
        who=frozenset({"editor", "translator:fr"}),
        scope=Permission.ABANDON_TRANSLATION,
        case="French",
    ),
    Row(
        "PUT",
        f"{VERSION}/effective-time",
        **on("drafted", "en", "/effective-time", {"at": None}),
        who=frozenset({"editor"}),
        scope=Permission.SCHEDULE,
    ),
    Row(
        "PUT",
        f"{VERSION}/objection",
        **on("approved", "en", "/objection", REASON),
        who=frozenset({"board"}),
        scope=Permission.OBJECT,
    ),
    # Reviews
    *(
        Row(
            "POST",
            f"{VERSION}/reviews",
            **on(section, locale, "/reviews", review(kind)),
            who=frozenset({who}),
            scope=scope,
            case=kind,
            status=201,
        )
        for kind, section, locale, who, scope in (
            ("medical", "reviewed", "en", "medical-reviewer", Permission.REVIEW_MEDICAL),
            ("lay", "reviewed", "en", "lay-reviewer", Permission.REVIEW_LAY),
            ("revision", "risks", "fr", "reviser:fr", Permission.REVISE),
            ("language", "risks", "fr", "language-reviewer:fr", Permission.REVIEW_LANGUAGE),
        )
    ),
    # Statements
    Row("GET", STATEMENTS, at(STATEMENTS), NO_LANGUAGE | EVERYONE - ADMINISTRATOR, "read-drafts"),
    Row(
        "GET",
        f"{STATEMENTS}/{{sha256}}",
        of_statement("board"),
        NO_LANGUAGE,
        Permission.READ_DRAFTS,
        "of the board",
    ),
    Row(
        "GET",
        f"{STATEMENTS}/{{sha256}}",
        of_statement("language-reviewer:fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
        "French",
    ),
    Row(
        "POST",
        STATEMENTS,
        at(STATEMENTS, {"versions": [entry("ready")]}),
        frozenset({"editor"}),
        Permission.OPEN_STATEMENT,
        status=201,
    ),
    Row(
        "POST",
        f"{STATEMENTS}/{{sha256}}/signatures",
        of_statement("board", "/signatures", to_be_signed),
        frozenset({"board"}),
        Permission.SIGN_BOARD,
        "of the board",
        status=201,
    ),
    Row(
        "POST",
        f"{STATEMENTS}/{{sha256}}/signatures",
        of_statement("language-reviewer:fr", "/signatures", to_be_signed),
        frozenset({"language-reviewer:fr"}),
        Permission.SIGN_LANGUAGE,
        "French",
        status=201,
    ),
    Row(
        "GET",
        "/v1/editing/documents/{sha256}",
        document_of("benefits", "en"),
        EVERYONE - ADMINISTRATOR,
        Permission.READ_DRAFTS,
        "English",
    ),
    Row(
        "GET",
        "/v1/editing/documents/{sha256}",
        document_of("benefits", "fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
        "French",
    ),
    Row(
        "GET",
        "/v1/editing/trust/{sha256}",
        of_proposal(),
        frozenset({"board"}),
        Permission.SIGN_BOARD,
    ),
    Row(
        "POST",
        "/v1/editing/trust/{sha256}/signatures",
        of_proposal("/signatures", to_be_signed),
        frozenset({"board"}),
        Permission.SIGN_BOARD,
        status=201,
    ),
    # Catalogues
    Row(
        "GET",
        f"{CATALOGUE}.po",
        at("/v1/catalogues/treatment/fr.po"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "GET",
        f"{CATALOGUE}.pot",
        at("/v1/catalogues/treatment/fr.pot"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "GET",
        f"{CATALOGUE}.xlf",
        at("/v1/catalogues/treatment/fr.xlf"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "PUT",
        f"{CATALOGUE}.xlf",
        at("/v1/catalogues/treatment/it.xlf", XLIFF),
        frozenset({"translator:it"}),
        Permission.TRANSLATE,
    ),
    Row(
        "PUT",
        f"{CATALOGUE}.po",
        at("/v1/catalogues/treatment/it.po", NAMELESS),
        frozenset({"translator:it"}),
        Permission.TRANSLATE,
    ),
    Row(
        "GET",
        "/v1/uploads",
        at("/v1/uploads?page=treatment&locale=fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    *(
        Row(
            "GET",
            f"/v1/uploads/{{sha256}}{ending}",
            uploaded(ending),
            NO_LANGUAGE | ITALIAN,
            Permission.READ_DRAFTS,
        )
        for ending in ("", "/file")
    ),
    Row(
        "DELETE",
        "/v1/uploads/{sha256}",
        uploaded(),
        frozenset({"translator:it"}),
        Permission.TRANSLATE,
    ),
    Row(
        "GET",
        "/v1/suggestions",
        at("/v1/suggestions?page=treatment&locale=fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    *(
        Row(
            "PUT",
            f"/v1/suggestions/{{key}}/{what}",
            suggested(f"/{what}"),
            frozenset({"translator:it"}),
            Permission.TRANSLATE,
        )
        for what in ("acceptance", "dismissal")
    ),
    Row(
        "GET",
        "/v1/coverage",
        at("/v1/coverage?locale=fr"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "GET",
        f"{VERSION}/findings",
        at(f"{version_path('risks', 'fr')}/findings"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "PUT",
        f"{VERSION}/findings/{{unit}}/{{code}}/acknowledgement",
        warned(),
        frozenset({"language-reviewer:it"}),
        Permission.REVIEW_LANGUAGE,
        guards=("risks", "it", 1),
    ),
    Row(
        "GET",
        f"{SECTION}/{{locale}}/links",
        at("/v1/editing/sections/benefits/fr/links"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "PUT",
        f"{SECTION}/{{locale}}/links",
        led(),
        frozenset({"translator:it"}),
        Permission.TRANSLATE,
    ),
    # Discussions
    Row(
        "GET",
        f"{SECTION}/{{locale}}/remarks",
        at(f"{SAID}?state=all"),
        NO_LANGUAGE | FRENCH,
        Permission.READ_DRAFTS,
    ),
    Row(
        "POST",
        f"{SECTION}/{{locale}}/remarks",
        to_say(),
        NO_LANGUAGE | FRENCH,
        Permission.DISCUSS,
        status=201,
    ),
    Row(
        "POST",
        f"{SECTION}/{{locale}}/remarks/{{thread}}/answers",
        said("/answers", {"text": "Yes, in our glossary."}),
        NO_LANGUAGE | FRENCH,
        Permission.DISCUSS,
        status=201,
    ),
    *(
        Row(
            method,
            f"{SECTION}/{{locale}}/remarks/{{thread}}/resolution",
            said("/resolution"),
            NO_LANGUAGE | FRENCH,
            Permission.DISCUSS,
        )
        for method in ("PUT", "DELETE")
    ),
    # Regional variants
    Row(
        "GET",
        OVERLAY,
        at("/v1/editing/overlays/treatment/fr-CH"),
        NO_LANGUAGE | {"translator:fr-CH"},
        Permission.READ_DRAFTS,
    ),
    Row(
        "PUT",
        f"{OVERLAY}/acceptance",
        at("/v1/editing/overlays/treatment/fr-CH/acceptance"),
        frozenset({"translator:fr-CH"}),
        Permission.TRANSLATE,
    ),
    # Withdrawals
    Row(
        "PUT",
        f"{SECTION}/withdrawal",
        at("/v1/editing/sections/benefits/withdrawal", WITHDRAWN),
        frozenset({"board", "duty-officer"}),
        Permission.WITHDRAW,
    ),
    Row(
        "PUT",
        f"{SECTION}/{{locale}}/withdrawal",
        at("/v1/editing/sections/treatment/fr/withdrawal", WITHDRAWN),
        frozenset({"board", "duty-officer"}),
        Permission.WITHDRAW,
    ),
    Row(
        "PUT",
        f"{SECTION}/{{locale}}/withdrawal/confirmation",
        at("/v1/editing/sections/gone/en/withdrawal/confirmation"),
        frozenset({"board", "duty-officer"}),
        Permission.WITHDRAW,
    ),
    # Members
    Row("GET", MEMBERS, at(MEMBERS), MANAGE_MEMBERS, Permission.MANAGE_MEMBERS),
    Row(
        "POST",
        MEMBERS,
        at(MEMBERS, MEMBER | {"id": "new"}),
        MANAGE_MEMBERS,
        Permission.MANAGE_MEMBERS,
        status=201,
    ),
    *(
        Row(
            method,
            f"{MEMBERS}/{{member_id}}{route}",
            at(f"{MEMBERS}/ms{path}", body),
            MANAGE_MEMBERS,
            Permission.MANAGE_MEMBERS,
            status=status,
            guarded=(method, path) == ("PUT", ""),
        )
        for method, route, path, body, status in (
            ("GET", "", "", None, 200),
            ("PUT", "", "", MEMBER | {"name": "Other"}, 200),
            ("PUT", "/closure", "/closure", None, 200),
            ("GET", "/keys", "/keys", None, 200),
            ("POST", "/keys", "/keys", {"name": "new", "scope": ["read"]}, 201),
            ("DELETE", "/keys/{name}", "/keys/all", None, 200),
        )
    ),
    Row(
        "GET",
        "/v1/showing",
        at("/v1/showing?section=benefits"),
        FOLLOW,
        Permission.READ_SHOWING,
    ),
    Row("GET", "/v1/recalls", at("/v1/recalls"), FOLLOW, Permission.READ_SHOWING),
    Row("GET", "/v1/recalls/{seq}", recalled(), FOLLOW, Permission.READ_SHOWING),
    Row(
        "PUT",
        "/v1/recalls/{seq}/members/{member_id}/closure",
        recalled("/members/ms/closure", REASON),
        FOLLOW,
        Permission.FOLLOW_RECALLS,
    ),
    *(
        Row(
            method,
            f"{MEMBERS}/{{member_id}}/webhooks{ending}",
            hooked(ending, body),
            MANAGE_MEMBERS,
            Permission.MANAGE_MEMBERS,
            status=status,
            guarded=method == "PUT",
        )
        for method, ending, body, status in WEBHOOKS
    ),
    # Accounts
    Row(
        "GET",
        "/v1/editing/people",
        at("/v1/editing/people"),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
    ),
    Row(
        "POST",
        "/v1/editing/people",
        at("/v1/editing/people", {"name": "New", "organisation": "MSIF"}),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
        status=201,
    ),
    Row(
        "PUT",
        f"{PERSON}/grants/{{role}}",
        at("/v1/editing/people/lay/grants/reviser:fr"),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
    ),
    Row(
        "DELETE",
        f"{PERSON}/grants/{{role}}",
        at("/v1/editing/people/lay/grants/lay-reviewer"),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
    ),
    Row(
        "GET",
        f"{PERSON}/tokens",
        at("/v1/editing/people/author/tokens"),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
    ),
    Row(
        "POST",
        f"{PERSON}/tokens",
        at("/v1/editing/people/lay/tokens", {"label": "new", "days": 1}),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
        status=201,
    ),
    Row(
        "DELETE",
        "/v1/editing/people/tokens/{token_id}",
        at("/v1/editing/people/tokens/1"),
        ADMINISTRATOR,
        Permission.MANAGE_PEOPLE,
    ),
    # Terms, and what was said before
    *(
        Row(
            "GET",
            f"/v1/{what}/{{locale}}{ending}",
            at(f"/v1/{what}/fr{ending}{query}"),
            NO_LANGUAGE | FRENCH,
            Permission.READ_DRAFTS,
        )
        for what, ending, query in (
            ("glossary", "", ""),
            ("glossary", ".csv", ""),
            ("glossary", ".tbx", ""),
            ("memory", "", "?q=Risks"),
            ("memory", ".tmx", ""),
        )
    ),
    *(
        Row(
            "PUT",
            f"/v1/{what}/{{locale}}{ending}",
            at(f"/v1/{what}/fr{ending}", body),
            FRENCH | {"editor"},
            Permission.EDIT_GLOSSARY,
        )
        for what, ending, body in (
            ("glossary", ".csv", TERMS),
            ("glossary", ".tbx", CONCEPTS),
            ("memory", ".tmx", PAIRS),
        )
    ),
    Row(
        "GET",
        "/v1/editing/ledger",
        at("/v1/editing/ledger"),
        READ_LEDGER,
        Permission.READ_LEDGER,
    ),
]
WITH_TOKEN = [row for row in TABLE if row.who is not None]
#: What members' sites ask for with a key, and the scope that it has to have.
WITH_KEY: dict[tuple[str, str], tuple[str, Any]] = {
    ("GET", f"{MEMBERS}/me"): ("", None),
    ("GET", f"{MEMBERS}/me/showing"): ("showing", None),
    ("PUT", f"{MEMBERS}/me/showing"): ("showing", []),
}


@pytest.fixture(scope="module")
def shared_hub(busy_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """Work for everybody, one text that is ready to be put to signature, and everyone's tokens."""
    path = tmp_path_factory.mktemp("ready") / "hub.db"
    shutil.copyfile(busy_file, path)
    with serving(database.connect(f"sqlite:///{path}")) as hub:
        with time_machine.travel(TODAY, tick=False):
            hub.world.staff("fr-CH")
            hub.world.propose_trust()
            enter_members(hub)
            begin_a_thread(hub)
            hub.world.write(page("# Ready {#ready}\n\nReady.\n"))
            hub.world.submit("ready")
            hub.world.review_all("ready")
            for person in ("author", *PEOPLE.values(), "editor"):  # the author's is number 1
                hub.token(person)
            for row in WITH_TOKEN:
                for scope in scopes_for(row):
                    hub.token(PEOPLE[first_of(row)], scope)
                for role in row.who or ():
                    hub.token(PEOPLE[role], row.scope)
                    hub.token(PEOPLE[role], f"read-drafts {row.scope}".strip())
            for role in sorted({first_of(row) for row in WITH_TOKEN}):
                revoke_one_of(hub, PEOPLE[role])
        copy(path, path.with_suffix(".kept"))
        yield hub


@pytest.fixture
def ready_hub(shared_hub: Hub) -> Iterator[Hub]:
    """The same application for all, on the same database as before each test."""
    kept = dict(shared_hub.tokens)
    yield shared_hub
    restore(shared_hub)
    shared_hub.tokens = kept


def restore(hub: Hub) -> None:
    path = Path(str(hub.world.engine.url.database))
    copy(path.with_suffix(".kept"), path)
    hub.app.state.hub.table.entries.clear()


def copy(source: Path, path: Path) -> None:
    """As SQLite does it: the server looks at its database meanwhile, as servers do."""
    with (
        closing(pysqlite3.dbapi2.connect(source)) as one,
        closing(pysqlite3.dbapi2.connect(path)) as other,
    ):
        other.execute("PRAGMA busy_timeout = 20000")
        one.backup(other)


#: Keys of the member `ms`, by what each is good for; `sm` has one for everything.
KEYS = ("all", "read", "showing", "webhooks")


def enter_members(hub: Hub) -> None:
    with writing(hub.world.engine) as session:
        for one in ("ms", "sm", "gone"):
            told = Particulars(**MEMBER)  # type: ignore[arg-type]
            member.add(session, one, told, by="operator")
            for name in KEYS:
                scopes = list(Scope) if name == "all" else [name]
                made = member_key.make(session, one, name, scopes, by="operator")
                hub.tokens[one, name] = made
        for name in ("revoked", "expired"):
            hub.tokens["ms", name] = member_key.make(
                session, "ms", name, list(Scope), by="operator", days=1
            )
        row, _ = webhook.add(session, "ms", Wanted(**HOOK), targets="public", by="operator")
        hub.tokens["ms", "webhook"] = row.id
        delivery.ping(session, row)
        member_key.revoke(session, "ms", "revoked", by="operator")
        member.close(session, "gone", by="operator")
        recall.open_due(session)
        showing.report(session, "ms", [Entry("gone", "en", "https://ms.example/", 1)])
        recall.heard(session, "ms")


def begin_a_thread(hub: Hub) -> None:
    with hub.world.acting("lay") as (session, actor):
        version = discussion.text(session, actor, "benefits", "fr")
        unit = next(iter(wording.units(session, version)))
        remark.make(session, actor, version, unit, "Would readers know this word?")


def revoke_one_of(hub: Hub, by: str) -> None:
    """A token that somebody had."""
    hub.tokens[by, "revoked"] = hub.world.token(by)
    listed = hub.read(f"/v1/editing/people/{by}/tokens", by="administrator")["tokens"]
    path = f"/v1/editing/people/tokens/{listed[-1]['id']}"
    assert hub.ask("DELETE", path, by="administrator").status_code == 200


def first_of(row: Row) -> str:
    return sorted(row.who or ())[0]


def scopes_for(row: Row) -> tuple[str, ...]:
    """Scopes with which nobody gets in."""
    if not row.scope:
        return ()
    return ("read-ledger" if row.scope != Permission.READ_LEDGER else "read-drafts",)


@dataclass
class Request:
    """The request of a row, with the tags as they are: anybody can send it until it is granted."""

    hub: Hub
    row: Row

    def __post_init__(self) -> None:
        self.path, self.body = self.row.ask(self.hub)
        self.if_match = self.hub.etag(*self.row.guards) if self.row.guards else ""
        if self.row.guarded:
            self.if_match = self.hub.get(self.path, by="editor").headers["etag"]

    def send(self, *, by: str | None = None, scope: str = "", secret: str = "") -> Response:
        headers = {"Authorization": f"Bearer {secret}"} if secret else None
        return self.hub.ask(
            self.row.method,
            self.path,
            self.body_by(by or "author"),
            by=by,
            scope=scope,
            if_match=self.if_match,
            headers=headers,
        )

    def body_by(self, person: str) -> Any:
        """Of a signature, what is sent depends on who sends it."""
        return self.body(self.path, person) if callable(self.body) else self.body


def send(hub: Hub, row: Row, **more: Any) -> Response:
    return Request(hub, row).send(**more)


def test_the_table_lists_every_route_and_method(ready_hub: Hub) -> None:
    schema = ready_hub.read("/openapi.json")
    known = {
        (method.upper(), path)
        for path, operations in schema["paths"].items()
        for method in operations
    }
    hidden = {
        (method, route.path)  # type: ignore[attr-defined]
        for route in ready_hub.app.routes
        for method in getattr(route, "methods", None) or ()
    }
    listed = {(row.method, row.route) for row in TABLE} | set(WITH_KEY)
    listed |= {(method, f"{MEMBERS}/me/webhooks{ending}") for method, ending, *_ in WEBHOOKS}
    assert listed == known | (hidden - {("HEAD", "/openapi.json")})


def test_no_route_hides_from_the_schema(ready_hub: Hub) -> None:
    for included in ready_hub.app.routes:
        router = getattr(included, "original_router", None)
        for route in router.routes if router else ():
            assert route.include_in_schema, route.path


def test_the_table_asks_as_every_role() -> None:
    assert {who.partition(":")[0] for who in PEOPLE} == {role.value for role in Role}
    scopes = {row.scope for row in TABLE if row.scope}
    assert scopes == {one.value for one in Permission}


@pytest.mark.parametrize("row", [row for row in TABLE if row.who is None], ids=str)
def test_what_members_read_is_open_to_everybody(ready_hub: Hub, row: Row) -> None:
    assert send(ready_hub, row).status_code == row.status
    assert send(ready_hub, row, by="administrator").status_code == row.status
    wrong = send(ready_hub, row, secret="garbage")
    if row.looks_at_keys:
        refused(wrong, 401, "key-unknown")
    else:
        assert wrong.status_code == row.status
    for scope in KEYS:
        with_key = send(ready_hub, row, secret=ready_hub.tokens["ms", scope])
        assert with_key.status_code == row.status


@pytest.mark.parametrize("row", WITH_TOKEN, ids=str)
def test_who_is_not_allowed_changes_nothing(ready_hub: Hub, row: Row) -> None:
    assert row.who is not None
    before = contents(ready_hub.world.engine)
    request = Request(ready_hub, row)
    for role, person in PEOPLE.items():
        if role not in row.who:
            refused(request.send(by=person), 403, "role-missing")
    for narrow in scopes_for(row):
        answer = request.send(by=PEOPLE[first_of(row)], scope=narrow)
        refused(answer, 403, "scope-missing")
    assert contents(ready_hub.world.engine) == before


@pytest.mark.parametrize("row", WITH_TOKEN, ids=str)
def test_without_a_token_that_holds_nothing_is_told_and_nothing_changed(
    ready_hub: Hub, row: Row, traveller: time_machine.Traveller
) -> None:
    assert row.who is not None
    by = PEOPLE[first_of(row)]
    revoked = ready_hub.tokens[by, "revoked"]
    before = contents(ready_hub.world.engine)
    request = Request(ready_hub, row)
    missing = refused(request.send(), 401, "token-missing")
    assert set(missing) == {"type", "title", "status", "code", "detail"}
    for secret in ("garbage", "msif_", f"{revoked}x", revoked):
        answer = request.send(secret=secret)
        refused(answer, 401, "token-unknown")
        assert answer.headers["www-authenticate"] == "Bearer"
    path, body = request.path, request.body_by(by)
    basic = {"Authorization": "Basic YWRtaW46YWRtaW4="}
    refused(ready_hub.ask(row.method, path, body, headers=basic), 401, "token-missing")
    secret = ready_hub.token(by)
    traveller.shift(timedelta(days=1))
    expired = {"Authorization": f"Bearer {secret}"}
    refused(ready_hub.ask(row.method, path, body, headers=expired), 401, "token-expired")
    assert contents(ready_hub.world.engine) == before


@pytest.mark.parametrize(
    ("row", "role"),
    [(row, role) for row in WITH_TOKEN for role in sorted(row.who or ())],
    ids=lambda value: str(value),
)
def test_who_is_allowed_gets_in(ready_hub: Hub, row: Row, role: str) -> None:
    # To change a version is to read it as well.
    reads_too = bool(row.guards) or row.route == "/v1/editing/drafts"
    reads_too |= row.scope == Permission.DISCUSS
    scope = row.scope
    if reads_too and scope != Permission.READ_DRAFTS:
        refused(send(ready_hub, row, by=PEOPLE[role], scope=scope), 403, "scope-missing")
        scope = f"read-drafts {scope}"
    answer = send(ready_hub, row, by=PEOPLE[role], scope=scope)
    assert answer.status_code == row.status, answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("asked", WITH_KEY, ids=" ".join)
def test_what_a_members_site_asks_for_takes_a_good_key_of_that_scope_alone(
    ready_hub: Hub, asked: tuple[str, str], traveller: time_machine.Traveller
) -> None:
    method, path = asked
    scope, body = WITH_KEY[asked]
    before = contents(ready_hub.world.engine)

    def ask(secret: str) -> Response:
        return ready_hub.ask(method, path, body, headers={"Authorization": f"Bearer {secret}"})

    refused(ready_hub.ask(method, path, body), 401, "key-missing")
    for person in PEOPLE.values():
        refused(ask(ready_hub.token(person)), 401, "key-unknown")
    refused(ask("garbage"), 401, "key-unknown")
    refused(ask(ready_hub.tokens["ms", "revoked"]), 401, "key-revoked")
    refused(ask(ready_hub.tokens["gone", "all"]), 401, "key-revoked")
    for other in KEYS[1:]:
        if scope and other != scope:
            refused(ask(ready_hub.tokens["ms", other]), 403, "scope-missing")
    assert contents(ready_hub.world.engine) == before
    for good in ("all", scope or "webhooks"):
        answer = ask(ready_hub.tokens["ms", good])
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    traveller.shift(timedelta(days=1))
    refused(ask(ready_hub.tokens["ms", "expired"]), 401, "key-expired")


@pytest.mark.parametrize("hook", WEBHOOKS, ids=lambda hook: f"{hook[0]} {hook[1]}")
def test_a_members_webhooks_are_for_a_good_key_of_that_member_alone(
    ready_hub: Hub, hook: tuple[str, str, Any, int]
) -> None:
    method, ending, body, status = hook
    path, body = hooked(ending, body, "me")(ready_hub)
    mine = ready_hub.tokens["ms", "webhooks"]
    if_match = ""
    if method == "PUT":
        found = ready_hub.ask("GET", path, headers={"Authorization": f"Bearer {mine}"})
        if_match = found.headers["etag"]
    before = contents(ready_hub.world.engine)

    def ask(secret: str) -> Response:
        headers = {"Authorization": f"Bearer {secret}"}
        return ready_hub.ask(method, path, body, headers=headers, if_match=if_match)

    refused(ready_hub.ask(method, path, body), 401, "key-missing")
    for person in PEOPLE.values():
        refused(ask(ready_hub.token(person)), 401, "key-unknown")
    refused(ask(ready_hub.tokens["ms", "revoked"]), 401, "key-revoked")
    refused(ask(ready_hub.tokens["gone", "all"]), 401, "key-revoked")
    for narrow in ("read", "showing"):
        refused(ask(ready_hub.tokens["ms", narrow]), 403, "scope-missing")
    if ending:
        refused(ask(ready_hub.tokens["sm", "all"]), 404, "webhook-not-found")
    assert contents(ready_hub.world.engine) == before
    answer = ask(mine)
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_an_administrator_can_approve_nothing() -> None:
    approving = {
        *(Permission.REVIEW_MEDICAL, Permission.REVIEW_LAY, Permission.REVISE),
        *(Permission.REVIEW_LANGUAGE, Permission.SIGN_BOARD, Permission.SIGN_LANGUAGE),
        *(Permission.OPEN_STATEMENT, Permission.SCHEDULE),
    }
    assert not ALLOWED[Role.ADMINISTRATOR] & approving
    for row in TABLE:
        if row.scope in {one.value for one in approving}:
            assert row.who is not None
            assert "administrator" not in row.who, row


def test_a_role_that_is_taken_back_no_longer_holds(ready_hub: Hub) -> None:
    secret = ready_hub.token("editor-2")
    assert ready_hub.get("/v1/editing/versions", by="editor-2").status_code == 200
    taken = ready_hub.ask("DELETE", "/v1/editing/people/editor-2/grants/editor", by="administrator")
    assert taken.json()["roles"] == []
    headers = {"Authorization": f"Bearer {secret}"}
    answer = ready_hub.ask("GET", "/v1/editing/versions", headers=headers)
    refused(answer, 403, "role-missing")


def test_a_client_of_one_language_sees_its_statements_alone(ready_hub: Hub) -> None:
    def roles(by: str) -> set[str]:
        return {one["role"] for one in ready_hub.read(STATEMENTS, by=by)["statements"]}

    assert roles("board-4") == {"board", "language-reviewer:fr"}
    assert roles("language-2-fr") == {"language-reviewer:fr"}
    assert roles("language-2-it") == set()
