"""What the desk says about what was done, and about what the hub refuses, in words."""

from api.desk.words import later as N_
from api.problems import status_of
from content import errors
from content.errors import ContentError

#: By the word in `?done=` of the address that somebody is led to once it is done.
DONE: dict[str, str] = {
    "member-added": N_("The member is entered. Make a key for its site next."),
    "member-changed": N_("What is said of the member is changed."),
    "member-closed": N_("The member is closed. Its keys have ended."),
    "key-revoked": N_("The key has ended. Whoever shows it is refused from now on."),
    "webhook-changed": N_("The webhook is changed."),
    "webhook-on": N_("The webhook is on, and goes on where it stopped."),
    "webhook-off": N_("The webhook is off. It is sent nothing until it is switched on."),
    "webhook-removed": N_("The webhook is removed, with all that was sent to it."),
    "ping-sent": N_(
        "A test is on its way. Load this page again in a moment to see what became of it."
    ),
    "replayed": N_("The events of this span are sent again."),
    "replayed-none": N_("Nothing of this span is for this webhook, so nothing is sent again."),
    "line-closed": N_("Nothing more is expected of this member in this recall."),
}
#: By error, where there is more to say than its status does: what happened, and what to do.
REFUSED: dict[type[ContentError], str] = {
    errors.OriginRefused: N_(
        "This came from a page of another site, so nothing was done. Open the desk and try again."
    ),
    errors.MemberClosed: N_("This member is closed, so nothing about it can be changed."),
    errors.LimitReached: N_(
        "There are as many as there may be. Take one away, or wait until one is done."
    ),
    errors.WebhookOff: N_(
        "The webhook is switched off, so nothing was sent. Mend its address and switch it on."
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
