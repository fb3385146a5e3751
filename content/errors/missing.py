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


class TileNotFound(NotFound):
    """The log has not grown that far; ask for what the size in its checkpoint allows."""


class LogKeyMissing(NotFound):
    """The log has no key yet; whoever runs the hub makes it with `msif log init`."""


class LinkNotFound(NotFound):
    """The text has no link to that address; `links` lists those it has."""


class TrustFileNotFound(NotFound):
    """There is no such trust file."""


class Withdrawn(Gone):
    """This text was withdrawn; take it off your site."""
