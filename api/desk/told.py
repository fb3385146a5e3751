"""What the desk says about what was done, and about what the hub refuses, in words."""

from api.desk.words import later as N_
from api.problems import status_of
from content import errors
from content.errors import ContentError

#: By the word in `?done=` of the address that somebody is led to once it is done.
DONE: dict[str, str] = {
    "passkey-removed": N_("The passkey is taken away."),
    "password-removed": N_("You sign in without a password from now on."),
    "joined": N_("Your account there signs you in here from now on."),
    "parted": N_("Your account there does not sign you in here any more."),
}
#: What is wrong with a password, by its reason.
PASSWORD: dict[str, str] = {
    "length": N_("A password has 12 to 256 characters. Type another one."),
    "known": N_("Leave your name and your organisation out of it: they are tried first."),
    "guessed": N_("This one would soon be guessed. Take four words that have nothing in common."),
    "code": N_(
        "This is not the code that the app shows now. Type the password again, and a new code."
    ),
    "taken": N_("Somebody else signs in under this name. Choose another name."),
}
#: By error, where there is more to say than its status does: what happened, and what to do.
REFUSED: dict[type[ContentError], str] = {
    errors.OriginRefused: N_(
        "This came from a page of another site, so nothing was done. Open the desk and try again."
    ),
    errors.SignInFailed: N_("This did not work: something of it is not right. Try again."),
    errors.CeremonyOver: N_(
        "That took too long, or began in another browser. Nothing was done; try again."
    ),
    errors.TooManyAttempts: N_(
        "Too many attempts to sign in failed. Wait a quarter of an hour, or use a passkey."
    ),
    errors.ServiceRefused: N_(
        "The other service did not say who you are. Try again, or take another way."
    ),
    errors.LastWayIn: N_("This is your last way to sign in. Set up another one first."),
    errors.AlreadyThere: N_(
        "This is there already, or belongs to somebody else, so nothing was done."
    ),
    errors.TokenUnknown: N_("This token is not known here. Paste it whole, or ask for a new one."),
    errors.TokenExpired: N_("This token has expired. Ask for a new one."),
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
    503: N_("The hub is busy. Try again in a minute."),
}
OTHERWISE = N_("This is our fault. It was written down; try again later.")


def done(word: str) -> str:
    """What to say above the page; empty where nothing was done."""
    return DONE.get(word, "")


def refused(error: ContentError) -> str:
    """What happened, and what to do; to be said in the reader's language."""
    return REFUSED.get(type(error)) or BY_STATUS.get(status_of(error), OTHERWISE)
