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
    "remark-made": N_("It is said. Whoever works on this text finds it here."),
    "remark-answered": N_("Your answer is there."),
    "thread-resolved": N_("It is resolved. Anybody who works on this text can open it again."),
    "thread-reopened": N_("It is open again."),
    "withdrawn": N_("It is out of force, from the next answer on. A second person confirms it."),
    "confirmed": N_("The withdrawal is confirmed."),
    "put-to-signature": N_(
        "The statement is open. Invite those who sign it, or let them find it on their desk."
    ),
    "signed-in-software": N_("The signature is on record."),
    "person-entered": N_("This person is entered. They can sign in once they have a means to."),
    "role-given": N_("The role is given. It holds from their next click on."),
    "role-taken": N_("The role is taken back. It ends with their next click."),
    "links-ended": N_("No link registers a passkey of this person any more."),
    "token-ended": N_("The token lets nobody in any more."),
    "session-ended": N_("The session is ended."),
    "sessions-ended": N_("All sessions of this person are ended."),
    "person-erased": N_("This person is erased."),
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
    "words-saved": N_("Saved."),
    "file-taken": N_("The file is taken. What became of it stands below."),
    "file-undone": N_("The file was taken back: what stood before stands again."),
    "suggestion-taken": N_("The suggestion stands in the draft now."),
    "suggestion-dismissed": N_("The suggestion is off the list."),
    "section-handed-in": N_("Handed in. Whoever reviews it finds it on their desk."),
    "inheritance-accepted": N_(
        "What the page inherits is accepted. What is whole went to its reviews."
    ),
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
    errors.FourEyes: N_(
        "You had another part in this text already, so somebody else has to do this."
    ),
    errors.InterestsMissing: N_(
        "Say whether you have an interest that matters here, and which. Nothing was done yet."
    ),
    errors.CommentMissing: N_("Say why, in your own words. Nothing was done yet."),
    errors.RequirementsOpen: N_(
        "Something still stands before this, so nothing was done. Look at what the text still "
        "takes, and at what the checks found."
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
    errors.RemarkRefused: N_(
        "A remark has 1 to 5,000 characters of plain text. Shorten it, or say it in two."
    ),
    errors.UnitNotFound: N_("Meanwhile this part was taken out of the text, so nothing was said."),
    errors.ThreadNotFound: N_("There is no such remark about this text."),
    errors.ThreadResolved: N_(
        "Meanwhile somebody resolved this, so your answer was not taken. Open it again first."
    ),
    errors.DiscussionFull: N_(
        "There is no room for more here. Resolve what is done with, then send it again."
    ),
    errors.PageHasMistakes: N_(
        "The text has mistakes, so nothing of it was saved. Mend these lines and save again."
    ),
    errors.TreeBroken: N_(
        "Another text stands above what is below this one. Move that back first."
    ),
    errors.StatementEmpty: N_("Choose at least one text."),
    errors.StatementNotFound: N_("There is no such statement, or it is not for you."),
    errors.TrustMissing: N_(
        "There is no valid trust file at present, so nobody can sign. Whoever runs this hub "
        "prepares one."
    ),
    errors.TrustRoleMissing: N_(
        "The trust file names nobody who signs these texts. Whoever runs this hub prepares the "
        "next one."
    ),
    errors.TrustFileNotFound: N_("There is no such trust file, or it is not for you."),
    errors.MemberClosed: N_("This member is closed, so nothing about it can be changed."),
    errors.LimitReached: N_(
        "There are as many as there may be. Take one away, or wait until one is done."
    ),
    errors.WebhookOff: N_(
        "The webhook is switched off, so nothing was sent. Mend its address and switch it on."
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
    errors.LaterWorkStands: N_(
        "Later work stands on this file, so it cannot be taken back as a whole. What "
        "stands on it is listed below."
    ),
    errors.WordsNotAccepted: N_(
        "These words cannot stand in their place, so nothing was saved. What you typed is "
        "still here."
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
