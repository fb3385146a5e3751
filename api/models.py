"""What every request and every answer model stands on."""

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class RequestModel(BaseModel):
    """A body that people send: nothing is guessed, nothing unknown is taken."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @field_validator("*", mode="after")
    @classmethod
    def _no_nul(cls, value: Any) -> Any:
        # PostgreSQL keeps no text with it.
        if isinstance(value, str) and "\0" in value:
            raise ValueError("there may be no NUL character in it")
        return value


class AnswerModel(BaseModel):
    """A body that we send, as the description promises it. Answers are not made by it.

    A field may come under /v1, so that the description leaves each of them open; the tests of the
    interface do not, and an answer with a field that stands nowhere is red (tests/api/promised.py).
    """

    # Nothing is checked with most of them: what checks is made where somebody does.
    model_config = ConfigDict(defer_build=True)
