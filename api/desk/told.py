"""What the desk says about what was done, and about what the hub refuses, in words."""

from api.desk.words import later as N_
from api.problems import status_of
from content import errors
from content.errors import ContentError

#: By the word in `?done=` of the address that somebody is led to once it is done.
DONE: dict[str, str] = {
    "reviewed": N_("Your review is on record. Thank you."),
    "acknowledged": N_("It is on record why this is no fault."),
    "submitted": N_("It is handed in. Those who review it find it at their desk."),
    "abandoned": N_("It is given up. Its number is not used again."),
    "objected": N_("It will not come into force. Its text begins again as this draft."),
    "scheduled": N_("The time is set."),
    "begun": N_("This draft has begun, with the words of the version before."),
    "saved": N_("The draft is saved."),
    "withdrawn": N_("It is out of force, from the next answer on. A second person confirms it."),
    "confirmed": N_("The withdrawal is confirmed."),
}
#: By error, where there is more to say than its status does: what happened, and what to do.
REFUSED: dict[type[ContentError], str] = {
    errors.OriginRefused: N_(
        "This came from a page of another site, so nothing was done. Open the desk and try again."
    ),
    errors.FourEyes: N_(
        "You had another part in this text already, so somebody else has to do this."
    ),
    errors.InterestsMissing: N_(
        "Say whether you have an interest that matters here, and which. Nothing was done yet."
    ),
    errors.CommentMissing: N_("Say why, in your own words. Nothing was done yet."),
    errors.RequirementsOpen: N_(
        "Something still stands before this. See what it takes and what the checks found, below."
    ),
    errors.ReviewByRefused: N_(
        "The date for its next review is too far ahead, or not after the last one. Edit the draft "
        "and set it anew."
    ),
    errors.DateInThePast: N_("This time has passed. Choose one ahead, or none to publish at once."),
    errors.SectionIsBusy: N_("Another version of this text is being worked on. Finish that first."),
    errors.SectionNotFound: N_(
        "There is no section of that name. Write it as its address has it, or leave it out."
    ),
    errors.WithdrawalNotFound: N_("Nothing is in force here that could be taken out of force."),
    errors.FindingNotFound: N_("The checks do not find this any more, so there is nothing to say."),
    errors.AlreadyThere: N_("Somebody has done this already. Look at how it stands now."),
    errors.PageHasMistakes: N_(
        "The text has mistakes, so nothing of it was saved. Mend these lines and save again."
    ),
    errors.TreeBroken: N_(
        "Another text stands above what is below this one. Move that back first."
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
