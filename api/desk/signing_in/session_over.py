"""A form that is sent once its session is over: the page keeps what was typed, until whoever typed
it is signed in again and sends it.

Passwords, codes and tokens are typed again: a form with one of them leads to sign in, as a form
with nothing in it does.
"""

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from api.desk import forms
from api.desk.pages import show
from content.database import reading
from content.errors import SessionOver
from content.people import session as sessions

#: Fields that are written into no page.
SECRET = frozenset({"password", "code", "credential", "sealed", "token"})
#: Bytes of a form that is read of who is not signed in: the longest text, as a browser writes it.
BYTES_MAX = 4_000_000


async def answer(request: Request, secret: str) -> Response:
    """The page with what was sent; `secret` is that of the session that is over.

    Raises SessionOver where nothing would be lost.
    """
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 10) or int(length) > BYTES_MAX:
        raise SessionOver
    form = await forms.read(request)
    sent = [(name, value) for name, value in form.multi_items() if not name.startswith(forms.PROOF)]
    carried = [(name, value) for name, value in sent if isinstance(value, str)]
    owner = form.get(forms.OWNER)
    await form.close()
    if not any(value for _, value in carried) or any(name in SECRET for name, _ in carried):
        raise SessionOver
    if not isinstance(owner, str):
        owner = await run_in_threadpool(_owner, request, secret)
    query = f"?{request.url.query}" if request.url.query else ""
    return show(
        request,
        "session-over.html",
        status=401,
        address=quote(request.url.path) + query,
        carried=[(forms.OWNER, owner), *carried],
        has_files=len(carried) < len(sent),
    )


def _owner(request: Request, secret: str) -> str:
    with reading(request.app.state.hub.engine) as session:
        return sessions.whose(session, secret)
