"""What the form of the editor sends: texts in step with each other, and what is to be done."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Form
from pydantic import StringConstraints

from api.desk.translating.sayings import SHOWS
from api.desk.translating.units import UNSURE
from content.errors import BadInput
from content.translation.unit_by_unit import Typed, is_digest

#: Texts on one page.
TOGETHER = 25
#: Characters of one text, in the source and in the translation.
TEXT_MAX = 50_000
UNIT_MAX = 80
STOOD_MAX = 17
KEY_MAX = 2**31 - 1

Name = Annotated[str, StringConstraints(min_length=1, max_length=UNIT_MAX)]
Text = Annotated[str, StringConstraints(max_length=TEXT_MAX)]
Stood = Annotated[str, StringConstraints(max_length=STOOD_MAX)]
Show = Literal["all", "todo", "unsure", "changed", "findings"]
assert set(SHOWS) == set(Show.__args__)  # type: ignore[attr-defined]  # noqa: S101


@dataclass(frozen=True)
class Sent:
    """Everything that the form says. Frozen."""

    typed: tuple[Typed, ...]
    #: Units whose words go to the suggestions: what stands is left.
    aside: frozenset[str]
    #: Suggestions to take or to dismiss.
    take: int | None
    dismiss: int | None
    show: Show
    #: The unit to go on with.
    onward: str


def _sent(
    unit: Annotated[list[Name] | None, Form(max_length=TOGETHER)] = None,
    source: Annotated[list[Text] | None, Form(max_length=TOGETHER)] = None,
    target: Annotated[list[Text] | None, Form(max_length=TOGETHER)] = None,
    stood: Annotated[list[Stood] | None, Form(max_length=TOGETHER)] = None,
    unsure: Annotated[list[Name] | None, Form(max_length=TOGETHER)] = None,
    aside: Annotated[list[Name] | None, Form(max_length=TOGETHER)] = None,
    take: Annotated[int | None, Form(ge=1, le=KEY_MAX)] = None,
    dismiss: Annotated[int | None, Form(ge=1, le=KEY_MAX)] = None,
    show: Annotated[Show, Form()] = "all",
    onward: Annotated[str, Form(alias="at", max_length=UNIT_MAX)] = "",
) -> Sent:
    """Raises BadInput where the lists are not in step."""
    lists = (unit or [], source or [], target or [], stood or [])
    if len({len(one) for one in lists}) > 1:
        raise BadInput("The form did not come whole; send it again.")
    typed = [
        _typed(*told, is_unsure=told[0] in (unsure or ())) for told in zip(*lists, strict=True)
    ]
    return Sent(tuple(typed), frozenset(aside or ()), take, dismiss, show, onward)


def _typed(unit: str, source: str, target: str, stood: str, *, is_unsure: bool) -> Typed:
    digest = stood.removesuffix(UNSURE)
    if not is_digest(digest):
        raise BadInput("The form did not come whole; send it again.")
    return Typed(unit, _lines(source), _lines(target), is_unsure, digest, stood != digest)


def _lines(text: str) -> str:
    """Browsers send each end of a line as two characters (HTML, 4.10.21.4)."""
    return text.replace("\r\n", "\n")


SentForm = Annotated[Sent, Depends(_sent)]
