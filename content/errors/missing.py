"""What is not there, or no longer."""

from content.errors.kinds import Gone, NotFound


class SectionNotFound(NotFound):
    """There is no section with that slug."""


class TranslationNotFound(NotFound):
    """The section is not in force in that locale; `available` lists those it is in force in."""


class FormNotFound(NotFound):
    """There is no such form of a text; `forms` lists those there are, `/fr.html` and the like."""


class VersionNotFound(NotFound):
    """There is no such version."""


class DocumentNotFound(NotFound):
    """There is no document with that digest."""


class SessionNotFound(NotFound):
    """You have no such session; `/desk/sessions` lists yours."""


class StatementNotFound(NotFound):
    """There is no statement with that digest."""


class PersonNotFound(NotFound):
    """There is no such person."""


class WithdrawalNotFound(NotFound):
    """Nothing was withdrawn here."""


class InvitationUnknown(NotFound):
    """This link does not work any more; ask whoever sent it for a new one."""


class PasskeyNotFound(NotFound):
    """There is no such passkey."""


class UploadNotFound(NotFound):
    """Nothing with that digest was uploaded."""


class SuggestionNotFound(NotFound):
    """There is no such suggestion."""


class FindingNotFound(NotFound):
    """There is no such warning in this text; an error is mended, not acknowledged."""


class UnitNotFound(NotFound):
    """The text has no such unit; its units are those of its newest version."""


class ThreadNotFound(NotFound):
    """There is no such thread in the discussion of this text."""


class TileNotFound(NotFound):
    """The log has not grown that far; ask for what the size in its checkpoint allows."""


class LogKeyMissing(NotFound):
    """The log has no key yet; whoever runs the hub makes it with `msif log init`."""


class LinkNotFound(NotFound):
    """The text has no link to that address; `links` lists those it has."""


class TrustFileNotFound(NotFound):
    """There is no such trust file."""


class MemberNotFound(NotFound):
    """There is no such member."""


class MemberKeyNotFound(NotFound):
    """The member has no key of that name."""


class RecallNotFound(NotFound):
    """There is no such recall, or the member has no part in it."""


class WebhookNotFound(NotFound):
    """The member has no such webhook."""


class DeliveryNotFound(NotFound):
    """The webhook was sent nothing under that number, or it was over 90 days ago."""


class WebhookKeyMissing(NotFound):
    """There is no key for webhooks on this machine; `msif webhook key` makes one."""


class Withdrawn(Gone):
    """This text was withdrawn; take it off your site."""
