"""What proves an approval: signed statements and trust files, and how somebody signs one."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.answers.versions import VersionSummary
from api.answers.words import Base64Url, Digest, Person, Sha256, Time, known
from api.models import AnswerModel
from content.sign_off.statement import StatementState
from content.sign_off.trust_file import TrustState


class SignedBlock(AnswerModel):
    """One person's signature."""

    block: Base64Url = Field(description="The bytes that were signed: `msif.signature/1`")
    credential: dict[str, Any] | None = Field(
        description="The answer of the person's passkey, as WebAuthn has it"
    )


class SignedBytes(AnswerModel):
    """Bytes, and everybody's signature under them."""

    statement: Base64Url = Field(description="The bytes whose SHA-256 is signed")
    signatures: list[SignedBlock] = Field(description="The oldest first")


class TrustKey(AnswerModel):
    """A key that signatures are checked with."""

    alg: str = Field(description="The algorithm, `ES256`")
    spki: str = Field(description="The public key as SubjectPublicKeyInfo, in base64")


class TrustPerson(AnswerModel):
    """Somebody whose signatures count."""

    name: str = Field(description="Under which they sign")
    organisation: str = Field(description="Where they belong")
    keys: dict[str, TrustKey] = Field(description="Their keys, by the id of the passkey")


class TrustRole(AnswerModel):
    """Who signs in a role, and how many of them it takes."""

    people: list[Person] = Field(description="Those who hold it")
    threshold: int = Field(ge=1, description="Distinct people who have to sign")


class TrustFile(AnswerModel):
    """Who may sign, with which keys, and how many of them it takes: `msif.trust/1`."""

    kind: Literal["msif.trust/1"] = Field(description="What kind of file this is")
    version: int = Field(ge=1, description="Its number")
    previous: Digest | None = Field(description="SHA-256 of the file before; null for the first")
    rp_id: str = Field(description="The name of DNS that keys are made for")
    origins: list[str] = Field(description="The origins of the pages that people sign on")
    people: dict[str, TrustPerson] = Field(description="By their ids")
    roles: dict[str, TrustRole] = Field(description="By role: `board`, `language-reviewer:fr`")
    registrars: dict[str, dict[str, str]] = Field(
        description="Keys that the register is signed with, by their ids, as JWK"
    )
    honours: list[Sha256] = Field(description="Statements of earlier files that still stand")
    log: dict[str, str] | None = Field(description="The log's origin and key; null without one")
    created: Time
    expires: Time = Field(description="From then on nothing is signed under it")


class Obstacle(AnswerModel):
    """What keeps somebody from signing."""

    code: str = Field(description="As a problem has it")
    detail: str = Field(description="The same in words, and what to do")


class HowToSign(AnswerModel):
    """What the page of the person who asks needs to sign this."""

    person: Person
    name: str = Field(description="Under which they sign")
    rp_id: str | None = Field(description="What their keys are made for; null without trust file")
    credentials: list[str] = Field(description="Ids of the passkeys that they may sign with")
    words: str = Field(description="Six words that stand for the digest, to compare aloud")
    now: Time = Field(description="The time that the signed block has to say")
    obstacle: Obstacle | None = Field(description="What stands in the way; null if nothing does")


class StatementSignature(AnswerModel):
    """That somebody signed a statement."""

    person: Person
    meaning: str = Field(description="`approval` or `rejection`")
    at: Time


class StatementAnswer(AnswerModel):
    """A list of documents put to signature together."""

    sha256: Sha256
    name: str = Field(description="Its year and number, for people", examples=["2026-0142"])
    role: str = Field(description="Who signs it: `board`, `language-reviewer:fr`")
    state: Annotated[str, Field(json_schema_extra=known(StatementState))] = Field(
        description="What has become of it; only an open one takes signatures"
    )
    threshold: int = Field(ge=1, description="Distinct people who have to sign")
    opened_by: Person | None = Field(description="Null where the hub opened it by itself")
    opened_at: Time
    lapses_at: Time = Field(description="Until then it can be signed")
    signatures: list[StatementSignature] = Field(description="The oldest first")


class StatementInFull(StatementAnswer):
    """A statement with what it lists, and how to sign it."""

    body: Base64Url = Field(description="The bytes whose SHA-256 is signed: `msif.sign-off/1`")
    signing: HowToSign
    versions: list[VersionSummary] = Field(description="What it lists, in its order")


class StatementList(AnswerModel):
    """Statements, the newest first."""

    statements: list[StatementAnswer] = Field(description="Those that the person may see")


class TrustSignature(AnswerModel):
    """That somebody signed a trust file."""

    person: Person
    at: Time


class TrustProposal(AnswerModel):
    """A trust file that holds, held, or waits for signatures."""

    sha256: Sha256
    version: int = Field(ge=1, description="Its number")
    state: Annotated[str, Field(json_schema_extra=known(TrustState))] = Field(
        description="What has become of it"
    )
    words: str = Field(description="Six words that stand for the digest, to compare aloud")
    proposed_at: Time
    signatures: list[TrustSignature] = Field(description="The oldest first")


class TrustProposalInFull(TrustProposal):
    """The same with its bytes, what it changes, and how to sign it."""

    body: Base64Url = Field(description="The file: `msif.trust/1`")
    changes: list[str] = Field(description="What it changes, line by line, for whoever signs it")
    signing: HowToSign
