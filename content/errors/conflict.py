"""What cannot be done as things stand."""

from content.errors.kinds import Conflict, Precondition


class StateHasMoved(Conflict):
    """The version is no longer in the state this needs; look at it again."""


class RequirementsOpen(Conflict):
    """Something still stands between this version and its next state; `requirements` lists it."""


class SectionIsBusy(Conflict):
    """The section has an open version that is past draft; have it returned or wait for its end."""


class TreeBroken(Conflict):
    """A section may have one parent only, and may not stand below itself."""


class AlreadyThere(Conflict):
    """This exists already."""


class LastWayIn(Conflict):
    """This is your last way to sign in; set up another one first."""


class LocaleMismatch(Conflict):
    """The file is for another variant of the language; send it to the address of that one."""


class LaterWorkStands(Conflict):
    """Later work stands on this upload, so it cannot be undone; `works` lists it."""


class TrustMissing(Conflict):
    """There is no trust file, so nothing can be signed; the operator runs `msif trust init`."""


class TrustRoleMissing(Conflict):
    """Nobody can sign this under the trust file; the operator prepares the next one."""


class MemberClosed(Conflict):
    """This member was closed; enter it anew under another id."""


class LimitReached(Conflict):
    """There are as many as there may be; take one away first."""


class ThreadResolved(Conflict):
    """This thread was resolved; open it again before you answer."""


class DiscussionFull(Conflict):
    """There is no room for more; resolve threads that are done with."""


class WebhookOff(Conflict):
    """This webhook is switched off; `reason` says why. Mend the endpoint and switch it on."""


class PreconditionMissing(Precondition):
    """Send `If-Match` with the ETag you read, so that nobody's work is overwritten."""


class PreconditionStale(Precondition):
    """It changed since you read it; read it again and decide anew."""


class ExportRefused(Conflict):
    """Something else lies there, and no export; name an empty folder, or one with an export."""
