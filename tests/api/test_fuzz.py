"""Requests drawn from the description, to every operation and by everybody.

Nothing breaks; no answer is one that is not described (the client of a hub sees to it, see
promised.py); and nobody is told what is not theirs.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient, Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from api.newest import Newest
from api.published import Published
from content.people.person import Person
from content.people.role import Permission
from content.records.figure import Figure
from content.records.version import Version
from content.sign_off.statement import Statement
from content.sign_off.trust_file import TrustFile
from content.syndication.webhook import Webhook
from content.translation.upload import Upload
from tests.api import leaks
from tests.api.drawn import Drawn, Operation, Places, operations, requests
from tests.api.hubs import PROBLEM, Hub
from tests.api.leaks import Asker
from tests.api.promised import require_promised
from tests.api.test_every_endpoint_every_role import PEOPLE, TABLE, copy, restore
from tests.api.test_every_endpoint_every_role import shared_hub as shared_hub

ASKERS = [Asker(name) for name in ("", leaks.MINE, leaks.OTHERS, *PEOPLE)]
#: What is asked for first: a source text and a translation that are drafts, what another member
#: said. Whoever may not read them is not told of them.
FIRST = (
    {"slug": "drafted", "section": "drafted", "locale": "en", "member_id": "other"},
    {"slug": "benefits", "section": "benefits", "locale": "it", "member_id": "other"},
)
SECTIONS = ["benefits", "risks", "drafted", "reviewed", "signing", "gone", "ready"]
PAGES = ["treatment", "states", "ready"]
LOCALES = ["en", "fr", "it", "fr-CH"]
#: Those who ask where nobody looks at who does, though at whether a key or a token is good.
ANYBODY = [Asker(name) for name in ("", leaks.MINE, leaks.OTHERS, "translator:it", "editor")]
#: Those who are told of no Italian text before it is in force.
NOT_FOR_ITALIAN = [one for one in ASKERS if not one.may(Permission.READ_DRAFTS, "it")]
#: Requests of each operation, each sent by everybody. The first is what the description shows.
FEW, MANY = 1, 10
#: Requests of any operation, by anybody, on each database.
AT_RANDOM = 60
#: Names of parameters and fields to what stands there in every hub of these tests.
KNOWN: dict[str, list[str]] = {
    "slug": [*SECTIONS, *PAGES],
    "section": [*SECTIONS, *PAGES],
    "replacement": SECTIONS,
    "notice": SECTIONS,
    "page": PAGES,
    "pages": PAGES,
    "locale": LOCALES,
    "locales": LOCALES,
    "fallback": LOCALES,
    "number": ["1", "2"],
    "version": ["1", "2"],
    "member_id": ["ms", "other", "gone"],
    "member": ["ms", "other", "gone"],
    "name": ["all", "read", "embed.js", "verify.mjs", "proof.css", "signing.css"],
    "role": [*PEOPLE],
    "against": ["in-force", "source", "1"],
    "seq": ["-1", "1", "6"],
    "url": ["https://hooks.ms.example/in", "https://ms.example/"],
    "interests": ["none declared"],
    "scope": ["read", "showing", "read-drafts"],
}
#: What may be answered to a request that is refused before anybody is asked who they are.
BEFORE_THE_DOOR = {400, 404, 405, 413, 422}


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what never comes."""
    monkeypatch.setattr("api.delivery.stream.STREAM_SECONDS_MAX", 0)
    monkeypatch.setattr(Newest, "beyond", over_at_once)


async def over_at_once(_newest: Newest, _seq: int, _seconds: float) -> bool:
    return False


@pytest.fixture
def asked_hub(shared_hub: Hub) -> Iterator[Hub]:
    """Work for everybody, everyone's tokens, and a member with data of its own; on SQLite."""
    path = Path(str(shared_hub.world.engine.url.database))
    if (leaks.OTHER, "all") not in shared_hub.tokens:
        leaks.enter_other(shared_hub)
        copy(path, path.with_suffix(".kept"))
    yield shared_hub
    restore(shared_hub)


@pytest.mark.parametrize(
    "many", [FEW, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])]
)
def test_nobody_breaks_any_operation_or_is_told_what_is_not_theirs(
    asked_hub: Hub, many: int
) -> None:
    description = asked_hub.read("/openapi.json")
    places = there(asked_hub)
    asked = set()
    for operation in operations(description):
        drafts, translations = (put_first(places, first) for first in FIRST)
        askers = ASKERS if is_for_some(operation) else ANYBODY
        ask_everybody(asked_hub, operation, drafts, many, askers)
        if is_for_some(operation) and operation.method == "GET":
            ask_everybody(asked_hub, operation, translations, many, NOT_FOR_ITALIAN)
        restore(asked_hub)
        asked.add((operation.method, operation.path))
    assert {(row.method, row.route) for row in TABLE} - asked == {("GET", "/openapi.json")}
    assert asked_hub.read("/readyz")["checks"]["database"] == "ok"


def test_nobody_breaks_a_hub_at_random(hub: Hub) -> None:
    """On both databases: what the one takes, the other may not."""
    description = hub.read("/openapi.json")
    by_roles = [asker for asker in ASKERS if asker.name in ("", "editor", "administrator")]
    for asker in by_roles:
        secret_of(hub, asker)
    listed = list(operations(description))
    drawn = st.sampled_from(listed).flatmap(
        lambda one: requests(one, KNOWN).map(lambda it: (one, it))
    )

    @given(drawn, st.sampled_from(by_roles))
    @settings(max_examples=AT_RANDOM, suppress_health_check=list(HealthCheck), database=None)
    def tried(found: tuple[Operation, Drawn], asker: Asker) -> None:
        require_sound(send(hub, found[1], asker), *found, asker)

    tried()
    assert hub.get("/v1").status_code == 200
    assert hub.get("/readyz").status_code == 200


