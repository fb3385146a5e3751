"""Statements in words: how they stand, what a signature says, why somebody cannot sign."""

from api.desk.words import later as N_
from content import errors
from content.errors import ContentError
from content.records.participation import Part
from content.sign_off.block import Meaning
from content.sign_off.statement import StatementState

#: State to its name and the class of its badge.
STATES = {
    StatementState.OPEN: (N_("Open"), "warned"),
    StatementState.SIGNED_OFF: (N_("Signed off"), "good"),
    StatementState.REJECTED: (N_("Rejected"), "bad"),
    StatementState.LAPSED: (N_("Lapsed"), ""),
}
#: What happened then, to the texts of a statement that is over.
ENDED = {
    StatementState.SIGNED_OFF: N_(
        "Its texts were approved. They came into force, or will when it is time."
    ),
    StatementState.REJECTED: N_(
        "Its texts were given up. Each began again as a draft, with the same words."
    ),
    StatementState.LAPSED: N_(
        "Too few had signed in time, or the trust file changed. What nobody put to signature again "
        "began again as a draft, with the same words."
    ),
}
MEANINGS = {
    Meaning.APPROVAL: (N_("Approved"), "good"),
    Meaning.REJECTION: (N_("Rejected"), "bad"),
    Meaning.RECUSAL: (N_("Stood aside"), ""),
}
CHANGES = {"wording": N_("Wording"), "clinical": N_("Clinical"), "safety": N_("Safety")}
_WROTE = N_("Cannot sign: wrote one of these texts.")
_REVIEWED = N_("Cannot sign: reviewed one of these texts.")
_OPENED = N_("Cannot sign: opened this statement.")
_WHY = {
    errors.RoleMissing: N_(
        "Cannot sign: the trust file or the role of this person does not allow it."
    ),
    errors.ScopeMissing: N_("Cannot sign with this session: it may do less than the person."),
    errors.AlreadyThere: N_("Has signed already."),
    errors.StateHasMoved: N_("Nothing of this statement waits for a signature any more."),
    errors.TrustMissing: N_("Nobody can sign: there is no valid trust file at present."),
}
_OTHERWISE = N_("Cannot sign.")


def why_not(error: ContentError) -> str:
    """Why somebody's signature would be refused."""
    if isinstance(error, errors.FourEyes):
        part = error.context.get("part")
        if part is None:
            return _OPENED
        return _WROTE if part == Part.WRITER else _REVIEWED
    return _WHY.get(type(error), _OTHERWISE)
