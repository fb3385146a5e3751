"""Kinds of values that many answers have, each with what it means."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from content.translation.fate import Fate as Fate

DIGEST = "^[0-9a-f]{64}$"


def known(values: Iterable[str]) -> dict[str, Any]:
    """For `json_schema_extra`: no other value is answered."""
    return {"enum": [str(one) for one in values]}


def absent(description: str) -> Any:
    """A field that is left out where it has nothing to say; it is never null."""
    return Field(default=None, description=description, json_schema_extra=_no_default)


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Slug = Annotated[str, Field(description="The name of a section in addresses")]
PageSlug = Annotated[str, Field(description="The page that it stands on: the root of its tree")]
Tag = Annotated[str, Field(description="The language, as a tag of BCP 47", examples=["fr"])]
Number = Annotated[int, Field(ge=1, description="The number of the version")]
Digest = Annotated[str, Field(pattern=DIGEST, description="SHA-256 of the document's bytes")]
Sha256 = Annotated[str, Field(pattern=DIGEST, description="SHA-256, which is its name")]
Seq = Annotated[int, Field(ge=0, description="The number of an event of the feed")]
Count = Annotated[int, Field(ge=0)]
Path = Annotated[str, Field(pattern="^/", description="Its address on this hub")]
Time = Annotated[datetime, Field(description="When, in UTC")]
Day = Annotated[date, Field()]
Person = Annotated[str, Field(description="The id of a person")]
Member = Annotated[str, Field(description="The id of a member")]
Cursor = Annotated[str, Field(description="For `cursor`: where the list goes on")]
More = Annotated[bool, Field(description="Whether there is more than this answer has")]
Base64Url = Annotated[
    str, Field(pattern="^[A-Za-z0-9_-]*$", description="Bytes in base64url, without padding")
]
Label = Annotated[
    str,
    Field(
        json_schema_extra=known(("current", "outdated", "review-due")),
        description="What readers are told of the text: it is current; it is outdated, for its "
        "source has moved on; or its date of review has passed",
    ),
]
Direction = Annotated[
    str,
    Field(json_schema_extra=known(("ltr", "rtl")), description="Which way the language runs"),
]
