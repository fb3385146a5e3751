"""How a version stands, in plain words: a name for a badge, and a sentence."""

from dataclasses import dataclass

from api.desk.words import later as N_
from content.records.version import State


@dataclass(frozen=True)
class Told:
    """A state as people call it. Frozen."""

    name: str
    sentence: str
    #: The class of its badge; empty for the plain one.
    tone: str = ""


STATES = {
    State.DRAFT: Told(
        N_("Draft"), N_("It is being written. Nobody has been asked to review it yet.")
    ),
    State.IN_REVIEW: Told(
        N_("In review"),
        N_("It was handed in, so its words stand still. It waits for reviews."),
        "warned",
    ),
    State.SIGN_OFF: Told(
        N_("Being signed"), N_("It is listed in a statement and waits for signatures."), "warned"
    ),
    State.APPROVED: Told(
        N_("Approved"), N_("It is signed, and waits for its time to come into force."), "good"
    ),
    State.IN_FORCE: Told(N_("In force"), N_("This is what member sites are served now."), "good"),
    State.SUPERSEDED: Told(
        N_("Superseded"), N_("It was in force until a newer version took its place.")
    ),
    State.WITHDRAWN: Told(
        N_("Withdrawn"), N_("It was taken out of force. Member sites have to take it down."), "bad"
    ),
    State.ABANDONED: Told(N_("Given up"), N_("It was given up and will not come into force.")),
}
#: How much a change matters to who showed the version before.
CHANGE_KINDS = {
    "wording": N_("Wording: it says the same in other words"),
    "clinical": N_("Clinical: what it says has changed"),
    "safety": N_("Safety: the version before must not be shown any more"),
}
#: Why a text was taken out of force.
REASONS = {
    "error": N_("It has an error"),
    "new-evidence": N_("There is new evidence"),
    "safety": N_("It could harm somebody"),
    "legal": N_("For a legal reason"),
    "other": N_("For another reason"),
    "source-safety-change": N_("The source text changed for safety"),
    "review-lapsed": N_("It was not reviewed in time"),
}
