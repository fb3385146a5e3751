"""How I sign in: my passkeys, my password, my account at another service."""

from base64 import b32encode
from collections.abc import Sequence
from typing import Annotated, Any

import segno
from fastapi import APIRouter, Form, Request, Response
from markupsafe import Markup

from api.dependencies import CurrentHub, Hub, Reading
from api.desk import told
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.pages import Answer, Visitor, go_to, show
from api.problems import status_of
from content.b64u import b64u, read_b64u
from content.database import reading, writing
from content.errors import ContentError, PasswordRefused, ScopeMissing
from content.people import (
    desk_key,
    invitation,
    oidc_link,
    passkey,
    passkey_proof,
    password,
    password_hash,
    recovery,
    totp,
    ways,
)
from content.people.password import NAME_MAX

ACCOUNT = "/desk/account"
#: Characters of a credential's id, of a sealed secret, and of a code.
CREDENTIAL_MAX = 2_000
SEALED_MAX = 200
CODE_MAX = 20
#: How long the link lives by which somebody who is signed in registers a further passkey.
INVITATION_DAYS = 1


class AccountRoute(DecidingRoute):
    """For changes of how somebody signs in. A token is lent, may do less than its person, and ends:
    it makes no way in that stays.
    """

    async def admit(self, request: Request, answer: Answer) -> Response:
        visitor: Visitor = request.state.visitor
        if visitor.by_token:
            raise ScopeMissing("A token does not change how its person signs in.")
        return await super().admit(request, answer)


router = APIRouter(prefix="/account", route_class=SignedInRoute)
changing = APIRouter(route_class=AccountRoute)


@router.get("")
def show_account(
    request: Request, hub: CurrentHub, visitor: CurrentVisitor, session: Reading
) -> Response:
    """See how you sign in."""
    who = visitor.actor.id
    keys = passkey.of_person(session, who)
    known = password.of_person(session, who)
    has_service = bool(hub.settings.oidc_issuer)
    return show(
        request,
        "account.html",
        visitor=visitor,
        keys=keys,
        uses=passkey_proof.last_uses(session, [one.credential for one in keys]),
        password=known,
        codes=recovery.left(session, who) if known else 0,
        service=hub.settings.oidc_name if has_service else "",
        links=oidc_link.of_person(session, who) if has_service else [],
    )


@changing.post("/passkeys")
def add_passkey(hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Register a further passkey, by an invitation of one's own."""
    who = visitor.actor.id
    with writing(hub.engine) as session:
        secret = invitation.make(session, who, by=who, days=INVITATION_DAYS)
    return go_to(f"/signing/register#{secret}")


@changing.post("/passkeys/end")
def remove_passkey(
    hub: CurrentHub,
    visitor: CurrentVisitor,
    credential: Annotated[str, Form(max_length=CREDENTIAL_MAX)],
) -> Response:
    """Take one of your passkeys away."""
    with hub.writing() as session:
        ways.remove_passkey(session, visitor.actor.id, credential, but=visitor.session)
    return go_to(f"{ACCOUNT}?done=passkey-removed")


@changing.post("/password/begin")
def begin_password(request: Request, hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Choose a password, and give its secret to an app."""
    who = visitor.actor.id
    sealed = desk_key.load(hub.settings.desk_key).seal(totp.make_secret(), who)
    with reading(hub.engine) as session:
        before = password.of_person(session, who)
    return _setup(request, hub, visitor, before.name if before else who, sealed)


@changing.post("/password")
def set_password(
    request: Request,
    hub: CurrentHub,
    visitor: CurrentVisitor,
    sealed: Annotated[str, Form(max_length=SEALED_MAX)],
    name: Annotated[str, Form(max_length=NAME_MAX)] = "",
    typed: Annotated[str, Form(alias="password", max_length=password_hash.LONGEST)] = "",
    code: Annotated[str, Form(max_length=CODE_MAX)] = "",
) -> Response:
    """Set the password, once a code shows that the app knows the secret."""
    who, secret = visitor.actor.id, read_b64u(sealed)
    try:
        key = desk_key.load(hub.settings.desk_key)
        chosen: dict[str, Any] = {"name": name, "sealed": secret, "code": code, "key": key}
        hashed = password.hash_for(hub.engine, who, password=typed, **chosen)
        with hub.writing() as session:
            codes = password.set_for(session, who, hashed=hashed, **chosen)
    except ContentError as error:
        return _setup(request, hub, visitor, name, secret, error)
    return _codes(request, visitor, codes)


@changing.post("/password/end")
def remove_password(hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Sign in without a password from now on."""
    with writing(hub.engine) as session:
        ways.remove_password(session, visitor.actor.id)
    return go_to(f"{ACCOUNT}?done=password-removed")


@changing.post("/codes")
def renew_codes(request: Request, hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Make new recovery codes; those before count no more."""
    with writing(hub.engine) as session:
        password.require(session, visitor.actor.id)
        codes = recovery.make(session, visitor.actor.id)
    return _codes(request, visitor, codes)


def _setup(
    request: Request,
    hub: Hub,
    visitor: Visitor,
    name: str,
    sealed: bytes,
    error: ContentError | None = None,
) -> Response:
    secret = desk_key.load(hub.settings.desk_key).unseal(sealed, visitor.actor.id)
    square = segno.make(totp.address(secret, visitor.actor.id), error="m")
    spelled = b32encode(secret).decode()
    return show(
        request,
        "password.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        refused=_why(error) if error else "",
        name=name,
        sealed=b64u(sealed),
        # Of our own making: black and white by attributes, no style.
        square=Markup(square.svg_inline(omitsize=True, border=4, light="#fff")),  # noqa: S704
        spelled=" ".join(spelled[at : at + 4] for at in range(0, len(spelled), 4)),
    )


def _why(error: ContentError) -> str:
    """Of a password it is said what is wrong with it."""
    reason = error.context.get("reason") if isinstance(error, PasswordRefused) else None
    return told.PASSWORD.get(str(reason), told.refused(error))


def _codes(request: Request, visitor: Visitor, codes: Sequence[str]) -> Response:
    return show(request, "codes.html", visitor=visitor, codes=codes)


router.include_router(changing)
