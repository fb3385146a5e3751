"""Reviews in words: what each kind is called, what it asks, and what was said."""

from api.desk.home.tasks import WORDS
from api.desk.words import later as N_
from content.publication.waiting import What
from content.review.review import Kind, Verdict

KINDS = {
    Kind.MEDICAL: N_("Medical review"),
    Kind.LAY: N_("Lay review"),
    Kind.REVISION: N_("Revision"),
    Kind.LANGUAGE: N_("Language review"),
}
#: What each is asked, as on the desk of whoever it waits for.
QUESTIONS = {kind: WORDS[What(f"review-{kind}")][1] for kind in Kind}
VERDICTS = {
    Verdict.APPROVE: N_("Approved"),
    Verdict.RETURN: N_("Returned"),
    Verdict.RECUSE: N_("Stood aside"),
}
#: To choose from: what it is called, and what follows from it.
OFFERED = {
    Verdict.APPROVE: (N_("Approve"), N_("It can go on as it stands.")),
    Verdict.RETURN: (N_("Return"), N_("It goes back to who wrote it, with your comment.")),
    Verdict.RECUSE: (N_("Stand aside"), N_("You do not judge it. Somebody else reviews it.")),
}
