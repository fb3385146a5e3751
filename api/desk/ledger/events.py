"""What the ledger's events say, in words: who did what to which text, person or member.

A sentence for every event of docs/data.md; a test holds the two together. Gaps in a sentence are
filled by names: see `lines.py`.
"""

from collections.abc import Mapping
from typing import Any

from api.desk.words import later as N_

#: By the part of an event's name before the point, in the order in which they are offered.
FAMILIES = {
    "version": N_("Texts"),
    "catalogue": N_("Translations that were sent"),
    "suggestion": N_("Words that wait"),
    "warning": N_("Warnings"),
    "remark": N_("Remarks"),
    "statement": N_("Statements and signatures"),
    "withdrawal": N_("Withdrawals"),
    "recall": N_("Recalls"),
    "section": N_("Texts without a valid sign-off"),
    "glossary": N_("Glossary"),
    "memory": N_("Translation memory"),
    "person": N_("People and roles"),
    "invitation": N_("Invitations"),
    "passkey": N_("Passkeys"),
    "token": N_("Tokens"),
    "session": N_("Sessions at the desk"),
    "trust": N_("Trust files"),
    "member": N_("Members and their keys"),
    "webhook": N_("Webhooks"),
}
#: By event. In the third person, for whoever it was.
SENTENCES = {
    "person.added": N_("%(who)s entered %(whom)s"),
    "person.erased": N_("%(who)s erased %(whom)s"),
    "person.granted": N_("%(who)s gave %(whom)s the role: %(role)s"),
    "person.revoked": N_("%(who)s took a role back from %(whom)s: %(role)s"),
    "person.password_set": N_("%(who)s set a password"),
    "person.password_removed": N_("%(who)s took away the password of %(whom)s"),
    "person.codes_made": N_("%(who)s made new recovery codes"),
    "person.code_used": N_("%(who)s used a recovery code"),
    "person.joined": N_("%(who)s joined an account of another service"),
    "person.parted": N_("%(who)s parted the account of another service from %(whom)s"),
    "person.attempts_failed": N_("Attempts to sign in as %(whom)s failed"),
    "token.made": N_("%(who)s made a token for %(whom)s"),
    "token.revoked": N_("%(who)s ended a token of %(whom)s"),
    "session.began": N_("%(who)s signed in at the desk"),
    "session.proven": N_("%(who)s showed again who they are"),
    "session.ended": N_("%(who)s ended a session at the desk"),
    "invitation.made": N_("%(who)s made a link by which %(whom)s can register passkeys"),
    "invitation.ended": N_("%(who)s ended a link by which %(whom)s could register passkeys"),
    "passkey.registered": N_("%(who)s registered a passkey"),
    "passkey.removed": N_("%(who)s took away a passkey of %(whom)s"),
    "trust.proposed": N_("%(who)s prepared trust file %(number)s"),
    "trust.signed": N_("%(who)s signed trust file %(number)s"),
    "trust.accepted": N_("Trust file %(number)s holds from now on"),
    "trust.given_up": N_("%(who)s gave up trust file %(number)s"),
    "version.begun": N_("%(who)s began a draft: %(text)s"),
    "version.saved": N_("%(who)s saved a draft: %(text)s"),
    "version.carried": N_("%(who)s prepared a translation whose words need no change: %(text)s"),
    "version.submitted": N_("%(who)s handed in %(text)s for review"),
    "version.reviewed": N_("%(who)s reviewed %(text)s"),
    "version.returned": N_("%(who)s returned %(text)s"),
    "version.scheduled": N_("%(who)s set the time at which %(text)s comes into force"),
    "version.put_to_signature": N_("%(who)s put %(text)s to signature"),
    "version.approved": N_("%(text)s is signed off"),
    "version.in_force": N_("%(text)s came into force"),
    "version.superseded": N_("%(text)s was replaced by a later version"),
    "version.withdrawn": N_("%(who)s took %(text)s out of force"),
    "version.rejected": N_("%(text)s was given up: a signer rejected it"),
    "version.lapsed": N_("%(text)s was given up: it was not signed in time"),
    "version.objected": N_("%(who)s objected to %(text)s"),
    "version.abandoned": N_("%(who)s gave up %(text)s"),
    "section.refused": N_("%(text)s is not served: it has no valid sign-off"),
    "section.verified": N_("%(text)s is served again, or no longer in force"),
    "catalogue.uploaded": N_("%(who)s sent a translation: %(text)s"),
    "catalogue.undone": N_("%(who)s took back a translation: %(text)s"),
    "suggestion.taken": N_("%(who)s took words that waited into a draft: %(text)s"),
    "suggestion.dismissed": N_("%(who)s took none of the words that waited: %(text)s"),
    "warning.acknowledged": N_("%(who)s said why a warning is no fault: %(text)s"),
    "remark.made": N_("%(who)s said something about %(text)s"),
    "remark.resolved": N_("%(who)s resolved a remark about %(text)s"),
    "remark.reopened": N_("%(who)s opened a remark about %(text)s again"),
    "statement.opened": N_("%(who)s put statement %(number)s to signature"),
    "statement.signed": N_("%(who)s signed statement %(number)s"),
    "statement.signed_off": N_("Statement %(number)s has all its signatures"),
    "statement.rejected": N_("%(who)s ended statement %(number)s by rejecting it"),
    "statement.lapsed": N_("Statement %(number)s was not signed in time"),
    "withdrawal.confirmed": N_("%(who)s confirmed the withdrawal of %(text)s"),
    "glossary.imported": N_("%(who)s read terms into the glossary (%(locale)s)"),
    "glossary.changed": N_("%(who)s changed a term in the glossary (%(locale)s)"),
    "memory.imported": N_("%(who)s read a translation memory (%(locale)s) from a file"),
    "member.added": N_("%(who)s entered the member %(member)s"),
    "member.changed": N_("%(who)s changed what is said of the member %(member)s"),
    "member.closed": N_("%(who)s closed the member %(member)s"),
    "member.key_made": N_("%(who)s made a key for %(member)s"),
    "member.key_revoked": N_("%(who)s revoked a key of %(member)s"),
    "recall.gone": N_("%(member)s no longer shows what was withdrawn (recall %(number)s)"),
    "recall.shown": N_("%(member)s shows what was withdrawn (recall %(number)s)"),
    "recall.line_closed": N_(
        "%(who)s expects nothing more of %(member)s in recall %(number)s, for a reason"
    ),
    "recall.reminded": N_("%(who)s wrote to %(member)s about recall %(number)s"),
    "webhook.added": N_("%(who)s added a webhook of %(member)s"),
    "webhook.changed": N_("%(who)s changed a webhook of %(member)s"),
    "webhook.removed": N_("%(who)s removed a webhook of %(member)s"),
    "webhook.secret_made": N_("%(who)s made a new secret for a webhook of %(member)s"),
    "webhook.switched_off": N_("%(who)s switched off a webhook of %(member)s"),
    "webhook.switched_on": N_("%(who)s switched on a webhook of %(member)s again"),
}
#: More closely, where the detail of an event has this under that name.
CLOSER = {
    ("version.reviewed", "verdict", "approve"): N_("%(who)s reviewed and approved %(text)s"),
    ("version.reviewed", "verdict", "return"): N_("%(who)s asked for changes of %(text)s"),
    ("version.reviewed", "verdict", "recuse"): N_("%(who)s stood back from the review of %(text)s"),
    ("statement.signed", "meaning", "rejection"): N_("%(who)s rejected statement %(number)s"),
    ("statement.signed", "meaning", "recusal"): N_("%(who)s stood back from statement %(number)s"),
}
#: Where somebody does to another what people mostly do to themselves.
TO_ANOTHER = {"session.ended": N_("%(who)s ended a session of %(whom)s at the desk")}
#: Families whose rows are about a text or a page, a person, a member.
OF_TEXTS = frozenset(
    {"version", "catalogue", "suggestion", "warning", "remark", "section", "withdrawal"}
)
OF_PEOPLE = frozenset({"person", "token", "session", "invitation", "passkey"})
OF_MEMBERS = frozenset({"member", "webhook", "recall"})


def family(event: str) -> str:
    """`version` of `version.begun`."""
    return event.partition(".")[0]


def of_family(name: str) -> frozenset[str]:
    """Every event of it."""
    return frozenset(one for one in SENTENCES if family(one) == name)


def sentence(event: str, detail: Mapping[str, Any], *, to_another: bool) -> str:
    """What happened; empty for what is not known here."""
    if to_another and event in TO_ANOTHER:
        return TO_ANOTHER[event]
    for (name, key, value), closer in CLOSER.items():
        if name == event and detail.get(key) == value:
            return closer
    return SENTENCES.get(event, "")
