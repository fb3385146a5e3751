"""A browser at the desk, for tests; and the list of its pages."""

import re

from fastapi.testclient import TestClient
from httpx2 import Response

from content.database import writing
from content.publication import demo
from tests.api.hubs import Hub
from tests.questions import asked
from tests.world import World

__all__ = ["FILES", "ORIGIN", "PAGES", "Browser", "as_demo", "asked", "routes"]

ORIGIN = "https://testserver"
COOKIE = "__Host-msif_desk"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Browser(TestClient):
    """A browser over https that sends forms from our own pages."""

    def __init__(self, hub: Hub, language: str = "en", address: str = "testclient") -> None:
        super().__init__(
            hub.app,
            base_url=ORIGIN,
            follow_redirects=False,
            headers={"Accept-Language": language, "User-Agent": FIREFOX},
            client=(address, 50_000),
        )
        # In the loop that the application began in.
        self.portal = hub.client.portal

    def send_form(self, path: str, **fields: str) -> Response:
        return self.post(path, data=fields, headers={"Origin": ORIGIN})

    def signs_in(self, who: str, **more: str) -> Response:
        """In a demonstration."""
        answer = self.send_form("/desk/sign-in/demonstration", person=who, **more)
        assert answer.status_code == 303, answer.text
        return answer

    def reads(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.headers)
        words = re.sub(r"<[^>]+>", " ", re.sub(r"</?(bdi|span)[^>]*>", "", answer.text))
        return re.sub(r"\s+", " ", words)


def as_demo(world: World) -> None:
    with writing(world.engine) as session:
        demo.mark(session)


#: Below a member: a key, and a webhook, whose id the tests know.
KEY = "/desk/members/{member_id}/keys/{name}"
WEBHOOK = "/desk/members/{member_id}/webhooks/{webhook_id}"
HOOK = "/desk/members/ms/webhooks/5f0c1d2e3a4b5c6d"
#: Who a page is for where it is looked at as such; "" for nobody.
Who = str
#: Every page: the address by which it is looked at in `busy_hub`, and by whom. By its route.
PAGES: dict[str, tuple[str, Who]] = {
    "/desk": ("/desk", "board-4"),
    "/desk/sign-in": ("/desk/sign-in", ""),
    "/desk/sections/{slug}/{locale}/discussion": (
        "/desk/sections/benefits/fr/discussion",
        "translator-fr",
    ),
    "/desk/sessions": ("/desk/sessions", "lay"),
    # What they are about is entered by tests/api/desk/membership.py.
    "/desk/members": ("/desk/members", "editor"),
    "/desk/members/new": ("/desk/members/new", "editor"),
    "/desk/members/{member_id}": ("/desk/members/ms", "editor"),
    "/desk/members/{member_id}/particulars": ("/desk/members/ms/particulars", "editor"),
    "/desk/members/{member_id}/closure": ("/desk/members/ms/closure", "editor"),
    "/desk/members/{member_id}/keys": ("/desk/members/ms/keys", "editor"),
    f"{KEY}/revocation": ("/desk/members/ms/keys/cms/revocation", "editor"),
    "/desk/members/{member_id}/webhooks": ("/desk/members/ms/webhooks", "editor"),
    WEBHOOK: (HOOK, "editor"),
    f"{WEBHOOK}/secret": (f"{HOOK}/secret", "editor"),
    f"{WEBHOOK}/removal": (f"{HOOK}/removal", "editor"),
    f"{WEBHOOK}/deliveries/{{seq}}": (f"{HOOK}/deliveries/-1", "editor"),
    "/desk/recalls": ("/desk/recalls", "duty-1"),
    "/desk/recalls/{seq}": ("/desk/recalls/6", "duty-1"),
    "/desk/statements": ("/desk/statements", "board-4"),
    "/desk/statements/new": ("/desk/statements/new", "editor"),
    "/desk/statements/{name}": ("/desk/statements/2026-0002", "editor"),
    "/desk/calendar": ("/desk/calendar", "editor"),
    "/desk/policy": ("/desk/policy", "lay"),
    "/desk/people": ("/desk/people", "administrator"),
    "/desk/people/new": ("/desk/people/new", "administrator"),
    "/desk/people/roles": ("/desk/people/roles", "lay"),
    "/desk/people/{person_id}": ("/desk/people/board-1", "administrator"),
    "/desk/people/{person_id}/erase": ("/desk/people/lay/erase", "administrator"),
    "/desk/ledger": ("/desk/ledger", "editor"),
    "/desk/translate": ("/desk/translate", "editor"),
    "/desk/translate/{page}/{locale}": ("/desk/translate/treatment/it", "editor"),
    "/desk/translate/{page}/{locale}/uploads/{number}": (
        "/desk/translate/treatment/it/uploads/1",
        "translator-it",
    ),
    "/desk/translate/{page}/{locale}/{section}": (
        "/desk/translate/treatment/it/benefits",
        "translator-it",
    ),
    "/desk/account": ("/desk/account", "board-1"),
    "/desk/sections": ("/desk/sections", "editor"),
    "/desk/sections/{slug}/{locale}": ("/desk/sections/risks/fr", "reviser-fr"),
    "/desk/sections/{slug}/{locale}/compare": ("/desk/sections/risks/fr/compare", "reviser-fr"),
    "/desk/sections/{slug}/{locale}/{number}/edit": ("/desk/sections/drafted/en/1/edit", "author"),
}
#: What is fetched by who is signed in, and is no page.
DOWNLOADS = {
    "/desk/ledger/file",
    *(f"/desk/translate/{{page}}/{{locale}}.{form}" for form in ("po", "xlf", "pot")),
}
#: What is fetched at the desk and is no page.
FILES = {"/desk/static/{name}", "/desk/sign-in/service/back"}
#: What is open to everybody; all else is for who is signed in.
OPEN = {
    *("/desk/sign-in", "/desk/sign-in/demonstration", "/desk/sign-in/service"),
    *("/desk/sign-in/passkey", "/desk/sign-in/passkey/options", "/desk/sign-in/password"),
    "/desk/language",
    *FILES,
}


def routes(hub: Hub) -> list[tuple[str, str]]:
    """(method, path) of everything at the desk."""
    desk = next(one for one in hub.app.routes if type(one).__name__ == "Desk")
    return list(below(desk.app.routes))  # type: ignore[attr-defined]


def below(found: list[object], prefix: str = "") -> list[tuple[str, str]]:
    listed = []
    for one in found:
        inner = getattr(one, "original_router", None)
        if inner is not None:
            context = one.include_context  # type: ignore[attr-defined]
            listed += below(inner.routes, prefix + context.prefix)
        else:
            methods = getattr(one, "methods", ()) or ()
            listed += [(method, prefix + one.path) for method in methods]  # type: ignore[attr-defined]
    return listed
