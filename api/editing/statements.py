"""Statements and signatures."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import Field
from sqlmodel import Session, col, select

from api.answers.trust import StatementAnswer, StatementInFull, StatementList
from api.delivery.proof import Digest
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import named, routes
from api.editing import signing as signing_page
from api.editing.answers import private
from api.editing.named import NUMBER_MAX
from api.editing.signing import SignatureRequest
from api.models import RequestModel
from content import clock
from content.b64u import b64u, read_b64u
from content.people.role import Permission, read_grant
from content.records import version as versions
from content.sign_off import shown, signatory, signature, signing, trust_file
from content.sign_off import statement as statements
from content.sign_off.statement import ITEMS_MAX, Statement, StatementState
from content.translation import locale as locales

router = routes.below("/statements")


class StatementEntryRequest(RequestModel):
    """One version to put to signature."""

    section: str = Field(max_length=80, description="The section")
    locale: str = Field(max_length=35, description="The language")
    version: int = Field(ge=1, le=NUMBER_MAX, description="The number of the version")


class StatementRequest(RequestModel):
    """Versions to be signed together, by the role that signs them or by the board."""

    versions: list[StatementEntryRequest] = Field(
        min_length=1, max_length=ITEMS_MAX, description="All different"
    )
    role: str = Field(default="", max_length=60, description="Empty, or `board`")


@router.get("", response_model=StatementList)
def list_statements(
    actor: CurrentActor,
    session: Reading,
    state: Annotated[StatementState | None, Query(description="Only those that stand so")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most")] = 50,
) -> Response:
    """List statements.

    The newest first. Whoever works in one language sees those of that language.
    """
    query = (
        select(Statement)
        .where(shown.seen_by(actor))
        .order_by(col(Statement.opened_at).desc(), col(Statement.name).desc())
    )
    if state is not None:
        query = query.where(col(Statement.state) == state)
    rows = session.exec(query.limit(limit)).all()
    return private({"statements": [_told(session, row) for row in rows]})


@router.post("", status_code=201, response_model=StatementAnswer)
def open_statement(
    actor: CurrentActor, hub: CurrentHub, session: Writing, body: StatementRequest
) -> Response:
    """Put versions to signature.

    Who opens a statement cannot sign it.
    """
    actor.must(Permission.OPEN_STATEMENT)
    chosen = [
        versions.find(session, one.section, locales.read_tag(one.locale), one.version)
        for one in body.versions
    ]
    opened = statements.open_statement(session, actor, chosen, hub.policy(session), role=body.role)
    location = f"/v1/editing/statements/{opened.sha256}"
    return private(_told(session, opened), status=201, location=location)


@router.get("/{sha256}", response_model=StatementInFull)
def read_statement(
    actor: CurrentActor, hub: CurrentHub, session: Reading, sha256: Digest
) -> Response:
    """Read a statement, and how you would sign it.

    With its versions and signatures.
    """
    statement = statements.find(session, sha256)
    actor.must(Permission.READ_DRAFTS, read_grant(statement.role).locale)
    policy = hub.policy(session)
    trust = trust_file.current(session, policy.pinned)
    obstacle = signatory.obstacle(session, actor, statement, policy)
    told = _told(session, statement) | {
        "body": b64u(statement.body),
        "signing": signing_page.how(actor, statement.sha256, [trust] if trust else [], obstacle),
        "versions": [named.summary(one) for one in statements.versions_of(session, statement)],
    }
    return private(told)


@router.post("/{sha256}/signatures", status_code=201, response_model=StatementAnswer)
def sign_statement(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    sha256: Digest,
    body: SignatureRequest,
) -> Response:
    """Sign a statement, or reject it.

    The digest in the path is what is signed. The last one needed approves the versions.
    """
    statement = statements.find(session, sha256)
    signing.sign(
        session,
        actor,
        statement,
        hub.policy(session),
        signed=read_b64u(body.block),
        credential=body.credential,
        comment=body.comment,
    )
    return private(_told(session, statement), status=201)


def _told(session: Session, statement: Statement) -> dict[str, Any]:
    signed = signature.of_statement(session, statement)
    return {
        "sha256": statement.sha256,
        "name": statement.name,
        "role": statement.role,
        "state": statement.state,
        "threshold": statement.threshold,
        "opened_by": statement.opened_by,
        "opened_at": clock.stamp(statement.opened_at),
        "lapses_at": clock.stamp(statement.lapses_at),
        "signatures": [
            {"person": one.person, "meaning": one.meaning, "at": clock.stamp(one.at)}
            for one in signed
        ],
    }
