"""The root of the tree and its kinds. Each kind has a status in `api/problems.py`."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar


class ContentError(Exception):
    """The hub refused this. Nothing was changed."""

    #: The class's name in lower case with hyphens. Clients know it: renaming a class breaks them.
    code: ClassVar[str] = "content-error"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, message: str | None = None, **context: Any) -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self.context: Mapping[str, Any] = context
        super().__init__(self.message)


class BadInput(ContentError):
    """What was sent cannot be taken as it is; correct it and send it again."""


class NotSignedIn(ContentError):
    """Say who you are: send `Authorization: Bearer` with a token."""


class NotAllowed(ContentError):
    """You may not do this."""


class NotFound(ContentError):
    """There is nothing here."""


class Gone(ContentError):
    """This was served once and is no longer."""


class Conflict(ContentError):
    """The hub is not in a state where this can be done."""


class Precondition(ContentError):
    """The request's condition does not hold."""


class Broken(ContentError):
    """The hub cannot do this now."""
