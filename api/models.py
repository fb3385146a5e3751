"""What every request and every answer model stands on."""

from pydantic import BaseModel, ConfigDict


class RequestModel(BaseModel):
    """A body that people send: nothing is guessed, nothing unknown is taken."""

    model_config = ConfigDict(strict=True, extra="forbid")


class AnswerModel(BaseModel):
    """A body that we send."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
