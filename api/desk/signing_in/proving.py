"""Step-up: whoever sends a decision shows that it is they, unless they did so shortly before.

The page that asks for it stands at the address to which the decision was sent, and its form goes
there: with what was sent, in hidden fields, and with the proof. So nothing that was typed is lost,
and there is no address to go on to that anybody could change. Files are not carried, nor passwords.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session
from starlette.datastructures import FormData

from api.desk import forms, told
from api.desk.forms import PROOF
from api.desk.pages import Answer, Visitor, show
from api.desk.signing_in import ceremonies
from api.problems import status_of
from content.database import reading, writing
from content.errors import ContentError, InputTooLarge, SignInFailed
from content.people import desk_key, passkey, passkey_proof, password, password_proof
from content.people import session as sessions
from content.people.ceremony import Purpose
from content.people.session import Way

#: Fields that are typed again rather than written into a page.
NOT_CARRIED = frozenset({"password", "code"})
#: Of what is carried: fields, and characters with their names.
FIELDS_MAX = 300
CHARACTERS_MAX = 200_000
#: Characters of one field of a proof.
FIELD_MAX = 20_000


@dataclass(frozen=True)
class Sent:
    """A decision, as it goes on through the page that asks for a proof. Frozen."""

    carried: Sequence[tuple[str, str]]
    has_files: bool


@dataclass(frozen=True)
class Proof:
    """What somebody sent to show who they are. Frozen."""

    passkey: str
    password: str
    code: str

    @property
    def is_there(self) -> bool:
        return bool(self.passkey or self.password or self.code)


async def admit(request: Request, answer: Answer) -> Response:
    """Let a decision through, or ask who sends it."""
    visitor: Visitor = request.state.visitor
    if not visitor.may_decide:
        form = await request.form()
        try:
            page = await run_in_threadpool(_page_for, request, visitor, form)
        except ContentError:
            await form.close()
            raise
        if page is not None:
            await form.close()
            return page
    # Also where a proof was not needed any more: it was given in another tab meanwhile.
    await forms.part(request)
    return await answer(request)


def _page_for(request: Request, visitor: Visitor, form: FormData) -> Response | None:
    """The page that asks for a proof, or says why this one is none; None where it is one."""
    sent, proof = _parted(form)
    if not proof.is_there:
        return _page(request, visitor, sent)
    try:
        _prove(request, visitor, proof)
    except ContentError as error:
        return _page(request, visitor, sent, error)
    return None


def _parted(form: FormData) -> tuple[Sent, Proof]:
    """What goes on to the decision, and the proof. Raises InputTooLarge."""
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    carried = [
        (name, value)
        for name, value in texts
        if not name.startswith(PROOF) and name not in NOT_CARRIED
    ]
    length = sum(len(name) + len(value) for name, value in carried)
    if len(carried) > FIELDS_MAX or length > CHARACTERS_MAX:
        raise InputTooLarge
    said = {name: value[:FIELD_MAX] for name, value in texts if name.startswith(PROOF)}
    fields = (said.get(PROOF + name, "") for name in ("passkey", "password", "code"))
    return Sent(carried, len(texts) < len(form.multi_items())), Proof(*fields)


def _prove(request: Request, visitor: Visitor, proof: Proof) -> None:
    hub = request.app.state.hub
    who = visitor.actor.id
    if proof.passkey:
        way = Way.PASSKEY
        secret, _ = ceremonies.take(request, Purpose.STEP_UP, who)
        party = ceremonies.party(hub.settings)
        with writing(hub.engine) as session:
            passkey_proof.recognise(session, secret, proof.passkey, party, who)
    else:
        way = Way.PASSWORD
        key = desk_key.load(hub.settings.desk_key)
        password_proof.recognise_person(hub.engine, who, proof.password, proof.code, key)
    with writing(hub.engine) as session:
        sessions.prove(session, who, visitor.session, way)


def _page(
    request: Request,
    visitor: Visitor,
    sent: Sent,
    error: ContentError | None = None,
) -> Response:
    with reading(request.app.state.hub.engine) as session:
        ways = _ways(session, visitor.actor.id)
    query = f"?{request.url.query}" if request.url.query else ""
    return show(
        request,
        "step-up.html",
        visitor=visitor,
        status=status_of(error) if error else 403,
        address=quote(request.url.path) + query,
        carried=sent.carried,
        has_files=sent.has_files,
        refused=told.refused(error) if error else "",
        by_password=isinstance(error, SignInFailed),
        **ways,
    )


def _ways(session: Session, person: str) -> dict[str, Any]:
    return {
        "has_passkey": bool(passkey.of_person(session, person)),
        "has_password": password.of_person(session, person) is not None,
    }
