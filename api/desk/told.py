"""What the desk says about what was done, and about what the hub refuses, in words."""

from api.desk.words import later as N_
from api.problems import status_of
from content import errors
from content.errors import ContentError

#: By the word in `?done=` of the address that somebody is led to once it is done.
DONE: dict[str, str] = {
    "saved": N_("Saved."),
    "file-taken": N_("The file is taken. What became of it stands below."),
    "file-undone": N_("The file was taken back: what stood before stands again."),
    "suggestion-taken": N_("The suggestion stands in the draft now."),
    "suggestion-dismissed": N_("The suggestion is off the list."),
    "section-handed-in": N_("Handed in. Whoever reviews it finds it on their desk."),
    "inheritance-accepted": N_(
        "What the page inherits is accepted. What is whole went to its reviews."
    ),
}
#: By error, where there is more to say than its status does: what happened, and what to do.
REFUSED: dict[type[ContentError], str] = {
    errors.OriginRefused: N_(
        "This came from a page of another site, so nothing was done. Open the desk and try again."
    ),
    errors.CatalogueRefused: N_(
        "This file cannot be read safely, so nothing of it was taken. Mend what is named, "
        "or have your tool save it again."
    ),
    errors.ExchangeRefused: N_(
        "This file cannot be read safely, so nothing of it was taken. Mend what is named, "
        "or have your tool save it again."
    ),
    errors.WrongLanguage: N_(
        "The file is for another language, so nothing of it was taken. Send it on the "
        "page of that language."
    ),
    errors.LocaleMismatch: N_(
        "The file is for another variant of the language, so nothing of it was taken. "
        "Send it on the page of that variant."
    ),
    errors.AlreadyThere: N_(
        "This was sent before for another page or language. Take that back first, if it "
        "was wrong there."
    ),
    errors.LaterWorkStands: N_(
        "Later work stands on this file, so it cannot be taken back as a whole. What "
        "stands on it is listed below."
    ),
    errors.RequirementsOpen: N_(
        "Something is still missing, so it was not handed in. It is listed on this page."
    ),
    errors.SectionIsBusy: N_(
        "The text was handed in, so nothing can be written into it. Have it returned first."
    ),
    errors.WordsNotAccepted: N_(
        "These words cannot stand in their place, so nothing was saved. What you typed is "
        "still here."
    ),
}
#: By status, for all others. Anything else is OTHERWISE.
BY_STATUS = {
    403: N_("You may not do this."),
    404: N_("There is nothing at this address."),
    405: N_("There is nothing at this address."),
    409: N_(
        "Meanwhile somebody else changed this, so nothing was done. Look at how it stands now."
    ),
    412: N_(
        "Meanwhile somebody else changed this, so nothing was done. Look at how it stands now."
    ),
    413: N_("This is too large, so nothing of it was taken."),
    422: N_("What was sent cannot be taken. Go back and try again."),
    429: N_("Too many attempts to sign in failed. Wait ten minutes and try again."),
    503: N_("The hub is busy. Try again in a minute."),
}
OTHERWISE = N_("This is our fault. It was written down; try again later.")


def done(word: str) -> str:
    """What to say above the page; empty where nothing was done."""
    return DONE.get(word, "")


def refused(error: ContentError) -> str:
    """What happened, and what to do; to be said in the reader's language."""
    return REFUSED.get(type(error)) or BY_STATUS.get(status_of(error), OTHERWISE)
