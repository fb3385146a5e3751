"""A browser at the desk, for tests; and the list of its pages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import Engine, event

from content.database import writing
from content.publication import demo
from tests.api.hubs import Hub
from tests.world import World

ORIGIN = "https://testserver"
COOKIE = "__Host-msif_desk"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Browser(TestClient):
    """A browser over https that sends forms from our own pages."""

    def __init__(self, hub: Hub, language: str = "en") -> None:
        headers = {"Accept-Language": language, "User-Agent": FIREFOX}
        super().__init__(hub.app, base_url=ORIGIN, follow_redirects=False, headers=headers)
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
}
#: What is fetched at the desk and is no page.
FILES = {"/desk/static/{name}"}
#: What is open to everybody; all else is for who is signed in.
OPEN = {"/desk/sign-in", "/desk/sign-in/demonstration", "/desk/language", *FILES}


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


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """Everything the database is asked meanwhile, but for the beginning and end of transactions."""
    found: list[str] = []

    def note(*told: object) -> None:
        sql = str(told[2])
        if sql.split(None, 1)[0].upper() in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
            found.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
