"""What the desk says about what was done, and about what the hub refuses, in words."""

from api.desk.words import later as N_
from api.problems import status_of
from content import errors
from content.errors import ContentError

#: By the word in `?done=` of the address that somebody is led to once it is done.
DONE: dict[str, str] = {
    "put-to-signature": N_(
        "The statement is open. Invite those who sign it, or let them find it on their desk."
    ),
}
#: By error, where there is more to say than its status does: what happened, and what to do.
REFUSED: dict[type[ContentError], str] = {
    errors.OriginRefused: N_(
        "This came from a page of another site, so nothing was done. Open the desk and try again."
    ),
    errors.StatementEmpty: N_("Choose at least one text."),
    errors.StatementNotFound: N_("There is no such statement, or it is not for you."),
    errors.RequirementsOpen: N_(
        "One of these texts is not ready any more, so nothing was put to signature. Leave it out, "
        "or wait until it is."
    ),
    errors.TrustMissing: N_(
        "There is no valid trust file at present, so nobody can sign. Whoever runs this hub "
        "prepares one."
    ),
    errors.TrustRoleMissing: N_(
        "The trust file names nobody who signs these texts. Whoever runs this hub prepares the "
        "next one."
    ),
    errors.TrustFileNotFound: N_("There is no such trust file, or it is not for you."),
    errors.AlreadyThere: N_("This was done already."),
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
