"""What is said about recalls, in words."""

from api.desk.words import later as N_
from content.publication.withdrawal import REVIEW_LAPSED, SOURCE_SAFETY_CHANGE
from content.syndication.progress import MemberState

#: Why a text was withdrawn, by the word on record.
REASONS = {
    "error": N_("A mistake in the text"),
    "new-evidence": N_("New evidence"),
    "safety": N_("Safety"),
    "legal": N_("Legal reasons"),
    "other": N_("Another reason"),
    SOURCE_SAFETY_CHANGE: N_("Its source changed for reasons of safety"),
    REVIEW_LAPSED: N_("Its review is overdue"),
}
STATES = {
    MemberState.STILL_SHOWS: N_("Still shows it"),
    MemberState.NOT_REPORTED_SINCE: N_("Showed it; has said nothing since"),
    MemberState.GONE: N_("Took it down"),
    MemberState.CLOSED: N_("Closed by hand"),
    MemberState.NEVER_SHOWED: N_("Never showed it"),
    MemberState.NEVER_REPORTED: N_("Never said what it shows"),
}
