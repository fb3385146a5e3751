"""What the hub refuses on the pages for translating, in words."""

from api.desk import told
from api.desk.words import later as N_
from content import errors
from content.errors import ContentError

#: Where there is more to say here than anywhere else.
REFUSED: dict[type[ContentError], str] = {
    errors.AlreadyThere: N_(
        "This was sent before for another page or language. Take that back first, if it "
        "was wrong there."
    ),
    errors.RequirementsOpen: N_(
        "Something is still missing, so it was not handed in. It is listed on this page."
    ),
    errors.SectionIsBusy: N_(
        "The text was handed in, so nothing can be written into it. Have it returned first."
    ),
}


def refused(error: ContentError) -> str:
    """What happened, and what to do; to be said in the reader's language."""
    return REFUSED.get(type(error)) or told.refused(error)
