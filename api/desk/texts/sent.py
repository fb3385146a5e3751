"""Forms of a text that were sent: what they were filled in for, and what was in them."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Form
from pydantic import AfterValidator

from content.errors import PreconditionStale
from content.records.version import Version
from content.review.declaration import WORDS_MAX

#: Characters of `state:digest`.
SEEN_MAX = 100

#: Fields that people write into.
WRITTEN = ("comment", "declared", "reason", "text", "markdown")


def as_written(text: str) -> str:
    """Browsers end lines with two characters; the hub with one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


#: Words as they come: an end of a line may be two characters. The verbs count for themselves.
Words = Annotated[str, Form(max_length=2 * WORDS_MAX), AfterValidator(as_written)]
#: What the page showed when the form was filled in.
Seen = Annotated[str, Form(max_length=SEEN_MAX)]


@dataclass(frozen=True)
class Sent:
    """A form that was not taken: which one, what was in it, and why not. Frozen."""

    form: str = ""
    values: dict[str, str] = field(default_factory=dict)
    told: str = ""
    status: int = 200

    def value(self, form: str, name: str) -> str:
        """What a field of a form had in it; empty for another form."""
        return self.values.get(name, "") if form == self.form else ""

    @property
    def kept(self) -> list[str]:
        """What somebody wrote in their own words."""
        return [self.values[name] for name in WRITTEN if self.values.get(name)]


def seen(version: Version) -> str:
    """How a text stood, and which words it had."""
    return f"{version.state}:{version.document or ''}"


def require_seen(version: Version, told: str) -> None:
    """Raises PreconditionStale where the text is not what the form was filled in for."""
    if told != seen(version):
        raise PreconditionStale(version=version.reference)
