"""The policy: how many people, from where, and how long. A TOML file; values only."""

import json
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from content.errors import PolicyMalformed

#: The policy that comes with the program.
DEFAULT_FILE = Path(__file__).with_name("policy.toml")


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class SourceRules(_Rules):
    """Counts of people for a text in its own language."""

    medical_reviews: int = Field(ge=0, le=20)
    medical_organisations: int = Field(ge=0, le=20)
    lay_reviews: int = Field(ge=0, le=20)
    quorum: int = Field(ge=1, le=20)


class TranslationRules(_Rules):
    """Counts of people for a translation."""

    revisions: int = Field(ge=0, le=20)
    language_reviews: int = Field(ge=0, le=20)
    quorum: int = Field(ge=1, le=20)


class StatementRules(_Rules):
    """How long a statement waits for signatures, in days."""

    open_days: int = Field(ge=1, le=365)


class ReviewByRules(_Rules):
    """How far ahead a text may be reviewed next, and what happens around that date, in months."""

    months_max: int = Field(ge=1, le=120)
    treatment_months_max: int = Field(ge=1, le=120)
    treatments: tuple[str, ...]
    reminder_months: int = Field(ge=0, le=36)
    grace_months: int = Field(ge=0, le=120)


class WithdrawalRules(_Rules):
    """How soon a second person has to confirm, in hours."""

    confirm_hours: int = Field(ge=1, le=168)


class Policy(_Rules):
    """Everything that is counted. Frozen: a changed file holds from the next start on."""

    source: SourceRules
    translation: TranslationRules
    statement: StatementRules
    review_by: ReviewByRules
    withdrawal: WithdrawalRules
    #: Not counted, and not in the file: the digest of the first trust file, as this machine pins it
    #: outside the database. Empty where it pins none.
    pinned: str = ""


def load(path: Path | None = None) -> Policy:
    """The policy in `path`, or the default one. Raises PolicyMalformed naming the key."""
    file = path or DEFAULT_FILE
    try:
        # As JSON, because strict values of TOML and JSON are the same, but for tuples and dates.
        values = tomllib.loads(file.read_text("utf-8"))
        return Policy.model_validate_json(json.dumps(values, default=str))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyMalformed(f"The policy file {file} cannot be read: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise PolicyMalformed(f"Policy, key {key}: {first['msg']}.", key=key) from None