def is_for_some(operation: Operation) -> bool:
    return operation.is_for_people or operation.is_for_members


def put_first(places: Places, first: dict[str, str]) -> Places:
    """The same places, so that the first request of an operation asks for these."""
    found = dict(places)
    for name, value in first.items():
        found[name] = [value, *(one for one in places[name] if one != value)]
    return found


def ask_everybody(
    hub: Hub, operation: Operation, places: Places, many: int, askers: Sequence[Asker]
) -> None:
    """So many requests of one operation, each by all of these."""
    with hub.world.reading() as session:
        secrets, digests = leaks.secrets(session), leaks.key_digests(session)

    @given(requests(operation, places))
    @settings(
        max_examples=many,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    def tried(drawn: Drawn) -> None:
        for asker, answer in answers(hub, drawn, askers):
            require_sound(answer, operation, drawn, asker)
            require_silence(answer, drawn, asker, secrets, digests)

    tried()


def answers(hub: Hub, drawn: Drawn, askers: Sequence[Asker]) -> Iterator[tuple[Asker, Response]]:
    """What each is answered, one after the other."""
    if drawn.guarded:  # each with the tag that whoever asked before has left
        yield from ((asker, send(hub, drawn, asker)) for asker in askers)
        return
    assert isinstance(hub.app, Published)
    assert hub.client.portal is not None
    headers = [headers_of(hub, drawn, asker) for asker in askers]
    for asker, answer in zip(
        askers, hub.client.portal.call(sent, hub, drawn, headers), strict=True
    ):
        require_promised(hub.app, answer, answer.request.url.path)
        yield asker, answer


async def sent(hub: Hub, drawn: Drawn, headers: Sequence[dict[str, str]]) -> list[Response]:
    """Within the loop of the hub: a client outside takes longer to ask than the hub to answer."""
    transport = ASGITransport(app=hub.app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://testserver") as client:
        return [
            await client.request(drawn.method, drawn.target, content=drawn.body, headers=told)
            for told in headers
        ]


def headers_of(hub: Hub, drawn: Drawn, asker: Asker) -> dict[str, str]:
    secret = secret_of(hub, asker)
    return drawn.headers | ({"Authorization": f"Bearer {secret}"} if secret else {})


def send(hub: Hub, drawn: Drawn, asker: Asker) -> Response:
    headers = headers_of(hub, drawn, asker)
    if drawn.guarded and (tag := tag_of(hub, drawn)):
        headers["If-Match"] = tag
    return hub.ask(drawn.method, drawn.target, drawn.body, headers=headers)


def tag_of(hub: Hub, drawn: Drawn) -> str:
    """Of what stands at the address, or the nearest above it that has one."""
    address = drawn.target.partition("?")[0]
    while address.count("/") > 3:
        answer = hub.get(address, by="editor-2")
        if "etag" in answer.headers:
            return str(answer.headers["etag"])
        address = address.rpartition("/")[0]
    return ""


def secret_of(hub: Hub, asker: Asker) -> str:
    if not asker.name:
        return ""
    if asker.name.startswith("key:"):
        return hub.tokens[asker.name.removeprefix("key:"), "all"]
    return hub.token(PEOPLE[asker.name])


def require_sound(answer: Response, operation: Operation, drawn: Drawn, asker: Asker) -> None:
    """That it is described was seen to when it came."""
    status = answer.status_code
    what = (asker, drawn, status, answer.text[:500])
    assert status < 500 or (status == 503 and answer.headers["content-type"] == PROBLEM), what
    if answer.headers.get("content-type") == PROBLEM:
        told = answer.json()
        assert (told["status"], told["type"]) == (status, f"/problems/{told['code']}"), what
    is_person = bool(asker.name) and not asker.name.startswith("key:")
    needs_other = (operation.is_for_people and not is_person) or (
        operation.is_for_members and not asker.name.startswith("key:")
    )
    assert not needs_other or status in {401, *BEFORE_THE_DOOR}, what


def require_silence(
    answer: Response, drawn: Drawn, asker: Asker, secrets: set[str], digests: set[str]
) -> None:
    """Who is told anything is told nothing that is kept from them."""
    if drawn.name in leaks.EXAMPLES:
        return
    kept = secrets | leaks.kept_from(asker)
    # The ledger names keys by their digests, for those who read it.
    if drawn.name != "GET /v1/editing/ledger":
        kept |= digests
    told = [word for word in kept if word in answer.text]
    assert not told, (asker, drawn, told)


def there(hub: Hub) -> Places:
    """What stands in addresses and bodies, by the names that the description has for it."""
    with hub.world.reading() as session:
        digests = [
            # That of a text in review before all others.
            hub.world.version("reviewed", "en").document or "",
            *(one for one in session.exec(select(Version.document)) if one),
            *session.exec(select(Statement.sha256)),
            *session.exec(select(TrustFile.sha256)),
            *session.exec(select(Upload.sha256)),
            *session.exec(select(Figure.sha256)),
        ]
        return KNOWN | {
            "sha256": digests,
            "webhook_id": list(session.exec(select(Webhook.id))),
            "person_id": list(session.exec(select(Person.id))),
            "id": list(session.exec(select(Person.id))),
        }
